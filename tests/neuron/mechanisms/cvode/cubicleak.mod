TITLE A leak through a saturating pore: its drive solves a NONLINEAR block in a FUNCTION

NEURON {
    SUFFIX cubicleak
    NONSPECIFIC_CURRENT i
    RANGE g, drive
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER { g = 0.001 (S/cm2) }

ASSIGNED {
    v (mV)
    i (mA/cm2)
    drive
}

STATE { x }

INITIAL { x = 0 }

BREAKPOINT {
    drive = root(v)
    i = g*10*drive
}

FUNCTION root(v (mV)) {
    SOLVE cubic
    root = x
}

NONLINEAR cubic {
    ~ x + 0.2*x*x*x = (v + 65)/10
}
