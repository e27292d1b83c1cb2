"""A protocol as people write it: a class with IClamp, APCount, NetCon.record, Vectors of times and
voltages, h.tstop, results in dictionaries; steps, ramps and paired pulses."""

from collections import defaultdict

import numpy as np
from neuron import h
from paired import report

h.load_file("stdrun.hoc")


class Neuron:
    count = 0

    def __init__(self, name=None, **parameters):
        self.name = name or f"neuron{Neuron.count}"
        Neuron.count += 1
        self.soma = h.Section(name="soma", cell=self)
        self.axon = h.Section(name="axon", cell=self)
        self.axon.connect(self.soma(1), 0)
        self.soma.L = self.soma.diam = parameters.get("size", 20)
        self.axon.L, self.axon.diam, self.axon.nseg = 400, 1, 9
        for sec in self.sections():
            sec.insert("hh")
            sec.Ra = 110
        for seg in self.axon:
            seg.hh.gnabar *= parameters.get("density", 1.0)
        self.stimuli = []
        self.vectors = defaultdict(h.Vector)

    def sections(self):
        return [sec for sec in h.allsec() if sec.cell() == self]

    def __str__(self):
        return self.name

    def step(self, delay, dur, amp, sec=None, x=0.5):
        clamp = h.IClamp((sec or self.soma)(x))
        clamp.delay, clamp.dur, clamp.amp = delay, dur, amp
        self.stimuli.append(clamp)
        return clamp

    def record(self):
        self.vectors["t"].record(h._ref_t)
        self.vectors["v"].record(self.soma(0.5)._ref_v)
        self.vectors["end"].record(self.axon(1)._ref_v)
        self.detector = h.NetCon(self.axon(0.9)._ref_v, None, sec=self.axon)
        self.detector.threshold = 0
        self.detector.record(self.vectors["spikes"])
        self.counter = h.APCount(self.soma(0.5))


def run(cell, tstop=40, **protocol):
    cell.stimuli.clear()
    for amp, delay, dur in protocol["steps"]:
        cell.step(delay, dur, amp)
    cell.record()
    h.celsius = protocol.get("celsius", 6.3)
    h.dt = protocol.get("dt", 0.025)
    h.tstop = tstop
    h.v_init = -65
    h.init()
    h.run()
    arrays = {name: np.array(vector) for name, vector in cell.vectors.items()}
    spikes = arrays["spikes"]
    return {
        "spikes": spikes,
        "n": int(cell.counter.n),
        "isi": np.diff(spikes),
        "peak": arrays["v"].max(),
        "at": arrays["t"][arrays["v"].argmax()],
        "area": float(np.trapezoid(arrays["v"] + 65, arrays["t"])) if hasattr(np, "trapezoid") else
                float(np.trapz(arrays["v"] + 65, arrays["t"])),
        "size": len(arrays["t"]),
        "cells": [str(sec) for sec in cell.sections()],
    }


one = Neuron("first")
two = Neuron(size=30, density=1.5)
found = {"names": [str(one).split(".")[0], str(two)]}
found["step"] = run(one, steps=[(0.6, 2, 30)])
found["pair"] = run(one, steps=[(1.5, 2, 1), (1.5, 14, 1), (1.5, 20, 1)])
found["two"] = run(two, steps=[(1.2, 2, 30)], celsius=10)
found["fine"] = run(two, steps=[(1.2, 2, 30)], dt=0.0125, tstop=10)
ramp = h.Vector(np.interp(np.arange(0, 40, 0.025), [0, 5, 35, 40], [0, 0, 1.2, 0]))
cell = one
cell.stimuli.clear()
clamp = cell.step(0, 1e9, 0)
ramp.play(clamp._ref_amp, 0.025)
cell.record()
h.dt = 0.025
h.steps_per_ms = 40
h.celsius = 6.3
h.tstop = 40
h.run()
found["ramp"] = [list(cell.vectors["spikes"]), cell.counter.n, clamp.amp]
found["gone"] = [len(h.List("IClamp")), len(list(h.allsec()))]
del two
found["gone"] += [len(list(h.allsec()))]
report(found, rtol=1e-7)
