TITLE A scheme by METHOD euler, and one by METHOD runge

NEURON {
    SUFFIX kinexplicit
    RANGE flux
}

PARAMETER {
    vol = 2
    k = 0.3
}

ASSIGNED {
    v (mV)
    flux
}

STATE { a b c d }

INITIAL {
    a = 1
    b = 0.4
    c = 0.2
    d = 1.5
}

BREAKPOINT {
    SOLVE first METHOD euler
    SOLVE second METHOD runge
}

KINETIC first {
    COMPARTMENT vol*1.5 { a }
    ~ 2 a <-> b (k, 0.1)
    ~ a << (0.02)
    flux = b_flux
}

KINETIC second {
    COMPARTMENT vol { c d }
    ~ c + d <-> d (k, 0.1)
    ~ d -> (k/2)
    ~ c << (0.05*exp(v/50))
}
