"""Words of hoc: numbers, texts, names, arguments as `$1`, operators, ends of lines."""

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r"""(?P<blank>[ \t\r\f]+|\\\n|//[^\n]*|/\*.*?\*/)
      | (?P<line>\n)
      | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
      | (?P<text>"(?:[^"\\\n]|\\.)*")
      | (?P<argument>\$(?:s|o|&|)(?:\d+|i))
      | (?P<name>[A-Za-z_]\w*)
      | (?P<operator>\|\||&&|[-+*/]=|[<>=!]=|[-+*/%^<>=!(){}\[\],.:;&~])
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class HocError(RuntimeError):
    """A statement of hoc that cannot be executed."""


class HocSyntaxError(HocError):
    """A statement of hoc that cannot be read. It names the line and what stands there."""


@dataclass(frozen=True)
class Token:
    """A word, its kind, and its line, counted from 1."""

    kind: str
    text: str
    line: int


def tokens(text):
    """The words of a text; the last is of kind `end`."""
    found, at, line = [], 0, 1
    while at < len(text):
        match = PATTERN.match(text, at)
        if match is None:
            raise HocSyntaxError(f"hoc, line {line}: {text[at]!r} is no part of the language")
        kind, word = match.lastgroup, match.group()
        if kind != "blank":
            found.append(Token(kind, word, line))
        line += word.count("\n")
        at = match.end()
    return [*found, Token("end", "", line)]


def unquoted(text):
    """What a text in quotation marks stands for."""
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), text[1:-1], flags=re.DOTALL)
