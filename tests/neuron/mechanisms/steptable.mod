TITLE a table that is looked up in the first step, with what INITIAL computes, which draws a random number

NEURON {
    SUFFIX steptable
    RANGE x, level, left
}

ASSIGNED { level left inf fac dt (ms) }

STATE { x }

INITIAL {
    set_seed(5)
    level = 2 + scop_random()
    x = 1
}

BREAKPOINT { SOLVE advance }

PROCEDURE advance() {
    rates(x)
    x = x + fac*(inf - x)
}

PROCEDURE rates(u) {
    TABLE inf, fac DEPEND dt FROM 0 TO 4 WITH 11
    left = u
    inf = u/(level + u) + 0.5/level
    fac = 1 - exp(-dt*level)
}
