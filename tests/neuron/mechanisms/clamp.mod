TITLE Voltage clamp with a series resistance: an electrode current that depends on v

NEURON {
    POINT_PROCESS Clamp
    ELECTRODE_CURRENT i
    RANGE onset, duration, level, rs, i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    onset = 2     (ms)
    duration = 10 (ms)
    level = -20   (mV)
    rs = 5        (megohm)
}

ASSIGNED {
    v (mV)
    i (nA)
}

BREAKPOINT {
    if (t >= onset && t < onset + duration) {
        i = (level - v)/rs
    } else {
        i = 0
    }
}
