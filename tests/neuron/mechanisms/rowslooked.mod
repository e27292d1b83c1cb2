TITLE what making a table leaves behind, in a file that NEURON does not take for thread safe

NEURON {
    SUFFIX rowslooked
    NONSPECIFIC_CURRENT i
    RANGE gbar, ninf, ntau, slope, shift, steps
    GLOBAL runs, extra
}

PARAMETER {
    gbar = 0.0004 (S/cm2)
    high = 2.5
    runs = 0
    extra = 0
}

ASSIGNED { v (mV) i (mA/cm2) ninf ntau (ms) slope (mV) shift (mV) celsius (degC) steps[3] }

STATE { n }

INITIAL {
    shift = 6
    runs = runs + 1
    high = 1.5 + high
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = gbar*n*(v + 30)*high
}

DERIVATIVE states {
    rates(v)
    n' = (ninf - n)/ntau
}

FUNCTION half(u (mV)) {
    TABLE FROM -120 TO 120 WITH 21
    steps[2] = u
    half = exp(-u*u/900)
}

: shift is 6 where this is made
PROCEDURE rates(u (mV)) {
    TABLE ninf, ntau DEPEND celsius FROM -110 TO 60 WITH 40
    slope = 9 + u/40
    extra = u
    steps[1] = 2*slope
    FROM k = 0 TO 0 { steps[k] = u + k }
    ninf = 1/(1 + exp(-(u + shift + 45)/slope))
    ntau = 1 + half(u)*3^((20 - celsius)/10)
}
