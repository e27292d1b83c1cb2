COMMENT
A sodium current whose activation has no state: the DERIVATIVE block computes it for BREAKPOINT.
ENDCOMMENT

NEURON {
    SUFFIX instant
    USEION na READ ena WRITE ina
    RANGE gbar, g
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}

PARAMETER { gbar = 0.003 (S/cm2) }

ASSIGNED {
    v (mV)
    ena (mV)
    ina (mA/cm2)
    g (S/cm2)
    minf
    hinf
    tau (ms)
}

STATE { h }

INITIAL {
    rates(v)
    h = hinf
}

BREAKPOINT {
    SOLVE gate METHOD cnexp
    g = gbar*minf^3*h
    ina = g*(v - ena)
}

DERIVATIVE gate {
    rates(v)
    h' = (hinf - h)/tau
}

PROCEDURE rates(v (mV)) {
    minf = 1/(1 + exp(-(v + 52)/6))
    hinf = 1/(1 + exp((v + 58)/7))
    tau = 1 + 6/(1 + exp((v + 50)/8))
}
