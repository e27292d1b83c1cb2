COMMENT
Shows the dt and t of evaluations.
ENDCOMMENT

NEURON {
    SUFFIX seedt
    NONSPECIFIC_CURRENT i
    RANGE d, c, s
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    d (ms)
    c (ms)
    s (ms)
}

STATE { x }

INITIAL { x = 1 }

BREAKPOINT {
    SOLVE decay METHOD cnexp
    c = dt
    i = 0*v
}

DERIVATIVE decay {
    d = dt
    s = t
    x' = -x/3(ms)
}
