TITLE current that looks a table up: its interpolation has bends

NEURON {
    SUFFIX bentcurrent
    NONSPECIFIC_CURRENT i
    RANGE g
    THREADSAFE
}

PARAMETER { g = 0.02 (S/cm2) }

ASSIGNED { v (mV) i (mA/cm2) }

BREAKPOINT {
    i = g*open(v)*(v + 80)
}

FUNCTION open(u (mV)) {
    TABLE FROM -100 TO 100 WITH 10
    open = 1/(1 + exp(-(u + 55)/4))
}
