"""Methods that point processes have beside their variables and functions; and PatternStim."""

from weakref import WeakKeyDictionary

from nmodlrs import _nmodlrs
from nmodlrs.template import METHODS, Numbered

_recordings = WeakKeyDictionary()


def record(self, vector=None):
    """Records the times (ms) at which `n` counts one more in a Vector; without one, ends that."""
    _recordings.pop(self, None)
    if vector is not None:
        netcon = _nmodlrs.NetCon(self, None)
        netcon.record(vector)
        _recordings[self] = netcon
    return 0.0


METHODS["APCount"] = {"record": record}


class PatternStim(Numbered):
    """Spikes of given times from given gids, as if their cells were in another process."""

    _numbered = True

    def __init__(self):
        self._pattern = None

    def play(self, times=None, gids=None):
        """Plays spikes at `times` (ms, ascending) from `gids`, Vectors of one length, from the
        next finitialize on; without arguments, ends that."""
        if (times is None) != (gids is None):
            raise TypeError("PatternStim.play needs times and gids")
        if times is not None and len(times) != len(gids):
            raise ValueError(f"PatternStim.play: {len(times)} times and {len(gids)} gids")
        self._pattern = None if times is None else _nmodlrs.Pattern(times, gids)
        return 0.0
