TITLE Without a current all is solved before the rest of BREAKPOINT is executed

NEURON { SUFFIX solvefirst RANGE x, y, z, n }

ASSIGNED { v x y z n }

STATE { s }

INITIAL { s = 0.5 n = 0 }

BREAKPOINT {
    x = s
    n = n + 1
    SOLVE states METHOD cnexp
    y = s
    z = n
}

DERIVATIVE states { s' = (v/100 - s)/3 }
