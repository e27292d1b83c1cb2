"""Where hoc finds names: in a function's own, in an object of a template, in `h`, in a section.

`declared` has what hoc or `h("...")` declared, beside numbers, which are variables of the session: the
name with its kind. The values are attributes of `h`.
"""

from nmodlrs import _nmodlrs
from nmodlrs.language.tokens import HocError

OBJECT, SECTION, STRING, NUMERIC, CALLABLE = 2, 3, 4, 5, 1
# variables of a section as a whole, which have no place
SECTIONS_OWN = ("L", "nseg", "Ra", "rallbranch")

declared = {}
# numbers that statements made: templates see those alone that they declare as external
numbers = set()


class Frame:
    """What a statement sees: arguments and locals of a call, the object that it belongs to."""

    def __init__(self, instance=None, arguments=(), name=None):
        self.instance = instance
        self.arguments = arguments
        self.name = name
        self.locals = {}
        # the statement of a loop over an iterator, with the frame that it runs in
        self.body = None


class Sections(tuple):
    """An array of sections: `create dend[3]`."""

    def __new__(cls, name, sections):
        self = super().__new__(cls, sections)
        self._name = name
        return self

    def __repr__(self):
        return f"{self._name}[?]"


class Array(list):
    """An array of objects or numbers."""


def top():
    """`h`."""
    from nmodlrs import h

    return h


def accessed():
    """The accessed section."""
    try:
        return top().cas()
    except Exception:
        raise HocError("hoc: there is no accessed section") from None


def hold(name, value, kind):
    """Makes a name of `h` stand for something."""
    h = top()
    if name not in declared and hasattr(h, name) and name not in numbers:
        raise ValueError(f"{name} is a name of h already")
    declared[name] = kind
    vars(h)[name] = value


def reference_to(wanted):
    """The name of an object within that of a template that holds it, as `Cell[3].syn` or
    `Cell[3].syn[2]`; None without one."""
    from nmodlrs.language.templates import Instance

    if wanted is None:
        return None
    for instance in Instance.all():
        found = referring(wanted, instance._members.items())
        if found:
            return f"{instance.hname()}.{found}"
    return None


def referring(wanted, named):
    for name, value in named:
        if value is wanted:
            return name
        if isinstance(value, Array):
            for index, each in enumerate(value):
                if each is wanted:
                    return f"{name}[{index}]"
    return None


def visible(name, frame):
    """Whether a name of `h` means that in a frame: a template does not see what is not external."""
    instance = frame.instance
    if instance is None or (name not in declared and name not in numbers):
        return True
    return name in type(instance)._externals or declared.get(name) == CALLABLE


def is_range_variable(name):
    """Whether places of sections have a variable of that name."""
    try:
        getattr(top(), name)
    except TypeError:
        return True
    except Exception:
        return False
    return False


def scope(name, frame):
    """The dictionary that has a name, if it is a local one or one of an object."""
    if name in frame.locals:
        return frame.locals
    instance = frame.instance
    if instance is not None and name in instance._members:
        return instance._members
    return None


def find(name, frame):
    """What a name stands for. A section's variable is no value of its own: see `Path`."""
    own = scope(name, frame)
    if own is not None:
        return own[name]
    if name.startswith("__"):
        raise HocError(f"hoc: {name} is not defined")
    if visible(name, frame):
        try:
            return getattr(top(), name)
        except AttributeError as error:
            unknown = error
    else:
        unknown = None
    raise HocError(f"hoc: {name} is not defined") from unknown


def store(name, value, frame):
    """Sets a name: a new one becomes a number, of the object if there is one."""
    own = scope(name, frame)
    if own is not None:
        check(name, own[name], value)
        own[name] = value
        return
    h = top()
    if visible(name, frame):
        if name in declared:
            check(name, vars(h).get(name), value, declared[name])
            vars(h)[name] = value
            return
        if name in numbers or hasattr(h, name):
            number(name, value)
            setattr(h, name, value)
            return
    number(name, value)
    if frame.instance is not None:
        frame.instance._members[name] = value
        return
    _nmodlrs.define(name)
    numbers.add(name)
    setattr(h, name, value)


def check(name, old, value, kind=None):
    """An object stays one, a text a text."""
    if kind in (SECTION, CALLABLE):
        raise HocError(f"hoc: {name} cannot be assigned to")
    if isinstance(old, str) != isinstance(value, str):
        what = "a text" if isinstance(old, str) else "no text"
        raise HocError(f"hoc: {name} is {what}")
    if isinstance(old, float):
        number(name, value)


def number(name, value):
    if not isinstance(value, (int, float)):
        raise HocError(f"hoc: {name} is a number, and cannot be {value}; objref declares objects")
