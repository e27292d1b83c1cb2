TITLE Synapse whose conductance is a difference of two exponentials

COMMENT
After an event of weight w at time 0

    g(t) = w*factor*(exp(-t/tau2) - exp(-t/tau1)),    tau1 < tau2

and factor makes the peak of g equal to w. The peak is where the derivative of the
bracket vanishes, at t = tau1*tau2/(tau2 - tau1)*log(tau2/tau1).

The two exponentials are independent linear states, A and B, so that each step is
exact. Both are there to be added to, so one instance serves any number of inputs.
As tau1 approaches tau2 the limit is the alpha function; as tau1/tau2 approaches 0,
a single exponential. Ratios outside 1e-9 to 0.9999 are moved to the nearer end.
ENDCOMMENT

NEURON {
    POINT_PROCESS Exp2Syn
    THREADSAFE
    RANGE tau1, tau2, e, i, g
    NONSPECIFIC_CURRENT i
}

UNITS {
    (uS) = (microsiemens)
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    tau1 = 0.1 (ms) <1e-9, 1e9>
    tau2 = 10  (ms) <1e-9, 1e9>
    e    = 0   (mV)
}

ASSIGNED {
    v (mV)
    i (nA)
    g (uS)
    factor
}

STATE {
    A (uS)
    B (uS)
}

INITIAL {
    LOCAL peak
    if (tau1/tau2 > 0.9999) {
        tau1 = 0.9999*tau2
    }
    if (tau1/tau2 < 1e-9) {
        tau1 = tau2*1e-9
    }
    peak = tau1*tau2/(tau2 - tau1)*log(tau2/tau1)
    factor = 1/(exp(-peak/tau2) - exp(-peak/tau1))
    A = 0
    B = 0
}

BREAKPOINT {
    SOLVE decay METHOD cnexp
    g = B - A
    i = g*(v - e)
}

DERIVATIVE decay {
    A' = -A/tau1
    B' = -B/tau2
}

NET_RECEIVE (weight (uS)) {
    LOCAL jump
    jump = weight*factor
    A = A + jump
    B = B + jump
}
