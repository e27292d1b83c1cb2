COMMENT
A pump that turns over: its current is the net flux of one reaction of the scheme.
ENDCOMMENT

NEURON {
    SUFFIX turnover
    NONSPECIFIC_CURRENT i
    RANGE scale, net
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
}

PARAMETER { scale = 0.05 (mA-ms/cm2) }

ASSIGNED {
    v (mV)
    i (mA/cm2)
    net (/ms)
}

STATE { a b }

INITIAL {
    a = 0.2
    b = 0.8
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    i = scale*net
}

KINETIC scheme {
    ~ a <-> b (0.3 (/ms)*exp(-v/80(mV)), 0.1 (/ms))
    net = f_flux - b_flux
}
