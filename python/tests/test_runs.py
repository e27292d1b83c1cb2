"""Runs that are interrupted, fail or are repeated leave a state from which one can go on."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

from nmodlrs import h

INTERRUPTED = """
import signal, sys, time
from nmodlrs import h
# what is started in the background has no Ctrl-C otherwise
signal.signal(signal.SIGINT, signal.default_int_handler)
soma = h.Section(name="soma")
soma.insert("hh")
h.finitialize(-65)
print("running", flush=True)
try:
    h.continuerun(1e9)
except KeyboardInterrupt:
    print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
stopped = h.t
v = soma(0.5).v
assert 0 < stopped < 1e9 and abs(stopped / h.dt - round(stopped / h.dt)) < 1e-3, stopped
h.fadvance()
assert abs(h.t - stopped - h.dt) < 1e-6
h.finitialize(-65)
h.continuerun(5)
again = soma(0.5).v
other = h.Section(name="other")
other.insert("hh")
h.finitialize(-65)
h.continuerun(5)
assert other(0.5).v == again == soma(0.5).v, (again, other(0.5).v)
print("went on")
"""


def test_ctrl_c_stops_a_run_within_a_tenth_of_a_second():
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    ) as process:
        try:
            assert process.stdout.readline() == "running\n"
            time.sleep(0.3)
            sent = time.clock_gettime(time.CLOCK_MONOTONIC)
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 0, errors
    stopped, went_on = rest.splitlines()
    assert went_on == "went on"
    assert float(stopped) - sent < 0.1


def trace(cell, t):
    """Bits of a run: v at each step."""
    v = h.Vector().record(cell(0.5)._ref_v)
    h.finitialize(-65)
    h.continuerun(t)
    return list(v)


def test_two_runs_give_the_same_bits(cell):
    first = trace(cell, 20)
    assert max(first) > 0
    assert trace(cell, 20) == first


def test_an_exception_of_a_callback_ends_the_run_and_it_can_go_on(cell):
    undisturbed = trace(cell, 10)

    def fail():
        raise LookupError("of the callback")

    v = h.Vector().record(cell(0.5)._ref_v)
    h.finitialize(-65)
    h.CVode().event(3, fail)
    with pytest.raises(LookupError, match="of the callback"):
        h.continuerun(10)
    assert h.t == pytest.approx(3, abs=0.03)
    h.continuerun(10)
    assert list(v)[-1] == undisturbed[-1]


def test_an_exception_of_an_initialization_handler_propagates(cell):
    def fail():
        raise KeyError("of the handler")

    handler = h.FInitializeHandler(fail)
    with pytest.raises(KeyError, match="of the handler"):
        h.finitialize(-65)
    del handler
    h.finitialize(-65)
    assert (h.t, cell(0.5).v) == (0, -65)


def test_what_was_deleted_raises():
    soma, dend = h.Section(name="to delete"), h.Section(name="dend")
    segment, clamp = soma(0.5), h.IClamp(soma(0.5))
    reference = segment._ref_v
    h.delete_section(sec=soma)
    for use in (
        lambda: soma.L,
        lambda: soma.nseg,
        lambda: segment.v,
        lambda: segment.diam,
        lambda: reference[0],
        lambda: soma.insert("hh"),
        lambda: dend.connect(soma(1)),
        lambda: clamp.get_segment().v,
    ):
        with pytest.raises((ReferenceError, RuntimeError, AttributeError)) as error:
            use()
        assert not isinstance(error.value, AttributeError) or "None" in str(error.value)
    assert "to delete" not in [s.name() for s in h.allsec()]


def test_a_vector_that_numpy_looks_at_does_not_change_its_size():
    numpy = pytest.importorskip("numpy")
    v = h.Vector([1, 2, 3])
    view = v.as_numpy()
    view[1] = 7
    assert list(v) == [1, 7, 3]
    for change in (lambda: v.resize(10), lambda: v.append(4), lambda: v.remove(0)):
        with pytest.raises(BufferError):
            change()
    assert numpy.array_equal(view, [1, 7, 3])
    del view
    v.append(4)
    assert list(v) == [1, 7, 3, 4]


def test_a_recording_goes_on_and_what_numpy_looks_at_stays(cell):
    v = h.Vector().record(cell(0.5)._ref_v)
    h.finitialize(-65)
    h.continuerun(1)
    view = v.as_numpy()
    seen = list(view)
    h.continuerun(2)
    assert len(v) == 81 and list(v)[:41] == seen
    h.finitialize(-60)
    h.continuerun(1)
    assert list(view) == seen and v[0] == -60


def test_a_state_that_calls_python_is_kept_in_memory_but_not_in_a_file(cell, tmp_path):
    called = []
    h.finitialize(-65)
    h.CVode().event(2, (called.append, "event"))
    state = h.SaveState()
    state.save()
    h.continuerun(3)
    h.finitialize(-65)
    state.restore()
    h.continuerun(3)
    assert called == ["event", "event"]
    with pytest.raises(RuntimeError, match="cannot be stored"):
        state.fwrite(h.File(str(tmp_path / "state")))


def test_a_state_of_another_model_is_refused(cell, tmp_path):
    h.finitialize(-65)
    state = h.SaveState()
    state.save()
    file = tmp_path / "state"
    state.fwrite(h.File(str(file)))
    content = file.read_bytes()

    cell.nseg = 3
    other = h.SaveState()
    other.fread(h.File(str(file)))
    v = cell(0.5).v
    with pytest.raises(RuntimeError, match="another model.*1 segments.*3 segments"):
        other.restore()
    assert cell(0.5).v == v

    file.write_bytes(content[:-1])
    with pytest.raises(RuntimeError, match="incomplete"):
        other.fread(h.File(str(file)))
    file.write_bytes(b"something else")
    with pytest.raises(RuntimeError, match="not a saved state"):
        other.fread(h.File(str(file)))


@pytest.mark.parametrize("variable", [False, True])
def test_a_run_to_no_time_is_refused(variable):
    cell = h.Section(name="cell")
    cell.insert("pas")
    pc = h.ParallelContext()
    pc.set_maxstep(10)
    h.CVode().active(variable)
    h.finitialize(-65)
    for run in (h.continuerun, h.CVode().solve, pc.psolve):
        with pytest.raises(ValueError, match="end of the run is NaN"):
            run(float("nan"))
    with pytest.raises(ValueError, match="t is NaN"):
        h.t = float("nan")
    h.fadvance()
    h.CVode().active(False)


def test_an_integrator_that_could_not_begin_is_tried_again():
    """A run that goes on after the exception does not hang."""
    cell = h.Section(name="cell")
    cell.insert("pas")
    cvode = h.CVode()
    for ida in (False, True):
        cvode.active(True)
        cvode.use_daspk(ida)
        h.finitialize(-65)
        h.fadvance()
        cvode.atol(0)
        with pytest.raises(RuntimeError):
            h.finitialize(-65)
        with pytest.raises(RuntimeError):
            h.fadvance()
        cvode.atol(1e-3)
        h.finitialize(-65)
        h.fadvance()
        assert h.t > 0
    cvode.use_daspk(False)
    cvode.active(False)


def test_a_turn_that_keeps_the_model_and_ends_its_own_calls():
    """What asks for turns is taken away where the structure changes: no evaluation goes on."""
    cell = h.Section(name="cell")
    cell.insert("hh")
    cvode = h.CVode()

    def change():
        cvode.extra_scatter_gather_remove(change)
        cell.nseg = 3
        h.finitialize(-65)

    for ida in (False, True):
        cell.nseg = 1
        cvode.active(True)
        cvode.use_daspk(ida)
        h.finitialize(-65)
        cvode.extra_scatter_gather(0, change)
        with contextlib.suppress(RuntimeError):
            for _ in range(20):
                h.fadvance()
        h.finitialize(-65)
        h.fadvance()
        assert 0 < h.t < 1
    cvode.use_daspk(False)
    cvode.active(False)
