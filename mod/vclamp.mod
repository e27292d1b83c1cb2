TITLE Two electrode voltage clamp with three levels

COMMENT
Three amplifiers make the circuit; their potentials are unknowns of each step together with
the cell's, with backward differences for the two capacitances:

    measuring amplifier   vi = v + fac*(vo - v)
    gain amplifier        tau2*dvo/dt + vo = -gain*e
    its input             -stim - e + (vi - e) + tau1*d(vi - e)/dt = 0
    electrode             i = (vo - v)/rstim

fac compensates the share of the electrode's resistance. The command potential stim is
amp[0] for dur[0], then amp[1] for dur[1], then amp[2] for dur[2]; after them the
clamp is off. e0, vo0 and vi0 are the potentials at the end of the last step.

The equations are linear; e is what remains after the others are put in. They hold for steps of
fixed size only, and with secondorder = 0, because they are stiff. SOLVE computes the
current again from the potential at the end of the step: with a gain of 1e5 the value before
would be far from what flowed. Where steps are of variable length INITIAL refuses a clamp that is on;
one whose durations or amplitudes are 0 disturbs nothing.
ENDCOMMENT

NEURON {
    POINT_PROCESS VClamp
    RANGE e0, vo0, vi0, dur, amp, gain, rstim, tau1, tau2, fac, i
    ELECTRODE_CURRENT i
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
}

DEFINE LEVELS 3

PARAMETER {
    dur[LEVELS] (ms) <0, 1e9>
    amp[LEVELS] (mV)
    gain = 1e5 <0, 1e9>
    rstim = 1 (megohm) <1e-9, 1e9>
    tau1 = 0.001 (ms) <0, 1e9>
    tau2 (ms) <0, 1e9>
    e0 (mV)
    vo0 (mV)
    vi0 (mV)
    fac <1, 10>
}

ASSIGNED {
    v (mV)
    dt (ms)
    i (nA)
    stim (mV)
    end (ms) : after this the clamp is off
}

STATE {
    e (mV)
    vo (mV)
    vi (mV)
}

INITIAL {
    FROM level = 0 TO 2 {
        if (dur[level] > 0 && amp[level] != 0) {
VERBATIM
            if (cvode_active_) {
                hoc_execerror("VClamp", "does not work with variable steps; SEClamp does");
            }
ENDVERBATIM
        }
    }
    e = 0
    e0 = 0
    vo = v
    vo0 = v
    vi = v
    vi0 = v
}

BREAKPOINT {
    SOLVE update METHOD after_cvode
    vstim()
    i = icur()
}

: The command potential at the present time.
PROCEDURE vstim() {
    end = dur[0] + dur[1] + dur[2]
    if (t < dur[0]) {
        stim = amp[0]
    } else if (t < dur[0] + dur[1]) {
        stim = amp[1]
    } else {
        stim = amp[2]
    }
    if (t < end) {
        : a step that begins with the clamp on ends so
        end = end + 100
    }
}

: The current into the cell at the present potential.
FUNCTION icur() (nA) {
    LOCAL r1, r2, share
    icur = 0
    if (t <= end) {
        r1 = tau1/dt
        r2 = tau2/dt
        share = fac/(1 + r2)
        e = ((1 + r1)*((1 - fac)*v + share*r2*vo0) - stim - r1*(vi0 - e0))
            /(2 + r1 + (1 + r1)*share*gain)
        vo = (r2*vo0 - gain*e)/(1 + r2)
        vi = v + fac*(vo - v)
        icur = (vo - v)/rstim
    }
}

: Keeps the potentials at the end of a step for the next one.
PROCEDURE update() {
    i = icur()
    e0 = e
    vo0 = vo
    vi0 = vi
}
