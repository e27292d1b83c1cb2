TITLE An ion named n, so that in and en are variables

NEURON {
    SUFFIX ionn
    USEION n READ en, ni WRITE in VALENCE 1
    RANGE g, in
}

PARAMETER { g = 0.0002 }

ASSIGNED { v en in ni }

BREAKPOINT { in = g*(v - en) + 0*ni }
