COMMENT
INITIAL reads what only DERIVATIVE computes.
ENDCOMMENT

NEURON {
    SUFFIX lateinit
    NONSPECIFIC_CURRENT i
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    minf
}

STATE { m }

INITIAL { m = minf }

BREAKPOINT {
    SOLVE gate METHOD cnexp
    i = 0.0001(S/cm2)*m*(v + 80(mV))
}

DERIVATIVE gate {
    minf = 1/(1 + exp(-(v + 55(mV))/9(mV)))
    m' = (minf - m)/4(ms)
}
