"""NEURON's Python interface on an engine that compiles .mod files in milliseconds.

    from nmodlrs import n, h
"""

from nmodlrs._nmodlrs import (
    CompileError,
    CVode,
    FInitializeHandler,
    HocObject,
    Section,
    SectionList,
    SectionRef,
    Segment,
)

HocObject.CVode = CVode
HocObject.Section = Section
HocObject.FInitializeHandler = FInitializeHandler
HocObject.SectionList = SectionList
HocObject.SectionRef = SectionRef
h = HocObject()
n = h

__all__ = ["CompileError", "Section", "Segment", "h", "n"]
