TITLE Current noise from a stream of random numbers

NEURON {
    POINT_PROCESS Noise
    ELECTRODE_CURRENT i
    RANGE mean, deviation, id, i, last
    RANDOM stream
}

UNITS { (nA) = (nanoamp) }

PARAMETER {
    mean = 0.05      (nA)
    deviation = 0.02 (nA)
    id = 1
}

ASSIGNED {
    i    (nA)
    x    (nA)
    last
}

INITIAL {
    random_setids(stream, id, 2, 3)
    random_setseq(stream, 5)
    x = mean
    last = random_uniform(stream)
}

BREAKPOINT {
    SOLVE draw METHOD after_cvode
    i = x
}

PROCEDURE draw() {
    x = random_normal(stream, mean, deviation)
    last = random_negexp(stream, 2)
}
