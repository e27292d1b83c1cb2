"""RANDOM variables of mechanisms as NMODLRandom, the shared index, and NetStim's generators."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("interface/streams.mod", "interface/streams_point.mod")
cell = h.Section("cell")
cell.nseg = 3
point = h.StreamsPoint(cell(0.5))
cell.insert("streams")
stream, density = point.rr, cell(0.5).streams.rr
found = {
    "type": [type(stream).__name__, hasattr(stream, "normal"), hasattr(point, "tt")],
    "ids": [list(each.get_ids()) for each in (stream, point.ss, density, cell(0.9).streams.ss)],
    "first": [stream.get_seq(), stream.uniform(), stream.uniform(), stream.get_seq()],
}
# what is left of the block of four numbers is used up
found["ids set"] = [list(stream.set_ids(5, 6, 7).get_ids()), stream.get_seq()]
found["ids set"] += [stream.uniform() for _ in range(5)]
found["position"] = [stream.set_seq(x).get_seq() for x in (9, 1.7, 2**34 - 1, 2**34, -1)]
found["chain"] = stream.set_ids(1, 2, 3).set_seq(0).uniform()
found["refused"] = [raises(setattr, point, "rr", 3), raises(stream.set_ids, 1),
                    raises(stream.set_ids, 1, 2, -1)]
point.ids(7, 8, 9)
found["from the mechanism"] = [list(stream.get_ids()), stream.get_seq(), stream.uniform()]
density.set_ids(4, 4, 4).set_seq(2)
h.finitialize(-65)
found["drawn"] = [point.x, cell(0.5).streams.x, cell(0.1).x_streams, point.draw(),
                  cell(0.5).streams.draw(), density.get_seq()]
random = h.Random()
random.Random123(4, 4, 4)
random.Random123_globalindex(7)
found["shared index"] = [[random.uniform(0, 1), density.uniform()] for _ in range(6)]
later = h.StreamsPoint(cell(0.5))
found["new with index"] = later.rr.set_ids(2, 2, 2).set_seq(0).uniform()
stim = h.NetStim()
random.Random123(3, 4, 5)
random.seq(8)
found["noiseFromRandom"] = [stim.noiseFromRandom(random), list(stim.ranvar.get_ids()),
                            stim.ranvar.get_seq()]
other = h.Random()
other.MCellRan4(1, 1)
found["not from"] = [raises(stim.noiseFromRandom, other), raises(stim.noiseFromRandom, 3)]
found["without"] = stim.noiseFromRandom()
stim.noiseFromRandom123(1, 2, 3)
found["noiseFromRandom123"] = [list(stim.ranvar.get_ids()), stim.ranvar.get_seq()]
found["seed"] = [stim.seed(4), stim.ranvar.get_seq()]
stim.noise, stim.start, stim.number = 1, 0, 6
times = h.Vector()
connection = h.NetCon(stim, None)
connection.record(times)
h.finitialize(-65)
while h.t < 50:
    h.fadvance()
found["times"] = list(times)
random.Random123_globalindex(0)

report(found)
