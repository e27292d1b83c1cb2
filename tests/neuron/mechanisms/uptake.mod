TITLE uptake whose slope has no value while there is nothing to take up

NEURON {
    SUFFIX uptake
    RANGE rate, half
}

PARAMETER {
    rate = 0.02 (mM/ms)
    half = 0.3 (mM)
}

STATE { x (mM) }

INITIAL { x = 0 }

BREAKPOINT { SOLVE kinetics METHOD derivimplicit }

DERIVATIVE kinetics {
    x' = -rate/(1 + half/x)
}
