TITLE Synapse with facilitation and depression: arguments of each connection

NEURON {
    POINT_PROCESS Plastic
    NONSPECIFIC_CURRENT i
    RANGE e, tau, trec, tfac, use, i, last
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    e = 0      (mV)
    tau = 3    (ms) <1e-9, 1e9>
    trec = 100 (ms) <1e-9, 1e9>
    tfac = 50  (ms) <1e-9, 1e9>
    use = 0.3
}

ASSIGNED {
    v    (mV)
    i    (nA)
    last (uS)
}

STATE { g (uS) }

INITIAL {
    g = 0
    last = 0
}

BREAKPOINT {
    SOLVE decay METHOD cnexp
    i = g*(v - e)
}

DERIVATIVE decay { g' = -g/tau }

NET_RECEIVE (weight (uS), R, u, before (ms)) {
    INITIAL {
        R = 1
        u = 0
        before = t
    }
    u = u*exp(-(t - before)/tfac)
    u = u + use*(1 - u)
    R = 1 - (1 - R)*exp(-(t - before)/trec)
    last = weight*R*u
    g = g + last
    R = R - R*u
    before = t
}
