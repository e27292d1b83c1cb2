TITLE A BREAKPOINT that adds up by itself

NEURON {
    SUFFIX counter
    NONSPECIFIC_CURRENT i
    RANGE charge, top, evaluations
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    charge
    top (mV)
    evaluations
}

INITIAL {
    charge = 0
    top = -100
    evaluations = 0
}

BREAKPOINT {
    i = 1e-4*(v + 70)
    charge = charge + i*dt
    IF (v > top) { top = v }
    evaluations = evaluations + 1
}
