"""NEURON's windows as they are without a screen: nothing is shown, and scripts go on.

Graphs, shapes, boxes and panels take what they are given and answer as those of NEURON do where it
has no display. What would have to wait for a user's answer is refused.
"""

from functools import cache

from nmodlrs.collection import List
from nmodlrs.interface import neuron_interface
from nmodlrs.template import Numbered

# classes of what is shown; their methods are those of NEURON's interface
SHOWN = (
    "Deck",
    "Glyph",
    "Graph",
    "HBox",
    "PPShape",
    "PWManager",
    "PlotShape",
    "SectionBrowser",
    "Shape",
    "TextEditor",
    "VBox",
)
# what methods answer that do not answer 1.0
_RESULTS = dict.fromkeys(("count", "is_mapped", "ismapped", "selected", "size"), 0.0)
_RESULTS["view_count"] = 0

# functions of panels and of the standard run system's plots, with their results
FUNCTION_RESULTS = {
    "addplot": 0.0,
    "doEvents": 1.0,
    "doNotify": 1.0,
    "fastflushPlot": 0.0,
    "flushPlot": 0.0,
    "graphmode": 0.0,
    "initPlot": 0.0,
    "newPlot": 0.0,
    "newPlotI": 0.0,
    "newPlotS": 0.0,
    "newPlotV": 0.0,
    "newphaseplane": 0.0,
    "newshapeplot": 0.0,
    "newvectorplot": 0.0,
    "nrncontrolmenu": 0.0,
    "nrnmainmenu": 0.0,
    "plot": 0.0,
    "pwman_place": 0.0,
    "save_session": 0.0,
    "xbutton": 0.0,
    "xcheckbox": 0.0,
    "xfixedvalue": 0.0,
    "xlabel": 0.0,
    "xmenu": 0.0,
    "xpanel": 0.0,
    "xpvalue": 0.0,
    "xradiobutton": 0.0,
    "xslider": 0.0,
    "xstatebutton": 0.0,
    "xvalue": 0.0,
    "xvarlabel": 0.0,
}
QUESTIONS = ("boolean_dialog", "continue_dialog", "string_dialog")


def _method(name):
    def shown(self, *_arguments, **_keywords):
        return _RESULTS.get(name, 1.0)

    shown.__name__, shown.__doc__ = name, "Shows nothing."
    return shown


def _function(name, result):
    def shown(*_arguments, **_keywords):
        return result

    shown.__name__, shown.__doc__ = name, "Shows nothing."
    return shown


def _question(name):
    def asked(*_arguments):
        raise RuntimeError(f"{name}: there is no display on which to ask")

    asked.__name__, asked.__doc__ = name, "Cannot ask: there is no display."
    return asked


def _class(name):
    def __init__(self, *_arguments, **_keywords):
        pass

    methods = (each for each in neuron_interface()["classes"][name] if not hasattr(Numbered, each))
    body = {each: _method(each) for each in methods}
    document = f"NEURON's {name} without a display: it shows nothing."
    body |= {"__init__": __init__, "_numbered": True, "__doc__": document, "__module__": __name__}
    return type(name, (Numbered,), body)


CLASSES = [_class(name) for name in SHOWN]
FUNCTIONS = {name: _function(name, result) for name, result in FUNCTION_RESULTS.items()} | {
    name: _question(name) for name in QUESTIONS
}


# lists of graphs that the standard run system keeps, and how many lists each is
LISTS = {"flush_list": None, "fast_flush_list": None, "graphList": 4}


@cache
def _list(name):
    length = LISTS[name]
    return List() if length is None else [List() for _ in range(length)]


def install(hoc_class, vector_class):
    """Gives `h` its functions and lists, and Vectors the methods that draw them."""
    for name, function in FUNCTIONS.items():
        setattr(hoc_class, name, staticmethod(function))
    for name in LISTS:
        setattr(hoc_class, name, property(lambda _h, name=name: _list(name)))

    def shown(self, *_arguments):
        """Shows nothing; returns the Vector."""
        return self

    for name in ("line", "mark", "plot", "ploterr"):
        setattr(vector_class, name, shown)
