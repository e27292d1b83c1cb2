: A TABLE that names a PARAMETER, which its block reads and does not assign.
NEURON {
    SUFFIX tabledtau
    NONSPECIFIC_CURRENT i
    RANGE g, e
    GLOBAL ninf, part
}

PARAMETER {
    g = 0.001 (S/cm2)
    e = -80 (mV)
    taun = 5 (ms)
    dt (ms)
}

ASSIGNED { v (mV) i (mA/cm2) ninf part }

STATE { n }

INITIAL {
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = g*n*(v - e)
}

DERIVATIVE states {
    rates(v)
    n' = (ninf - n)/taun
}

PROCEDURE rates(v (mV)) {
    TABLE ninf, part, taun DEPEND dt FROM -200 TO 100 WITH 300
    ninf = 1/(1 + exp(-(v + 14)/16.6))
    part = 1 - exp(-dt/taun)
}
