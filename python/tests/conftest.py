"""Fixtures of the tests that only this package can pass."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmodlrs import h

PACKAGE = Path(sys.modules["nmodlrs"].__file__).parents[1]


@pytest.fixture(autouse=True)
def empty_world():
    """Each test begins without sections and with the usual numbers."""
    h.dt, h.celsius, h.secondorder = 0.025, 6.3, 0
    yield
    gc.collect()


@pytest.fixture
def cell():
    """A section with hh and a current clamp that makes it fire."""
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1e9, 0.5
    yield soma
    del clamp


@pytest.fixture
def python():
    """Runs this interpreter with the package under test; gives what subprocess.run gives."""

    def run(*arguments, **options):
        path = os.pathsep.join([str(PACKAGE), os.environ.get("PYTHONPATH", "")])
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            **options,
        )

    return run
