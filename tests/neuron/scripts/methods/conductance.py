"""A steep and large conductance, with and without CONDUCTANCE, how often BREAKPOINT is evaluated, and
conductances that are not the slope of the currents."""

from neuron import h
from paired import mechanisms, report

mechanisms("methods/hinted.mod", "methods/unhinted.mod", "methods/steep.mod", "methods/partly.mod")


def run(name, secondorder):
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.insert("pas")
    soma.g_pas = 1e-3
    soma.e_pas = -55
    soma.insert(name)
    instance = getattr(soma(0.5), name)
    h.secondorder = secondorder
    h.dt = 0.025
    h.finitialize(-64)
    trace = []
    for _ in range(200):
        h.fadvance()
        trace.append([soma(0.5).v, soma(0.5).ik])
    h.secondorder = 0
    return {"trace": trace, "evaluations": getattr(instance, "evaluations", None)}


values = {}
for name in ("hinted", "unhinted", "steep", "partly"):
    for secondorder in (0, 2):
        values[f"{name} {secondorder}"] = run(name, secondorder)
# The third derivative is missing: (0.001 mV / 3 mV)^2 / 6 of a conductance.
loose = {f"steep {secondorder}": {"rtol": 5e-8} for secondorder in (0, 2)}
report(values, loose=loose)
