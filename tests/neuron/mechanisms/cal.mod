TITLE Ohmic calcium current with the reversal potential of the ion, and one that reads cai

NEURON {
    SUFFIX cal
    USEION ca READ eca, cai WRITE ica
    RANGE gbar, khalf
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gbar = 5e-4  (S/cm2)
    khalf = 1e-3 (mM)
}

ASSIGNED {
    v   (mV)
    eca (mV)
    cai (mM)
    ica (mA/cm2)
}

STATE { m }

INITIAL { m = minf(v) }

BREAKPOINT {
    SOLVE gate METHOD cnexp
    ica = gbar*m*m/(1 + cai/khalf)*(v - eca)
}

DERIVATIVE gate { m' = (minf(v) - m)/1.5(ms) }

FUNCTION minf(v (mV)) { minf = 1/(1 + exp(-(v + 30(mV))/6(mV))) }
