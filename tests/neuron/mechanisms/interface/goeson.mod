TITLE A BREAKPOINT that reads the current that it writes: what the evaluation before left

NEURON {
    SUFFIX goeson
    USEION ca READ ica, cai WRITE ica
    RANGE seen, left
}

ASSIGNED {
    v (mV)
    ica (mA/cm2)
    cai (mM)
    seen
    left
}

BREAKPOINT {
    seen = ica
    ica = 1e-5*(v - 100)*(1 + cai)
    left = ica
}
