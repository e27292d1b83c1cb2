"""Charge is conserved in each step, fixed or variable: membrane currents sum up to those of electrodes."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()
dend = [h.Section(name=f"dend{i}") for i in range(3)]
for i, each in enumerate(dend):
    each.connect((soma if i == 0 else dend[0])(1))
    each.L, each.diam, each.nseg = 100 + 30 * i, 2, 5
    each.insert("pas")
    each.e_pas = -65
synapse = h.ExpSyn(dend[1](0.3))
synapse.tau = 1
event = h.NetCon(None, synapse)
event.weight[0] = 0.005
second = h.IClamp(dend[2](0.8))
second.delay, second.dur, second.amp = 0.7, 2, -0.1
cvode = h.CVode()
cvode.atol(1e-5)
before = cvode.use_fast_imem(1)


def unbalanced():
    total = 0
    for sec in h.allsec():
        for seg in sec.allseg():
            if seg.x == sec.orientation() and sec.parentseg() is not None:
                continue
            total += seg.i_membrane_
    return abs(total - sum(each.i for each in h.List("IClamp")))


def worst():
    h.finitialize(-65)
    event.event(2)
    found = 0
    while h.t < 6 - 1e-9:
        h.fadvance()
        found = max(found, unbalanced())
    return found


def currents():
    return [soma(0.5).i_membrane_, dend[1](0.3).i_membrane_, dend[1](1).i_membrane_]


found = {"before": before, "conserved": worst() < 1e-12, "currents": currents()}
cvode.active(True)
found["conserved in variable steps"] = worst() < 1e-12
cvode.solve(6.5)
found["currents of variable steps"] = currents()
cvode.use_fast_imem(0)
# NEURON's sums are off by up to 1.5e-12 nA
report(
    found,
    rtol=1e-6,
    atol=1e-9,
    loose={"currents of variable steps": {"rtol": 2e-2, "atol": 1e-5}},
    expect={"conserved in variable steps": True},
)
