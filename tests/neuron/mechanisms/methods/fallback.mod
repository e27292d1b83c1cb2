TITLE METHOD cnexp for equations that are not linear: NEURON solves them with derivimplicit

NEURON {
    SUFFIX fallback
    NONSPECIFIC_CURRENT i
    RANGE after
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    after
}

STATE { m h p }

INITIAL {
    m = 0
    h = 0.3
    p = 0.5
}

BREAKPOINT {
    after = m
    SOLVE squares METHOD cnexp
    i = 1e-4*m*h*(v + 40)*p
}

DERIVATIVE squares {
    m' = 0.3 + v/500 - squared(m)
    h' = (m - h)/3
    p' = h - p
}

FUNCTION squared(x) { squared = x*x }
