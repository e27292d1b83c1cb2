TITLE Current clamp: one rectangular pulse

COMMENT
amp flows from an electrode into the cell while del <= t < del + dur. It is not a
membrane current: positive amp depolarizes, and no extracellular field sees it.
ENDCOMMENT

NEURON {
    POINT_PROCESS IClamp
    THREADSAFE
    RANGE del, dur, amp, i
    ELECTRODE_CURRENT i
}

UNITS { (nA) = (nanoamp) }

PARAMETER {
    del (ms)
    dur (ms) <0, 1e9>
    amp (nA)
}

ASSIGNED { i (nA) }

INITIAL { i = 0 }

BREAKPOINT {
    : variable step integrators stop at both edges
    at_time(del)
    at_time(del + dur)

    i = 0
    if (t >= del && t < del + dur) {
        i = amp
    }
}
