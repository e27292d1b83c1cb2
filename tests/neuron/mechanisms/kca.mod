TITLE Calcium-dependent potassium current: READ of one ion, WRITE of another

NEURON {
    SUFFIX kca
    USEION k READ ek WRITE ik
    USEION ca READ cai
    RANGE gbar, kd
}

UNITS {
    (mM) = (milli/liter)
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gbar = 2e-3 (S/cm2)
    kd = 5e-4   (mM)
}

ASSIGNED {
    v   (mV)
    ek  (mV)
    cai (mM)
    ik  (mA/cm2)
}

BREAKPOINT { ik = gbar*hill(cai)*(v - ek) }

FUNCTION hill(c (mM)) { hill = c^4/(c^4 + kd^4) }
