TITLE Calcium channel: squid sodium activation, slowed, with a Goldman-Hodgkin-Katz current

COMMENT
The gate is m of A. L. Hodgkin and A. F. Huxley, J. Physiol. 117 (1952) 500-544,
squared and taufactor times slower. The current through the open channel
is the constant field equation: D. E. Goldman, J. Gen. Physiol. 27 (1943) 37-60;
A. L. Hodgkin and B. Katz, J. Physiol. 108 (1949) 37-77.
ENDCOMMENT

NEURON {
    SUFFIX cachan
    USEION ca READ cai, cao WRITE ica
    RANGE pcabar, ica
}

UNITS {
    (molar) = (1/liter)
    (mM) = (millimolar)
    (mA) = (milliamp)
    (mV) = (millivolt)
    FARADAY = (faraday) (coulomb)
    R = (k-mole) (joule/degC)
}

PARAMETER {
    taufactor = 2            <1e-6, 1e6>
    pcabar    = 2e-8  (cm/s) <0, 1e9> : permeability with all gates open
}

ASSIGNED {
    v       (mV)
    celsius (degC)
    cai     (mM)
    cao     (mM)
    ica     (mA/cm2)
}

STATE { oca }

INITIAL { oca = oca_ss(v) }

BREAKPOINT {
    SOLVE gate METHOD cnexp
    ica = pcabar*oca*oca*ghk(v, cai, cao)
}

DERIVATIVE gate {
    LOCAL inf, tau
    inf = oca_ss(v)
    tau = oca_tau(v)
    oca' = (inf - oca)/tau
}

: Current per permeability; inward, from co, is negative.
FUNCTION ghk(v (mV), ci (mM), co (mM)) (.001 coul/cm3) {
    LOCAL u
    u = (1e-3)*2*FARADAY*v/(R*(celsius + 273.15))
    ghk = (.001)*2*FARADAY*(ci*efun(-u) - co*efun(u))
}

: z/(exp(z) - 1), by its first two Taylor terms where that is 0/0
FUNCTION efun(z) {
    if (fabs(z) >= 1e-4) {
        efun = z/(exp(z) - 1)
    } else {
        efun = 1 - z/2
    }
}

FUNCTION oca_ss(v (mV)) {
    LOCAL u, opening, closing
    TABLE FROM -150 TO 150 WITH 200
    u = v + 65
    opening = 1(/ms)*efun(0.1(/mV)*(25 - u))
    closing = 4(/ms)*exp(-u/18(mV))
    oca_ss = opening/(opening + closing)
}

: The temperature does not enter, although the table depends on it.
FUNCTION oca_tau(v (mV)) (ms) {
    LOCAL u, opening, closing
    TABLE DEPEND celsius, taufactor FROM -150 TO 150 WITH 200
    u = v + 65
    opening = 1(/ms)*efun(0.1(/mV)*(25 - u))
    closing = 4(/ms)*exp(-u/18(mV))
    oca_tau = taufactor/(opening + closing)
}
