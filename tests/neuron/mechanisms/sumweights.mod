: a synapse that adds up the weights of all NetCons that it has, in their order
NEURON { POINT_PROCESS SumWeights NONSPECIFIC_CURRENT i RANGE g, e, tau, total, alternating }
PARAMETER { tau = 2 (ms) e = 0 (mV) }
ASSIGNED { v (mV) i (nA) total alternating }
STATE { g <1e-3> }
INITIAL { g = 0 total = 0 alternating = 0 }
BREAKPOINT { SOLVE decay METHOD cnexp i = g*(v - e) }
DERIVATIVE decay { g' = -g/tau }
NET_RECEIVE (w, used, last) {
    INITIAL { used = 1 last = -1 }
    g = g + w*used
    used = used/2
    last = t
    total = 0
    alternating = 0
    FOR_NETCONS (ww, uu, ll) {
        total = total + ww*uu
        alternating = ww*uu - alternating/3
    }
}
