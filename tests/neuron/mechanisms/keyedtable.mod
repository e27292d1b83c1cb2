TITLE gate whose rates come from a table that depends on RANGE variables

NEURON {
    SUFFIX keyedtable
    NONSPECIFIC_CURRENT i
    RANGE gbar, e, shift, slope, q, ninf, ntau
}

PARAMETER {
    gbar = 0.0003 (S/cm2)
    e = -20 (mV)
    shift = 5 (mV)
    slope = 9 (mV)
}

ASSIGNED { v (mV) i (mA/cm2) ninf ntau (ms) q celsius (degC) }

STATE { n }

INITIAL {
    q = 3^((celsius - 20)/10)
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
    TABLE ninf, ntau DEPEND q, shift FROM -120 TO 80 WITH 25
    ninf = 1/(1 + exp(-(u - shift)/slope))
    ntau = (1 + 4*exp(-((u - shift)/30)^2))/q
}

FUNCTION block(u (mV)) {
    TABLE DEPEND slope FROM -120 TO 80 WITH 20
    block = 1/(1 + exp(-u/(3*slope)))
}
