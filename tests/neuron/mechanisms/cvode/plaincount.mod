TITLE A PROCEDURE that BREAKPOINT solves without a METHOD

NEURON {
    SUFFIX plaincount
    RANGE calls, top
}

ASSIGNED {
    v (millivolt)
    calls
    top (millivolt)
}

INITIAL {
    calls = 0
    top = -1000
}

BREAKPOINT {
    SOLVE note
}

PROCEDURE note() {
    calls = calls + 1
    if (v > top) { top = v }
}
