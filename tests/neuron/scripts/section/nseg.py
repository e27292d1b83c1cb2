"""Changing nseg keeps values, mechanisms and parameters of the nearest old segments."""

from neuron import h
from paired import report

sec = h.Section(name="dend")
sec.L, sec.nseg = 100, 3
sec.insert("pas")
sec.insert("hh")
h.finitialize(-60)
for i, seg in enumerate(sec):
    seg.pas.g = 0.001 * (i + 1)
    seg.v = -70 + 10 * i
    seg.gnabar_hh = 0.1 + 0.01 * i
    seg.cm = 1 + i / 4
    seg.diam = 1 + i


def state():
    return {
        "nseg": sec.nseg,
        "x": [seg.x for seg in sec],
        "g": [seg.pas.g for seg in sec],
        "v": [seg.v for seg in sec],
        "gnabar": [seg.hh.gnabar for seg in sec],
        "cm": [seg.cm for seg in sec],
        "diam": [seg.diam for seg in sec],
        "area": [seg.area() for seg in sec],
    }


states = {"3": state()}
sec.nseg = 9
states["3 to 9"] = state()
sec(0.5).g_pas = 0.5
sec.nseg = 5
states["9 to 5"] = state()
sec.nseg = 1
states["5 to 1"] = state()
sec.nseg = 4
states["1 to 4"] = state()

report(states)
