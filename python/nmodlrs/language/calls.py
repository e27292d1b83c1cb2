"""Functions of hoc that C in mechanisms calls."""

from nmodlrs.language import names
from nmodlrs.language.templates import Function


def is_function(name):
    """1 for a function that C may call, 0 for a name that means nothing."""
    h = names.top()
    if name in vars(h):
        if isinstance(vars(h)[name], Function):
            return 1.0
        raise names.HocError(f"hoc: {name} is no function that C can call")
    return float(callable(getattr(type(h), name, None)))


def call_function(name, numbers):
    """The value of a function, 0 of a procedure."""
    h = names.top()
    function = vars(h)[name] if name in vars(h) else getattr(h, name)
    result = function(*numbers)
    return 0.0 if result is None else float(result)
