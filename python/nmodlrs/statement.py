"""What `h("...")` does, and names that statements of hoc declare; `language` has hoc itself."""

import math
import os
from pathlib import Path

from nmodlrs import _nmodlrs
from nmodlrs.language import HocSyntaxError, parse
from nmodlrs.language.names import NUMERIC, SECTION, STRING, Frame, declared
from nmodlrs.language.statements import execute as execute_all


def call(text):
    """What `h(text)` does: executes statements; returns True. All of the text is read before anything
    is done."""
    execute_all(parse(text))
    return True


def event(text):
    """Executes what an event or a handler is to do: nothing is shown of it."""
    execute_all(parse("{" + text + "}"))


def played(text):
    """Executes a statement with the value that a Vector plays now as `$1`."""
    frame = Frame(None, (_nmodlrs.played_value(),))
    execute_all(parse("{" + text + "}"), frame)


# files that were executed, by their paths
loaded = set()


def load_file(name, again):
    """Executes a file, once unless it is to be again; in its folder, as NEURON does. Returns 1."""
    path = Path(name).resolve()
    if path in loaded and not again:
        return 1.0
    text = path.read_text(errors="replace")
    loaded.add(path)
    before = os.getcwd()
    if path.parent != Path(before):
        os.chdir(path.parent)
    try:
        execute_all(parse(text))
    except HocSyntaxError as error:
        raise HocSyntaxError(f"{name}: {error}") from None
    finally:
        os.chdir(before)
    return 1.0


def execute(text, context=None):
    """Executes statements, in an object of a template if one is given; returns 0."""
    execute_all(parse("{" + text + "}"), frame(context))
    return 0.0


def execute1(text, context=None, *_show):
    """Executes statements; returns 1."""
    object_given = context is not None and not isinstance(context, (int, float))
    execute_all(parse("{" + text + "}"), frame(context if object_given else None))
    return 1.0


def frame(context):
    return Frame(context if hasattr(context, "_members") else None)


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
