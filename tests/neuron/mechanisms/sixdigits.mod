TITLE defaults with more digits than NEURON's translator keeps

NEURON {
    SUFFIX sixdigits
    RANGE own, first
    GLOBAL shared
}

PARAMETER {
    own = 12.3456789
    shared = 96485.309
    seed = 5061983
    small = -6.3680304e-08
    exact = 0.1
}

CONSTANT { faraday = 96485.309 }

STATE { s START 0.123456789 }

ASSIGNED { first }

INITIAL {
    first = faraday
}
