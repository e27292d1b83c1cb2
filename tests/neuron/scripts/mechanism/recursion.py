"""FUNCTIONs and PROCEDUREs that call themselves, by name and in a current."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/recurs.mod")
soma = h.Section(name="soma")
soma.insert("pas")
soma.insert("recurs")
instance = soma(0.5).recurs
h.setdata_recurs(soma(0.5))
h.dt = 0.025
h.finitialize(-65)
trace = []
for step in range(40):
    h.fadvance()
    trace.append((soma(0.5).v, instance.i))

report(
    {
        "trace": trace,
        "states": (instance.y, instance.visits),
        "product": [h.product_recurs(n) for n in (0, 1, 5, 20, 170)],
        "fibonacci": [h.fibonacci_recurs(n) for n in (0, 1, 2, 15)],
        "ackermann": [h.ackermann_recurs(2, n) for n in (0, 5)],
        "even": [h.even_recurs(n) for n in (0, 1, 500, 501)],
        "leaves": [h.leaves_recurs(n) for n in (0, 1, 4)],
    },
    # the current is not linear in v: NEURON's conductance is a difference quotient
    loose={"trace": {"rtol": 1e-5}},
)
