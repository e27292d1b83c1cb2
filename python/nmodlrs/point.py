"""Methods that point processes have beside their variables and functions; and PatternStim."""

from nmodlrs import _nmodlrs
from nmodlrs.template import METHODS, Numbered


def noise_from_random(self, random=None):
    """Draws from now on what a Random123 generator would: its ids and its position are taken over.
    """
    if random is None:
        return 1.0
    if not isinstance(random, _nmodlrs.Random):
        raise TypeError("NetStim.noiseFromRandom needs a Random")
    ids = random._ids()
    if ids is None:
        raise RuntimeError("NetStim.noiseFromRandom: a Random with Random123 is needed")
    self.ranvar.set_ids(*ids).set_seq(random.seq())
    return 1.0


METHODS["NetStim"] = {"noiseFromRandom": noise_from_random}


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
        return 1.0
