TITLE keeps the reversal potential that its BREAKPOINT and its INITIAL saw

NEURON {
    SUFFIX ekseen
    USEION k READ ek, ik
    RANGE seen, first, current
}

ASSIGNED { ek (mV) ik (mA/cm2) seen (mV) first (mV) current (mA/cm2) }

INITIAL { first = ek }

BREAKPOINT {
    seen = ek
    current = ik
}
