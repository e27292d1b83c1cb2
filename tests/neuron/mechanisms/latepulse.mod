TITLE a stimulus with a delay of its own

NEURON {
    POINT_PROCESS LatePulse
    ELECTRODE_CURRENT i
    RANGE delay, amp, i
}

PARAMETER {
    delay = 3 (ms)
    amp = 0.1 (nA)
}

ASSIGNED { i (nA) }

BREAKPOINT {
    i = 0
    if (t >= delay) { i = amp }
}
