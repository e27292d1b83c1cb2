TITLE KINETIC with SOLVEFOR: the other states count as known

NEURON {
    SUFFIX solvedfor
    RANGE rate
}

ASSIGNED {
    v (mV)
    rate
}

STATE { x u z }

INITIAL {
    x = 1
    u = 0.5
    z = 0.2
}

BREAKPOINT {
    SOLVE partly METHOD sparse
}

KINETIC partly SOLVEFOR x, u {
    rate = 0.1*exp(v/60)
    ~ x + z <-> u (0.5, rate)
    ~ 2 x <-> u (0.2, 0.1)
    ~ u <-> z (0.3, 0.1)
}
