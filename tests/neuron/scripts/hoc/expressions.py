"""Expressions of hoc: precedences, comparisons, functions, texts, what is printed of them."""

from neuron import h
from paired import captured, report

TEXTS = [
    "print -2^2, 2^3^2, 7%3, !3, 1/3*3, 5>3 && 2<1, 1||0, 1e-12 == 0, 3 != 3",
    "print 2 - 3 - 4, 2*3 + 4*5, -(2 + 3)*2, 8/4/2, 1 < 2 == 1, 1.5e2, .5, 3.",
    "print sin(1), int(-3.7), abs(-2), exp(1), log10(100), atan2(1,2), sqrt(2), PI",
    'print "a", "b\\tc", 1e20, 3.123456789, 123456789',
    'printf("%d %5.2f %s|%g %%\\n", 3.7, 2, "a", 1e-7)',
    "xx = 4",
    "xx",
    "{xx}",
    "xx == 7",
    "xx += 2",
    "print xx",
    "xx -= 1",
    "xx *= 3",
    "xx /= 2",
    "yy = zz = xx + 1",
    "print xx, yy, zz",
    "strdef s1, s2",
    's1 = "abc"',
    "s1",
    "s2 = s1",
    'sprint(s1, "%d_%s_%g", 3, s2, 2.5)',
    "print s1, s2, strcmp(s1, s2) < 0",
    '"text"',
    "double q[4]",
    "q[2] = 5",
    "q[3] += 1",
    "print q[2], q[0], q[1 + 2]",
    "// nothing",
    "print 1, /* two */ 3 // four",
    "print xx,\\\n yy",
    "{ xx = 3  yy = 4 }",
    "print xx*yy",
    "t",
    "print dt, celsius",
    "objref nil",
    "print nil, nil == nil",
]
found = {"printed": {}}
for text in TEXTS:
    found["printed"][text] = captured(h, text)
found["values"] = [h.xx, h.yy, h.s1, list(h.q), h.nil, h("xx = 9"), h.xx]
report(found)
