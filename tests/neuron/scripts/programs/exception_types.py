"""Kinds of exceptions that scripts catch: AttributeError, ValueError, IndexError, TypeError."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("pas")
syn, v = h.ExpSyn(sec(0.5)), h.Vector([1, 2])


def kind(action):
    try:
        action()
    except Exception as error:
        return type(error).__name__
    return None


report({
    "section attribute": kind(lambda: sec.nothing),
    "segment attribute": kind(lambda: sec(0.5).nothing),
    "mechanism attribute": kind(lambda: sec(0.5).pas.nothing),
    "set segment attribute": kind(lambda: setattr(sec(0.5), "nothing", 1)),
    "mechanism that is not there": kind(lambda: sec(0.5).hh),
    "point process attribute": kind(lambda: syn.nothing),
    "name of h": kind(lambda: h.nothing),
    "position": kind(lambda: sec(1.5)),
    "unknown mechanism": kind(lambda: sec.insert("nothing")),
    "index of a Vector": kind(lambda: v[2]),
    "index of an array": kind(lambda: syn.tau[1]),
    "nseg": kind(lambda: setattr(sec, "nseg", -2)),
    "word for a number": kind(lambda: setattr(sec, "L", "long")),
    "connect": kind(lambda: sec.connect(3)),
    "reference": kind(lambda: sec(0.5)._ref_nothing),
})
