"""extracellular cannot be taken out again; a run goes on as before."""

import warnings

from neuron import h
from paired import report

warnings.simplefilter("ignore")
cable = h.Section(name="cable")
cable.insert("pas")
cable.insert("extracellular")
cable.xg[0] = 0.001
cable.e_extracellular = 5
h.finitialize(-70)
for _ in range(10):
    h.fadvance()
v = cable(0.5).v
cable.uninsert("extracellular")
h.fadvance()
report({"there": cable.has_membrane("extracellular"), "v": [v, cable(0.5).v, cable(0.5).vext[0]]})
