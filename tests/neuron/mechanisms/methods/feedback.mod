TITLE A scheme in which rate constants depend on states, and its steady state

NEURON {
    SUFFIX feedback
    RANGE blocked
}

PARAMETER { blocked = 0.5 }

ASSIGNED { v (mV) }

STATE { c o b }

INITIAL { SOLVE scheme STEADYSTATE sparse }

BREAKPOINT { SOLVE scheme METHOD sparse }

KINETIC scheme {
    LOCAL up, down
    up = exp((v + 40)/20)
    down = exp(-(v + 40)/20)
    ~ c <-> o (up, down)
    ~ o <-> b (blocked*up*o, blocked*0.1)
    CONSERVE c + o + b = 1
}
