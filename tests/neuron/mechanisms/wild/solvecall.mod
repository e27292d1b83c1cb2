TITLE A PROCEDURE that solves

NEURON { SUFFIX solvecall NONSPECIFIC_CURRENT i RANGE g, y }

PARAMETER { g = 0.0003 }

ASSIGNED { v i y }

STATE { s }

INITIAL { s = 0.5 }

BREAKPOINT {
    SOLVE step_all
    i = g*s*(v + 65)
}

PROCEDURE step_all() {
    y = s
    SOLVE states METHOD cnexp
}

DERIVATIVE states { s' = (v/100 - s)/3 }
