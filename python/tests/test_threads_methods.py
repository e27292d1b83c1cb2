"""Threads: the same bits for any number, with each method and all that may happen in a run."""

import struct
from random import Random

import pytest
from nmodlrs import h, load_mechanisms

CELLS = 12
NUMBERS = (1, 2, 3, 4, 7)

MECHANISMS = {
    # A current that begins at an exact time.
    "sharp": """NEURON { SUFFIX sharp RANGE start, amp NONSPECIFIC_CURRENT i }
        PARAMETER { start = 1.2 (ms) amp = -2e-3 (mA/cm2) }
        ASSIGNED { v (mV) i (mA/cm2) on }
        INITIAL { on = 0 }
        BREAKPOINT { if (at_time(start)) { on = 1 }  i = on*amp }
        """,
    # Channels that flicker, each instance by a stream of its own.
    "noisy": """NEURON { POINT_PROCESS noisy RANGE g NONSPECIFIC_CURRENT i RANDOM r }
        UNITS { (nA) = (nanoamp) (mV) = (millivolt) (uS) = (microsiemens) }
        ASSIGNED { v (mV) i (nA) g (uS) }
        INITIAL { g = 0  net_send(0.3, 1) }
        BREAKPOINT { i = g*(v + 50) }
        NET_RECEIVE(w) { g = 1e-3*random_uniform(r)  net_send(0.3 + random_negexp(r), 1) }
        """,
    # Counts how often v rises above a level, with events of its own after that.
    "counts": """NEURON { POINT_PROCESS counts RANGE n, late }
        ASSIGNED { v (mV) n late }
        INITIAL { n = 0  late = 0  net_send(0, 1) }
        NET_RECEIVE(w) {
            if (flag == 1) { WATCH (v > -55) 2 }
            else if (flag == 2) { n = n + 1  net_send(0.7, 3) }
            else if (flag == 3) { late = late + t }
        }
        """,
    # Half of a gap junction.
    "halfgap": """NEURON { POINT_PROCESS halfgap RANGE g, vgap NONSPECIFIC_CURRENT i }
        UNITS { (nA) = (nanoamp) (mV) = (millivolt) (uS) = (microsiemens) }
        PARAMETER { g = 2e-4 (uS) }
        ASSIGNED { v (mV) vgap (mV) i (nA) }
        BREAKPOINT { i = g*(v - vgap) }
        """,
    # A calcium pool that a current feeds and its own state empties.
    "pool": """NEURON { SUFFIX pool USEION ca READ ica WRITE cai RANGE tau NONSPECIFIC_CURRENT i }
        PARAMETER { tau = 5 (ms) }
        STATE { cai (mM) }
        ASSIGNED { v (mV) ica (mA/cm2) i (mA/cm2) }
        BREAKPOINT { SOLVE decay METHOD derivimplicit  i = 1e-3*(cai - 5e-5) }
        INITIAL { cai = 5e-5 }
        DERIVATIVE decay { cai' = -1e-2*ica + (5e-5 - cai)/tau }
        """,
}


class Network:
    """Cells of two shapes with synapses, artificial cells between them, and whatever a case adds."""

    def __init__(self, segments=35):
        self.keep, self.somas, self.tips, self.points = [], [], [], []
        for k in range(CELLS):
            soma = h.Section(name=f"soma{k}")
            soma.L = soma.diam = 15 + k % 5
            soma.insert("hh")
            for j in range(3):
                dend = h.Section(name=f"dend{k}_{j}")
                dend.L, dend.diam, dend.nseg = 150, 1.5, segments + 2 * (k % 2)
                dend.connect(soma(j % 2))
                dend.insert("hh" if j else "pas")
                self.keep.append(dend)
            self.somas.append(soma)
            self.tips.append(dend)
        self.synapses = [h.ExpSyn(tip(0.5)) for tip in self.tips]
        self.spikes, self.ids = h.Vector(), h.Vector()
        for k, soma in enumerate(self.somas):
            link = h.NetCon(soma(0.5)._ref_v, self.synapses[(k + 5) % CELLS], sec=soma)
            link.delay, link.weight[0], link.threshold = 0.7 + 0.1 * k, 0.02, -20
            link.record(self.spikes, self.ids, k)
            self.keep.append(link)
        for k in range(0, CELLS, 3):
            clamp = h.IClamp(self.somas[k](0.5))
            clamp.delay, clamp.dur, clamp.amp = 0.1 * k, 1, 1
            self.keep.append(clamp)
        self.recorded = [h.Vector().record(soma(0.5)._ref_v) for soma in self.somas]
        self.times = [h.Vector().record(h._ref_t, sec=soma) for soma in self.somas[:3]]
        self.sampled = [h.Vector().record(soma(0.5).hh._ref_m, 0.4) for soma in self.somas]

    def artificial(self):
        """A NetStim excites an integrate-and-fire cell, which excites half of the others."""
        stim, cell = h.NetStim(), h.IntFire1()
        stim.interval, stim.number, stim.start, stim.noise = 0.4, 8, 0.2, 0.5
        stim.noiseFromRandom123(1, 2, 3)
        cell.tau, cell.refrac = 5, 0.5
        links = [h.NetCon(stim, cell, 0, 0.3, 0.8)]
        links += [h.NetCon(cell, synapse, 0, 0.5, 0.01) for synapse in self.synapses[::2]]
        self.keep += [stim, cell, *links]

    def mechanisms(self, folder, *names):
        for name in names:
            if not hasattr(h, name):
                (folder / f"{name}.mod").write_text(MECHANISMS[name])
                load_mechanisms(str(folder / f"{name}.mod"))
        for k, soma in enumerate(self.somas):
            for name in names:
                if "POINT_PROCESS" in MECHANISMS[name]:
                    self.points.append(getattr(h, name)(soma(0.5)))
                else:
                    soma.insert(name)
                    if name == "sharp":
                        soma(0.5).sharp.start = 1.2 + 0.13 * k

    def gaps(self, pc):
        for k, soma in enumerate(self.somas):
            pc.source_var(soma(0.5)._ref_v, k, sec=soma)
        halves = [point for point in self.points if point.hname().startswith("halfgap")]
        for k, half in enumerate(halves):
            pc.target_var(half, half._ref_vgap, (k + 1) % CELLS)
        pc.setup_transfer()

    def values(self):
        found = []
        for sec in h.allsec():
            for seg in sec:
                found.append(seg.v)
                for mechanism in ("hh", "pool"):
                    if sec.has_membrane(mechanism):
                        found += [seg.m_hh, seg.n_hh] if mechanism == "hh" else [seg.cai]
        for point in self.points:
            for name in ("g", "n", "late", "vgap"):
                found.append(getattr(point, name, 0.0))
        for vector in (self.spikes, self.ids, *self.recorded, *self.times, *self.sampled):
            found += [len(vector), *vector]
        return struct.pack(f"{len(found)}d", *found)


@pytest.fixture
def pc():
    pc = h.ParallelContext()
    pc.set_maxstep(10)
    yield pc
    pc.nthread(1)
    pc.gid_clear()
    h.CVode().use_local_dt(False)
    h.CVode().use_daspk(False)
    h.CVode().active(False)
    h.CVode().condition_order(1)
    h.secondorder = 0


METHODS = ("fixed", "cvode", "cvode order 2", "local", "local order 2", "ida")


def choose(method):
    cvode = h.CVode()
    if method == "fixed":
        return
    if method.startswith("local"):
        cvode.use_local_dt(True)
    cvode.active(True)
    if method == "ida":
        cvode.use_daspk(True)
    cvode.atol(1e-2 if method == "ida" else 1e-3)
    cvode.condition_order(2 if "order 2" in method else 1)


def check(pc, network, tstop=2.5, after=lambda: None):
    def run(threads):
        assert pc.nthread(threads) == threads
        for point in network.points:
            if point.hname().startswith("noisy"):
                point.r.set_seq(0)
        h.finitialize(-65)
        pc.psolve(tstop)
        after()
        return network.values()

    one = run(NUMBERS[0])
    assert run(NUMBERS[0]) == one
    assert len(network.spikes) > 3
    for threads in NUMBERS[1:]:
        assert run(threads) == one, threads


@pytest.mark.parametrize("method", METHODS)
def test_events_and_artificial_cells(pc, method):
    network = Network()
    network.artificial()
    choose(method)
    check(pc, network)


@pytest.mark.parametrize("method", METHODS)
def test_times_watches_and_random_streams(pc, method, tmp_path):
    network = Network()
    # A conductance that jumps is none of IDA's beginnings.
    noisy = ["noisy"] if method != "ida" else []
    network.mechanisms(tmp_path, "sharp", *noisy, "counts", "pool")
    choose(method)
    check(pc, network)


@pytest.mark.parametrize("method", ("local", "local order 2"))
@pytest.mark.parametrize("seed", range(3))
def test_steps_ahead_of_their_turn(pc, method, seed, tmp_path):
    """Small cells, many events: the threads make steps, and each is the one that would have been made."""
    random = Random(seed)
    network = Network(segments=3)
    network.artificial()
    network.mechanisms(tmp_path, "sharp", "noisy", "pool")
    for _ in range(4 * CELLS):
        soma = random.choice(network.somas)
        link = h.NetCon(soma(0.5)._ref_v, random.choice(network.synapses), sec=soma)
        link.delay, link.weight[0], link.threshold = random.uniform(0.3, 2), 0.01, -20
        network.keep.append(link)
    choose(method)
    counts = []

    def count():
        statistics = h.Vector()
        h.CVode().spike_stat(statistics)
        return list(statistics)

    check(pc, network, tstop=12, after=lambda: counts.append(count()))
    assert all(found == counts[0] for found in counts)
    pc.nthread(2)
    pc.thread_ctime()
    h.finitialize(-65)
    pc.psolve(5)
    assert pc.thread_ctime(0) > 0 and pc.thread_ctime(1) > 0


def test_the_end_of_an_advance_between_steps(pc):
    """psolve in pieces, of which some are shorter than a step."""
    network = Network(segments=3)
    choose("local")
    pieces = [0.01, 0.5, 0.52, 1.3, 1.31, 3]

    def run(threads):
        pc.nthread(threads)
        h.finitialize(-65)
        found = []
        for tend in pieces:
            pc.psolve(tend)
            found.append(network.values())
        for _ in range(5):
            h.fadvance()
            found.append(network.values())
        return found

    one = run(1)
    for threads in (2, 3):
        assert run(threads) == one


@pytest.mark.parametrize("method", [m for m in METHODS if not m.startswith("local")])
def test_gap_junctions(pc, method, tmp_path):
    network = Network()
    network.mechanisms(tmp_path, "halfgap")
    network.gaps(pc)
    choose(method)
    check(pc, network)
