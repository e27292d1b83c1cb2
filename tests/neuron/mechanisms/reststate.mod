TITLE a FUNCTION that solves a scheme in which the ion outside takes part

NEURON {
    SUFFIX reststate
    USEION ca READ cao, cai WRITE cai
    RANGE bound
}

PARAMETER {
    in = 0.002
    out = 5
    bind = 40
    free = 0.3
}

ASSIGNED { cao (mM) }

STATE { cai (mM) bound }

INITIAL {
    cai = 1e-4
    bound = 0.01
}

BREAKPOINT { SOLVE scheme METHOD sparse }

KINETIC scheme {
    COMPARTMENT 3 { cai }
    COMPARTMENT 1 { bound }
    COMPARTMENT 1e9 { cao }
    ~ cai <-> cao (out, in)
    ~ cai <-> bound (bind, free)
}

FUNCTION rest() (mM) {
    SOLVE scheme STEADYSTATE sparse
    rest = cai
}
