"""A network without sections: the local method has nothing to integrate."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
stimulus, fire = h.NetStim(), h.IntFire1()
stimulus.start, stimulus.interval, stimulus.number = 1, 1.5, 10
link = h.NetCon(stimulus, fire)
link.weight[0], link.delay = 0.7, 0.5
out = h.NetCon(fire, None)
times = h.Vector()
out.record(times)
cvode = h.CVode()
cvode.active(True)
cvode.use_local_dt(True)
h.finitialize()
cvode.solve(12)
found = {"spikes": times.c(), "t": h.t}
cvode.solve(20)
found["more"] = [h.t, len(times)]
report(found)
