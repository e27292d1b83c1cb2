TITLE A PROCEDURE that BREAKPOINT solves with METHOD after_cvode: once in a step

NEURON {
    SUFFIX stepcount
    RANGE calls, last, top
}

ASSIGNED {
    v (millivolt)
    calls
    last (ms)
    top (millivolt)
}

INITIAL {
    calls = 0
    last = 0
    top = -1000
}

BREAKPOINT {
    SOLVE note METHOD after_cvode
}

PROCEDURE note() {
    calls = calls + 1
    last = t
    if (v > top) { top = v }
}
