"""Methods that only have to be there: what they return."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
found = {
    name: getattr(cvode, name)()
    for name in ("simgraph_remove", "ncs_netcons", "free_event_queues", "use_parallel")
}
found["poolshrink"] = cvode.poolshrink(0)
found["cache_efficient"] = [cvode.cache_efficient(), cvode.cache_efficient(True), cvode.cache_efficient(1)]
h.finitialize(-65)
h.fadvance()
found["t"] = h.t
report(found)
