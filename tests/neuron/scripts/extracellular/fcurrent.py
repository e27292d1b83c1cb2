"""Potentials outside are set by hand: fcurrent, sav_g and sav_rhs, and steps from there."""

from neuron import h
from paired import outside, report, set_outside

h.nlayer_extracellular(2)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 200, 3, 3
cable.insert("pas")
cable.insert("extracellular")
cable.xraxial[0], cable.xg[0], cable.xc[1] = 100, 0.01, 0.3
h.finitialize(-70)
for i, x in enumerate(cable.allseg()):
    set_outside(x, 0, 5 * i)
    set_outside(x, 1, -3 * i)
    x.v = -60 - i
h.fadvance()
first = [[x.v, outside(x, 0), outside(x, 1)] for x in cable.allseg()]
kept = [[x.i_membrane, x.sav_g, x.sav_rhs] for x in cable]
for _ in range(5):
    h.fadvance()
second = [[x.v, outside(x, 0), outside(x, 1)] for x in cable.allseg()]
report({"first": first, "kept": kept, "second": second}, atol=1e-10)
