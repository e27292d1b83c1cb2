"""AlphaSynapse: onset, tau, gmax and e, the current that it reports."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
syn = n.AlphaSynapse(sec(0.5))
defaults = [syn.onset, syn.tau, syn.gmax, syn.e]
syn.onset, syn.tau, syn.gmax, syn.e = 1.03, 0.5, 0.02, -10
n.finitialize(-70)
v, i = [], []
while n.t < 6:
    n.fadvance()
    v.append(sec(0.5).v)
    i.append(syn.i)

report({"defaults": defaults, "v": v, "i": i})
