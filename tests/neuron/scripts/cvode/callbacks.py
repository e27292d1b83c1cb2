"""Events of the caller: where they are called, what they may change, and events that stop a run."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65
h.cvode_active(True)
cvode = h.CVode()
cvode.atol(1e-5)
calls = []


def jump():
    calls.append([h.t, round(soma(0.5).v, 4)])
    soma(0.5).v = -40
    cvode.re_init()


def leak():
    calls.append([h.t, round(soma(0.5).v, 3)])
    soma(0.5).g_pas = 0.002
    cvode.re_init()


def note():
    calls.append([h.t, round(soma(0.5).v, 2)])
    if h.t < 7:
        cvode.event(h.t + 1.5, note)


t = h.Vector().record(h._ref_t)
h.finitialize(-65)
cvode.event(1.1, jump)
cvode.event(2.2, leak)
cvode.event(3.3, note)
cvode.event(3.3)
h.fadvance()
h.continuerun(10)
first = [h.t, soma(0.5).v]
# once more: events of the last run are gone
h.finitialize(-65)
h.continuerun(3)
report({"calls": calls, "first": first, "second": [h.t, soma(0.5).v]}, rtol=1e-4, atol=1e-4)
