"""Vector.record: t of the accessed section's cell, of a point process's cell, and variables of cells."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
fast, slow = h.Section(name="fast"), h.Section(name="slow")
for sec in (fast, slow):
    sec.L = sec.diam = 20
    sec.insert("hh")
clamp = h.IClamp(fast(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 10, 0.4
other = h.IClamp(slow(0.5))
cvode = h.CVode()
cvode.atol(1e-5)
h.cvode_local(1)
t_fast = h.Vector().record(h._ref_t, sec=fast)
t_slow = h.Vector().record(h._ref_t, sec=slow)
t_other = h.Vector().record(other, h._ref_t)
v_fast = h.Vector().record(fast(0.5)._ref_v)
m_fast = h.Vector().record(fast(0.5)._ref_m_hh)
v_slow = h.Vector().record(slow(0.5)._ref_v)
i_fast = h.Vector().record(clamp._ref_i)
h.finitialize(-65)
h.continuerun(12)
at_spike = t_fast[int(v_fast.max_ind())]
found = {
    "lengths": [
        len(t_fast) == len(v_fast) == len(m_fast) == len(i_fast),
        len(t_slow) == len(v_slow) == len(t_other),
        len(t_fast) > len(t_slow),
    ],
    "begin": [t_fast[0], t_slow[0], v_fast[0], v_slow[0], m_fast[0]],
    "end": [t_fast[-1], t_slow[-1], t_other[-1]],
    "last": [v_slow[-1], v_slow[-1] == slow(0.5).v, v_fast[-1] == fast(0.5).v],
    "same": list(t_slow) == list(t_other),
    "onset": [1.0 in [round(x, 9) for x in t_fast], 1.0 in [round(x, 9) for x in t_slow]],
    "i": [i_fast.min(), i_fast.max()],
    "spike": at_spike,
}
loose = {"spike": {"rtol": 1e-2}, "last": {"rtol": 1e-4}}
report(found, rtol=1e-9, atol=1e-12, loose=loose)
