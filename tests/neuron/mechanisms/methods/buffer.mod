TITLE An instantaneous buffer that is solved for by NONLINEAR

NEURON {
    SUFFIX buffer
    NONSPECIFIC_CURRENT i
    RANGE total, sites, bound
}

PARAMETER {
    sites = 0.8
    kd = 0.2
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    bound
}

STATE { total free w[2] }

INITIAL {
    total = 1
    free = 0.3
    w[0] = 0.5
    w[1] = 0.5
    SOLVE balance
    SOLVE shape METHOD newton
}

BREAKPOINT {
    SOLVE balance
    SOLVE shape
    SOLVE uptake METHOD derivimplicit
    i = 1e-3*free*w[0]*(v + 70)
}

DERIVATIVE uptake {
    total' = -0.1*total + 0.02*exp(v/40)
}

NONLINEAR balance SOLVEFOR free {
    bound = sites*free/(free + kd)
    ~ free + bound = total
}

NONLINEAR shape SOLVEFOR w {
    FROM k = 0 TO 1 {
        ~ w[k]*w[k] + curve(w[1 - k]) = 1 + k*free
    }
}

FUNCTION curve(x) { curve = x/(1 + x) }
