TITLE Weights that the spikes of the target change: FOR_NETCONS

NEURON {
    POINT_PROCESS Stdp
    RANGE g, tau, e, visited, total, rate, own
    NONSPECIFIC_CURRENT i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    tau = 2    (ms)
    e = 0      (mV)
    rate = 0.1
}

ASSIGNED {
    v (mV)
    i (nA)
    visited
    total
    own
}

STATE { g (uS) }

INITIAL {
    g = 0
    visited = 0
    total = 0
    own = 0
    net_send(0, 1)
}

BREAKPOINT {
    SOLVE decay METHOD cnexp
    i = g*(v - e)
}

DERIVATIVE decay { g' = -g/tau }

NET_RECEIVE (w (uS), trace, before (ms)) {
    INITIAL {
        trace = 0
        before = t
    }
    if (flag == 0) {
        trace = 1 + trace*exp(-(t - before)/20)
        before = t
        : all learn from this one, itself among them
        own = w
        FOR_NETCONS (u, utrace, ubefore) {
            u = u*(1 - 0.01*rate)
            own = own + 1000*w
        }
        g = g + w
    } else if (flag == 1) {
        WATCH (v > -20) 2
    } else {
        total = 0
        FOR_NETCONS (u, utrace, ubefore) {
            visited = visited + 1
            if (utrace > 0) {
                u = u*(1 + rate*utrace*exp(-(t - ubefore)/20))
            }
            total = total + u
        }
    }
}
