TITLE SUFFIX and POINT_PROCESS: a point process

NEURON {
    SUFFIX bothkinds
    POINT_PROCESS bothkinds
    NONSPECIFIC_CURRENT i
    RANGE g, e
}

PARAMETER { g = 0.002 (uS) e = -20 (mV) }

ASSIGNED { v (mV) i (nA) }

BREAKPOINT { i = g*(v - e) }
