TITLE pulses whose times are told to the integrator, in both styles

NEURON {
    POINT_PROCESS Pulse
    ELECTRODE_CURRENT i
    RANGE on, off, amp, i, style
}

PARAMETER {
    on = 1   (ms)
    off = 2  (ms)
    amp = 1  (nA)
    style = 0
}

ASSIGNED {
    i    (nA)
    level
}

INITIAL {
    level = 0
    i = 0
}

BREAKPOINT {
    IF (style == 0) {
        at_time(on)
        at_time(off)
        IF (t >= on && t <= off) {
            level = amp
        } ELSE {
            level = 0
        }
    } ELSE {
        IF (at_time(on)) { level = amp }
        IF (at_time(off)) { level = 0 }
    }
    i = level
}
