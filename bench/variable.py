"""What compare.py measures of variable steps: one script for both simulators (`from neuron import h`).

    variable.py CASE TIMED... --converged ATOL --around N

Runs a case with CVODE at each of the absolute tolerances TIMED and once at ATOL. Prints one line of
JSON: for each of TIMED processor seconds, and of N tolerances around it steps, evaluations of the
derivatives, and how far the samples and the spikes are from those of the converged run; and the converged
samples themselves. A sample is a variable at one of some times, interpolated by the integrator.

The error at one tolerance is much as chance will have it: what two simulators differ by at the last bit
changes steps, and errors within a spike become errors of the next one's time. Hence the N.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from os import close, dup, dup2
from pathlib import Path

from neuron import h

HERE = Path(__file__).resolve().parent
cvode = h.CVode()


class Tree:
    """A soma with five generations of dendrites, each a pair of ten segments: 311 of hh."""

    tstop, sampled_every = 100, 1
    repeats = 5

    def __init__(self, exact):
        h.usetable_hh = not exact
        self.soma = h.Section(name="soma")
        self.soma.L = self.soma.diam = 30
        self.sections, parents = [self.soma], [self.soma]
        for generation in range(5):
            children = []
            for parent in parents:
                for _ in range(1 if generation == 0 else 2):
                    child = h.Section(name=f"dend{len(self.sections)}")
                    child.L, child.diam, child.nseg = 150, 4 / 1.4**generation, 10
                    child.connect(parent(1))
                    children.append(child)
            self.sections += children
            parents = children
        for section in self.sections:
            section.Ra = 100
            section.insert("hh")
        self.segments = [segment for section in self.sections for segment in section]
        assert len(self.segments) == 311
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 1, 90, 1.5
        self.netcon = h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma)
        self.netcon.threshold = 0
        self.spikes = h.Vector()
        self.netcon.record(self.spikes)

    def sample(self):
        return [segment.v for segment in self.segments]


class Ring:
    """The 64 cells of session.py, each of which excites the next: 5824 of hh."""

    tstop, sampled_every = 50, 1
    repeats = 3

    def __init__(self, exact):
        h.usetable_hh = not exact
        from session import Cell

        self.cells = [Cell() for _ in range(64)]
        self.spikes = h.Vector()
        self.netcons = []
        for k, cell in enumerate(self.cells):
            before = self.cells[k - 1].soma
            netcon = h.NetCon(before(0.5)._ref_v, cell.synapse, sec=before)
            netcon.weight[0], netcon.delay, netcon.threshold = 0.05, 1, 0
            netcon.record(self.spikes)
            self.netcons.append(netcon)
        self.clamp = h.IClamp(self.cells[0].soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 1, 1, 2

    def sample(self):
        return [cell.soma(0.5).v for cell in self.cells]


class Pump:
    """The cell of demo/cabpump: calcium in ten shells, a buffer and a pump."""

    tstop, sampled_every = 200, 1
    repeats = 5

    def __init__(self, exact):
        h.usetable_hh = not exact
        h.pump0_cadifpmp = 1e-13
        self.soma = h.Section(name="soma")
        self.soma.L, self.soma.diam = 30, 3
        for name in ("hh", "cachan", "cadifpmp"):
            self.soma.insert(name)
        self.soma(0.5).pcabar_cachan = 2e-5
        self.clamp = h.IClamp(self.soma(0.5))
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 10, 100, 0.05
        self.netcon = h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma)
        self.netcon.threshold = 0
        self.spikes = h.Vector()
        self.netcon.record(self.spikes)

    def sample(self):
        # in mV, and nM
        return [self.soma(0.5).v] + [1e6 * self.soma(0.5).cadifpmp.ca[i] for i in range(10)]


CASES = {"tree": Tree, "ring": Ring, "pump": Pump}


def counts():
    """Steps, evaluations and solutions, of what CVode.statistics prints."""
    sys.stdout.flush()
    with tempfile.TemporaryFile() as output:
        before = dup(1)
        dup2(output.fileno(), 1)
        try:
            cvode.statistics()
            sys.stdout.flush()
        finally:
            dup2(before, 1)
            close(before)
        output.seek(0)
        text = output.read().decode()
    found = re.findall(r"(\d+) (advance_tn|function|mx)", text)
    # the first are those of the integrator
    number = {name: int(count) for count, name in reversed(found)}
    return number["advance_tn"], number["function"], number["mx"]


def sampled(case):
    """Samples at all times, and the spikes."""
    h.finitialize(-65)
    samples = []
    for k in range(1, int(case.tstop / case.sampled_every) + 1):
        cvode.solve(k * case.sampled_every)
        samples.append(case.sample())
    return samples, list(case.spikes)


def timed(case):
    seconds = []
    for _ in range(case.repeats):
        h.finitialize(-65)
        start = time.process_time()
        cvode.solve(case.tstop)
        seconds.append(time.process_time() - start)
    return min(seconds)


def distance(found, right):
    """Root of the mean square, and maximum, of the differences of all samples; maximum of the spikes'."""
    differences = [abs(a - b) for one, other in zip(found[0], right[0]) for a, b in zip(one, other)]
    mean = (sum(d * d for d in differences) / len(differences)) ** 0.5
    same = len(found[1]) == len(right[1])
    late = [abs(a - b) for a, b in zip(found[1], right[1])] if same else [float("inf")]
    return mean, max(differences), max(late)


def around(atol, number):
    """So many tolerances, the farthest of which are 1.5 times apart from `atol`."""
    if number == 1:
        return [atol]
    return [atol * 1.5 ** (2 * k / (number - 1) - 1) for k in range(number)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("case", choices=CASES)
    parser.add_argument("timed", type=float, nargs="+")
    parser.add_argument("--converged", type=float, default=1e-9)
    parser.add_argument("--around", type=int, default=1)
    parser.add_argument("--exact", action="store_true", help="rates of hh without TABLE")
    options = parser.parse_args()
    case = CASES[options.case](options.exact)
    cvode.active(True)
    cvode.condition_order(2)
    cvode.atol(options.converged)
    right = sampled(case)
    found = {"samples": right[0], "spikes": right[1], "runs": {}}
    for atol in options.timed:
        cvode.atol(atol)
        found["runs"][atol] = {"seconds": timed(case), "around": []}
        for near in around(atol, options.around):
            cvode.atol(near)
            error, _, late = distance(sampled(case), right)
            h.finitialize(-65)
            cvode.solve(case.tstop)
            steps, evaluations, _ = counts()
            run = {"steps": steps, "evaluations": evaluations, "error": error, "late": late}
            found["runs"][atol]["around"].append(run)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
