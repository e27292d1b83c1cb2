"""References to elements of Vectors are recorded, saved by batch_save, played into and pointed at;
Vectors are played into weights, numbers and elements."""

from neuron import h
from paired import mechanisms, report

h.load_file("stdrun.hoc")
mechanisms("interface/follower.mod")
cell = h.Section("cell")
cell.L = cell.diam = 20
cell.insert("pas")
numbers = h.Vector([-50, 2, 3])
follower = h.Follower(cell(0.5))
follower._ref_source = numbers._ref_x[0]
follower._ref_target = numbers._ref_x[1]
follower.gain = 2
synapse = h.ExpSyn(cell(0.5))
connection = h.NetCon(None, synapse)
single = h.ref(0)
wave, times = h.Vector([0.5, 1, 4, 2]), h.Vector([0, 1, 2.5, 3])
targets = (connection._ref_weight[0], single, numbers._ref_x[2])
for target in targets:
    wave.play(target, times, True)
other = h.ref(0)
steps = h.Vector([7, 8, 9])
steps.play(other, 1)
recorded = [h.Vector().record(each) for each in (*targets, other, numbers._ref_x[1])]
v = h.Vector().record(cell(0.5)._ref_v)
h.finitialize(-65)
h.continuerun(5)
found = {
    "follower": [follower.source, follower.target, follower.i, list(numbers)],
    "recorded": [list(each) for each in recorded],
    "v": list(v),
    "now": [connection.weight[0], single[0], other[0]],
}
numbers[0] = -80
h.fadvance()
found["changed"] = [follower.source, follower.i, numbers[1]]
h.batch_save()
h.batch_save(numbers._ref_x[1], single, connection._ref_weight[0])
h.batch_run(2, 0.5, "saved.txt")
with open("saved.txt") as file:
    found["saved"] = [[float(each) for each in line.split()] for line in file.readlines()[2:]]
reference = numbers._ref_x[1]
found["reference"] = [reference[0] == numbers[1], reference == numbers._ref_x[1],
                      reference == numbers._ref_x[0]]

report(found)
