TITLE What stands beside a SOLVE by sparse sees half a step with secondorder

NEURON {
    SUFFIX halfstep
    RANGE passed, watched, rest
}

ASSIGNED {
    v (mV)
    passed (ms)
    watched (ms)
    rest
}

STATE { a b m h }

INITIAL {
    a = 0.6
    b = 0.4
    m = 0.2
    h = 1
    passed = 0
    watched = 0
}

BREAKPOINT {
    SOLVE scheme METHOD sparse
    SOLVE gate METHOD cnexp
    SOLVE decay
    watched = watched + dt
    rest = a + m
}

KINETIC scheme { ~ a <-> b (0.3*(1 + dt), 0.2) }

DERIVATIVE gate { m' = (a - m)/3 }

PROCEDURE decay() {
    passed = passed + dt
    h = h*exp(-dt/5)
}
