TITLE Counts action potentials

COMMENT
An action potential is where v reaches thresh from below; n counts them and time is when the
last one was noticed, at the end of a step; that is also the time of an event to NetCons.
firing is 1 until v is below thresh again.
ENDCOMMENT

NEURON {
    POINT_PROCESS APCount
    RANGE n, thresh, time, firing
}

UNITS { (mV) = (millivolt) }

PARAMETER {
    n
    thresh = -20 (mV)
    time (ms)
}

ASSIGNED {
    v (mV)
    firing
}

INITIAL {
    n = 0
    firing = 0
    check()
}

BREAKPOINT { SOLVE check METHOD after_cvode }

PROCEDURE check() {
    if (v >= thresh) {
        if (firing == 0) {
            firing = 1
            time = t
            n = n + 1
            net_event(t)
        }
    } else if (firing != 0 && t > time) {
        firing = 0
    }
}
