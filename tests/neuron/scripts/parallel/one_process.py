"""ParallelContext of one process: id, nhost, nthread, timeout, barriers, reductions."""

from neuron import h
from paired import report

pc = h.ParallelContext()
vector = h.Vector([1, 2])
pc.allreduce(vector, 1)
pc.timeout(20)

report({
    "id": [pc.id(), pc.nhost(), pc.nthread(), pc.id_world(), pc.nhost_world()],
    "subworlds": [pc.id_bbs(), pc.nhost_bbs()],
    "allreduce": [pc.allreduce(3.5, kind) for kind in (1, 2, 3)],
    "allgather": list(pc.py_allgather(7)),
    "alltoall": list(pc.py_alltoall(["a"])),
    "broadcast": pc.py_broadcast([1, "x"], 0),
    "gather": list(pc.py_gather({"a": 1}, 0)),
    "scatter": pc.py_scatter([5], 0),
    "vector": vector,
    "timeout": [pc.timeout(0), pc.timeout(5)],
    "barrier": pc.barrier() >= 0,
    "thread": pc.nthread(1),
})
