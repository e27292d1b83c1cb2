TITLE Artificial cell: leaky integrator of instantaneous inputs

COMMENT
Each input event adds its weight to m, which decays with time constant tau. Above 1 the cell
fires and ignores its input for the time refrac; then it begins anew with m = 0.

Between events nothing is computed: M() is the value at any time, and shows an action
potential as 2 for half a millisecond and the refractory time as -1.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL IntFire1
    RANGE tau, refrac, m
}

PARAMETER {
    tau = 10 (ms)
    refrac = 5 (ms)
}

ASSIGNED {
    m          : at time t0
    t0 (ms)    : of the last event
    refractory : 1 while input is ignored
}

INITIAL {
    m = 0
    t0 = t
    refractory = 0
}

FUNCTION M() {
    if (refractory == 0) {
        M = m*exp(-(t - t0)/tau)
    } else if (t - t0 < 0.5(ms)) {
        M = 2
    } else {
        M = -1
    }
}

: Flag 1 ends the refractory time.
NET_RECEIVE (w) {
    if (refractory == 0) {
        m = m*exp(-(t - t0)/tau) + w
        t0 = t
        if (m > 1) {
            m = 2
            refractory = 1
            net_send(refrac, 1)
            net_event(t)
        }
    } else if (flag == 1) {
        m = 0
        t0 = t
        refractory = 0
    }
}
