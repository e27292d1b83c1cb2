TITLE Alpha function synapse: one conductance transient at a given time

COMMENT
From time onset on, the conductance is

    g(t) = gmax * x * exp(1 - x),    x = (t - onset)/tau

which rises to gmax at onset + tau. It ends at 10 time constants.
ENDCOMMENT

NEURON {
    POINT_PROCESS AlphaSynapse
    RANGE onset, tau, gmax, e, i
    NONSPECIFIC_CURRENT i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    onset (ms)
    tau = 0.1 (ms) <1e-3, 1e6>
    gmax (uS) <0, 1e9>
    e (mV)
}

ASSIGNED {
    v (mV)
    i (nA)
}

BREAKPOINT {
    if (gmax != 0) {
        : variable step integrators stop where the transient begins
        at_time(onset)
    }
    i = gmax*alpha((t - onset)/tau)*(v - e)
}

: The transient over time in units of tau, with a maximum of 1.
FUNCTION alpha(x) {
    alpha = 0
    if (x >= 0 && x <= 10) {
        alpha = x*exp(1 - x)
    }
}
