"""NEURON's class SaveState."""

from nmodlrs._nmodlrs import State
from nmodlrs.template import Numbered


class SaveState(Numbered):
    """The state of a run: potentials, concentrations, what mechanisms compute, random streams,
    weights, and events under way. Parameters and structure are not part of it."""

    _numbered = True

    def __init__(self):
        self._state = None

    def save(self):
        """Takes the state that there is now."""
        self._state = State.take()
        return 1.0

    def restore(self, values_only=0):
        """Goes back to the state. With 1, events, weights and played vectors stay as they are."""
        self._saved("restore").restore(int(values_only) != 1)
        return 1.0

    def fwrite(self, file, close=1):
        """Writes the state to a File, which is closed unless the second argument is 0."""
        content = self._saved("fwrite").file()
        if not file.wopen():
            raise RuntimeError(f"{self._name}.fwrite: cannot write to '{file.getname()}'")
        file.write(content)
        if close:
            file.close()
        return 1.0

    def fread(self, file, close=1):
        """Reads a state that `fwrite` wrote. Whether it is one of this model shows when it is
        brought back."""
        if not file.ropen():
            raise RuntimeError(f"{self._name}.fread: cannot read '{file.getname()}'")
        self._state = State.read(file.read())
        if close:
            file.close()
        return 1.0

    def _saved(self, what):
        if self._state is None:
            raise RuntimeError(f"{self._name}.{what}: no state was saved or read yet")
        return self._state
