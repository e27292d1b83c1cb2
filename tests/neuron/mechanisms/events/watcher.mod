TITLE A point process that follows the potential with WATCH statements of all forms

NEURON {
    POINT_PROCESS Watcher
    RANGE high, low, span, ups, downs, peaks, last, state, trace, slow
    NONSPECIFIC_CURRENT i
}

DEFINE DOWN 3

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    high = -20 (mV)
    low = -60  (mV)
    span = 0.4 (ms)
}

ASSIGNED {
    v    (mV)
    i    (nA)
    ups
    downs
    peaks
    last (ms)
    state
    trace
}

STATE { slow }

INITIAL {
    ups = 0
    downs = 0
    peaks = 0
    last = -1
    state = 0
    trace = 0
    slow = 0
    net_send(0, 1)
}

BREAKPOINT {
    SOLVE follow METHOD cnexp
    i = 0
}

DERIVATIVE follow { slow' = (v - slow)/5 }

NET_RECEIVE (weight) {
    if (flag == 1) {
        : begins; both at once, and a third if the potential is low already
        WATCH (v > high) 2, (v < low) DOWN
        if (v < low + 10) {
            WATCH (slow > -50) 4
        }
    } else if (flag == 2) {
        ups = ups + 1
        last = t
        state = 1
        net_event(t)
        : only this one is left
        WATCH (v - high < -2*5) 5
    } else if (flag == DOWN) {
        downs = downs + 1
        last = t
        : adds to what it ends: begins all anew but for the fourth
        WATCH (v > high) 2
        WATCH (v < low - 2) DOWN
    } else if (flag == 4) {
        peaks = peaks + 1
    } else if (flag == 5) {
        state = 0
        net_send(span, 1)
    } else if (flag == 0) {
        trace = trace + weight
        if (weight > 1) { WATCH (v > high - 20) 6 }
    } else {
        trace = trace + 100
    }
}
