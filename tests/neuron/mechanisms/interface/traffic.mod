TITLE BEFORE and AFTER with a single ion variable to read and a single one to write

NEURON {
    SUFFIX traffic
    USEION ca READ ica WRITE cai
    RANGE early, late, stepped
}

ASSIGNED {
    v (mV)
    ica (mA/cm2)
    cai (mM)
    early
    late
    stepped
}

STATE { x }

INITIAL {
    x = 1
    cai = 1e-3
}

BEFORE BREAKPOINT {
    early = ica
    cai = 1e-3*(1 + x)
}

AFTER SOLVE { late = ica + v }

BEFORE STEP { stepped = cai + ica }

BREAKPOINT { SOLVE decay METHOD cnexp }

DERIVATIVE decay { x' = -x + v/100 }
