"""The one file that hoc reads and the one that it writes: ropen, fscan and getstr; wopen, fprint."""

import re
import sys

from nmodlrs.interpreter import formatted

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class _Reading:
    """What is left of the text of a file."""

    def __init__(self, text=""):
        self.text, self.at = text, 0


_reading = _Reading()
_writing = None


def ropen(name=None):
    """Opens the file that fscan and getstr read; without a name closes it. 1 if that was done."""
    global _reading
    if name is None:
        _reading = _Reading()
        return 1.0
    try:
        with open(name, encoding="utf-8", errors="replace") as file:
            _reading = _Reading(file.read())
    except OSError:
        return 0.0
    return 1.0


def wopen(name=None):
    """Opens the file that fprint writes; without a name closes it. 1 if that was done."""
    global _writing
    if _writing is not None:
        _writing.close()
        _writing = None
    if name is None:
        return 1.0
    try:
        _writing = open(name, "w", encoding="utf-8")
    except OSError:
        return 0.0
    return 1.0


def fprint(form, *values):
    """Writes a text formatted as C's printf does; returns its length."""
    text = formatted(form, values)
    (_writing or sys.stdout).write(text)
    return float(len(text))


def fscan():
    """The next number of the file; what is no number is passed over, and the space
    behind it."""
    found = re.compile(rf"({_NUMBER.pattern})\s?").search(_reading.text, _reading.at)
    if not found:
        raise RuntimeError("fscan: the file has no further number")
    _reading.at = found.end()
    return float(found[1])


def getstr(text, word=0):
    """Puts the rest of the line, or the next word, into a string reference; returns its length."""
    if word:
        found = re.compile(r"\S+").search(_reading.text, _reading.at)
        begin, end = found.span() if found else (len(_reading.text),) * 2
    else:
        begin = _reading.at
        line_end = _reading.text.find("\n", begin)
        end = line_end + 1 if line_end >= 0 else len(_reading.text)
    if begin == end:
        raise RuntimeError("getstr: the file is at its end")
    text[0], _reading.at = _reading.text[begin:end], end
    return float(end - begin)


# conversions of sscanf: what they take, by their letter
_CONVERSIONS = {"c": r"(.)", "d": r"\s*([-+]?\d+)", "i": r"\s*([-+]?\d+)", "s": r"\s*(\S+)"}
_CONVERSIONS |= dict.fromkeys("efgEG", rf"\s*({_NUMBER.pattern})")


def sscanf(text, form, *references):
    """Reads a text as C's sscanf does, into references; returns how many it could set."""
    left, at = list(references), 0
    for skipped, width, letter, space, literal in re.findall(
        r"%(\*?)(\d*)l?([a-zA-Z])|(\s+)|([^%\s]+)", form
    ):
        if letter and letter not in _CONVERSIONS:
            raise ValueError(f"sscanf: %{letter} is not a conversion of numbers or words")
        pattern = r"\s*" if space else re.escape(literal) or _CONVERSIONS[letter]
        found = re.compile(pattern).match(text, at, at + int(width) if width else len(text))
        if not found:
            break
        at = found.end()
        if letter and not skipped:
            if not left:
                raise TypeError(f"sscanf: {form!r} needs more references")
            left.pop(0)[0] = found[1] if letter in "sc" else float(found[1])
    return float(len(references) - len(left))


FUNCTIONS = (ropen, wopen, fprint, fscan, getstr, sscanf)
