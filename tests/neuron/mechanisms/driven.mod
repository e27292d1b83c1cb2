TITLE a current that is a function of time, and one of time and v

NEURON {
    SUFFIX driven
    NONSPECIFIC_CURRENT i
    RANGE amp, freq, y
}

PARAMETER {
    amp = 0.002 (mA/cm2)
    freq = 0.25 (/ms)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    y
}

BREAKPOINT {
    SOLVE drive METHOD cvode_t
    i = -amp*y
}

PROCEDURE drive() {
    y = sin(6.283185307179586*freq*t)
}
