"""Names and kinds of sections by function: sectionname, issection, ismembrane, n3d."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
dend = [h.Section(name=f"dend[{k}]") for k in range(3)]
text = h.ref("")
h.sectionname(text, sec=dend[1])

report({
    "sectionname": text[0],
    "issection": [h.issection(pattern, sec=dend[1]) for pattern in ("dend.*", "soma", ".*1.*")],
    "ismembrane": [h.ismembrane("hh", sec=soma), h.ismembrane("capacitance", sec=soma)],
    "n3d": [h.n3d(sec=sec) for sec in dend],
    "names": [sec.name() for sec in h.allsec() if "dend" in sec.name()],
})
