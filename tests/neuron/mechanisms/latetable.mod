TITLE gate with a table of what INITIAL computes, in a file that NEURON does not take for thread safe

NEURON {
    SUFFIX latetable
    NONSPECIFIC_CURRENT i
    GLOBAL factor, ninf, ntau, runs
}

PARAMETER {
    gbar = 0.0003 (S/cm2)
    factor
    runs = 0
}

ASSIGNED { v (mV) i (mA/cm2) ninf ntau (ms) celsius (degC) }

STATE { n }

INITIAL {
    runs = runs + 1
    factor = 3^((celsius - 20)/10)/10
    n = activation(v)
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = gbar*n*(v + 20)
}

DERIVATIVE states {
    rates(v)
    n' = (ninf - n)/ntau
}

PROCEDURE rates(u (mV)) {
    TABLE ninf, ntau DEPEND celsius FROM -120 TO 80 WITH 25
    ninf = activation(u)
    ntau = 1/factor
}

FUNCTION activation(u (mV)) {
    TABLE DEPEND factor FROM -120 TO 80 WITH 30
    activation = 1/(1 + factor*exp(-u/9))
}
