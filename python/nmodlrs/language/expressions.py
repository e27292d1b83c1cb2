"""What expressions of hoc are: `value(frame)`, `assign(frame, value)`, `reference(frame)`.

Numbers are floats, texts strings, objects Python's, with None for NEURON's NULLobject. Comparisons
take numbers as equal that differ by no more than 1e-11, as NEURON does.
"""

import functools
import math
import operator
from dataclasses import dataclass

from nmodlrs import _nmodlrs
from nmodlrs.language import names, templates
from nmodlrs.language.names import (
    SECTIONS_OWN,
    Frame,
    HocError,
    accessed,
    find,
    top,
)
from nmodlrs.ref import Held, Ref

EPSILON = 1e-11
# functions and methods whose argument of that position is a text that they set
OUT = {
    "sprint": 0,
    "getstr": 0,
    "sectionname": 0,
    "statename": 1,
    "head": 2,
    "tail": 2,
    "left": 0,
    "right": 0,
    "gets": 0,
    "scanstr": 0,
    "label": 0,
}


class Break(Exception):
    """Leaves a loop."""


class Continue(Exception):
    """Goes on with a loop's next turn."""


class Stop(Exception):
    """Ends what is executed (`stop`)."""


class Returned(Exception):
    """Leaves a function, with its value."""


def divide(a, b):
    if b == 0:
        raise HocError("hoc: division by zero")
    return a / b


BINARY = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "%": lambda a, b: math.fmod(a, b),
    "^": lambda a, b: a**b,
    ">": lambda a, b: a > b + EPSILON,
    ">=": lambda a, b: a >= b - EPSILON,
    "<": lambda a, b: a < b - EPSILON,
    "<=": lambda a, b: a <= b + EPSILON,
}


def numeric(value, what):
    if isinstance(value, (int, float)):
        return float(value)
    raise HocError(f"hoc: {what} wants a number, not {shown(value)}")


def truth(value):
    return numeric(value, "a condition") != 0


def shown(value):
    if value is None:
        return "NULLobject"
    if isinstance(value, (int, float)):
        return f"{value:.8g}"
    return str(value)


def given(value):
    """A value as Python's functions take it: whole numbers are ints."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def taken(value):
    """What Python's functions give, as hoc has it."""
    if isinstance(value, (bool, int)):
        return float(value)
    return value


@dataclass
class Number:
    number: float

    def value(self, _frame):
        return self.number


@dataclass
class Text:
    text: str

    def value(self, _frame):
        return self.text


@dataclass
class Range:
    """`0:1`, places or values along a section."""

    first: object
    last: object

    def value(self, frame):
        return tuple(numeric(each.value(frame), "a range") for each in (self.first, self.last))


@dataclass
class Unary:
    operator: str
    operand: object

    def value(self, frame):
        value = numeric(self.operand.value(frame), self.operator)
        if self.operator == "!":
            return float(value == 0)
        return -value if self.operator == "-" else value


@dataclass
class Binary:
    operator: str
    left: object
    right: object

    def value(self, frame):
        left = self.left.value(frame)
        if self.operator in ("&&", "||"):
            right = self.right.value(frame)
            both = [numeric(each, self.operator) != 0 for each in (left, right)]
            return float(all(both) if self.operator == "&&" else any(both))
        right = self.right.value(frame)
        if self.operator in ("==", "!="):
            return float(same(left, right) == (self.operator == "=="))
        left, right = (numeric(each, self.operator) for each in (left, right))
        try:
            return float(BINARY[self.operator](left, right))
        except (ArithmeticError, ValueError, TypeError) as error:
            raise HocError(f"hoc: {left:g} {self.operator} {right:g}: {error}") from error


def same(left, right):
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right) <= EPSILON
    return left is right or left == right


@dataclass
class Argument:
    """`$1`, `$s1`, `$o1`, `$&1`, `$i`."""

    text: str

    def position(self, frame):
        found = self.text.lstrip("so&")
        at = int(numeric(find("i", frame), "$i")) if found == "i" else int(found)
        if not 1 <= at <= len(frame.arguments):
            where = f" of {frame.name}" if frame.name else ""
            raise HocError(f"hoc: there is no argument ${self.text}{where}")
        return at - 1

    def value(self, frame):
        found = frame.arguments[self.position(frame)]
        if self.text.startswith("o"):
            return found[0] if isinstance(found, (Variable, Ref)) else found
        pointer = self.text.startswith("&") or hasattr(found, "__getitem__")
        if pointer and not isinstance(found, str) and self.text[0] in "&s":
            found = found[0]
        if self.text[0].isdigit() or self.text[0] in "&i":
            return numeric(found, f"${self.text}")
        return found

    def assign(self, frame, value):
        at = self.position(frame)
        if self.text.startswith("&"):
            frame.arguments[at][0] = value
            return
        before = frame.arguments[at]
        if isinstance(before, Variable) or self.text[0] in "so" and isinstance(before, Ref):
            before[0] = value
            return
        arguments = list(frame.arguments)
        arguments[at] = value
        frame.arguments = tuple(arguments)

    def reference(self, frame):
        return frame.arguments[self.position(frame)]


@dataclass
class New:
    name: str
    arguments: list

    def value(self, frame):
        made = find(self.name, frame)
        if not callable(made):
            raise HocError(f"hoc: new {self.name}: there is no such class")
        values = [given(each.value(frame)) for each in self.arguments]
        point = isinstance(made, type) and hasattr(made, "_mechanism")
        if point and values and isinstance(values[0], (int, float)):
            values[0] = accessed()(values[0])
        return made(*values)


@dataclass
class Reference:
    """`&x`: a pointer to a number."""

    path: object

    def value(self, frame):
        return self.path.reference(frame)


@dataclass
class Assign:
    target: object
    operator: str
    right: object

    def value(self, frame):
        value = self.right.value(frame)
        if self.operator != "=":
            old = numeric(self.target.value(frame), self.operator)
            value = BINARY[self.operator[0]](old, numeric(value, self.operator))
        if isinstance(value, (bool, int)):
            value = float(value)
        self.target.assign(frame, value)
        return value


@dataclass
class Step:
    """A part of a path: a name with indices, and with arguments or a place."""

    name: object
    indices: list
    arguments: list | None

    def index(self, frame, value):
        for each in self.indices:
            at = int(numeric(each.value(frame), "an index") + EPSILON)
            try:
                value = value[at]
            except (IndexError, TypeError, KeyError):
                raise HocError(f"hoc: {self.name} has no element {at}") from None
        return value

    def values(self, frame):
        return [each.value(frame) for each in self.arguments or []]


class Path:
    """`soma.v(.5)`, `vec.x[3]`, `f(1).g`: steps from one thing to the next."""

    def __init__(self, steps):
        self.steps = steps

    def value(self, frame):
        value = self.first(frame, self.steps[0])
        for step in self.steps[1:]:
            value = member(frame, value, step)
        return taken(value)

    def first(self, frame, step):
        if isinstance(step.name, Argument):
            return step.index(frame, step.name.value(frame))
        name = step.name
        own = names.scope(name, frame)
        if own is None and name in SPECIAL:
            return SPECIAL[name](frame, step)
        if own is None and name in SECTIONS_OWN:
            return of_section(frame, accessed(), step)
        try:
            value = find(name, frame)
        except TypeError:
            # a range variable
            return of_section(frame, accessed(), step)
        except HocError:
            if section_variable(name, frame):
                return of_section(frame, accessed(), step)
            raise
        return applied(frame, value, step)

    def holder(self, frame):
        """The thing whose member the last step is; None if it stands alone."""
        if len(self.steps) == 1:
            return None
        return Path(self.steps[:-1]).value(frame)

    def assign(self, frame, value):
        holder, last = self.holder(frame), self.steps[-1]
        if holder is None:
            self.assign_first(frame, last, value)
        elif isinstance(holder, _nmodlrs.Section):
            set_of_section(frame, holder, last, value)
        elif last.indices:
            inner = getattr(holder, last.name)
            put(frame, inner, last, value)
        else:
            setattr(holder, last.name, value)

    def assign_first(self, frame, step, value):
        name = step.name
        if isinstance(name, Argument):
            put(frame, name.value(frame), step, value)
            return
        own = names.scope(name, frame)
        if own is None and not frame.locals.get(name) and section_variable(name, frame):
            set_of_section(frame, accessed(), step, value)
        elif step.indices:
            put(frame, find(name, frame), step, value)
        elif step.arguments is not None:
            raise HocError(f"hoc: {name}(...) cannot be assigned to")
        else:
            names.store(name, value, frame)

    def reference(self, frame):
        holder, step = self.holder(frame), self.steps[-1]
        if holder is None:
            name = step.name
            if isinstance(name, Argument):
                return name.reference(frame)
            own = names.scope(name, frame)
            if own is not None:
                return Slot(own, name)
            if section_variable(name, frame):
                holder = accessed()
            elif step.indices:
                return Slot(find(name, frame), int(step.indices[0].value(frame)))
            else:
                if name not in names.numbers and not hasattr(top(), name):
                    names.store(name, 0.0, frame)
                return getattr(top(), f"_ref_{name}")
        if isinstance(holder, _nmodlrs.Section):
            place = step.values(frame)
            holder = holder(place[0] if place else 0.5)
        return step.index(frame, getattr(holder, f"_ref_{step.name}"))


class Slot:
    """A pointer to a local number, or one of an object or an array."""

    def __init__(self, where, key):
        self.where, self.key = where, key

    def __getitem__(self, _index):
        return self.where[self.key]

    def __setitem__(self, _index, value):
        self.where[self.key] = value


def section_variable(name, frame):
    """Whether a name is a variable of the accessed section."""
    if name in names.numbers or name in names.declared:
        return False
    if name in SECTIONS_OWN:
        return True
    return names.is_range_variable(name)


def applied(frame, value, step):
    """A value with its indices, called if there are arguments."""
    value = step.index(frame, value)
    if isinstance(value, _nmodlrs.Section):
        return value if step.arguments is None else value(*map(given, step.values(frame)))
    if step.arguments is None:
        is_function = callable(value) and not isinstance(value, type)
        return call(frame, value, step) if is_function and is_method(value) else value
    if not callable(value):
        raise HocError(f"hoc: {step.name} is no function")
    return call(frame, value, step)


def is_method(value):
    """Whether hoc calls it without parentheses, too."""
    return not isinstance(value, _nmodlrs.HocObject) and hasattr(value, "__name__")


def call(frame, function, step):
    """Calls a function; texts that it sets go back to the variables that were named."""
    arguments = step.arguments or []
    out = OUT.get(step.name)
    hoc = isinstance(function, (templates.Function, templates.Method))
    # C in a mechanism may set any
    mechanism = isinstance(function, (_nmodlrs.MechanismFunction, _nmodlrs.VectorMethod))
    values = []
    for at, each in enumerate(arguments):
        value = each.value(frame)
        variable = not isinstance(value, (int, float)) and isinstance(each, (Path, Argument))
        if hoc and variable:
            value = Variable(each, frame, value)
        elif (mechanism or at == out) and variable and isinstance(value, str):
            value = top().ref(value)
        elif mechanism and variable and is_variable(frame, each):
            value = Held(value)
        values.append(value if hoc else given(value))
    if step.name == "event" and not hoc and len(values) > 1 and isinstance(values[1], str):
        # the statement is executed in the object that it comes from
        values[1] = functools.partial(event, values[1], frame.instance)
    result = function(*values)
    if mechanism:
        for each, value in zip(arguments, values, strict=True):
            if isinstance(value, Ref) and hasattr(each, "assign"):
                each.assign(frame, value[0])
    if out is not None and not hoc and out < len(values) and hasattr(arguments[out], "assign"):
        arguments[out].assign(frame, values[out][0])
    return taken(result)


def is_variable(frame, expression):
    """Whether an object is what a variable has, and not what an expression gives."""
    if isinstance(expression, Argument):
        return isinstance(frame.arguments[expression.position(frame)], Variable)
    *steps, last = expression.steps
    if any(step.arguments is not None for step in expression.steps):
        return False
    if not steps:
        return not isinstance(last.name, Argument)
    return isinstance(Path(steps).value(frame), templates.Instance)


def event(text, instance):
    """Executes a statement that an event brings."""
    from nmodlrs.language.parser import parse
    from nmodlrs.language.statements import execute

    execute(parse("{" + text + "}"), Frame(instance))


class Variable:
    """A text or an object that a function in hoc is called with, and may set for its caller."""

    def __init__(self, path, frame, value):
        self.path, self.frame, self.value = path, frame, value

    def __getitem__(self, _index):
        return self.value

    def __setitem__(self, _index, value):
        self.path.assign(self.frame, value)
        self.value = value

    def __str__(self):
        return str(self.value)


def member(frame, holder, step):
    """A member of an object, a section or an array of it."""
    if holder is None:
        raise HocError(f"hoc: {step.name} of NULLobject")
    if isinstance(holder, _nmodlrs.Section):
        return of_section(frame, holder, step)
    if isinstance(holder, (float, str, tuple, list)):
        raise HocError(f"hoc: {shown(holder)} has no {step.name}")
    try:
        value = getattr(holder, step.name)
    except AttributeError as error:
        raise HocError(f"hoc: {holder} has no {step.name}") from error
    return applied(frame, value, step)


def of_section(frame, section, step):
    """A variable of a section, or a function in it."""
    name = step.name
    if name in SECTIONS_OWN:
        return float(getattr(section, name))
    if names.is_range_variable(name):
        place = step.values(frame)
        return step.index(frame, getattr(section(place[0] if place else 0.5), name))
    with Accessed(section):
        return Path([step]).first(frame, step) if hasattr(top(), name) else missing(section, name)


def missing(section, name):
    raise HocError(f"hoc: {section} has no {name}")


def set_of_section(frame, section, step, value):
    name = step.name
    if name == "nseg":
        section.nseg = int(value)
    elif name in SECTIONS_OWN:
        setattr(section, name, value)
    elif not names.is_range_variable(name):
        missing(section, name)
    elif step.arguments is None and not step.indices:
        for segment in section:
            setattr(segment, name, value)
    else:
        place = step.values(frame)
        if place and isinstance(place[0], tuple):
            along(section, name, place[0], value)
            return
        for segment in [section(place[0])] if place else section:
            if step.indices:
                put(frame, getattr(segment, name), step, value)
            else:
                setattr(segment, name, value)


def along(section, name, ends, values):
    """`g(0:1) = 1:3`: values between two places, linearly."""
    first, last = values if isinstance(values, tuple) else (values, values)
    for segment in section:
        if ends[0] <= segment.x <= ends[1]:
            part = (segment.x - ends[0]) / ((ends[1] - ends[0]) or 1.0)
            setattr(segment, name, first + part * (last - first))


def put(frame, array, step, value):
    """Sets an element."""
    at = [int(numeric(each.value(frame), "an index") + EPSILON) for each in step.indices]
    for each in at[:-1]:
        array = array[each]
    try:
        array[at[-1]] = value
    except (IndexError, TypeError):
        raise HocError(f"hoc: {step.name} has no element {at[-1]}") from None


class Accessed:
    """A section that is accessed for a while."""

    def __init__(self, section):
        self.section = section

    def __enter__(self):
        self.section.push()

    def __exit__(self, *_error):
        top().pop_section()


# what hoc has beside functions of `h`
SPECIAL = {
    "numarg": lambda frame, _step: float(len(frame.arguments)),
    "argtype": lambda frame, step: argument_type(frame, step.values(frame)[0]),
    "secname": lambda _frame, _step: accessed().name(),
    "this": lambda frame, _step: frame.instance,
    "object_id": lambda frame, step: float(id(step.values(frame)[0]))
    if step.values(frame)[0] is not None
    else 0.0,
    "xopen": lambda frame, step: top().load_file(*step.values(frame)),
    "obj_name": lambda frame, step: shown(step.values(frame)[0]),
}


def argument_type(frame, number):
    at = int(number) - 1
    if not 0 <= at < len(frame.arguments):
        return -1.0
    value = frame.arguments[at]
    if isinstance(value, (Variable, Ref)):
        value = value[0]
    if isinstance(value, (int, float)):
        return 0.0
    if isinstance(value, _nmodlrs.Pointer):
        return 3.0
    return 2.0 if isinstance(value, str) else 1.0
