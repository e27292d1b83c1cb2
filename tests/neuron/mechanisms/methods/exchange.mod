TITLE Volumes of arrays, fluxes, reactions under FROM, and algebra on states

NEURON {
    SUFFIX exchange
    RANGE loss, taken
}

PARAMETER {
    k = 0.3
    outside = 0.7
}

ASSIGNED {
    v (mV)
    loss
    taken
    vol[3]
}

STATE { p[3] q r }

INITIAL {
    q = 1
    r = 0.2
    FROM j = 0 TO 2 {
        p[j] = j/4
        vol[j] = 1 + j/2
    }
}

BREAKPOINT {
    SOLVE mixing METHOD sparse
}

KINETIC mixing {
    COMPARTMENT j, vol[j]*2 { p }
    COMPARTMENT 1.5 { q r }
    FROM j = 0 TO 1 {
        ~ p[j] <-> p[j + 1] (k*(j + 1), 0.2)
    }
    ~ p[2] + outside <-> q (0.3, 0.1)
    ~ q -> (0.05 + r/10)
    loss = f_flux
    ~ p[0] << (0.02*exp(v/40))
    taken = b_flux + r*q
    ~ q + q <-> r (k, 0.4)
    ~ r << (0.01)
}
