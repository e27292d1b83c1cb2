TITLE A density mechanism with a POINTER: calcium of another place

NEURON {
    SUFFIX reader
    POINTER other
    NONSPECIFIC_CURRENT i
    RANGE g, seen
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER { g = 1e-3 (S/cm2) }

ASSIGNED {
    v     (mV)
    i     (mA/cm2)
    other
    seen
}

INITIAL { seen = other }

BREAKPOINT {
    seen = other
    i = g*other*(v + 30(mV))
}
