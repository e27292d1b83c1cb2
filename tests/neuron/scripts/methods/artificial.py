"""Artificial cells under each integrator: NetStim with noise, IntFire1, 2 and 4, VecStim, PatternStim."""

from integrators import each
from neuron import h
from paired import in_nmodlrs, mechanisms, report

if not in_nmodlrs():
    mechanisms("../../../mod/vecstim.mod")
h.load_file("stdrun.hoc")
pc = h.ParallelContext()
soma = h.Section(name="soma")
soma.insert("hh")
noisy = h.NetStim()
noisy.noiseFromRandom123(5, 1, 2)
noisy.interval, noisy.number, noisy.start, noisy.noise = 3, 40, 2, 1
played = h.Vector([0, 1.25, 1.25, 4.0375, 9, 16.5, 16.5000001, 44])
player = h.VecStim()
player.play(played)
cells = [h.IntFire1(), h.IntFire2(), h.IntFire4()]
cells[0].tau, cells[0].refrac = 12, 2.5
cells[1].taum, cells[1].taus, cells[1].ib = 8, 20, 0.4
cells[2].taue, cells[2].taui1, cells[2].taui2, cells[2].taum = 3, 8, 15, 30
netcons = []


def connect(source, target, weight, delay):
    netcon = h.NetCon(source, target)
    netcon.weight[0], netcon.delay = weight, delay
    netcons.append(netcon)


for k, cell in enumerate(cells):
    connect(noisy, cell, 0.45 + 0.1 * k, 0.3 + 0.11 * k)
    connect(player, cell, 0.6, 1)
    connect(cell, cells[k - 1], -0.2 if k else 0.3, 2.017)
pattern = h.PatternStim()
pattern.play(h.Vector([2.2, 7.7, 7.7, 30]), h.Vector([71, 70, 71, 71]))
for gid, cell in ((70, cells[0]), (71, cells[1])):
    netcon = pc.gid_connect(gid, cell)
    netcon.weight[0], netcon.delay = 0.7, 1.5
    netcons.append(netcon)
pc.set_maxstep(10)
spikes = []
for source in (noisy, player, *cells):
    netcon, times = h.NetCon(source, None), h.Vector()
    netcon.record(times)
    spikes.append(times)
    netcons.append(netcon)


def run():
    h.finitialize(-65)
    h.continuerun(50)
    return [list(times) for times in spikes]


found = each(h, run)
player.play()
silent = each(h, lambda: run()[1])
# what was in the Vector counts, not what is
player.play(played)
played.resize(3)
shorter = each(h, lambda: run()[1], ("fixed", "local"))
report({"spikes": found, "silent": silent, "shorter": shorter, "index": player.index})
