TITLE A KINETIC scheme whose states are not declared in the order in which NEURON lists them

NEURON {
    SUFFIX listedk
    NONSPECIFIC_CURRENT i
}

STATE { c1 c2 o2 o1 b1 B z[2] }

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

INITIAL {
    c1 = 0.1
    c2 = 0.2
    o1 = 0.15
    o2 = 0.35
    b1 = 0.15
    B = 0.05
    z[0] = 0.1
    z[1] = 0.2
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    i = 1e-6*o1*v
}

KINETIC scheme {
    ~ c1 <-> c2 (1, 0.5)
    ~ c2 <-> o2 (1, 0.4)
    ~ o2 <-> o1 (1, 0.3)
    ~ b1 <-> B (0.4, 0.3)
    ~ z[0] <-> z[1] (0.2, 0.1)
    CONSERVE c1 + c2 + o2 + o1 = 0.8
    CONSERVE b1 + B = 0.2
}
