COMMENT
A synapse whose conductance goes up in a straight line after each event: the derivative of its state
depends on no state.
ENDCOMMENT

NEURON {
    POINT_PROCESS Ramp
    NONSPECIFIC_CURRENT i
    RANGE e, slope, length
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    e = 0 (mV)
    length = 3 (ms)
}

ASSIGNED {
    v (mV)
    i (nA)
    slope (uS/ms)
}

STATE { g (uS) }

INITIAL {
    g = 0
    slope = 0
}

BREAKPOINT {
    SOLVE rise METHOD cnexp
    i = g*(v - e)
}

DERIVATIVE rise { g' = slope }

NET_RECEIVE(weight (uS)) {
    if (flag == 1) {
        slope = slope - weight/length
        g = g - weight
    } else {
        net_send(length, 1)
        slope = slope + weight/length
    }
}
