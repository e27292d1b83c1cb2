"""v at an end that is attached is that of the parent's node, also before a run."""

from neuron import h
from paired import report

soma, dend, tip = [h.Section(name=name) for name in ("soma", "dend", "tip")]
dend.connect(soma(1))
tip.connect(dend(0))
soma(1).v = -20
shared = [dend(0).v, tip(0).v, soma(0.5).v]
tip(0).v = -30
back = [soma(1).v, dend(0).v]
soma(0.5).v = -50
h.finitialize()
kept = [seg.v for sec in (soma, dend, tip) for seg in sec.allseg()]

report({"shared": shared, "back": back, "kept": kept})
