TITLE CONDUCTANCE: BREAKPOINT is evaluated once, and the slope at v is the conductance

NEURON {
    SUFFIX hinted
    USEION k READ ek WRITE ik
    RANGE gmax, width, evaluations
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
    evaluations
}

INITIAL { evaluations = 0 }

BREAKPOINT {
    LOCAL o, g
    CONDUCTANCE g USEION k
    evaluations = evaluations + 1
    o = 1/(1 + exp(-(v + 62)/width))
    g = gmax*o*(1 + (1 - o)*(v - ek)/width)
    ik = gmax*o*(v - ek)
}
