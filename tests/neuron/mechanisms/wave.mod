TITLE Current that depends on time: sine, steps at given times

NEURON {
    POINT_PROCESS Wave
    ELECTRODE_CURRENT i
    RANGE amplitude, frequency, begin, end, i
}

UNITS {
    (nA) = (nanoamp)
    PI = (pi) (1)
}

PARAMETER {
    amplitude = 0.1 (nA)
    frequency = 100 (Hz)
    begin = 3.33    (ms)
    end = 17.77     (ms)
}

ASSIGNED {
    i (nA)
}

BREAKPOINT {
    at_time(begin)
    at_time(end)
    if (t < begin) {
        i = 0
    } else if (t < end) {
        i = amplitude*sin(2*PI*frequency*(t - begin)*(.001))
    } else {
        i = amplitude/2
    }
}
