"""submit, working, retrieval and context with one process."""

from neuron import h
from paired import report

pc = h.ParallelContext()


def square(x, offset=0):
    return x * x + offset


pc.runworker()
for k in range(5):
    pc.submit(square, k, 0.5)
found = []
while pc.working():
    found.append(pc.pyret())
pc.done()

report({"found": sorted(found)})
