"""The example of batch_save: variables of several sections, in the order of their adding.

NEURON's pointers from before finitialize go stale, so it is called first here.
"""

from neuron import n
from paired import report

soma, axon = n.Section("soma"), n.Section("axon")
dend = [n.Section(f"dend[{i}]") for i in range(3)]
for sec in (axon, *dend):
    sec.connect(soma(1))
    sec.nseg = 3
for sec in n.allsec():
    sec.insert("hh")
clamp = n.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 20
n.finitialize(-65)

n.batch_save()    # This clears whatever list existed and starts a new
                      # list of variables to be saved.
n.batch_save(soma(0.5)._ref_v, axon(1)._ref_v)
for i in range(3):
    n.batch_save(dend[i](0.3)._ref_v)

n.finitialize(-65)
n.batch_run(3, 0.25, "five.dat")
first = open("five.dat").read().split("\n")
n.batch_save()
n.batch_save(n._ref_t)
n.finitialize(-65)
n.batch_run(1, 0.5, "time.dat", "time alone")

report({"five": first, "time": open("time.dat").read().split("\n"), "t": n.t})
