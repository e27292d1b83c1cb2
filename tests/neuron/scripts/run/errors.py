"""What run control refuses; the model still runs afterwards."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.insert("pas")

report({
    "finitialize of a word": raises(lambda: h.finitialize("high")),
    "handler of type 7": raises(lambda: h.FInitializeHandler(7, lambda: 0)),
    "nernst of one": raises(lambda: h.nernst(1)),
    "batch_save of a number": raises(lambda: h.batch_save(3)),
    "ion_style of no ion": raises(lambda: h.ion_style("xyz_ion", sec=sec)),
    "distance of nothing": raises(lambda: h.distance("a")),
    "setpointer": raises(lambda: h.setpointer(1)),
    "runs": [h.finitialize(-65), h.fadvance(), sec(0.5).v],
})
