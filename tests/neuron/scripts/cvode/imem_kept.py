"""i_membrane_ at all nodes, ends of sections included, stays when the structure changes after a run."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma, dend, branch = (h.Section(name=name) for name in ("soma", "dend", "branch"))
for sec, parent in ((dend, soma), (branch, dend)):
    sec.connect(parent(1))
for sec in (soma, dend, branch):
    sec.L, sec.diam, sec.nseg = 60, 4, 3
    sec.insert("pas")
# at ends: their nodes have membrane currents
synapses = [h.AlphaSynapse(branch(1)), h.AlphaSynapse(dend(1))]
for synapse in synapses:
    synapse.onset, synapse.tau, synapse.gmax = 0, 2, 0.005
h.CVode().use_fast_imem(1)


def currents():
    return [seg.i_membrane_ for sec in (soma, dend, branch) for seg in sec.allseg()]


found = {}
for name, active in (("fixed", False), ("cvode", True)):
    h.CVode().active(active)
    h.finitialize(-65)
    h.continuerun(3)
    before = currents()
    other = h.Section(name="other")
    other.insert("hh")
    found[name] = {"before": before, "ends": abs(before[-1]) > 1e-3, "kept": currents() == before}
report(found, rtol=1e-9, atol=1e-12, loose={"cvode": {"rtol": 1e-3, "atol": 1e-9}})
