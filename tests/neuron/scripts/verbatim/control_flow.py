"""Control flow of C around and inside of NMODL, functions and variables of C."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/cflow.mod")
soma = h.Section(name="soma")
soma.insert("pas")
soma.insert("cflow")
soma(0.5).pas.e = -75
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.5
h.setdata_cflow(soma(0.5))
h.dt = 0.025
h.finitialize(-75)
trace = []
for step in range(400):
    h.fadvance()
    if step % 20 == 0:
        trace.append((soma(0.5).v, soma(0.5).m_cflow))

report({
    "trace": trace,
    "digits": [h.digits_cflow(n) for n in (0, 9, 10, 12345)],
    "collatz": [h.collatz_cflow(n) for n in (1, 6, 27)],
})
