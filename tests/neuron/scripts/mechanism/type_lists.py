"""MechanismType: what there is, selecting, what is inserted, making and removing."""

from neuron import h
from paired import report

density, points = h.MechanismType(0), h.MechanismType(1)


def names(types):
    found, text = [], h.ref("")
    for k in range(int(types.count())):
        types.select(k)
        types.selected(text)
        found.append(text[0])
    return found


sec = h.Section(name="soma")
density.select("hh")
density.make(sec=sec)
made = [mech.name() for mech in sec(0.5)]
selected = density.selected()
density.remove(sec=sec)
points.select("IntFire1")
artificial = points.is_artificial(points.selected())
points.select("ExpSyn")
not_artificial = points.is_artificial(points.selected())
target = points.is_netcon_target(points.selected())
density.select("pas")
name = h.ref("")
density.selected(name)

report({
    "density": [name in names(density) for name in ("hh", "pas", "na_ion", "capacitance", "IClamp")],
    "points": [name in names(points) for name in ("IClamp", "ExpSyn", "NetStim", "APCount", "hh")],
    "made": made,
    "same index": names(density)[int(selected)],
    "removed": [mech.name() for mech in sec(0.5)],
    "kinds": [artificial, not_artificial, target],
    "selected": name[0],
    "none": density.select("nothing"),
})
