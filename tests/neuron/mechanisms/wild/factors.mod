TITLE Unit factors of all forms

NEURON {
    SUFFIX factors
    NONSPECIFIC_CURRENT i
    RANGE g
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
    (molar) = (1/liter)
    (mM) = (millimolar)
    R = (k-mole) (joule/degC)
    F = (faraday) (kilocoulombs)
    k2 = (mole k) (mV-coulomb/degC)
    F2 = (faraday) (10000 coulomb)
    FARADAY = 96485.309 (coul)
    h = (hour) (ms)
}

PARAMETER { g = 0.0002 (S/cm2) }

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

BREAKPOINT {
    i = g*(v + 70(mV)*R/8.3 + F2 + F/96 + k2/1e3 + 1e-6*FARADAY + 1e-9*h)
}
