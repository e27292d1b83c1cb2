"""Variables of SUFFIX nothing have their own names; a file without names, its file's name."""

from neuron import h
from paired import mechanisms, report

mechanisms("wild/settings.mod", "wild/2gates.mod")
before = [h.ready_flag, h.gain, list(h.table_of)]
h.prepare(3)
h.gain = 4
h.prepare(0.5)
soma = h.Section(name="soma")
soma.insert("2gates")
report(
    {
        "before": before,
        "after": [h.ready_flag, h.gain, list(h.table_of), h.calls],
        "function": h.amplified(1.5),
        "by reference": h._ref_gain[0],
        "opened": [h.opened_2gates(v, -40) for v in (-60, -40, 10)],
        "inserted": soma.has_membrane("2gates"),
    }
)
