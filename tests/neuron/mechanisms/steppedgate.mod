TITLE gates that a PROCEDURE moves, called where a variable step begins

NEURON {
    SUFFIX steppedgate
    NONSPECIFIC_CURRENT i
    RANGE gbar, target, calls
}

PARAMETER {
    gbar = 0.0005 (S/cm2)
    target = -50  (mV)
}

STATE { n }

ASSIGNED {
    v     (mV)
    i     (mA/cm2)
    calls
}

INITIAL {
    n = 0.5
    calls = 0
}

BREAKPOINT {
    SOLVE move METHOD after_cvode
    i = gbar*n*(v - target)
}

PROCEDURE move() {
    n = 1/(1 + exp(-(v + 40)/9))
    calls = calls + 1
}
