TITLE Tables: of a FUNCTION, of a PROCEDURE, and dependent on parameters

NEURON {
    SUFFIX tablegate
    USEION k READ ek WRITE ik
    RANGE gbar
    GLOBAL slope, half, speed
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gbar = 0.02 (S/cm2)
    slope = 9   (mV)
    half = -35  (mV)
    speed = 1
}

ASSIGNED {
    v       (mV)
    celsius (degC)
    ek      (mV)
    ik      (mA/cm2)
    ninf
    ntau    (ms)
}

STATE { n }

INITIAL {
    rates(v)
    n = ninf
}

BREAKPOINT {
    SOLVE gate METHOD cnexp
    ik = gbar*n*n*block(v)*(v - ek)
}

DERIVATIVE gate {
    rates(v)
    n' = (ninf - n)/ntau
}

PROCEDURE rates(v (mV)) {
    TABLE ninf, ntau DEPEND celsius, slope, half, speed FROM -90 TO 60 WITH 75
    ninf = 1/(1 + exp(-(v - half)/slope))
    ntau = (1(ms) + 8(ms)*exp(-((v - half)/20(mV))^2))/(speed*2.3^((celsius - 23(degC))/10(degC)))
}

FUNCTION block(v (mV)) {
    TABLE DEPEND slope FROM -80 TO 40 WITH 40
    block = 0.5 + 0.5/(1 + exp(v/slope))
}
