"""The interpreter's language, hoc: `tokens` reads words, `parser` makes statements of them, `expressions` and
`statements` have what these do, `names` where names are found, `templates` the classes that hoc defines.

What is executed acts on `h`: hoc's variables, sections, functions and classes are attributes of it,
and its own are known to hoc. Sections of `soma { ... }` are pushed on the stack of accessed sections
while their statement runs.
"""

from nmodlrs.language.parser import parse
from nmodlrs.language.tokens import HocError, HocSyntaxError

__all__ = ["HocError", "HocSyntaxError", "parse"]
