TITLE at_time in conditions, expressions and calls

NEURON {
    POINT_PROCESS Timed
    RANGE del, dur, amp, hits, late, both, sum
    ELECTRODE_CURRENT i
}

UNITS { (nA) = (nanoamp) }

PARAMETER {
    del = 1.03 (ms)
    dur = 2    (ms)
    amp = 0.3  (nA)
}

ASSIGNED {
    v (mV)
    i (nA)
    hits
    late
    both
    sum
}

INITIAL {
    i = 0
    hits = 0
    late = 0
    both = 0
    sum = 0
}

FUNCTION passed(x (ms)) { passed = at_time(x) }

BREAKPOINT {
    at_time(del)
    at_time(del + dur)
    if (at_time(del + 1)) { hits = t }
    if (at_time(del + 2) || at_time(4)) { both = t + 1 }
    sum = 2*at_time(3.5) + passed(5)
    if (!at_time(6.01) && t > 6) { late = v }
    if (t < del + dur && t >= del) {
        i = amp
    } else {
        i = 0
    }
}
