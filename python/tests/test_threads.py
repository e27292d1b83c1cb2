"""Threads: the same bits for any number, with every method."""

import struct

import pytest
from nmodlrs import h, load_mechanisms

CELLS = 18


@pytest.fixture
def network():
    """Cells large enough for several parts, of two shapes, with synapses that connect them."""
    cells, keep = [], []
    for k in range(CELLS):
        soma = h.Section(name=f"soma{k}")
        soma.L = soma.diam = 15 + k % 5
        soma.insert("hh")
        for j in range(3):
            dend = h.Section(name=f"dend{k}_{j}")
            dend.L, dend.diam, dend.nseg = 150, 1.5, 25 + 2 * (k % 2)
            dend.connect(soma(j % 2))
            dend.insert("hh" if j else "pas")
            keep.append(dend)
        synapse = h.ExpSyn(keep[-1](0.5))
        cells.append((soma, synapse))
    for k, (soma, _) in enumerate(cells):
        link = h.NetCon(soma(0.5)._ref_v, cells[(k + 5) % CELLS][1], sec=soma)
        link.delay, link.weight[0] = 1 + 0.1 * k, 0.02
        keep.append(link)
    for k in range(0, CELLS, 3):
        clamp = h.IClamp(cells[k][0](0.5))
        clamp.delay, clamp.dur, clamp.amp = 0.1 * k, 1, 1
        keep.append(clamp)
    yield cells
    h.ParallelContext().nthread(1)
    h.CVode().active(False)
    h.CVode().use_local_dt(False)
    h.secondorder = 0


def bits(tend):
    """All states after a run, as they are in memory."""
    h.finitialize(-65)
    h.ParallelContext().psolve(tend)
    values = []
    for sec in h.allsec():
        for seg in sec:
            values.append(seg.v)
            if sec.has_membrane("hh"):
                values += [seg.m_hh, seg.h_hh, seg.n_hh, seg.ina, seg.ik]
    return struct.pack(f"{len(values)}d", *values)


def check(tend):
    pc = h.ParallelContext()
    pc.set_maxstep(10)
    pc.nthread(1)
    one = bits(tend)
    for threads in (2, 3, 4, 16):
        assert pc.nthread(threads) == threads
        assert bits(tend) == one, threads


@pytest.mark.parametrize("order", [0, 1, 2])
def test_fixed_steps(network, order):
    h.secondorder = order
    check(3)


def test_threads_compute(network):
    pc = h.ParallelContext()
    pc.nthread(3)
    h.finitialize(-65)
    pc.thread_ctime()
    for _ in range(20):
        h.fadvance()
    assert all(pc.thread_ctime(i) > 0 for i in range(3))
    assert {pc.sec_in_thread(sec=soma) for soma, _ in network} == {0, 1, 2}
    assert sum(len(list(pc.get_partition(i))) for i in range(3)) == CELLS


def test_one_integrator(network):
    h.CVode().active(True)
    check(2)


def test_an_integrator_for_each_cell(network):
    h.CVode().use_local_dt(True)
    h.CVode().active(True)
    check(2)


def test_membrane_currents_and_rates_in_tables(network):
    h.CVode().use_fast_imem(True)
    try:
        check(1)
    finally:
        h.CVode().use_fast_imem(False)


def test_a_mechanism_that_sets_a_global(network, tmp_path):
    """Its value after a step is that of the last instance: one thread computes all."""
    (tmp_path / "tally.mod").write_text(
        """NEURON { SUFFIX tally GLOBAL last RANGE g NONSPECIFIC_CURRENT i }
        PARAMETER { g = 1e-5 (S/cm2) }
        ASSIGNED { v (mV) i (mA/cm2) last (mV) }
        BREAKPOINT { last = v  i = g*(v + 65(mV)) }
        """
    )
    load_mechanisms(str(tmp_path / "tally.mod"))
    for soma, _ in network:
        soma.insert("tally")
    check(1)
    pc = h.ParallelContext()
    pc.nthread(1)
    bits(1)
    last = h.last_tally
    pc.nthread(4)
    bits(1)
    assert h.last_tally == last
    assert pc.thread_ctime(1) == 0


def test_a_step_that_fails(network, tmp_path):
    """The error names the same place with any number of threads."""
    (tmp_path / "fails.mod").write_text(
        """NEURON { SUFFIX fails RANGE x, k }
        PARAMETER { k = 0 }
        ASSIGNED { x[3] v (mV) }
        BREAKPOINT { x[k] = v }
        """
    )
    load_mechanisms(str(tmp_path / "fails.mod"))
    for soma, _ in network:
        soma.insert("fails")
    pc = h.ParallelContext()
    texts = []
    for threads in (1, 2, 4):
        pc.nthread(threads)
        for soma, _ in network:
            soma(0.5).fails.k = 0
        h.finitialize(-65)
        network[7][0](0.5).fails.k = 5
        network[3][0](0.5).fails.k = 9
        with pytest.raises(RuntimeError) as caught:
            h.fadvance()
        texts.append(str(caught.value))
    assert len(set(texts)) == 1
