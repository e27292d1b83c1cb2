TITLE Volumes of what is no STATE, and a CONSTANT that reacts

NEURON {
    SUFFIX volumes
    RANGE total
}

CONSTANT { outside = 0.4 (mM) }

PARAMETER { k = 0.3 (/ms) p = 0.05 (/ms) }

ASSIGNED { total diam (um) }

STATE { a (mM) b (mM) }

INITIAL { a = 1 b = 0.5 }

BREAKPOINT {
    SOLVE scheme METHOD sparse
    total = a + b
}

KINETIC scheme {
    COMPARTMENT diam*diam/100 { a absent }
    ~ a <-> b (k, 2*k)
    ~ b <-> outside (p, p)
}
