"""NEURON's Python interface on an engine that compiles .mod files in milliseconds.

    from nmodlrs import n, h
"""

from nmodlrs import _nmodlrs, display, headless, place, statement, stream
from nmodlrs._nmodlrs import CompileError, HocObject, Random, Section, Segment, Vector
from nmodlrs.collection import List
from nmodlrs.file import File
from nmodlrs.interface import NotThere, complete
from nmodlrs.interpreter import (
    MATHEMATICS,
    String,
    StringFunctions,
    execerror,
    exp,
    hclass,
    nrnmpi_init,
    nrnversion,
    printf,
    sprint,
    strcmp,
)
from nmodlrs.language import HocError, HocSyntaxError
from nmodlrs.matrix import Matrix
from nmodlrs.mechanism import MechanismStandard, MechanismType, load_mechanisms, nrn_load_dll
from nmodlrs.parallel import ParallelContext
from nmodlrs.point import PatternStim
from nmodlrs.ptr_vector import PtrVector
from nmodlrs.ref import Pointer, ref
from nmodlrs.save_state import SaveState

# what `h` has beside its native methods
CLASSES = [
    _nmodlrs.CVode,
    File,
    _nmodlrs.FInitializeHandler,
    _nmodlrs.Import3d_GUI,
    _nmodlrs.Import3d_Neurolucida3,
    _nmodlrs.Import3d_SWC_read,
    _nmodlrs.LinearMechanism,
    List,
    Matrix,
    MechanismStandard,
    MechanismType,
    _nmodlrs.NetCon,
    ParallelContext,
    PatternStim,
    Pointer,
    PtrVector,
    Random,
    SaveState,
    Section,
    _nmodlrs.SectionList,
    _nmodlrs.SectionRef,
    _nmodlrs.StateTransitionEvent,
    String,
    StringFunctions,
    Vector,
    *headless.CLASSES,
]
FUNCTIONS = {
    "execerror": execerror,
    "execute": statement.execute,
    "execute1": statement.execute1,
    "exp": exp,
    "mcell_ran4": _nmodlrs.mcell_ran4,
    "mcell_ran4_init": _nmodlrs.mcell_ran4_init,
    "name_declared": statement.name_declared,
    "nrn_load_dll": nrn_load_dll,
    "nrnmpi_init": nrnmpi_init,
    "nrnversion": nrnversion,
    "printf": printf,
    "ref": ref,
    "sprint": sprint,
    "strcmp": strcmp,
    "use_mcell_ran4": _nmodlrs.use_mcell_ran4,
    **MATHEMATICS,
    **{function.__name__: function for function in (*place.FUNCTIONS, *stream.FUNCTIONS)},
}

for _class in CLASSES:
    setattr(HocObject, _class.__name__, _class)
for _name, _function in FUNCTIONS.items():
    setattr(HocObject, _name, staticmethod(_function))

for _class in [*CLASSES, _nmodlrs.DensityMechanism]:
    complete(_class)
display.install()
headless.install(HocObject, Vector)

__version__ = _nmodlrs.__version__
h = HocObject()
n = h

__all__ = [
    "CompileError",
    "HocError",
    "HocSyntaxError",
    "NotThere",
    "Random",
    "Section",
    "Segment",
    "Vector",
    "h",
    "hclass",
    "load_mechanisms",
    "n",
]
