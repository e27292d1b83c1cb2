"""Graphs, shapes, boxes and panels without a display: scripts that use them run all the same."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.insert("hh")
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 1, 0.5

box = h.VBox()
box.intercept(1)
graph = h.Graph()
graph.size(0, 10, -80, 40)
graph.addexpr("v(.5)", 2, 1)
graph.label(0.5, 0.9, "potential")
h.graphList[0].append(graph)
box.intercept(0)
box.map("results", 0, 0, 300, 200)

h.xpanel("controls")
h.xlabel("a label")
h.xbutton("run", h.run)
h.xvalue("amplitude", (stimulus, "amp"), 1)
h.xpanel()

shape = h.PlotShape()
shape.variable("v")
shape.scale(-80, 40)
shape.show(0)

v = h.Vector().record(soma(0.5)._ref_v)
t = h.Vector().record(h._ref_t)
h.tstop = 5
h.run()
h.doNotify()

report({
    "v": v,
    "drawn": [v.line(graph, t) == v, v.plot(graph) == v, v.mark(graph, t) == v],
    "results": [graph.size(0, 1, 0, 1), graph.begin(), graph.flush(), graph.view_count()],
    "functions": [h.xpanel("a"), h.xlabel("b"), h.xpanel(), h.doEvents(), h.flushPlot()],
    "name": graph.hname().split("[")[0],
})
