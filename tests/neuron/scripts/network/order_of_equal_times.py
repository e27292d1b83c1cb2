"""Events of one time, in networks where all delays are multiples of half a ms: the order of delivery to the last.

Sources with more than two NetCons of one delay have one event for all of them.
"""

import random

from neuron import h
from paired import mechanisms, report

mechanisms("events/ordered.mod")
section = h.Section(name="section")
section.insert("hh")
cvode = h.CVode()
found = {}


def network(seed):
    choose = random.Random(seed).choice
    cells = [h.OrderedCell() for _ in range(6)]
    for cell in cells:
        cell.interval, cell.kind = choose([0, 0, 1, 1.5, 2]), choose([0, 0, 1, 2, 3])
    stimuli = [h.NetStim() for _ in range(2)]
    for stimulus in stimuli:
        stimulus.start, stimulus.number = choose([0, 0.5, 1]), 10
        stimulus.interval = choose([0.5, 1])
    firing = [h.IntFire1(), h.IntFire2(), h.IntFire4()]
    sources, targets = cells + stimuli + firing, cells + firing
    netcons = []
    for _ in range(25):
        source, target = choose(sources), choose(targets)
        if source is not target:
            netcon = h.NetCon(source, target)
            netcon.delay = choose([0.5, 1, 1, 1.5, 0.7])
            netcon.weight[0] = choose([0.5, 1] if target is firing[1] else [0.3, 0.5, 1, -0.2])
            netcons.append(netcon)
    # some with one delay for all that they send to
    for source in cells[:3] + stimuli:
        for netcon in netcons:
            if netcon.pre() == source:
                netcon.delay = 1
    return cells, stimuli, firing, netcons


for seed in range(6):
    cells, stimuli, firing, netcons = network(seed)
    sources = cells + stimuli + firing
    times, numbers = h.Vector(), h.Vector()
    recorders = [h.NetCon(source, None) for source in sources]
    for number, recorder in enumerate(recorders):
        recorder.record(times, numbers, number)
    for active in (False, True):
        cvode.active(active)
        h.dt = 0.025
        h.finitialize(-65)
        handled = []
        for number, t in enumerate((0.5, 1, 1, 1.5)):
            cvode.event(t, (handled.append, number))
            netcons[number].event(t)
        if active:
            cvode.solve(8)
        else:
            while h.t < 8 - 1e-9:
                h.fadvance()
        queue = h.Vector()
        cvode.print_event_queue(queue)
        states = [[cell.order, cell.count] for cell in cells]
        found[f"{seed} {active}"] = [list(numbers), list(times), states, handled, list(queue)]
report(found, rtol=1e-9)
