TITLE Calcium channel of the squid's presynaptic terminal

COMMENT
G. J. Augustine, "Regulation of transmitter release at the squid giant synapse by
presynaptic delayed rectifier potassium current", J. Physiol. 431 (1990) 341-364.

Five identical gates, and an open channel whose current saturates with the
driving concentration. To be used at 16 degC.
ENDCOMMENT

NEURON {
    SUFFIX cachan1
    THREADSAFE
    USEION ca READ cai, cao WRITE ica
    RANGE imax, K, ica
    GLOBAL inf, tau, rfac
}

UNITS {
    (M)  = (1/liter)
    (mM) = (milliM)
    (mA) = (milliamp)
    (mV) = (millivolt)
    k = (k) (joule/degC)
    e = (e) (coulombs)
}

PARAMETER {
    rfac = 1            <0.01, 1e5> : speeds both rates up
    K    = 140 (/M)     <1e-6, 1e6>
    imax = 1   (mA/cm2) <0, 1e9>
}

ASSIGNED {
    v       (mV)
    celsius (degC)
    cai     (mM)
    cao     (mM)
    ica     (mA/cm2)
    inf
    tau     (ms)
}

STATE { S }

INITIAL {
    rate(v)
    S = inf
}

BREAKPOINT {
    LOCAL entry
    SOLVE gate METHOD cnexp
    entry = K*cao*exp(-0.08(/mV)*(v + 70))
    ica = -imax*S^5*(entry - K*cai)/(1 + entry)
}

DERIVATIVE gate {
    rate(v)
    S' = (inf - S)/tau
}

PROCEDURE rate(v (mV)) {
    LOCAL opening, closing
    TABLE inf, tau DEPEND celsius, rfac FROM -100 TO 100 WITH 200
    opening = alp(v)
    closing = bet(v)
    inf = opening/(opening + closing)
    tau = 1/(opening + closing)
}

: 0.85 and 0.38 elementary charges cross the field on opening and closing
FUNCTION alp(v (mV)) (/ms) {
    alp = rfac*1.1(/ms)*exp(0.85*(.001)*e/k/(273 + celsius)*v)
}

FUNCTION bet(v (mV)) (/ms) {
    bet = rfac*0.168(/ms)*exp(-0.38*(.001)*e/k/(273 + celsius)*v)
}
