"""Statements of hoc as what events, handlers and integrators are asked to do."""

from neuron import h
from paired import captured, report

h("create soma")
h("access soma")
h("{ L = diam = 20 insert hh }")
h("objref cv, stim, logged")
h("cv = new CVode()")
h("logged = new Vector()")
h("stim = new IClamp(.5)")
h("{ stim.del = 0 stim.dur = 1e9 }")
h("count = 0")
h('proc ev() { count = count + 1  logged.append(count)  if (count < 4) { cv.event(t + 1, "ev()") } }')
h(
    """begintemplate Ticker
public begin, ticks
objref cv
proc init() { ticks = 0  cv = new CVode() }
proc begin() { cv.event($1, "tick()") }
proc tick() { ticks += 1  cv.event(t + 0.5, "tick()") }
endtemplate Ticker
objref ticker
ticker = new Ticker()"""
)
found = {}
for active in (0, 1):
    h(f"cv.active({active})")
    h("{ count = 0  logged.resize(0)  stim.amp = 0 }")
    h("finitialize(-65)")
    h('{ cv.event(1, "ev()")  cv.event(2.25, "stim.amp = 0.1 cv.re_init()") ticker.begin(0.75) }')
    queue = captured(h.CVode().print_event_queue)
    h("while (t < 6) fadvance()")
    found[f"active {active}"] = [h.count, list(h.logged), h.stim.amp, h.ticker.ticks, queue, h.t >= 6]
h("cv.active(0)")
handlers = [h.FInitializeHandler(i, f"logged.append({i})") for i in range(4)]
h("logged.resize(0)")
h("finitialize(-65)")
found["handlers"] = list(h.logged)
h("{ x = cv.atolscale(&m_hh(.5), 0.1)  y = cv.atolscale(&v(.5)) }")
found["scales"] = [h.x, h.y, h.CVode().atolscale("m_hh")]
h("strdef name")
h("{ cv.active(1) finitialize(-65) cv.statename(0, name) }")
found["name"] = h.name
h("{ batch_save() batch_save(&t, &soma.v(.5), &soma.m_hh(.5), &stim.amp) }")
h('{ cv.active(0) dt = 0.025 finitialize(-65) batch_run(1, 0.5, "out.dat", "from hoc") }')
found["batch"] = open("out.dat").read()
report(found, rtol=1e-6)
