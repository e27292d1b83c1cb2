TITLE SOLVE in PROCEDURE and FUNCTION, called from everywhere, and of a PROCEDURE

NEURON {
    POINT_PROCESS Called
    NONSPECIFIC_CURRENT i
    RANGE level, count, top
}

PARAMETER { tau = 5 (ms) }

ASSIGNED {
    v (mV)
    i (nA)
    level
    count
    top
}

STATE { x u z s }

INITIAL {
    z = 2
    level = start(3)
    count = 0
    top = -100
}

BREAKPOINT {
    SOLVE counted METHOD after_cvode
    IF (v > -50) {
        SOLVE fading METHOD cnexp
    }
    i = 1e-3*s*(v + 60)
}

PROCEDURE counted() {
    count = count + 1
    if (v > top) { top = v }
    balance()
}

PROCEDURE balance() {
    SOLVE lines
}

FUNCTION start(more) {
    SOLVE lines
    start = x + more
}

LINEAR lines {
    ~ x + 3*u = 3 + count/100
    ~ x - u = z
    ~ z = 2
}

DERIVATIVE fading {
    s' = -s/tau
}

NET_RECEIVE (w) {
    z = 5
    balance()
    s = s + w*x
}
