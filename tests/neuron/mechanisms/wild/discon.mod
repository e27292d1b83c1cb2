TITLE state_discontinuity in BREAKPOINT and NET_RECEIVE

NEURON {
    POINT_PROCESS Discon
    NONSPECIFIC_CURRENT i
    RANGE onset, gmax, tau, e
}

PARAMETER {
    onset = 1 (ms)
    gmax = 0.002
    tau = 3 (ms)
    e = 0
}

ASSIGNED { v i }

STATE { A B G }

INITIAL {
    A = 0
    B = 0
    G = 0.0005
}

BREAKPOINT {
    if (at_time(onset)) { state_discontinuity(G, gmax) }
    if (at_time(0)) { state_discontinuity(G, 77) }
    SOLVE decay METHOD cnexp
    i = (A + B + G)*(v - e)
}

DERIVATIVE decay {
    A' = -A/tau
    B' = -B/tau
    G' = -G/tau
}

NET_RECEIVE (w) {
    if (w > 0.001) {
        state_discontinuity(A, A + w)
    } else {
        B = B + w
    }
}
