"""Gap junctions by transfer under each integrator of the whole model; local steps refuse them."""

from integrators import FIXED, WHOLE, each
from neuron import h
from paired import in_nmodlrs, mechanisms, raises, report

mechanisms("interface/junction.mod")
h.load_file("stdrun.hoc")
h.usetable_hh = 0
pc = h.ParallelContext()
somas = [h.Section(name=f"soma{k}") for k in range(3)]
junctions = []
for k, soma in enumerate(somas):
    soma.L = soma.diam = 20
    soma.insert("hh" if k == 0 else "pas")
    pc.source_var(soma(0.5)._ref_v, 20 + k, sec=soma)
for a, b in ((0, 1), (1, 0), (1, 2), (2, 1)):
    junction = h.Junction(somas[a](0.5))
    junction.g = 0.002
    pc.target_var(junction, junction._ref_vgap, 20 + b)
    junctions.append(junction)
pc.setup_transfer()
pc.set_maxstep(1)
stimulus = h.IClamp(somas[0](0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.4, 1
times = h.Vector([0.5 * k for k in range(21)])
traces = [h.Vector() for _ in somas]
for soma, trace in zip(somas, traces):
    trace.record(soma(0.5)._ref_v, times)


def run():
    h.finitialize(-65)
    h.continuerun(10)
    return [list(trace) for trace in traces]


found = each(h, run, (*FIXED, *WHOLE))
# NEURON ends the process. Its IDA makes transfers between steps only
refused = in_nmodlrs() and raises(each, h, run, ("local",))
report({**found, "refused": refused}, rtol=1e-4, atol=2e-2, expect={"refused": True, "ida": found["global"]})
