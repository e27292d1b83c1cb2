TITLE Two INITIAL and two BREAKPOINT blocks: one after the other

NEURON {
    SUFFIX repeated
    NONSPECIFIC_CURRENT i
    RANGE a, b
}

PARAMETER { g = 0.001 (S/cm2) }

ASSIGNED { v (mV) i (mA/cm2) a b }

STATE { m }

INITIAL {
    LOCAL x
    x = 3
    a = x
    m = 1
}

INITIAL {
    LOCAL x
    x = 4
    b = a + x
}

BREAKPOINT {
    LOCAL y
    SOLVE states METHOD cnexp
    y = 2
    i = g*(v + 65)*y
}

BREAKPOINT {
    LOCAL y
    y = 3
    i = i + g*(v + 40)*y*m
}

DERIVATIVE states { m' = -m/4 }
