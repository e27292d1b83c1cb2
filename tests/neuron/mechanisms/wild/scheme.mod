TITLE Reactions under IF, and algebra on states in KINETIC

NEURON {
    SUFFIX scheme
    NONSPECIFIC_CURRENT i
    RANGE g, total, fast, low
}

PARAMETER {
    g = 0.0005
    low = -60
    fast = 0
}

ASSIGNED { v i total rate }

STATE { c1 c2 o }

INITIAL {
    c1 = 0.5
    c2 = 0.3
    o = 0.2
}

BREAKPOINT {
    SOLVE kin METHOD sparse
    i = g*o*(v + 70)
}

KINETIC kin {
    total = c1 + c2 + o
    rate = 0.1*total*exp(v/40)
    fast = 0.1*(1 - c1)
    ~ c1 <-> c2 (rate, 0.05)
    if (v > low) {
        ~ c2 <-> o (0.3, 0.1)
    } else {
        ~ c2 <-> o (0.03, (0.2 + fast))
    }
}
