TITLE BEFORE and AFTER of all that happens, in an order that the numbers tell

NEURON {
    SUFFIX moments
    USEION k READ ki WRITE ik
    USEION ca READ cai WRITE cai
    RANGE g, order, before, after, steps, seen, sequence, vseen, kept
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (mM) = (milli/liter)
    (S) = (siemens)
}

PARAMETER { g = 0.0001 (S/cm2) }

ASSIGNED {
    v     (mV)
    ik    (mA/cm2)
    ki    (mM)
    cai   (mM)
    order
    before
    after
    steps
    seen
    sequence
    vseen (mV)
    kept
}

STATE { s }

: each moment appends its digit
BEFORE INITIAL {
    sequence = 1
    kept = s
    before = 0
    steps = 0
}

AFTER INITIAL {
    sequence = 10*sequence + 3
    kept = kept + s
}

BEFORE BREAKPOINT {
    sequence = 10*mod9(sequence) + 4
    before = before + 1
    vseen = v + t
    cai = cai + 1e-6
}

AFTER SOLVE {
    sequence = 10*mod9(sequence) + 7
    after = s + t
    s = s + 0.001
}

BEFORE STEP {
    sequence = 10*mod9(sequence) + 8
    steps = steps + 1
    seen = ik + v*1e-3
}

: a second block of the same moment
BEFORE STEP {
    kept = 2*kept + steps
    if (kept > 1e6) { kept = 0 }
}

INITIAL {
    sequence = 10*sequence + 2
    s = 0.5
    after = 0
}

BREAKPOINT {
    SOLVE grow METHOD cnexp
    ik = g*(v + 77(mV))
}

DERIVATIVE grow {
    sequence = 10*mod9(sequence) + 6
    s' = (1 - s)/3
}

: the last five digits
FUNCTION mod9(x) {
    mod9 = x
    WHILE (mod9 >= 100000) { mod9 = mod9 - 100000*floor(mod9/100000) }
}
