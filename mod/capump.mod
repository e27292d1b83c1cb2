TITLE Calcium pump with Michaelis-Menten kinetics

NEURON {
    SUFFIX capump
    THREADSAFE
    USEION ca READ cai WRITE ica
    RANGE vmax, kmp, ica
}

UNITS {
    (uM) = (micro/liter)
    (mM) = (milli/liter)
    (mA) = (milliamp)
}

PARAMETER {
    vmax = 0.0667 (mA/cm2) <0, 1e6> : at 6.3 degC
    kmp  = 0.2    (uM)     <0, 1e6> : cai of half the greatest current
}

ASSIGNED {
    celsius (degC)
    cai     (mM)
    ica     (mA/cm2)
}

: Tripled by 10 degC.
BREAKPOINT {
    LOCAL q
    q = 3^((celsius - 6.3)/10(degC))
    ica = vmax*q*cai/(cai + (.001)*kmp)/5.18
}
