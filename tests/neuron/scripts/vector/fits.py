"""fit: lines, parabolas and exponential functions, from parameters in references."""

import math

from neuron import h
from paired import raises, report

x = h.Vector(25).indgen(0.1)
bumps = [0.01 * ((7 * k) % 5 - 2) for k in range(25)]


def fit(function, data, *start):
    parameters, fitted = h.Vector(start), h.Vector()
    y = h.Vector([data(t) + b for t, b in zip(x, bumps)])
    error = y.fit(fitted, function, x, *[parameters._ref_x[k] for k in range(len(start))])
    return [error, parameters, fitted]


# The steps are NEURON's; their roundings add up.
report({
    "line": fit("line", lambda t: 2 * t - 1, 1, 1),
    "quad": fit("quad", lambda t: t * t - t, 1, 1, 1),
    "exp1": fit("exp1", lambda t: 3 * math.exp(-t / 0.7), 1, 2),
    "exp2": fit("exp2", lambda t: 3 * math.exp(-t / 0.3) + math.exp(-t / 2), 2, 0.5, 2, 1),
    "charging": fit("charging", lambda t: 3 - 3 * math.exp(-t / 0.5), 1, 1, 2, 3),
    "too few parameters": raises(fit, "quad", lambda t: t, 1),
}, rtol=1e-9)
