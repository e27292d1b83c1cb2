TITLE What a variable was some time ago

NEURON {
    POINT_PROCESS Delayed
    RANGE vl, ml, wl, dur, back, far
}

UNITS {
    (mV) = (millivolt)
}

PARAMETER {
    dur = 1 (ms)
    back = 2.35 (ms)
    far = 100 (ms)
}

ASSIGNED {
    v (mV)
    vl (mV)
    ml
    wl[2]
    w[2]
}

STATE {
    m
}

INITIAL {
    m = 0.5
    w[0] = 0
    w[1] = 0
}

BEFORE STEP {
    LAG v BY dur
    vl = lag_v_dur
    w[0] = sin(t)
    w[1] = m + t
    LAG m BY back
    LAG v BY far
    ml = lag_m_back + 0.001*lag_v_far
}

AFTER SOLVE {
    LAG w BY dur
    wl[0] = lag_w_dur[0]
    wl[1] = lag_w_dur[1]
}

BREAKPOINT {
    SOLVE growth METHOD cnexp
}

DERIVATIVE growth {
    m' = -m/(3 (ms))
}
