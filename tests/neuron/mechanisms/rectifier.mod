TITLE Outward current with a hyperbolic tangent: not linear in v

NEURON {
    SUFFIX rectifier
    NONSPECIFIC_CURRENT i
    RANGE imax, width, i
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER {
    imax = 0.02 (mA/cm2)
    width = 15  (mV)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

BREAKPOINT { i = imax*(1 + tanh((v + 45(mV))/width)) + 3e-4*(v + 70(mV)) }
