TITLE Calcium under the membrane: the state is the ion's concentration itself

NEURON {
    SUFFIX caaccum
    USEION ca READ ica, cai WRITE cai
    RANGE depth, tau, rest
}

UNITS {
    (mM) = (milli/liter)
    (um) = (micron)
    (mA) = (milliamp)
    FARADAY = (faraday) (coulomb)
}

PARAMETER {
    depth = 0.1 (um)
    tau = 20    (ms)
    rest = 5e-5 (mM)
}

ASSIGNED { ica (mA/cm2) }

STATE { cai (mM) }

INITIAL { cai = rest }

BREAKPOINT { SOLVE shell METHOD derivimplicit }

DERIVATIVE shell {
    cai' = -ica*(1e4)/(2*FARADAY*depth) - (cai - rest)/tau
}
