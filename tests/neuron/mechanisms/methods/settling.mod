TITLE Two SOLVEs, and STEADYSTATE

NEURON {
    SUFFIX settling
    NONSPECIFIC_CURRENT i
    RANGE after
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    after
}

STATE { q r a b }

INITIAL {
    q = 1
    SOLVE scheme STEADYSTATE sparse
}

BREAKPOINT {
    after = q
    SOLVE settled METHOD derivimplicit
    SOLVE scheme METHOD sparse
    i = 1e-4*a*(v + 40)*r
}

DERIVATIVE settled {
    q' = 0.3 - q*0.2 + r*0.01
    r' = q - r
}

KINETIC scheme {
    LOCAL up
    up = 0.1*exp(v/40)
    IF (v > -60) {
        ~ a <-> b (up, 0.2)
    } ELSE {
        ~ a <-> b (up, 0.4)
    }
    CONSERVE a + b = 1
}
