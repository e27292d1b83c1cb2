"""NEURON's PtrVector: as many references to variables as it has elements."""

from nmodlrs.template import Numbered


class PtrVector(Numbered):
    """A vector of references, whose values are taken or set together."""

    _numbered = True

    def __init__(self, size):
        if not size >= 1:
            raise ValueError(f"PtrVector: {size} elements; it needs one at least")
        self._references = [None] * int(size)
        self._label = ""

    def size(self):
        """The number of references."""
        return len(self._references)

    def resize(self, size):
        """Changes the number of references; returns it."""
        if not size >= 1:
            raise ValueError(f"PtrVector.resize: {size} elements; it needs one at least")
        kept = self._references[: int(size)]
        self._references = kept + [None] * (int(size) - len(kept))
        return self.size()

    def pset(self, index, reference):
        """Has the element at `index` refer to a variable, as `segment._ref_v`; returns its value."""
        if not hasattr(reference, "__getitem__"):
            raise TypeError("PtrVector.pset: a reference is needed, as segment._ref_v")
        self._references[self._place(index)] = reference
        return reference[0]

    def getval(self, index):
        """The value of the variable at `index`."""
        return self._reference(index)[0]

    def setval(self, index, value):
        """Sets the variable at `index`; returns the value."""
        self._reference(index)[0] = value
        return float(value)

    def gather(self, vector):
        """Sets the elements of a Vector of the same size to the values of the variables."""
        self._check(vector, "gather")
        for index in range(self.size()):
            vector[index] = self.getval(index)
        return 0.0

    def scatter(self, vector):
        """Sets the variables to the elements of a Vector of the same size."""
        self._check(vector, "scatter")
        for index, value in enumerate(vector):
            self.setval(index, value)
        return 0.0

    def label(self, text=None):
        """The label; sets it."""
        if text is not None:
            self._label = text
        return self._label

    def plot(self, *_arguments):
        """Shows nothing: there is no display."""
        return 0.0

    def _place(self, index):
        if not 0 <= index < self.size():
            raise IndexError(f"{self._name}: there is no element {index}, it has {self.size()}")
        return int(index)

    def _reference(self, index):
        found = self._references[self._place(index)]
        if found is None:
            raise RuntimeError(f"{self._name}: element {index} refers to nothing; see pset")
        return found

    def _check(self, vector, what):
        if len(vector) != self.size():
            raise ValueError(
                f"PtrVector.{what}: the Vector has {len(vector)} elements, not {self.size()}"
            )
