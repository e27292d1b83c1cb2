TITLE A STATE that is the current

NEURON {
    SUFFIX statecur
    NONSPECIFIC_CURRENT i
    RANGE tau, amp
}

PARAMETER { tau = 2  amp = 0.003 }

ASSIGNED { v }

STATE { i }

INITIAL { i = 0.001 }

BREAKPOINT { SOLVE states METHOD cnexp }

DERIVATIVE states { i' = (amp*(v + 60)/50 - i)/tau }
