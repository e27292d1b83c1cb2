TITLE gate with a table that NEURON makes anew for each instance whose parameters differ

NEURON {
    SUFFIX owntable
    NONSPECIFIC_CURRENT i
    RANGE gbar, e, shift, slope, lowest
    GLOBAL ninf, ntau
}

PARAMETER {
    gbar = 0.0003 (S/cm2)
    e = -20 (mV)
    shift = 5 (mV)
    slope = 9 (mV)
    lowest = -120 (mV)
}

ASSIGNED { v (mV) i (mA/cm2) ninf ntau (ms) celsius (degC) }

STATE { n }

INITIAL {
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = gbar*n*block(v)*(v - e)
}

DERIVATIVE states {
    rates(v)
    n' = (ninf - n)/ntau
}

PROCEDURE rates(u (mV)) {
    TABLE ninf, ntau DEPEND celsius, shift, slope, lowest FROM lowest TO 80 WITH 25
    ninf = 1/(1 + exp(-(u - shift)/slope))
    ntau = 1 + 4*exp(-((u - shift)/30)^2)
}

FUNCTION block(u (mV)) {
    TABLE DEPEND slope FROM -120 TO 80 WITH 20
    block = 1/(1 + exp(-u/(3*slope)))
}
