TITLE A current that is steep in v: its conductance is not the slope at v

NEURON {
    SUFFIX steep
    USEION k READ ek WRITE ik
    RANGE gmax, width
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gmax = 0.5 (S/cm2)
    width = 3 (mV)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
}


BREAKPOINT {
    LOCAL o
    o = 1/(1 + exp(-(v + 62)/width))
    ik = gmax*o*(v - ek)
}
