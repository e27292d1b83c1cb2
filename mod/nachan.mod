TITLE Sodium channel of the squid giant axon

COMMENT
A. L. Hodgkin and A. F. Huxley, J. Physiol. 117 (1952) 500-544, equations 20, 21,
23 and 24: the sodium current of hh.mod alone.
ENDCOMMENT

NEURON {
    SUFFIX HHna
    THREADSAFE
    USEION na READ ena WRITE ina
    RANGE gnabar, ina
    GLOBAL minf, hinf, mtau, htau
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
}

PARAMETER { gnabar = 0.12 (mho/cm2) <0, 1e9> }

ASSIGNED {
    v       (mV)
    celsius (degC)
    ena     (mV)
    ina     (mA/cm2)
    minf
    hinf
    mtau    (ms)
    htau    (ms)
}

STATE { m h }

INITIAL {
    rates(v)
    h = hinf
    m = minf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    ina = gnabar*m*m*m*h*(v - ena)
}

DERIVATIVE gates {
    rates(v)
    m' = (minf - m)/mtau
    h' = (hinf - h)/htau
}

PROCEDURE rates(v (mV)) {
    LOCAL opening, closing
    TABLE minf, hinf, mtau, htau DEPEND celsius FROM -100 TO 100 WITH 200
    opening = alp(v, 0)
    closing = bet(v, 0)
    minf = opening/(opening + closing)
    mtau = 1/(opening + closing)
    opening = alp(v, 1)
    closing = bet(v, 1)
    hinf = opening/(opening + closing)
    htau = 1/(opening + closing)
}

: The opening rate of gate 0 (m) or 1 (h). u is the paper's potential: from rest,
: depolarization negative.
FUNCTION alp(v (mV), gate) (/ms) {
    LOCAL q, u
    u = -v - 65(mV)
    q = 3^((celsius - 6.3(degC))/10(degC))
    if (gate == 0) {
        alp = q*0.1(/ms)*expM1(u*1(/mV) + 25, 10)
    } else if (gate == 1) {
        alp = q*0.07(/ms)*exp(u/20(mV))
    }
}

: The closing rate of gate 0 (m) or 1 (h).
FUNCTION bet(v (mV), gate) (/ms) {
    LOCAL q, u
    u = -v - 65(mV)
    q = 3^((celsius - 6.3(degC))/10(degC))
    if (gate == 0) {
        bet = q*4(/ms)*exp(u/18(mV))
    } else if (gate == 1) {
        bet = q*1(/ms)/(exp(0.1(/mV)*u + 3) + 1)
    }
}

: x/(exp(x/y) - 1), by its first two Taylor terms where that is 0/0
FUNCTION expM1(x, y) {
    if (fabs(x/y) >= 1e-6) {
        expM1 = x/(exp(x/y) - 1)
    } else {
        expM1 = y*(1 - x/y/2)
    }
}
