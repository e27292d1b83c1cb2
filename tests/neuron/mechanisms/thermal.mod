TITLE Units with factors: gas constant, Faraday constant, calories, powers of ten

NEURON {
    SUFFIX thermal
    NONSPECIFIC_CURRENT i
    RANGE perm, energy, nernst, i
}

UNITS {
    (mA)  = (milliamp)
    (mV)  = (millivolt)
    (S)   = (siemens)
    (um)  = (micron)
    F     = (faraday) (kilocoulombs)
    R     = (k-mole) (joule/degC)
    RCAL  = (k-mole) (cal/degC)
    PI    = (pi) (1)
    LIGHT = (c) (cm/s)
    H     = (planck) (joule-s)
}

PARAMETER {
    perm = 1e-4 (S/cm2)
    enthalpy = 12 (kcal)
}

ASSIGNED {
    v       (mV)
    celsius (degC)
    i       (mA/cm2)
    energy
    nernst  (mV)
}

BREAKPOINT {
    energy = exp(enthalpy*(1e3)/RCAL*(1/293.15 - 1/(273.15 + celsius)))
    nernst = R*(celsius + 273.15)/F*log(140/12)
    i = perm*energy*(v - nernst)*sin(PI/6)*(1 + LIGHT*H*1e20)
}
