TITLE A channel that steps aside from the voltage where its rate is 0/0

: `v` is the instance's copy: what is assigned holds to the end of the block, and the node
: never sees it.

NEURON {
    SUFFIX aside
    NONSPECIFIC_CURRENT i
    RANGE gbar, seen, began
}

PARAMETER { gbar = 0.001 (S/cm2) }

ASSIGNED { v (mV) i (mA/cm2) ninf ntau (ms) seen (mV) began (mV) }

STATE { n }

INITIAL {
    rates()
    n = ninf
    began = v
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    seen = v
    if (v > -62) {
        v = v + 2
    }
    i = gbar*n*(v + 77)
}

DERIVATIVE states {
    rates()
    n' = (ninf - n)/(ntau + 0.01*(v + 65))
}

PROCEDURE rates() {
    if (fabs(v + 55) < 12) {
        v = v + 0.5
    }
    ninf = 0.1*(v + 55)/(1 - exp(-(v + 55)/10))/4
    ntau = 2
}
