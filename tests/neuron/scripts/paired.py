"""What the scripts of the paired comparison share; see tests/neuron/test_paired.py.

A script runs once in NEURON and once in nmodlrs and ends with one call of `report`. By hand:

    PYTHONPATH=tests/neuron/scripts python tests/neuron/scripts/SUBJECT/NAME.py
    PYTHONPATH=tests/neuron/scripts python -m nmodlrs tests/neuron/scripts/SUBJECT/NAME.py
"""

import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = "REPORT "


def in_nmodlrs():
    """Whether this process is `python -m nmodlrs`."""
    return "nmodlrs" in sys.modules


def mechanisms(*names, together=False):
    """Makes the mechanisms in files of tests/neuron/mechanisms known to the simulator; `together`, so
    that NEURON's may use what others of them define."""
    files = [HERE.parent / "mechanisms" / name for name in names]
    if in_nmodlrs():
        import nmodlrs

        for file in files:
            nmodlrs.load_mechanisms(str(file))
    else:
        sys.path.insert(0, str(HERE.parent))
        from neuron import h
        from nrnivmodl import compiled

        for group in [files] if together else [[file] for file in files]:
            h.nrn_load_dll(str(compiled(group)))


def morphology(name):
    """The path of a file in the folder `morphologies`."""
    return str(HERE / "morphologies" / name)


def outside(segment, layer):
    """vext[layer] of a segment. NEURON's Python has vext[0] for every layer; hoc has the right one."""
    if in_nmodlrs():
        return segment.vext[layer]
    from neuron import h

    segment.sec.push()
    h(f"hoc_ac_ = vext[{layer}]({segment.x})")
    h.pop_section()
    return h.hoc_ac_


def set_outside(segment, layer, value):
    """Sets it."""
    if in_nmodlrs():
        segment.vext[layer] = value
        return
    from neuron import h

    segment.sec.push()
    h(f"vext[{layer}]({segment.x}) = {value}")
    h.pop_section()


def raises(action, *arguments):
    """Whether a call of `action` raises an exception."""
    try:
        action(*arguments)
    except Exception:
        return True
    return False


def captured(action, *arguments):
    """What a call of `action` prints, from Python or past it."""
    from_python = io.StringIO()
    sys.stdout.flush()
    with tempfile.TemporaryFile() as file:
        outer = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            with contextlib.redirect_stdout(from_python):
                action(*arguments)
            flush_c()
        finally:
            os.dup2(outer, 1)
            os.close(outer)
        file.seek(0)
        return from_python.getvalue() + file.read().decode()


def flush_c():
    """Empties the buffers of C's standard output, where NEURON prints."""
    import ctypes

    ctypes.CDLL(None).fflush(None)


def report(values, rtol=1e-9, atol=0.0, loose=None, expect=None):
    """Prints the names and values of a script's result, as the last thing that it does.

    Values are numbers, strings, booleans, None, and nested dictionaries and sequences of
    them; Vectors and arrays count as sequences of numbers. `rtol` and `atol` are the
    tolerances for floating-point numbers. `loose` gives a name tolerances of its own,
    {"name": {"rtol": 1e-5}}. `expect` has the values that are right where NEURON's are
    known to be wrong. The script says in comments why either is needed.
    """
    for name in [*(loose or {}), *(expect or {})]:
        if name not in values:
            raise KeyError(f"{name} is not in the report")
    result = {
        "values": plain(values),
        "rtol": rtol,
        "atol": atol,
        "loose": loose or {},
        "expect": plain(expect or {}),
    }
    flush_c()
    print(MARK + json.dumps(result), flush=True)


def plain(value):
    """`value` with nothing but what JSON has."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if hasattr(value, "tolist"):
        return value.tolist()
    return [plain(each) for each in value]
