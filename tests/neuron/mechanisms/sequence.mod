TITLE The order of blocks: a PROCEDURE in each step, before the states

NEURON {
    SUFFIX sequence
    NONSPECIFIC_CURRENT i
    RANGE g, i, calls, vlast, slope
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER { g = 1e-4 (S/cm2) }

ASSIGNED {
    v     (mV)
    i     (mA/cm2)
    dt    (ms)
    calls
    vlast (mV)
    slope (mV/ms)
}

STATE {
    fast
    slow
}

INITIAL {
    fast = 0
    slow = 0.2
    calls = 0
    vlast = v
    slope = 0
}

BREAKPOINT {
    SOLVE once METHOD after_cvode
    SOLVE gates METHOD cnexp
    i = g*(1 + fast + slow)*(v + 66(mV))
}

PROCEDURE once() {
    calls = calls + 1
    slope = (v - vlast)/dt
    vlast = v
}

DERIVATIVE gates {
    fast' = (0.01(/mV)*(v + 65(mV)) - fast)/0.5(ms)
    slow' = (fast - slow)/(5(ms) + calls*0.001(ms))
}
