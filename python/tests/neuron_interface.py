"""Prints the names of NEURON's Python interface as JSON: run by an interpreter that has NEURON.

`h` has functions, classes and variables with the standard run system loaded. What is hoc's syntax,
and the range variables of mechanisms, are not names that Python code can use there. `classes` has
the public attributes of the objects of each class that scripts work with.
"""

import json

from neuron import h

h.load_file("stdrun.hoc")
h.load_file("import3d.hoc")

section = h.Section(name="section")
section.insert("hh")
OBJECTS = {
    "CVode": h.CVode(),
    "DensityMechanism": h.hh,
    "FInitializeHandler": h.FInitializeHandler(lambda: None),
    "File": h.File(),
    "Import3d_Neurolucida3": h.Import3d_Neurolucida3(),
    "Import3d_SWC_read": h.Import3d_SWC_read(),
    "List": h.List(),
    "MechanismStandard": h.MechanismStandard("hh"),
    "MechanismType": h.MechanismType(0),
    "NetCon": h.NetCon(None, None),
    "ParallelContext": h.ParallelContext(),
    "Pointer": h.Pointer(section(0.5)._ref_v),
    "Random": h.Random(),
    "SaveState": h.SaveState(),
    "Section": section,
    "SectionList": h.SectionList(),
    "SectionRef": h.SectionRef(sec=section),
    "Segment": section(0.5),
    "StateTransitionEvent": h.StateTransitionEvent(1),
    "StringFunctions": h.StringFunctions(),
    "Vector": h.Vector(),
    "PtrVector": h.PtrVector(1),
    "String": h.String(),
}
# what would be shown on a screen
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
OBJECTS |= {name: getattr(h, name)() for name in SHOWN}


def kind(name):
    """class, function or variable; None for what Python code cannot use."""
    try:
        value = getattr(h, name)
    except TypeError as error:
        # L, Ra, nseg, rallbranch are those of the current section
        return "variable" if "Section access unspecified" in str(error) else None
    if value is None or isinstance(value, (int, float, str)):
        return "variable"
    if name == "Section" or isinstance(value, type) or name in CLASSES:
        return "class"
    return "function"


CLASSES = {
    name for name in dir(h) if name[0].isupper() and repr(getattr(h, name, None)) == f"{name}()"
}


def public(names):
    return sorted(name for name in names if not name.startswith("_"))


names = {name: kind(name) for name in public(dir(h))}
print(json.dumps({
    "h": {name: found for name, found in names.items() if found},
    "classes": {name: public(dir(each)) for name, each in OBJECTS.items()},
}, indent=1))
