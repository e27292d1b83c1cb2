TITLE CONDUCTANCE names less than the slope of the currents, and two conductances

NEURON {
    SUFFIX partly
    USEION k READ ek WRITE ik
    NONSPECIFIC_CURRENT i, other
    RANGE g
}

PARAMETER { g = 1e-4 (S/cm2) }

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    i (mA/cm2)
    other (mA/cm2)
}

BREAKPOINT {
    LOCAL gk, gi
    CONDUCTANCE gk USEION k
    CONDUCTANCE gi
    gk = 2*g
    gi = g/2
    ik = gk*(v - ek)
    i = 2*gi*(v + 60)
    other = 1e-5*v*v/50
}
