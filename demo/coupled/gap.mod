TITLE One side of a gap junction

COMMENT
Current through a conductance from the other side, whose potential vgap points at. The other side
has a Gap of its own, which points here.
ENDCOMMENT

NEURON {
    POINT_PROCESS Gap
    NONSPECIFIC_CURRENT i
    RANGE g, i
    POINTER vgap
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
