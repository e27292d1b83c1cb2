"""A statement of hoc that is executed with each element as $1, under each integrator."""

from integrators import each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cell = h.Section(name="cell")
cell.insert("hh")
h("""played = 0
count = 0""")
elements, times = h.Vector([1, 3, 2]), h.Vector([0.5, 1, 1.5])
elements.play("{ played = $1 * 10 count += 1 }", times)


def run():
    h.played = h.count = 0
    h.finitialize(-65)
    seen = []
    for t in (0.4, 0.75, 1.25, 2):
        h.continuerun(t)
        seen.append([h.played, h.count])
    return seen


found = each(h, run)
elements.play_remove()
found["removed"] = run()
report(found)
