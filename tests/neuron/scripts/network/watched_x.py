"""Point processes without NET_RECEIVE whose `x` NetCons watch, with thresholds, and as objects."""

from neuron import n
from paired import mechanisms, report

mechanisms("events/watchedx.mod")
sec = n.Section("soma")
sec.insert("pas")
early, late, high = (n.WatchedX(sec(x)) for x in (0.1, 0.5, 0.9))
late.start, late.period = 2.5, 4
high.base = 15
syn = n.ExpSyn(sec(0.5))
driving = n.NetCon(early, syn, 5, 0.7, 0.002)
watches, vectors = [], []
for source in (early, late, high):
    watch, times = n.NetCon(source, None), n.Vector()
    watch.record(times)
    watches.append(watch), vectors.append(times)
above = n.NetCon(late, None, 25, 1, 0)
g = n.Vector().record(syn._ref_g)
out = {
    "thresholds": [watch.threshold for watch in (*watches, above, driving)],
    "sources": [watch.pre().hname() for watch in watches],
    "count": [n.CVode().netconlist(source, "", "").count() for source in (early, late, high)],
}


def run():
    n.finitialize(-65)
    while n.t < 12:
        n.fadvance()
    return [list(times) for times in vectors]


out["late is never above 25"] = run()
watches[1].threshold = 8
out["times"] = run()
out["g"] = g
out["x"] = [watch.x for watch in watches]
n.CVode().active(True)
n.finitialize(-65)
n.CVode().solve(12)
out["variable steps"] = [len(times) for times in vectors]
report(out)
