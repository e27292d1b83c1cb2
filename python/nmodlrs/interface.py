"""What NEURON's interface has and this package has not: one answer for `h` and for all classes.

`neuron_interface.json` has the names of NEURON 9.0.2. Those that are not found here raise
`NotThere`, which says so; `docs/python-interface.md` lists all.
"""

import json
from functools import cache
from pathlib import Path

from nmodlrs.template import Numbered


class NotThere(AttributeError, NotImplementedError):
    """A part of NEURON's interface that nmodlrs does not have. For hasattr it is a name that is
    unknown."""


class ArgumentError(ValueError, RuntimeError):
    """An argument that is not what it may be. NEURON raises RuntimeError for all that it refuses."""


class NoSuchElement(IndexError, RuntimeError):
    """A number of something that there is not."""


@cache
def neuron_interface():
    """Names of NEURON 9.0.2: `h` with the kind of each, and `classes` with those of each."""
    return json.loads(Path(__file__).with_name("neuron_interface.json").read_text())


def not_there(owner, name):
    """The exception for a name of `h` or of a class, or None if NEURON does not have it."""
    names = neuron_interface()
    known = names["h"] if owner == "h" else names["classes"].get(owner, ())
    if name not in known:
        return None
    return NotThere(
        f"{owner}.{name} of NEURON is not part of nmodlrs; "
        "docs/python-interface.md lists what is there"
    )


def complete(cls):
    """Gives a class what all have, and has its objects say which of NEURON's names they lack."""
    owner = cls.__name__
    for name in ("same", "hocobjptr"):
        if name in neuron_interface()["classes"].get(owner, ()) and not hasattr(cls, name):
            setattr(cls, name, vars(Numbered)[name])

    def __getattr__(self, name):
        raise not_there(owner, name) or AttributeError(
            f"'{owner}' object has no attribute '{name}'", name=name, obj=self
        )

    # classes whose attributes are dynamic answer by themselves
    if "__getattr__" not in vars(cls) and not hasattr(cls, "__getattr__"):
        cls.__getattr__ = __getattr__
