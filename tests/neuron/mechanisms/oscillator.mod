TITLE A relaxation oscillator: two non-linear states, solved together

NEURON {
    SUFFIX osc
    NONSPECIFIC_CURRENT i
    RANGE g, e, mu, x0, i
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S)  = (siemens)
}

PARAMETER {
    g  = 1e-4 (S/cm2)
    e  = -60  (mV)
    mu = 1.5  (/ms)
    x0 = 0.5
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

STATE { x w }

INITIAL {
    x = x0
    w = 0
}

BREAKPOINT {
    SOLVE motion METHOD derivimplicit
    i = g*(1 + 0.5*x)*(v - e)
}

DERIVATIVE motion {
    x' = mu*(x - x*x*x/3 - w)
    w' = x/mu + 0.01(/mV/ms)*(v + 65)
}
