"""use_mxb: the general sparse matrix gives what the tree gives, and current_method has 10 for it."""

from neuron import h
from paired import report

soma, left, right = sections = [h.Section(name=name) for name in ("soma", "left", "right")]
left.connect(soma(0))
right.connect(soma(0.5))
for section in sections:
    section.L, section.diam, section.nseg = 80, 4, 5
    section.insert("pas")
other = h.Section(name="other")
other.insert("pas")
clamp = h.IClamp(left(1))
clamp.delay, clamp.dur, clamp.amp = 0.2, 2, 0.1
synapse = h.AlphaSynapse(right(1))
synapse.onset, synapse.gmax = 0.5, 0.01
cvode = h.CVode()
methods = [cvode.current_method()]
runs = {}
for order in (0, 1, 2):
    h.secondorder = order
    for mxb in (False, True, False):
        methods.append([cvode.use_mxb(mxb), cvode.use_mxb()])
        h.finitialize(-70)
        methods.append(cvode.current_method())
        for _ in range(60):
            h.fadvance()
        runs[f"{order} {mxb}"] = [seg.v for section in [*sections, other] for seg in section]
report({"methods": methods, "runs": runs})
