TITLE The reversal potential of potassium as a function of time: WRITE ek

NEURON {
    SUFFIX setek
    USEION k WRITE ek
    RANGE rest, amplitude, period
}

UNITS {
    (mV) = (millivolt)
    PI = (pi) (1)
}

PARAMETER {
    rest = -77    (mV)
    amplitude = 5 (mV)
    period = 10   (ms)
}

ASSIGNED {
    ek (mV)
}

INITIAL { ek = rest }

BREAKPOINT { ek = rest + amplitude*sin(2*PI*t/period) }
