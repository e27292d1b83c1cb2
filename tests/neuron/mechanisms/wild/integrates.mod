TITLE A BREAKPOINT that integrates by itself, counts and delays

NEURON {
    POINT_PROCESS Integrates
    USEION ca WRITE ica
    NONSPECIFIC_CURRENT i
    RANGE tau, g, x, count, before, jumps
}

PARAMETER {
    tau = 5
    g = 0.0005
    dt
}

ASSIGNED { v i ica x count before jumps }

STATE { A }

INITIAL {
    x = 0
    count = 0
    before = v
    jumps = 0
    A = 0
}

BREAKPOINT {
    count = count + 1
    follow(v)
    if (at_time(1.5)) {
        state_discontinuity(A, A + 0.001)
        jumps = jumps + 1
    }
    i = g*(v + 60 + x) + A
    ica = 1e-3*x*g
    before = v
}

PROCEDURE follow(u) { x = x + dt*(u - before - x)/tau }
