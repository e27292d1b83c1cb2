"""Fifty cells with random connections, weights, delays and seeded Poisson inputs: one network whose spikes
agree between one integrator, one for each cell, and fixed steps as dt goes to 0."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
draw = h.Random()
draw.Random123(12, 3, 5)
count = 50
uniform = lambda a, b: draw.uniform(a, b)
somas, synapses, netcons, stims = [], [], [], []
for k in range(count):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = uniform(14, 22)
    soma.insert("hh")
    excites, inhibits = h.ExpSyn(soma(0.5)), h.Exp2Syn(soma(0.5))
    excites.tau, inhibits.tau1, inhibits.tau2, inhibits.e = 2, 1, 6, -80
    somas.append(soma), synapses.append((excites, inhibits))
for k in range(count):
    for _ in range(4):
        target = int(uniform(0, count))
        inhibitory = k % 5 == 4
        netcon = h.NetCon(somas[k](0.5)._ref_v, synapses[target][inhibitory], sec=somas[k])
        netcon.threshold, netcon.delay = -20, uniform(0.8, 6)
        netcon.weight[0] = uniform(0.002, 0.004) * (3 if inhibitory else 1)
        netcons.append(netcon)
    stim = h.NetStim()
    stim.noiseFromRandom123(k, 21, 4)
    stim.interval, stim.number, stim.start, stim.noise = 9, 1e9, 1, 1
    netcon = h.NetCon(stim, synapses[k][0])
    netcon.delay, netcon.weight[0] = 0.4, uniform(0.02, 0.035)
    stims.append(stim), netcons.append(netcon)
times, ids = h.Vector(), h.Vector()
watched = []
for k, soma in enumerate(somas):
    netcon = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    netcon.threshold = -20
    netcon.record(times, ids, k)
    watched.append(netcon)
cvode = h.CVode()
cvode.atol(1e-5)


def run(dt=None, local=False):
    cvode.active(False)
    cvode.use_local_dt(local)
    if dt is None:
        cvode.condition_order(2)
        cvode.active(True)
    else:
        h.dt, h.steps_per_ms = dt, 1 / dt
    h.finitialize(-65)
    h.continuerun(14)
    of = [[] for _ in range(count)]
    for t, k in zip(times, ids):
        of[int(k)].append(t)
    return of


def differences(one, other):
    """Of the times of all spikes, if both have the same ones."""
    if [len(a) for a in one] != [len(b) for b in other]:
        return [1e9]
    return [abs(x - y) for a, b in zip(one, other) for x, y in zip(a, b)]


whole, local = run(), run(local=True)
steps = [run(0.025), run(0.0125), run(0.00625)]
means = [sum(differences(fixed, whole)) / sum(map(len, whole)) for fixed in steps]
found = {
    "count": sum(map(len, whole)),
    "global": whole,
    "local": local,
    "fixed": steps[-1],
    "global and local": max(differences(whole, local)) < 2e-3,
    "to dt": max(differences(steps[-1], whole)) < 0.1,
    # of first order
    "falls": [b < 0.65 * a for a, b in zip(means, means[1:])],
}
report(
    found,
    # variable steps are not the same ones
    loose={"global": {"atol": 2e-3}, "local": {"atol": 2e-3}},
    expect={"global and local": True, "to dt": True, "falls": [True, True]},
)
