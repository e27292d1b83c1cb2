TITLE A potassium gate as a DERIVATIVE with cnexp

NEURON {
    SUFFIX gateform
    USEION k WRITE ik
    RANGE gbar, n
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER { gbar = 0.01 (S/cm2) }

ASSIGNED {
    v (mV)
    ik (mA/cm2)
    ninf
    ntau (ms)
}

STATE { n }

INITIAL {
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    ik = gbar*n*(v + 77)
}

DERIVATIVE states {
    rates(v)
    n' = (ninf - n)/ntau
}

PROCEDURE rates(v (mV)) {
    TABLE ninf, ntau FROM -100 TO 100 WITH 400
    ninf = 1/(1 + exp(-(v + 30)/9))
    ntau = 1 + 5/(1 + exp((v + 30)/10))
}
