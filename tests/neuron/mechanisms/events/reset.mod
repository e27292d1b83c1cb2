TITLE Events that set the potential and a concentration

NEURON {
    POINT_PROCESS Reset
    USEION ca READ cai WRITE cai
    RANGE to, hits, amount
}

UNITS {
    (mV) = (millivolt)
    (mM) = (milli/liter)
}

PARAMETER {
    to = -70   (mV)
    amount = 1e-4 (mM)
}

ASSIGNED {
    v (mV)
    hits
}

STATE { cai (mM) }

INITIAL {
    hits = 0
    net_send(0, 1)
}

BREAKPOINT { SOLVE relax METHOD cnexp }

DERIVATIVE relax { cai' = (5e-5 - cai)/10 }

NET_RECEIVE (w) {
    if (flag == 1) {
        WATCH (v > -40) 2
    } else if (flag == 2) {
        hits = hits + 1
        v = to
        net_event(t)
    } else {
        state_discontinuity(cai, cai + amount*w)
    }
}
