TITLE Passive membrane: a constant conductance in series with a battery

NEURON {
    SUFFIX pas
    THREADSAFE
    RANGE g, e
    NONSPECIFIC_CURRENT i
}

UNITS {
    (S)  = (siemens)
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER {
    g = 0.001 (S/cm2) <0, 1e9>
    e = -70   (mV)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

BREAKPOINT { i = g*(v - e) }
