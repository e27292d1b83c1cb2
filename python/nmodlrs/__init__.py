"""NEURON's Python interface on an engine that compiles .mod files in milliseconds.

    from nmodlrs import n, h
"""

from nmodlrs._nmodlrs import CompileError, HocObject, Section, Segment

HocObject.Section = Section
h = HocObject()
n = h

__all__ = ["CompileError", "Section", "Segment", "h", "n"]
