"""NEURON under the name `nmodlrs`, for the Python examples of docs/nmodl: see test_pages.py."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from neuron import h, n  # noqa: E402, F401

from nrnivmodl import compiled  # noqa: E402


def load_mechanisms(*_):
    """Loads all mechanisms of the folder, which are compiled together and once."""
    h.nrn_load_dll(str(compiled(sorted(Path.cwd().glob("*.mod")))))
