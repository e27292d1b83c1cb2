COMMENT
Uptake that saturates, in the form that has no Jacobian where nothing is there: km/0.
ENDCOMMENT

NEURON {
    POINT_PROCESS Uptake
    RANGE vmax, km
}

PARAMETER {
    vmax = 0.5 (mM/ms)
    km = 0.2 (mM)
}

UNITS { (mM) = (milli/liter) }

STATE { x (mM) }

INITIAL { x = 0 }

BREAKPOINT { SOLVE pump METHOD derivimplicit }

DERIVATIVE pump { x' = -vmax/(km/x + 1) }

NET_RECEIVE(weight (mM)) { x = x + weight }
