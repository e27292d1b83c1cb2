"""Mechanisms that are loaded again while a script runs, which NEURON cannot."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

PYTHON = os.environ.get("NMODLRS_PYTHON", sys.executable)

SCRIPT = '''
import pathlib
import nmodlrs
from nmodlrs import h

TEXT = """
NEURON { SUFFIX mine NONSPECIFIC_CURRENT i RANGE g, i }
PARAMETER { g = 0.001 (S/cm2) }
ASSIGNED { v (mV) i (mA/cm2) }
BREAKPOINT { i = g*(v + 70) }
"""
file = pathlib.Path("mine.mod")
file.write_text(TEXT)
assert nmodlrs.load_mechanisms("mine.mod") == ["mine"]
old = h.Section("old").insert("mine")
old(0.5).mine.g = 0.002

# a fault leaves everything as it is, and is shown at its place
file.write_text(TEXT.replace("g*(v", "q*(v"))
try:
    h.nrn_load_dll("mine.mod")
except nmodlrs.CompileError as error:
    assert "mine.mod:5:" in str(error) and "`q`" in str(error), error
else:
    raise AssertionError("no CompileError")

file.write_text(TEXT.replace("i = g", "i = 3*g"))
assert h.nrn_load_dll(".") == 1
new = h.Section("new").insert(h.mine)
h.finitialize(-60)
assert abs(old(0.5).mine.i - 0.02) < 1e-15 and abs(new(0.5).mine.i - 0.03) < 1e-15

nmodlrs.load_mechanisms(file, migrate=True)
assert old(0.5).g_mine == 0.002
h.finitialize(-60)
assert abs(old(0.5).mine.i - 0.06) < 1e-15 and abs(new(0.5).mine.i - 0.03) < 1e-15

# a name from another file is an error, unless it is meant
try:
    nmodlrs.load_mechanisms(TEXT)
except ValueError as error:
    assert "both define `mine`" in str(error)
else:
    raise AssertionError("no ValueError")
nmodlrs.load_mechanisms(TEXT, replace=True)


# classes can be derived from
class Clamp(h.IClamp):
    def __init__(self, segment, charge):
        super().__init__(segment)
        self.dur, self.amp, self.charge = 2, charge / 2, charge


clamp = Clamp(new(0.5), 1)
assert isinstance(clamp, h.IClamp) and type(clamp) is Clamp and clamp.charge == 1
assert h.IClamp[0] is clamp and str(clamp) == "IClamp[0]" and clamp.amp == 0.5
try:
    clamp.durr
except AttributeError as error:
    assert "dur" in str(error).split("Similar:")[1]
'''


@pytest.mark.skipif(
    PYTHON == sys.executable and find_spec("nmodlrs") is None, reason="no module nmodlrs"
)
def test_mechanisms_loaded_again(tmp_path):
    done = subprocess.run([PYTHON, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
