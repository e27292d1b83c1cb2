"""The example of batch_run's documentation, as it is there.

NEURON 9.0.2 writes garbage for v, as its pointers from before finitialize go stale. The
expectation is the table printed in NEURON's documentation of batch_run.
"""

from neuron import n
from paired import report

TABLE = """\
My HH sim
batch_run from t = 0 to 2 in steps of 0.1 with dt = 0.025
 0 -65
 0.1 -64.9971
 0.2 -64.9943
 0.3 -64.9917
 0.4 -49.6876
 0.5 -34.9008
 0.6 -33.426
 0.7 -25.5015
 0.8 -7.00019
 0.9 20.989
 1 38.2226
 1.1 40.9284
 1.2 39.1047
 1.3 35.8921
 1.4 31.8901
 1.5 27.3462
 1.6 22.4496
 1.7 17.3559
 1.8 12.1873
 1.9 7.0331
 2 1.9538
"""

# define a geometry
soma = n.Section("soma")
soma.L = 10
soma.diam = 10

# biophysics: Hodgkin-Huxley channels
soma.insert(n.hh)

# add a stimulus
iclamp = n.IClamp(soma(0.5))
iclamp.dur = 0.2
iclamp.delay = 0.3
iclamp.amp = 0.5

# define variables to be stored (time and the soma's membrane potential)
n.batch_save()
n.batch_save(n._ref_t, soma(0.5)._ref_v)

# initialize, run, and save
n.finitialize(-65)
n.batch_run(2, 0.1, 'hhsim.dat', 'My HH sim')

report({"lines": open("hhsim.dat").read().splitlines()}, expect={"lines": TABLE.splitlines()})
