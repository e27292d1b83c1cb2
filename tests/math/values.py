"""Writes values.txt: arguments and correctly rounded results, as bits, of exp, log and pow."""

import math
import random
import struct

import mpmath

mpmath.mp.prec = 140
random.seed(1)


def bits(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def rounded(value):
    """The nearest double, subnormal numbers included."""
    mantissa, exponent = mpmath.frexp(value)
    digits = 53 if exponent > -1021 else max(53 - (-1021 - exponent), 1)
    scaled = mpmath.nint(mpmath.ldexp(mantissa, digits))
    try:
        return math.ldexp(int(scaled), exponent - digits)
    except OverflowError:
        return math.inf


def positive():
    return struct.unpack("<d", struct.pack("<Q", random.randrange(1, 0x7FEFFFFFFFFFFFFF)))[0]


cases = []
for _ in range(150):
    half = (random.randrange(-1000, 1000) + 0.5) * math.log(2)
    for x in (random.uniform(-1, 1), random.uniform(-745, 709.7), random.uniform(-745, -708), half):
        cases.append(("exp", x, 0.0))
    for x in (random.uniform(0.5, 2), 1 + random.uniform(-1, 1) * 10 ** random.uniform(-9, -1), positive()):
        cases.append(("log", x, 0.0))
        cases.append(("log10", x, 0.0))
    x = 10 ** random.uniform(-300, 300)
    cases.append(("pow", x, random.uniform(-740, 709) / math.log(x)))
    cases.append(("pow", random.uniform(0, 1), random.uniform(0, 10)))
    x = 1 + random.uniform(-1e-6, 1e-6)
    cases.append(("pow", x, random.uniform(-700, 700) / math.log(x)))

functions = {"exp": mpmath.exp, "log": mpmath.log, "log10": mpmath.log10}
with open("values.txt", "w") as out:
    for name, x, y in cases:
        if name == "pow":
            exact = mpmath.power(mpmath.mpf(x), mpmath.mpf(y))
        else:
            exact = functions[name](mpmath.mpf(x))
        out.write(f"{name} {bits(x)} {bits(y)} {bits(rounded(exact))}\n")
