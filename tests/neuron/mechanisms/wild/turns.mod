TITLE FROM with ends and BY that are variables, one of which moves, and quotients of comparisons

NEURON {
    SUFFIX turns
    RANGE first, last, by, steps, inner, moved, shrunk, quotient
}

PARAMETER {
    first = 1
    last = 9
    by = 2
}

ASSIGNED {
    v (mV)
    steps
    inner
    moved
    shrunk
    quotient[5]
}

INITIAL {
    LOCAL end, x
    steps = 0
    inner = 0
    moved = 0
    shrunk = 0
    FROM i = first TO last BY by { steps = steps*2 + i }
    FROM i = 0 TO 3 {
        FROM j = i TO last BY i + 1 { inner = inner + 10*j + i }
    }
    end = 3
    FROM i = 0 TO end BY 1 {
        moved = moved + 1
        if (moved < 10) { end = end + 0.5 }
    }
    end = 7.9
    FROM i = 0 TO end {
        end = end - 1.5
        shrunk = shrunk + 1
    }
    x = 3
    quotient[0] = ((x > 0) + (x > 1))/((x > 0) + (x > 1) + (x > 2))
    quotient[1] = -((x > 0) + (x > 1) + (x > 2))/((x > 0) + (x > 1))
    quotient[2] = (x > 0)/(x > 1)*5
    quotient[3] = ((x > 0) && (x > 1))/2
    quotient[4] = 3*((x > 0) + (x > 1))/((x > 0) + (x > 1) + (x > 2) + !0)
}
