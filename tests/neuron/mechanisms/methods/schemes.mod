TITLE Two CONSERVEs that do not hold at first

NEURON {
    SUFFIX schemes
    NONSPECIFIC_CURRENT i
    RANGE gain
}

PARAMETER { k = 0.3 }

ASSIGNED {
    v (mV)
    i (mA/cm2)
    gain
}

STATE { a b c d e f }

INITIAL {
    a = 0.5
    b = 0.1
    c = 0.2
    d = 0.9
    e = 0.3
    f = 0.4
}

BREAKPOINT {
    SOLVE cycle METHOD sparse
    i = 1e-4*a*(v + 50)
}

KINETIC cycle {
    LOCAL up
    up = k*exp(v/50)
    ~ a <-> b (up, 0.1)
    gain = f_flux - b_flux
    ~ b <-> c (0.2, up)
    ~ c <-> d (0.4, 0.1)
    ~ d <-> a (up/2, 0.2)
    ~ e <-> f (0.1, up)
    CONSERVE a + b + c + d = 2
    CONSERVE f + e = 1
}
