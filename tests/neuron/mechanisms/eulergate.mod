TITLE A gate by METHOD euler, with a rate that depends on the gate itself

NEURON {
    SUFFIX eulergate
    USEION k READ ek WRITE ik
    RANGE gbar
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    gbar = 1e-3 (S/cm2)
}

ASSIGNED {
    v  (mV)
    ek (mV)
    ik (mA/cm2)
}

STATE { w z }

INITIAL {
    w = 0.1
    z = w^2
}

BREAKPOINT {
    SOLVE gates METHOD euler
    ik = gbar*w*(1 - z)*(v - ek)
}

DERIVATIVE gates {
    w' = (1/(1 + exp(-(v + 40(mV))/7(mV))) - w*w)/5(ms)
    z' = (w - z)/20(ms)
}
