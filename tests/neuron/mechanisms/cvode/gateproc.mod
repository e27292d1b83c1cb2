TITLE The same gate in the obsolete form: a PROCEDURE that makes the exponential step

NEURON {
    SUFFIX gateproc
    USEION k WRITE ik
    RANGE gbar, n
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER { gbar = 0.01 (S/cm2) dt (ms) }

ASSIGNED {
    v (mV)
    ik (mA/cm2)
    ninf
    nexp
}

STATE { n }

INITIAL {
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE states
    ik = gbar*n*(v + 77)
}

PROCEDURE states() {
    rates(v)
    n = n + nexp*(ninf - n)
}

PROCEDURE rates(v (mV)) {
    TABLE ninf, nexp DEPEND dt FROM -100 TO 100 WITH 400
    ninf = 1/(1 + exp(-(v + 30)/9))
    nexp = 1 - exp(-dt/(1 + 5/(1 + exp((v + 30)/10))))
}
