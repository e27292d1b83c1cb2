"""dt is one number: the length of the last variable step is what fixed steps begin with."""

from neuron import h
from paired import report

cell = h.Section(name="cell")
cell.insert("hh")
cvode = h.CVode()


def fixed():
    """Whether a fixed step is dt long."""
    before, length = h.t, h.dt
    h.fadvance()
    return [abs(h.t - before - length) < 1e-12, h.dt == length]


cvode.active(True)
h.finitialize(-65)
for _ in range(5):
    h.fadvance()
last = h.dt
cvode.active(False)
found = {"after fadvance": [h.dt == last, last != 0.025, fixed()]}
h.finitialize(-65)
found["initialized"] = [h.dt == last, fixed()]

h.dt = 0.1
cvode.active(True)
found["set before"] = [h.dt]
h.finitialize(-65)
found["set before"] += [h.dt]
cvode.solve(1)
last = h.dt
other = h.Section(name="other")
h.finitialize(-65)
found["structure"] = [h.dt == last]
cvode.active(False)
h.finitialize(-65)
found["structure"] += [h.dt == last, fixed()]
report(found)
