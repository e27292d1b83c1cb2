"""`from neuron import n, gui` without a display: stdrun is there."""

from neuron import gui, n
from paired import report

sec = n.Section("soma")
sec.insert("hh")
v = n.Vector().record(sec(0.5)._ref_v)
n.tstop = 2
n.run()

report({
    "t": n.t,
    "v": v,
    "names": [hasattr(n, name) for name in ("run", "stdinit", "continuerun", "v_init")],
})
