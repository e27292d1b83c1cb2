"""Functions of NEURON's interpreter: mathematics, strings, its version, errors."""

import math
import platform
import re

from nmodlrs import _nmodlrs
from nmodlrs.template import Numbered

# the kind of artificial cells among mechanisms
ARTIFICIAL = 2

# the release whose interface this package has
VERSION = "9.0.2"


def number(function):
    """A function of numbers that has a float result, as all of hoc's have."""

    def called(*arguments):
        return float(function(*(float(each) for each in arguments)))

    called.__name__ = function.__name__
    called.__doc__ = function.__doc__
    return called


MATHEMATICS = {
    name: number(getattr(math, name))
    for name in ("sin", "cos", "atan", "atan2", "tanh", "log", "log10", "sqrt", "erf", "erfc")
} | {"abs": number(abs), "int": number(math.trunc)}


def exp(x):
    """e to the power of x; beyond 700 the value at 700, as in NEURON."""
    return math.exp(min(float(x), 700.0))


def nrnversion(which=1):
    """The version of NEURON whose interface this is: 0 or 5 the number, 1 as a sentence, 7 the
    name, 8 the machine."""
    sentence = f"NEURON -- VERSION {VERSION} (interface of nmodlrs)"
    known = {0: VERSION, 1: sentence, 2: f"VERSION {VERSION}", 5: VERSION, 7: "NEURON"}
    known[8] = f"{platform.machine()}-{platform.system()}"
    if int(which) not in known:
        raise NotImplementedError(f"nrnversion({which}) tells of the build of NEURON")
    return known[int(which)]


def nrnmpi_init():
    """Does nothing: there is one process."""
    return 0.0


def execerror(message, more=""):
    """Raises a RuntimeError."""
    raise RuntimeError(f"hoc_execerror: {message} {more}".rstrip())


def sprint(text, form, *values):
    """Puts a text formatted as C's printf does into a string reference; returns 1."""
    text[0] = formatted(form, values)
    return 1.0


def printf(form, *values):
    """Prints a text formatted as C's printf does; returns its length."""
    text = formatted(form, values)
    print(text, end="")
    return float(len(text))


def formatted(form, values):
    """What C's printf makes of a format and values."""
    kinds = re.findall(r"%(?:%|[-+ #0]*\d*(?:\.\d+)?l?([a-zA-Z]))", form)
    wanted = [kind for kind in kinds if kind]
    if len(wanted) > len(values):
        raise TypeError(f"{form!r} needs {len(wanted)} values")
    whole = [int(v) if k in "diouxXc" else v for k, v in zip(wanted, values, strict=False)]
    return re.sub(r"l([diouxXeEfgG])", r"\1", form) % tuple(whole)


class StringFunctions(Numbered):
    """Functions of strings. What they change is given as a reference, `h.ref("text")`."""

    _numbered = True

    def len(self, text):
        """The number of characters."""
        return len(plain(text))

    def substr(self, text, part):
        """Where `part` begins, or -1."""
        return plain(text).find(plain(part))

    def head(self, text, pattern, result):
        """Puts what is before the first match of a regular expression into `result`; returns its
        length, or -1 without a match."""
        found = re.search(pattern, plain(text))
        result[0] = plain(text)[: found.start()] if found else ""
        return found.start() if found else -1

    def tail(self, text, pattern, result):
        """Puts what is behind the first match of a regular expression into `result`; returns where
        it begins, or -1 without a match."""
        found = re.search(pattern, plain(text))
        result[0] = plain(text)[found.end() :] if found else ""
        return found.end() if found else -1

    def left(self, text, count):
        """Keeps the first characters of a reference."""
        text[0] = text[0][: int(count)]
        return 1.0

    def right(self, text, start):
        """Keeps the characters of a reference from `start` on."""
        text[0] = text[0][int(start) :]
        return 1.0

    def ltrim(self, text, result):
        """Puts the text without white space at its beginning into `result`."""
        result[0] = plain(text).lstrip()
        return 0.0

    def rtrim(self, text, result):
        """Puts the text without white space at its end into `result`."""
        result[0] = plain(text).rstrip()
        return 0.0

    def is_point_process(self, thing):
        """Whether an object is a point process or an artificial cell."""
        return int(isinstance(thing, _nmodlrs.PointProcess))

    def is_artificial(self, thing):
        """Whether an object is an artificial cell."""
        if not isinstance(thing, _nmodlrs.PointProcess):
            return 0
        kinds = dict(_nmodlrs.mechanisms())
        return int(kinds[thing._mechanism] == ARTIFICIAL)

    def is_name(self, name):
        """Whether `h` has that name."""
        from nmodlrs import h

        return name in dir(h)


class String(Numbered):
    """A string, `s`, that can be in a List."""

    _numbered = True

    def __init__(self, text=""):
        self.s = plain(text)


def strcmp(first, second):
    """Less than, equal to or greater than 0, as the first text is before the second."""
    first, second = plain(first), plain(second)
    return float((first > second) - (first < second))


def plain(text):
    """A string, also if it is given as a reference."""
    return text if isinstance(text, str) else text[0]


def hclass(template):
    """NEURON's way to a base class; here classes can be derived from as they are."""
    return template
