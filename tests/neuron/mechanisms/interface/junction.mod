TITLE Half of a gap junction: the voltage on the other side is brought by transfer

NEURON {
    POINT_PROCESS Junction
    NONSPECIFIC_CURRENT i
    RANGE g, i, vgap
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER { g = 0.001 (uS) }

ASSIGNED {
    v    (mV)
    vgap (mV)
    i    (nA)
}

BREAKPOINT { i = g*(v - vgap) }
