"""Makes the list of NEURON's names and the page that says which of them are there.

    python python/tests/interface_page.py    writes both; NMODLRS_NEURON_PYTHON has NEURON
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from nmodlrs import h
from nmodlrs.interface import neuron_interface

HERE = Path(__file__).resolve().parent
NAMES = HERE.parent / "nmodlrs" / "neuron_interface.json"
PAGE = HERE.parents[1] / "docs" / "python-interface.md"

HEAD = """\
# NEURON's interface, name by name

Made by `python/tests/interface_page.py` from NEURON {version} and from this package; a test
compares it with both. Names that are not there raise `nmodlrs.NotThere` where they are used,
which is an `AttributeError` (so `hasattr` is false) and a `NotImplementedError`.

Mechanisms, point processes and their functions are names of `h` once they are loaded; they are
listed here as far as NEURON has them built in. Words of hoc's syntax (`proc`, `forall`) and range
variables are no names that Python code uses there.

"""


def neuron_names():
    """What NEURON has, by its own account."""
    neuron = os.environ.get("NMODLRS_NEURON_PYTHON", sys.executable)
    command = [neuron, HERE / "neuron_interface.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout[done.stdout.index("{"):]


def objects():
    """An object of each class."""
    section = h.Section(name="section").insert("hh")
    arguments = {
        "FInitializeHandler": (print,),
        "MechanismStandard": ("hh",),
        "MechanismType": (0,),
        "NetCon": (None, None),
        "Pointer": (section(0.5)._ref_v,),
        "PtrVector": (1,),
        "StateTransitionEvent": (1,),
    }
    known = {"DensityMechanism": h.hh, "Section": section, "Segment": section(0.5)}
    known["SectionRef"] = h.SectionRef(sec=section)
    for name in neuron_interface()["classes"]:
        if name not in known:
            known[name] = getattr(h, name)(*arguments.get(name, ()))
    return known


def has(thing, name):
    """Whether a thing has something of that name; it may well need what is not given here."""
    return name in dir(thing) or hasattr(thing, name)


def split(names, thing):
    """Those that a thing has, and the others."""
    there = [name for name in names if has(thing, name)]
    return there, [name for name in names if name not in there]


def listed(names):
    return ", ".join(f"`{name}`" for name in names) or "none"


def page():
    """The text of docs/python-interface.md."""
    names = neuron_interface()
    parts = [HEAD.format(version=h.nrnversion(5))]
    parts.append("## `h`\n\n| | there | not there |\n|---|---|---|\n")
    plural = {"class": "classes", "function": "functions", "variable": "variables"}
    for kind, title in plural.items():
        there, others = split([name for name, each in names["h"].items() if each == kind], h)
        parts.append(f"| {title} | {listed(there)} | {listed(others)} |\n")
    parts.append("\n## Classes\n\n| class | there | not there |\n|---|---|---|\n")
    for name, thing in sorted(objects().items()):
        there, others = split(names["classes"][name], thing)
        parts.append(f"| `{name}` | {listed(there)} | {listed(others)} |\n")
    return "".join(parts)


if __name__ == "__main__":
    NAMES.write_text(neuron_names())
    neuron_interface.cache_clear()
    PAGE.write_text(page())
