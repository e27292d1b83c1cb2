TITLE Derivatives as values, and a block of equations that is called

NEURON {
    SUFFIX slopes
    NONSPECIFIC_CURRENT i
    RANGE a, d, b, seen, inf, inf0, i, began
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
}

PARAMETER {
    k = 0.5 (ms)
    taua = 3 (ms)
    taud = 7 (ms)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    seen (/ms)
    inf
    inf0
    began
}

STATE {
    a START 0.25
    d START 0.75
    b
}

INITIAL {
    : the initial values that START gives
    a = a0 + d0
    d = d0*0.5
    began = b0 + 0.125
    b = 0.7
    : evaluates the block, and leaves the states
    kinetics()
    inf0 = inf
}

BREAKPOINT {
    SOLVE kinetics METHOD derivimplicit
    seen = d' + b'
    i = 1e-5*(a + seen*(1 (ms)))*(v + 60)
}

DERIVATIVE kinetics {
    inf = 1/(1 + exp(-(v + 40 (mV))/(5 (mV))))
    a' = -(a - k*d')/taua
    d' = (inf - d)/taud
    b' = -b*2/taua
}
