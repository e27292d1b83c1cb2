TITLE Synapse whose conductance jumps at an event and decays exponentially

COMMENT
An event of weight w adds w to g, which then falls with time constant tau. The
conductance is a single linear state, so one instance serves any number of inputs.
ENDCOMMENT

NEURON {
    POINT_PROCESS ExpSyn
    THREADSAFE
    RANGE tau, e, i
    NONSPECIFIC_CURRENT i
}

UNITS {
    (uS) = (microsiemens)
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    tau = 0.1 (ms) <1e-9, 1e9>
    e   = 0   (mV)
}

ASSIGNED {
    v (mV)
    i (nA)
}

STATE { g (uS) }

INITIAL { g = 0 }

BREAKPOINT {
    SOLVE decay METHOD cnexp
    i = g*(v - e)
}

DERIVATIVE decay { g' = -g/tau }

NET_RECEIVE (weight (uS)) { g = g + weight }
