"""Statements of hoc: conditions, loops, functions, iterators."""

from neuron import h
from paired import captured, raises, report

TEXTS = [
    'if (1) print "one"',
    'if (0) { print "a" } else print "b"',
    'if (0) { print "a" } else if (2 > 1) { print "c" } else { print "d" }',
    "for i = 0, 3 print i",
    "print i",
    "for (i = 0; i < 3; i += 1) { print i, i*i }",
    "for i = 3, 1 print i",
    "{ i = 0  while (i < 5) { i += 1  if (i == 2) continue  if (i == 4) break  print i } }",
    "func f() { local a, b  a = 3  b = $1\n if (a > b) { return a } else if (a == b) { return -1 }\n return b }",
    "f(2)",
    "print f(3), f(9)",
    "func fib() { if ($1 < 2) { return 1 }  return fib($1 - 1) + fib($1 - 2) }",
    "print fib(10)",
    'proc many() { print numarg(), $2, $s1, argtype(1), argtype(2), argtype(3) }',
    'many("s", 4)',
    "proc set() { $&1 = 9 }",
    "x = 2",
    "set(&x)",
    "print x",
    "proc twice() { local i\n for i = 1, numarg() print $i }",
    "twice(5, 6, 7)",
    "obfunc made() { return new Vector($1, $2) }",
    "objref vec, objects[3]",
    "vec = made(5, 2)",
    "print vec, vec.size(), vec.sum, vec.x[3]",
    "vec.x[1] = 7",
    "x = vec.x[1] + vec.c.add(1).sum()",
    "print x",
    "vec.size()",
    "vec.indgen().printf()",
    "objects[1] = vec",
    "print objects[0], objects[1], objects[1].size()",
    "iterator each() { local k\n for k = $1, $2 { iterator_statement } }",
    'for each(1, 3) { print "turn" }',
    "objref list",
    "list = new List()",
    "for i = 0, 2 list.append(new Vector(i))",
    "print list.count, list.o(2).size, list.object(1).size()",
    "strdef word",
    'proc name_it() { $s1 = "set" }',
    "name_it(word)",
    "print word",
    "proc stops() { print 1  stop  print 2 }",
    "execute(\"x = 77\")",
    "print x",
]
found = {"printed": {}}
for number, text in enumerate(TEXTS):
    if text != "stops()":
        found["printed"][f"{number} {text}"] = captured(h, text)
found["called"] = [h.f(1), h.f(9), h.fib(6), h.made(2, 1).sum(), h.set(h.ref(0.0)), h.vec.size()]
found["declared"] = [h.name_declared(each) for each in ("vec", "word", "x", "nothing")]
report(found)
