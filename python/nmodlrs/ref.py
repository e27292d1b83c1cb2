"""References to numbers, strings and objects of Python, and NEURON's Pointer."""

from nmodlrs._nmodlrs import cell
from nmodlrs.template import Numbered


def ref(value):
    """A number, a string or an object that functions can change, as `[0]`.

    A number stays a number, and a string a string.
    """
    return cell(value) if isinstance(value, (bool, int, float)) else Ref(value)


class Ref:
    """A reference to a string or an object: what `h.ref` gives for these."""

    __slots__ = ("_value", "__weakref__")

    def __init__(self, value):
        self._value = value

    def __getitem__(self, index):
        self._check(index)
        return self._value

    def __setitem__(self, index, value):
        self._check(index)
        if isinstance(self._value, str) and not isinstance(value, str):
            raise TypeError(f"argument must be str, not {type(value).__name__}")
        self._value = value

    def __repr__(self):
        if isinstance(self._value, str):
            return f'<hoc ref str "{self._value}">'
        return f'<hoc ref value "{"NULLobject" if self._value is None else self._value}">'

    @staticmethod
    def _check(index):
        if index != 0:
            raise IndexError("index for hoc ref must be 0")


class Held:
    """An object that a variable of hoc has, for a mechanism that is called with it."""

    __slots__ = ("object",)

    def __init__(self, value):
        self.object = value


class Pointer(Numbered):
    """A reference to a variable as an object: `val` reads and sets it.

    With a callable as second argument, `assign(x)` calls it with the new value.
    """

    _numbered = True

    def __init__(self, reference, action=None):
        if isinstance(reference, str):
            from nmodlrs import h

            reference = getattr(h, f"_ref_{reference}")
        if not hasattr(reference, "__getitem__"):
            raise TypeError("a reference is needed, as segment._ref_v")
        if action is not None and not callable(action):
            raise NotImplementedError(
                "Pointer: the second argument must be a callable; hoc statements are not run here"
            )
        self._reference, self._action = reference, action

    @property
    def val(self):
        """The variable's value."""
        return self._reference[0]

    @val.setter
    def val(self, value):
        self._reference[0] = value

    def assign(self, value):
        """Sets the variable, or calls the action with the value; returns the value."""
        if self._action is None:
            self.val = value
        else:
            self._action(value)
        return self.val
