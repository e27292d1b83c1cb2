"""Types of the package's public interface. A test compares them with the package."""

from collections.abc import Callable
from os import PathLike
from typing import Any, NoReturn

from nmodlrs import _nmodlrs
from nmodlrs._nmodlrs import CompileError as CompileError
from nmodlrs._nmodlrs import Random as Random
from nmodlrs._nmodlrs import Section as Section
from nmodlrs._nmodlrs import Segment as Segment
from nmodlrs._nmodlrs import Vector as Vector
from nmodlrs.collection import List as _List
from nmodlrs.file import File as _File
from nmodlrs.interface import NotThere as NotThere
from nmodlrs.language import HocError as HocError
from nmodlrs.language import HocSyntaxError as HocSyntaxError
from nmodlrs.interpreter import String as _String
from nmodlrs.interpreter import StringFunctions as _StringFunctions
from nmodlrs.matrix import Matrix as _Matrix
from nmodlrs.mechanism import MechanismStandard as _MechanismStandard
from nmodlrs.mechanism import MechanismType as _MechanismType
from nmodlrs.point import PatternStim as _PatternStim
from nmodlrs.ptr_vector import PtrVector as _PtrVector
from nmodlrs.ref import Pointer as _Pointer
from nmodlrs.save_state import SaveState as _SaveState

__version__: str

class HocObject(_nmodlrs.HocObject):
    """`h`: besides what is named here, every mechanism, its functions and its GLOBAL variables."""

    CVode: type[_nmodlrs.CVode]
    FInitializeHandler: type[_nmodlrs.FInitializeHandler]
    File: type[_File]
    Import3d_GUI: type[_nmodlrs.Import3d_GUI]
    Import3d_Neurolucida3: type[_nmodlrs.Import3d_Neurolucida3]
    Import3d_SWC_read: type[_nmodlrs.Import3d_SWC_read]
    LinearMechanism: type[_nmodlrs.LinearMechanism]
    List: type[_List]
    Matrix: type[_Matrix]
    MechanismStandard: type[_MechanismStandard]
    MechanismType: type[_MechanismType]
    NetCon: type[_nmodlrs.NetCon]
    ParallelContext: type[_nmodlrs.ParallelContext]
    PatternStim: type[_PatternStim]
    Pointer: type[_Pointer]
    PtrVector: type[_PtrVector]
    Random: type[_nmodlrs.Random]
    SaveState: type[_SaveState]
    Section: type[_nmodlrs.Section]
    SectionList: type[_nmodlrs.SectionList]
    SectionRef: type[_nmodlrs.SectionRef]
    StateTransitionEvent: type[_nmodlrs.StateTransitionEvent]
    String: type[_String]
    StringFunctions: type[_StringFunctions]
    Vector: type[_nmodlrs.Vector]

    # what shows nothing, for there is no display
    Deck: type[Any]
    Glyph: type[Any]
    Graph: type[Any]
    HBox: type[Any]
    PPShape: type[Any]
    PWManager: type[Any]
    PlotShape: type[Any]
    SectionBrowser: type[Any]
    Shape: type[Any]
    TextEditor: type[Any]
    VBox: type[Any]
    addplot: Callable[..., float]
    doEvents: Callable[..., float]
    doNotify: Callable[..., float]
    fastflushPlot: Callable[..., float]
    flushPlot: Callable[..., float]
    graphmode: Callable[..., float]
    initPlot: Callable[..., float]
    newPlot: Callable[..., float]
    newPlotI: Callable[..., float]
    newPlotS: Callable[..., float]
    newPlotV: Callable[..., float]
    newphaseplane: Callable[..., float]
    newshapeplot: Callable[..., float]
    newvectorplot: Callable[..., float]
    nrncontrolmenu: Callable[..., float]
    nrnmainmenu: Callable[..., float]
    plot: Callable[..., float]
    pwman_place: Callable[..., float]
    save_session: Callable[..., float]
    xbutton: Callable[..., float]
    xcheckbox: Callable[..., float]
    xfixedvalue: Callable[..., float]
    xlabel: Callable[..., float]
    xmenu: Callable[..., float]
    xpanel: Callable[..., float]
    xpvalue: Callable[..., float]
    xradiobutton: Callable[..., float]
    xslider: Callable[..., float]
    xstatebutton: Callable[..., float]
    xvalue: Callable[..., float]
    xvarlabel: Callable[..., float]
    fast_flush_list: _List
    flush_list: _List
    graphList: list[_List]
    boolean_dialog: Callable[..., NoReturn]
    continue_dialog: Callable[..., NoReturn]
    string_dialog: Callable[..., NoReturn]

    # point processes and artificial cells that are always there
    AlphaSynapse: type[_nmodlrs.PointProcess]
    APCount: type[_nmodlrs.PointProcess]
    Exp2Syn: type[_nmodlrs.PointProcess]
    ExpSyn: type[_nmodlrs.PointProcess]
    IClamp: type[_nmodlrs.PointProcess]
    IntFire1: type[_nmodlrs.PointProcess]
    IntFire2: type[_nmodlrs.PointProcess]
    IntFire4: type[_nmodlrs.PointProcess]
    NetStim: type[_nmodlrs.PointProcess]
    OClamp: type[_nmodlrs.PointProcess]
    PointProcessMark: type[_nmodlrs.PointProcess]
    SEClamp: type[_nmodlrs.PointProcess]
    VClamp: type[_nmodlrs.PointProcess]
    VecStim: type[_nmodlrs.PointProcess]

    # variables of a run
    celsius: float
    dt: float
    global_ra: float
    steps_per_ms: float
    tstop: float
    v_init: float

    @staticmethod
    def execute(text: str, context: Any = None) -> float: ...
    @staticmethod
    def execute1(text: str, context: Any = None, *_show: Any) -> float: ...
    @staticmethod
    def name_declared(name: str) -> float: ...
    @staticmethod
    def use_mcell_ran4(value: float | None = None) -> float: ...
    @staticmethod
    def section_exists(name: str, index: Any = None, owner: Any = None) -> float: ...
    @staticmethod
    def this_section(x: float = 0, sec: _nmodlrs.Section | None = None) -> float: ...
    @staticmethod
    def parent_section(x: float = 0, sec: _nmodlrs.Section | None = None) -> float: ...
    @staticmethod
    def section_owner(sec: _nmodlrs.Section | None = None) -> Any: ...
    @staticmethod
    def getcwd() -> str: ...
    @staticmethod
    def chdir(folder: str | PathLike[str]) -> float: ...
    @staticmethod
    def startsw() -> float: ...
    @staticmethod
    def stopsw() -> float: ...
    @staticmethod
    def object_id(thing: Any, number: float = 0) -> float: ...
    @staticmethod
    def machine_name(name: Any) -> float: ...
    @staticmethod
    def unix_mac_pc() -> float: ...
    @staticmethod
    def quit(status: float = 0) -> NoReturn: ...
    @staticmethod
    def ropen(name: str | None = None) -> float: ...
    @staticmethod
    def wopen(name: str | None = None) -> float: ...
    @staticmethod
    def fprint(form: str, *values: Any) -> float: ...
    @staticmethod
    def fscan() -> float: ...
    @staticmethod
    def getstr(text: Any, word: float = 0) -> float: ...
    @staticmethod
    def sscanf(text: str, form: str, *references: Any) -> float: ...
    @staticmethod
    def strcmp(first: Any, second: Any) -> float: ...
    @staticmethod
    def nrnmpi_init() -> float: ...
    @staticmethod
    def abs(*arguments: float) -> float: ...
    @staticmethod
    def atan(*arguments: float) -> float: ...
    @staticmethod
    def atan2(*arguments: float) -> float: ...
    @staticmethod
    def cos(*arguments: float) -> float: ...
    @staticmethod
    def erf(*arguments: float) -> float: ...
    @staticmethod
    def erfc(*arguments: float) -> float: ...
    @staticmethod
    def execerror(message: str, more: str = "") -> None: ...
    @staticmethod
    def exp(x: float) -> float: ...
    @staticmethod
    def log(*arguments: float) -> float: ...
    @staticmethod
    def log10(*arguments: float) -> float: ...
    @staticmethod
    def mcell_ran4(highindex: Any) -> float: ...
    @staticmethod
    def mcell_ran4_init(lowindex: float | None = None) -> float: ...
    @staticmethod
    def nrn_load_dll(path: str | PathLike[str]) -> float: ...
    @staticmethod
    def nrnversion(which: float = 1) -> str: ...
    @staticmethod
    def printf(form: str, *values: Any) -> float: ...
    @staticmethod
    def ref(value: Any) -> Any: ...
    @staticmethod
    def sin(*arguments: float) -> float: ...
    @staticmethod
    def sprint(text: Any, form: str, *values: Any) -> float: ...
    @staticmethod
    def sqrt(*arguments: float) -> float: ...
    @staticmethod
    def tanh(*arguments: float) -> float: ...
    @staticmethod
    def int(*arguments: float) -> float: ...

h: HocObject
n: HocObject

def hclass(template: Any) -> type: ...
def load_mechanisms(
    source: str | PathLike[str], *, replace: bool = False, migrate: bool = False
) -> list[str]: ...
