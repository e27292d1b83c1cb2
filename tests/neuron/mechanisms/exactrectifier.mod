TITLE The current of rectifier.mod, with its conductance stated

NEURON {
    SUFFIX exactrectifier
    NONSPECIFIC_CURRENT i
    RANGE imax, width, i
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    imax = 0.02 (mA/cm2)
    width = 15  (mV)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    g (S/cm2)
}

BREAKPOINT {
    LOCAL x
    CONDUCTANCE g
    x = tanh((v + 45(mV))/width)
    g = imax/width*(1 - x*x) + 3e-4
    i = imax*(1 + x) + 3e-4*(v + 70(mV))
}
