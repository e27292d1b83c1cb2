TITLE Artificial cell that fires at a natural interval, hastened or delayed by input

COMMENT
Between events

    dm/dt = (minf - m)/tau

and at m = 1 the cell fires and m returns to 0. minf > 1 is such that this takes
invl without input. An event of weight w adds w to m at once.

No equation is integrated: m(t) is known in closed form, so the time of the next
spike is computed and announced by a self event, which input moves.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL IntervalFire
    RANGE tau, invl, m
}

PARAMETER {
    tau  = 5  (ms) <1e-9, 1e9>
    invl = 10 (ms) <1e-9, 1e9>
}

ASSIGNED {
    m
    minf
    t0 (ms) : the time for which m is stored
}

INITIAL {
    m = 0
    t0 = t
    minf = 1/(1 - exp(-invl/tau))
    net_send(firetime(), 1)
}

NET_RECEIVE (w) {
    m = M()
    t0 = t
    if (flag == 1) {
        m = 0
        net_event(t)
        net_send(firetime(), 1)
    } else {
        m = m + w
        if (m > 1) {
            m = 0
            net_event(t)
        }
        net_move(t + firetime())
    }
}

: m at the present time
FUNCTION M() { M = minf + (m - minf)*exp(-(t - t0)/tau) }

: how long the stored m takes to reach 1
FUNCTION firetime() (ms) { firetime = tau*log((minf - m)/(minf - 1)) }
