"""The statements of hoc that Python scripts commonly pass to `h`; there is no interpreter of hoc.

    create name, array[3]      access name      connect child(0), parent(1)
    objref name                strdef name      name = 3.5      name = "text"
    forall delete_section()    forall insert name
    function(3, "text")        any function of h: load_file, finitialize, run, ...

A text is one statement for each line, in braces or not. All of it is read before anything is done,
so that nothing is done of a text that has other statements.
"""

import math
import re

from nmodlrs import _nmodlrs

NAME = r"[A-Za-z_]\w*"
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
TEXT = r'"[^"\\]*"'
PLACE = rf"({NAME})(?:\[(\d+)\])?\s*\(\s*({NUMBER})\s*\)"

OBJECT, SECTION, STRING, NUMERIC = 2, 3, 4, 5

# what was declared, beside numbers, which are variables of the session: name to kind
declared = {}


def call(text):
    """What `h(text)` does: executes statements; returns True."""
    for action in [read(statement) for statement in statements(text)]:
        action()
    return True


def execute(text, context=None):
    """Executes statements; returns 0."""
    alone("execute", context)
    call(text)
    return 0.0


def execute1(text, context=None, *_show):
    """Executes statements; returns 1."""
    if context is not None and not isinstance(context, (int, float)):
        alone("execute1", context)
    call(text)
    return 1.0


def alone(name, context):
    if context is not None:
        raise NotImplementedError(f"h.{name}: statements of hoc are not run in an object here")


def statements(text):
    """The statements of a text, without comments and braces around them."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    for line in re.sub(rf"({TEXT})|//.*", lambda found: found[1] or "", text).splitlines():
        line = line.strip()
        while line.startswith("{") and line.endswith("}"):
            line = line[1:-1].strip()
        if line:
            yield line


def read(statement):
    """What a statement does, as a function."""
    for pattern, meaning in MEANINGS:
        found = re.fullmatch(pattern, statement)
        action = found and meaning(*found.groups())
        if action:
            return action
    raise NotImplementedError(
        f"h({statement!r}): statements of hoc are not supported, except declarations, assignments"
        " of numbers and calls of functions; write it in Python, as h.Section(name='soma'),"
        " section.insert('hh'), or h.tstop = 100"
    )


def create(names):
    made = [re.fullmatch(rf"({NAME})(?:\[(\d+)\])?", each.strip()) for each in names.split(",")]
    if not all(made):
        return None

    def action():
        for name, count in (each.groups() for each in made):
            hold(name, None, SECTION)
            if count is None:
                hold(name, _nmodlrs.Section(name), SECTION)
            else:
                numbered = (_nmodlrs.Section(f"{name}[{i}]") for i in range(int(count)))
                hold(name, Sections(name, numbered), SECTION)

    return action


def declare(kind, initial):
    def meaning(names):
        names = [each.strip() for each in names.split(",")]
        if not all(re.fullmatch(NAME, name) for name in names):
            return None
        return lambda: [hold(name, initial, kind) for name in names]

    return meaning


def connect(child, child_index, child_x, parent, parent_index, parent_x):
    def action():
        end = section(child, child_index), section(parent, parent_index)
        end[0].connect(end[1](float(parent_x)), float(child_x))

    return action


def access(name, index):
    def action():
        section(name, index).push()

    return action


def number(name, value):
    def action():
        from nmodlrs import h

        if declared.get(name):
            raise TypeError(f"h({name} = {value}): {name} is declared as something else")
        if not hasattr(h, name):
            _nmodlrs.define(name)
        setattr(h, name, float(value))

    return action


def string(name, text):
    def action():
        from nmodlrs import h

        if declared.get(name) != STRING:
            raise TypeError(f"h({name} = {text}): {name} is not declared by strdef")
        setattr(h, name, text[1:-1])

    return action


def function(name, arguments):
    from nmodlrs import h

    given = re.findall(rf"{TEXT}|{NUMBER}", arguments)
    only = re.sub(rf"{TEXT}|{NUMBER}", "", arguments).replace(" ", "")
    if only != "," * max(len(given) - 1, 0):
        return None
    values = [each[1:-1] if each[0] == '"' else float(each) for each in given]
    if not callable(getattr(h, name, None)):
        return None
    return lambda: getattr(h, name)(*values)


def forall(what):
    from nmodlrs import h

    insert = re.fullmatch(rf"insert\s+({NAME})", what)
    if insert:
        return lambda: [each.insert(insert[1]) for each in h.allsec()]
    if re.fullmatch(r"delete_section\s*\(\s*\)", what):
        return lambda: [h.delete_section(sec=each) for each in list(h.allsec())]
    return None


MEANINGS = [
    (r"create\s+(.+)", create),
    (r"(?:objref|objectvar)\s+(.+)", declare(OBJECT, None)),
    (r"strdef\s+(.+)", declare(STRING, "")),
    (rf"connect\s+{PLACE}\s*,\s*{PLACE}", connect),
    (rf"access\s+({NAME})(?:\[(\d+)\])?", access),
    (r"forall\s*\{?\s*([^{}]+?)\s*\}?", forall),
    (rf"({NAME})\s*=\s*({NUMBER})", number),
    (rf"({NAME})\s*=\s*({TEXT})", string),
    (rf"({NAME})\s*\((.*)\)", function),
]


class Sections(tuple):
    """An array of sections: `create dend[3]`."""

    def __new__(cls, name, sections):
        self = super().__new__(cls, sections)
        self._name = name
        return self

    def __repr__(self):
        return f"{self._name}[?]"


def hold(name, value, kind):
    """Makes a name of `h` stand for something."""
    from nmodlrs import h

    if name not in declared and hasattr(h, name):
        raise ValueError(f"{name} is a name of h already")
    declared[name] = kind
    vars(h)[name] = value


def assign(name, value):
    """Sets what was declared; false for other names."""
    from nmodlrs import h

    kind = declared.get(name)
    if kind is None:
        return False
    if kind == SECTION:
        raise TypeError(f"h.{name} is a section and cannot be set")
    if kind == STRING and not isinstance(value, str):
        raise TypeError(f"h.{name} is a string")
    vars(h)[name] = value
    return True


def section(name, index):
    from nmodlrs import h

    found = getattr(h, name) if declared.get(name) == SECTION else None
    found = found[int(index)] if index and isinstance(found, Sections) else found
    if not isinstance(found, _nmodlrs.Section):
        raise LookupError(f"there is no section {name} that was created by h('create {name}')")
    return found


def name_declared(name):
    """What a name of `h` is: 0 nothing, 2 an object, 3 a section, 4 a string, 5 a number, 1 anything
    else."""
    from nmodlrs import h

    if name in declared:
        return float(declared[name])
    try:
        value = getattr(h, name)
    except AttributeError:
        return 0.0
    except TypeError:
        return 1.0
    number = isinstance(value, (int, float)) and not math.isnan(value)
    return float(NUMERIC if number else 1)
