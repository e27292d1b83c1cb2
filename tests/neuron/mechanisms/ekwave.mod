TITLE writes a reversal potential that others read

NEURON {
    SUFFIX ekwave
    USEION k WRITE ek
    RANGE seen
}

ASSIGNED { v (mV) ek (mV) seen (mV) }

INITIAL {
    ek = -82
    seen = v
}

BREAKPOINT {
    SOLVE watch
    ek = -80 + 3*sin(t/2)
}

PROCEDURE watch() { seen = v }
