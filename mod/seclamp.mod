TITLE Single electrode voltage clamp with three levels

COMMENT
A voltage source vc in series with the resistance rs drives the cell:

    i = (vc - v)/rs

vc is amp1 until dur1, amp2 for the following dur2, amp3 for the following dur3; then the
clamp is off. The current belongs to an electrode: positive i depolarizes.

The statement SOLVE computes i again from the potential at the end of the step, so that
what is seen after a step is the current that flowed in it.
ENDCOMMENT

NEURON {
    POINT_PROCESS SEClamp
    RANGE dur1, amp1, dur2, amp2, dur3, amp3, rs, vc, i
    ELECTRODE_CURRENT i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    rs = 1 (megohm) <1e-9, 1e9>
    dur1 (ms)
    amp1 (mV)
    dur2 (ms) <0, 1e9>
    amp2 (mV)
    dur3 (ms) <0, 1e9>
    amp3 (mV)
}

ASSIGNED {
    v (mV)
    i (nA)
    vc (mV)
    end2 (ms) : where the second level ends
    end3 (ms) : where the third one ends
    on        : 1 while the clamp holds
}

INITIAL {
    end2 = dur1 + dur2
    end3 = end2 + dur3
    on = 0
}

BREAKPOINT {
    SOLVE icur METHOD after_cvode
    vstim()
    icur()
}

: Chooses the level for the present time.
PROCEDURE vstim() {
    if (dur1 != 0) { at_time(dur1) }
    if (dur2 != 0) { at_time(end2) }
    if (dur3 != 0) { at_time(end3) }
    on = 1
    if (t < dur1) {
        vc = amp1
    } else if (t < end2) {
        vc = amp2
    } else if (t < end3) {
        vc = amp3
    } else {
        vc = 0
        on = 0
    }
}

PROCEDURE icur() {
    i = 0
    if (on != 0) {
        i = (vc - v)/rs
    }
}
