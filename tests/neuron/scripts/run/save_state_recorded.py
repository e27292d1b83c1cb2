"""Vectors that are recorded at times, at intervals and at steps go on after SaveState.restore."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("hh")
interval = h.Vector().record(sec(0.5)._ref_v, 0.5)
at = h.Vector([1, 2, 3, 3, 4, 5, 6])
times = h.Vector().record(sec(0.5)._ref_v, at)
steps = h.Vector().record(sec(0.5)._ref_v)


def run(t):
    while h.t < t:
        h.fadvance()
    return {"interval": list(interval), "times": list(times), "steps": len(steps)}


h.finitialize(-65)
found = {"first": run(2.5)}
state = h.SaveState()
state.save()
file = h.File("state.bin")
state.fwrite(file)
found["on"] = run(5)
state.restore()
found["back"] = run(5)
other = h.SaveState()
other.fread(file)
h.finitialize(-65)
other.restore()
found["from the file"] = run(5)

report(found)
