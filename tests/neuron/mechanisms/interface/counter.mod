TITLE Point process with FUNCTIONs and PROCEDUREs that are called as its methods

NEURON {
    POINT_PROCESS Counter
    ELECTRODE_CURRENT i
    RANGE amplitude, total, i, level
}

UNITS { (nA) = (nanoamp) }

DEFINE K 3

PARAMETER { amplitude = 0 (nA) }

ASSIGNED {
    i     (nA)
    total (nA)
    level[K]
}

INITIAL {
    total = 0
    FROM j = 0 TO K - 1 { level[j] = j }
}

BREAKPOINT { i = amplitude }

FUNCTION charge(duration (ms)) (nA-ms) { charge = amplitude*duration }

FUNCTION add(x (nA)) (nA) {
    total = total + x
    add = total
}

PROCEDURE set(x (nA), y) {
    amplitude = x
    level[1] = y
}
