TITLE Potassium channel of the squid giant axon

COMMENT
A. L. Hodgkin and A. F. Huxley, J. Physiol. 117 (1952) 500-544, equations 12 and
13: the potassium current of hh.mod alone.
ENDCOMMENT

NEURON {
    SUFFIX HHk
    THREADSAFE
    USEION k READ ek WRITE ik
    RANGE gkbar, ik
    GLOBAL inf, tau
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER { gkbar = 0.036 (mho/cm2) <0, 1e9> }

ASSIGNED {
    v       (mV)
    celsius (degC)
    ek      (mV)
    ik      (mA/cm2)
    inf
    tau     (ms)
}

STATE { n }

INITIAL {
    rate(v*1(/mV))
    n = inf
}

BREAKPOINT {
    SOLVE gate METHOD cnexp
    ik = gkbar*n*n*n*n*(v - ek)
}

DERIVATIVE gate {
    rate(v*1(/mV))
    n' = (inf - n)/tau
}

UNITSOFF

PROCEDURE rate(v) {
    LOCAL opening, closing
    TABLE inf, tau DEPEND celsius FROM -100 TO 100 WITH 200
    opening = alp(v)
    closing = bet(v)
    inf = opening/(opening + closing)
    tau = 1/(opening + closing)
}

: u is the paper's potential: from rest, depolarization negative
FUNCTION alp(v (mV)) {
    LOCAL q, u
    u = -v - 65
    q = 3^((celsius - 6.3)/10)
    alp = q*0.01*expM1(u + 10, 10)
}

FUNCTION bet(v (mV)) {
    LOCAL q, u
    u = -v - 65
    q = 3^((celsius - 6.3)/10)
    bet = q*0.125*exp(u/80)
}

: x/(exp(x/y) - 1), by its first two Taylor terms where that is 0/0
FUNCTION expM1(x, y) {
    if (fabs(x/y) >= 1e-6) {
        expM1 = x/(exp(x/y) - 1)
    } else {
        expM1 = y*(1 - x/y/2)
    }
}

UNITSON
