TITLE Voltage clamp that is switched on and off

COMMENT
A voltage source vc in series with the resistance rs drives the cell from time on to
time off, if switched_on is not 0:

    i = (vc - v)/rs

vc may be changed or played into at any time. The current belongs to an electrode: positive i
depolarizes. As in SEClamp, SOLVE computes i from the potential at the end of the step.
ENDCOMMENT

NEURON {
    POINT_PROCESS OClamp
    RANGE on, off, rs, vc, i, switched_on
    ELECTRODE_CURRENT i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

PARAMETER {
    rs = 1 (megohm) <1e-9, 1e9>
    on (ms)
    off (ms)
    vc (mV)
    switched_on
}

ASSIGNED {
    v (mV)
    i (nA)
    holds : 1 while the clamp is connected
}

INITIAL { holds = 0 }

BREAKPOINT {
    SOLVE icur METHOD after_cvode
    vstim()
    icur()
}

: Whether the clamp is connected at the present time.
PROCEDURE vstim() {
    holds = 0
    if (switched_on != 0) {
        at_time(on)
        at_time(off)
        if (t >= on && t <= off) {
            holds = 1
        }
    }
}

: The current at the present potential.
PROCEDURE icur() {
    i = 0
    if (holds != 0) {
        i = (vc - v)/rs
    }
}
