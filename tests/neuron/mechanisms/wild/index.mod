TITLE A FROM index with the name of a LOCAL, and LOCALs with the names of GLOBALs

NEURON {
    SUFFIX index
    NONSPECIFIC_CURRENT cur
    RANGE g, sum, kept
    GLOBAL scale, q10, q10
    GLOBAL scale
}

DEFINE N 5

PARAMETER {
    g = 0.0001
    scale = 2
    q10 = 3
}

ASSIGNED { v cur sum kept w[N] }

INITIAL {
    LOCAL i, scale
    i = 100
    scale = 7
    FROM i = 0 TO N-1 { w[i] = i*scale }
    kept = scale
    sum = 0
}

PROCEDURE add() {
    LOCAL i, q10
    q10 = 0
    FROM i = 0 TO N-1 {
        q10 = q10 + w[i]*scale
    }
    sum = q10
}

BREAKPOINT {
    add()
    cur = g*(v + 65 + 0.01*sum)*q10
}
