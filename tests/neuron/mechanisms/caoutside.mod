TITLE Calcium in the space around the membrane: WRITE cao, by cnexp

NEURON {
    SUFFIX caoutside
    USEION ca READ ica WRITE cao
    RANGE space, bath, tau, co
}

UNITS {
    (mM) = (milli/liter)
    (um) = (micron)
    (mA) = (milliamp)
    F = (faraday) (coulomb)
}

PARAMETER {
    space = 0.05 (um)
    bath = 2     (mM)
    tau = 10     (ms)
}

ASSIGNED {
    ica (mA/cm2)
    cao (mM)
}

STATE { co (mM) }

INITIAL {
    co = bath
    cao = co
}

BREAKPOINT { SOLVE diffusion METHOD cnexp }

DERIVATIVE diffusion {
    cao = co
    co' = ica*(1e4)/(2*F*space) + (bath - co)/tau
}
