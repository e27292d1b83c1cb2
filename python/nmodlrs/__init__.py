"""NEURON's Python interface on an engine that compiles .mod files in milliseconds.

    from nmodlrs import n, h
"""

from nmodlrs._nmodlrs import (
    CompileError,
    CVode,
    FInitializeHandler,
    HocObject,
    NetCon,
    Import3d_GUI,
    Import3d_Neurolucida3,
    Import3d_SWC_read,
    Random,
    Section,
    SectionList,
    SectionRef,
    Segment,
    StateTransitionEvent,
    Vector,
    mcell_ran4,
    mcell_ran4_init,
)
from nmodlrs.collection import List
from nmodlrs.interpreter import (
    MATHEMATICS,
    StringFunctions,
    execerror,
    exp,
    hclass,
    nrnversion,
    printf,
    sprint,
)
from nmodlrs.mechanism import MechanismStandard, MechanismType, load_mechanisms, nrn_load_dll
from nmodlrs.parallel import ParallelContext
from nmodlrs.ref import Pointer, ref

HocObject.CVode = CVode
HocObject.Random = Random
HocObject.Section = Section
HocObject.Vector = Vector
HocObject.FInitializeHandler = FInitializeHandler
HocObject.SectionList = SectionList
HocObject.NetCon = NetCon
HocObject.ParallelContext = ParallelContext
HocObject.SectionRef = SectionRef
HocObject.StateTransitionEvent = StateTransitionEvent
HocObject.List = List
HocObject.StringFunctions = StringFunctions
for function in (execerror, exp, nrnversion, printf, sprint):
    setattr(HocObject, function.__name__, staticmethod(function))
for name, function in MATHEMATICS.items():
    setattr(HocObject, name, staticmethod(function))
del name, function
HocObject.MechanismStandard = MechanismStandard
HocObject.MechanismType = MechanismType
HocObject.Pointer = Pointer
HocObject.ref = staticmethod(ref)
HocObject.nrn_load_dll = staticmethod(nrn_load_dll)
HocObject.mcell_ran4 = staticmethod(mcell_ran4)
HocObject.mcell_ran4_init = staticmethod(mcell_ran4_init)

HocObject.Import3d_GUI = Import3d_GUI
HocObject.Import3d_Neurolucida3 = Import3d_Neurolucida3
HocObject.Import3d_SWC_read = Import3d_SWC_read
h = HocObject()
n = h

__all__ = [
    "CompileError",
    "Random",
    "Section",
    "Segment",
    "Vector",
    "h",
    "hclass",
    "load_mechanisms",
    "n",
]
