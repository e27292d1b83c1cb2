"""With use_long_double the steps of one model are the same bits in whichever order its cells were made."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cvode = h.CVode()


def steps(order):
    cells = {}
    for k in order:
        soma = h.Section(name=f"soma{k}")
        soma.L = soma.diam = 12 + 1.7 * k
        soma.insert("hh")
        clamp = h.IClamp(soma(0.5))
        clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.07 * k
        cells[k] = (soma, clamp)
    cvode.active(True)
    h.finitialize(-65)
    times = []
    while h.t < 8:
        h.fadvance()
        times.append(h.t)
    v = [cells[k][0](0.5).v for k in sorted(cells)]
    cvode.active(False)
    return times, v


cvode.use_long_double(1)
orders = [list(range(7)), [3, 6, 0, 5, 1, 4, 2]]
one, other = (steps(order) for order in orders)
report({"same": one == other, "many": len(one[0]) > 50}, expect={"same": True})
