"""`nmodlrs run --stats` counts what `CVode.statistics` and `CVode.spike_stat` count of the same run.

    NMODLRS_COMMAND   the command; else target/debug/nmodlrs, which `cargo test` builds
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from nmodlrs import h

ROOT = Path(__file__).parents[2]
COMMAND = os.environ.get("NMODLRS_COMMAND", ROOT / "target/debug/nmodlrs")
COLUMNS = ["states", "steps", "interpolations", "beginnings", "evaluations", "solutions"]
FAILURES = ["failed error tests", "failed iterations"]

# two cells, one of which fires and excites the other once; a current is computed where a row is, as by
# `solve`
MODEL = """
record = ["one.soma(0.5).ina", "two.dend(0.5).v"]
[run]
tstop = 20
tstep = 5
method = "{method}"
atol = 1e-5
[cells.one.sections.soma]
L = 20
diam = 20
insert.hh = {{}}
[cells.one.points.stim]
class = "IClamp"
at = "soma(0.5)"
set = {{ delay = 1, dur = 2, amp = 0.5 }}
[cells.two.sections.soma]
L = 15
diam = 15
insert.hh = {{}}
[cells.two.sections.dend]
L = 100
diam = 2
nseg = 3
parent = "soma(1)"
insert.pas = {{}}
[cells.two.points.syn]
class = "ExpSyn"
at = "dend(0.5)"
set = {{ tau = 2 }}
[[connections]]
from = "one.soma(0.5)"
to = "two.syn"
delay = 2
weight = 0.001
"""


@pytest.fixture
def run(tmp_path):
    """Runs a model and gives the table of `--stats`: the counts of each line by its name."""

    def run(text, method):
        model = tmp_path / "model.toml"
        model.write_text(text.format(method=method))
        if not Path(COMMAND).exists():
            pytest.fail(f"there is no {COMMAND}: `cargo build` makes it")
        command = [COMMAND, "run", model, "--stats", "-o", tmp_path / "out.csv"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        head, *lines = [re.split(r" {2,}", line.strip()) for line in done.stderr.splitlines()]
        assert head == ["integrator", *COLUMNS, *FAILURES]
        return {name: dict(zip(head[1:], map(int, counts))) for name, *counts in lines}

    return run


def build():
    """The cells of MODEL."""
    one, two, dend = (h.Section(name=name) for name in ("one", "two", "dend"))
    one.L = one.diam = 20
    two.L = two.diam = 15
    dend.L, dend.diam, dend.nseg = 100, 2, 3
    dend.connect(two(1))
    one.insert("hh")
    two.insert("hh")
    dend.insert("pas")
    clamp = h.IClamp(one(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.5
    synapse = h.ExpSyn(dend(0.5))
    synapse.tau = 2
    netcon = h.NetCon(one(0.5)._ref_v, synapse, sec=one)
    netcon.delay, netcon.weight[0] = 2, 0.001
    return [one, two, dend, clamp, synapse, netcon]


def counted(capsys, cell=-1):
    """What `statistics` prints of each integrator, in the words of the table."""
    capsys.readouterr()
    h.CVode().statistics(cell)
    found = []
    for part in capsys.readouterr().out.split("Cvode instance ")[1:]:
        numbers = [int(n) for n in re.findall(r"(?<!=)\b\d+(?= (?:CVode|IDA|[a-z(]))", part)]
        states, steps, interpolations, beginnings = numbers[:4]
        evaluations = int(re.search(r"(\d+) function evaluations", part)[1])
        solutions = int(re.search(r"(\d+) mx=b solves", part)[1])
        values = [states, steps, interpolations, beginnings, evaluations, solutions]
        found.append(dict(zip(COLUMNS, values)))
    return found


@pytest.mark.parametrize("method", ["cvode", "cvode-local", "ida"])
def test_counts_are_those_of_statistics(run, capsys, method):
    table = run(MODEL, method)
    model = build()
    cvode = h.CVode()
    cvode.use_daspk(method == "ida")
    cvode.active(True)
    cvode.use_local_dt(method == "cvode-local")
    cvode.atol(1e-5)
    try:
        h.finitialize(-65)
        for time in (5, 10, 15, 20):
            cvode.solve(time)
        found = counted(capsys)
        events = h.Vector()
        cvode.spike_stat(events)
    finally:
        cvode.active(False)
        cvode.use_local_dt(False)
        cvode.use_daspk(False)
        cvode.atol(1e-3)
    del model
    ours = [{key: counts[key] for key in COLUMNS} for counts in table.values()]
    if method == "cvode-local":
        assert list(table) == ["one.soma", "two.soma", "all"]
        total = {key: sum(each[key] for each in found) for key in COLUMNS}
        found.append(total)
        for key in COLUMNS + FAILURES:
            assert sum(table[name][key] for name in ("one.soma", "two.soma")) == table["all"][key]
    else:
        assert list(table) == ["all cells"]
    assert ours == found
    # the equations of all integrators; one spike, which reaches its target
    assert events[0] == ours[-1]["states"]
    assert list(events)[1:5] == [1, events[2], 1, 1]
    assert all(each["steps"] > 10 for each in ours)


# the current of a cell jumps, which nothing tells the integrator; the other cell rests
JUMP = """
NEURON { SUFFIX jump NONSPECIFIC_CURRENT i RANGE later }
PARAMETER { later = 0 (mA/cm2) }
ASSIGNED { i (mA/cm2) v (mV) }
BREAKPOINT {
    i = 0.001*(v + 65)
    if (t > 3.3) { i = i - later }
}
"""

RESTING = """
mechanisms = ["{folder}/jump.mod"]
record = ["jumps.soma(0.5).v"]
[run]
tstop = 10
tstep = 10
method = "{{method}}"
[cells.jumps.sections.soma]
L = 20
diam = 20
insert.jump = {{{{ later = {later} }}}}
[cells.rests.sections.soma]
L = 20
diam = 20
insert.jump = {{{{}}}}
"""


def test_steps_over_a_jump_fail_in_its_cell_alone(run, tmp_path):
    (tmp_path / "jump.mod").write_text(JUMP)

    def table(later, method):
        return run(RESTING.format(folder=tmp_path, later=later), method)

    still = table(0, "cvode-local")["all"]
    assert (still["failed error tests"], still["failed iterations"]) == (0, 0)
    jumps = table(0.5, "cvode-local")
    assert jumps["jumps.soma"]["failed error tests"] > 0
    assert jumps["rests.soma"]["failed error tests"] == 0
    assert jumps["jumps.soma"]["evaluations"] > jumps["rests.soma"]["evaluations"]
    for method in ("cvode", "ida"):
        assert table(0.5, method)["all cells"]["failed error tests"] > 0
