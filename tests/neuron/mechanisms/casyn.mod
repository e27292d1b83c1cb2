TITLE Synapse with calcium as a part of its current: a point process that uses an ion

NEURON {
    POINT_PROCESS CaSyn
    USEION ca READ eca WRITE ica
    NONSPECIFIC_CURRENT i
    RANGE tau, fraction, i, ica, g
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    tau = 3         (ms) <1e-9, 1e9>
    fraction = 0.1
}

ASSIGNED {
    v   (mV)
    eca (mV)
    ica (nA)
    i   (nA)
}

STATE { g (uS) }

INITIAL { g = 0 }

BREAKPOINT {
    SOLVE decay METHOD cnexp
    ica = fraction*g*(v - eca)
    i = (1 - fraction)*g*v
}

DERIVATIVE decay { g' = -g/tau }

NET_RECEIVE (weight (uS)) { g = g + weight }
