"""FUNCTIONs and PROCEDUREs by name: h.name_suffix, segment.suffix.name."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("interface/probe.mod")
sec = h.Section(name="soma")
sec.nseg = 2
sec.insert("probe")
sec.insert("hh")
h.finitialize(-65)
found = {
    "h": [h.gate_probe(u) for u in (-90, -40, 0)],
    "several arguments": [h.larger_probe(2, 3), h.larger_probe(3, 2), h.power_probe(1.5, 7)],
    "more than it asks for": [h.larger_probe(2, 3, 9), h.power_probe(1.5, 7, 2, 1)],
}
h.half_probe = -50
found["global changed"] = [h.gate_probe(-40), h.half_probe]
for k, seg in enumerate(sec):
    seg.probe.slope = 2 + k
    seg.probe.note(-10 - k)
sec(0.25).probe.note(-1)
found["segment"] = [[seg.probe.gate(-45), seg.probe.steep(-45)] for seg in sec]
found["noted"] = [[seg.probe.last, seg.probe.count] for seg in sec]
sec(0.75).hh.rates(-20)
found["hh"] = [sec(0.75).hh.minf, sec(0.75).hh.htau]
found["vtrap"] = [h.vtrap_hh(x, 10) for x in (-5, 1e-9, 3)]
found["no argument"] = raises(lambda: sec(0.25).probe.gate())
found["unknown"] = raises(lambda: h.nothing_probe(1))

report(found)
