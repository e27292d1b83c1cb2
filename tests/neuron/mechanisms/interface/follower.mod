TITLE POINTERs of a point process: a variable that it reads, one that it writes

NEURON {
    POINT_PROCESS Follower
    NONSPECIFIC_CURRENT i
    POINTER source, target
    RANGE g, i, gain
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    g = 0.001 (uS)
    gain = 1
}

ASSIGNED {
    v      (mV)
    source (mV)
    target
    i      (nA)
}

BREAKPOINT {
    i = g*(v - source)
    target = gain*v
}
