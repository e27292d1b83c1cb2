TITLE A GLOBAL PARAMETER that is assigned, and a LOCAL with the name of a FUNCTION

NEURON {
    SUFFIX assigned
    NONSPECIFIC_CURRENT i
    GLOBAL shift, tadj
    RANGE g, y
}

PARAMETER {
    g = 0.0003
    shift = 3
    tadj = 0
    celsius
    table[3000]
}

ASSIGNED { v i y }

FUNCTION alp(x) { alp = exp(-x/50) }

INITIAL {
    LOCAL k
    tadj = 2^((celsius - 6.3)/10)
    shift = shift + 0
    FROM k = 0 TO 2999 { table[k] = k*0.001 }
}

BREAKPOINT {
    LOCAL beta
    beta = alp(v + shift)
    y = table[2999] + table[17] + beta
    i = g*tadj*(v + 65)
}
