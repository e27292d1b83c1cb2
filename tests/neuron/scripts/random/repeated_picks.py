"""repick goes on with the last distribution; normal numbers come in pairs."""

from neuron import h
from paired import report

r = h.Random(4)
found = {"at first normal": [r.repick(), r.repick()]}
found["uniform"] = [r.uniform(10, 20), r.repick(), r.repick()]
found["pair is dropped"] = [r.normal(0, 1), r.normal(0, 1), r.repick()]
r.seq(0)
odd = [r.normal(0, 1)]
r.seq(0)
found["second of a pair"] = odd + [r.repick(), r.repick()]
r.Random123(1)
found["pair is kept"] = [r.repick(), r.repick()]
r.lognormal(2, 1)
found["lognormal"] = [r.repick(), r.repick()]

report(found, rtol=1e-15)
