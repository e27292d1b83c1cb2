"""The functions h.pt3dadd and its kin, which take the section as sec= or as the current one."""

from neuron import h
from paired import report

one, two = h.Section(name="one"), h.Section(name="two")
h.pt3dadd(0, 0, 0, 2, sec=one)
h.pt3dadd(30, 40, 0, 1, sec=one)
two.push()
h.pt3dadd(1, 2, 3, 4)
h.pt3dadd(1, 2, 9, 5)
h.pt3dadd(1, 10, 9, 6)
current = [h.n3d(), h.x3d(1), h.y3d(2), h.z3d(2), h.arc3d(2), h.diam3d(1)]
h.pop_section()
h.pt3dchange(0, 3, 4, 0, 2, sec=one)

report({
    "n3d": h.n3d(sec=one),
    "point": [h.x3d(0, sec=one), h.y3d(0, sec=one), h.z3d(0, sec=one), h.diam3d(0, sec=one)],
    "arc": h.arc3d(1, sec=one),
    "L": [one.L, two.L],
    "current": current,
    "cleared": [h.pt3dclear(sec=two), h.n3d(sec=two)],
})
