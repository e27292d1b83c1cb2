TITLE Potassium inside and outside: WRITE of both concentrations

NEURON {
    SUFFIX kaccum
    USEION k READ ik, ki, ko WRITE ki, ko
    RANGE width
}

UNITS {
    (mM) = (milli/liter)
    (um) = (micron)
    (mA) = (milliamp)
    FARADAY = (faraday) (10000 coulomb)
}

PARAMETER { width = 0.02 (um) }

ASSIGNED {
    ik   (mA/cm2)
    diam (um)
}

STATE {
    ki (mM)
    ko (mM)
}

BREAKPOINT { SOLVE spaces METHOD derivimplicit }

DERIVATIVE spaces {
    ki' = -4*ik/(FARADAY*diam)
    ko' = ik/(FARADAY*width) - (ko - 2.5(mM))/30(ms)
}
