TITLE Point process that answers an event with self events of several flags

NEURON {
    POINT_PROCESS Burst
    NONSPECIFIC_CURRENT i
    RANGE gap, hold, g, i, count
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    gap = 1.7  (ms)
    hold = 6.1 (ms)
}

ASSIGNED {
    v     (mV)
    i     (nA)
    g     (uS)
    count
}

INITIAL {
    g = 0
    count = 0
    net_send(hold, 4)
}

BREAKPOINT { i = g*(v + 5(mV)) }

NET_RECEIVE (weight (uS), times) {
    INITIAL { times = 0 }
    if (flag == 0) {
        times = times + 1
        g = g + weight
        count = 0
        net_send(gap, 1)
    } else if (flag == 1) {
        count = count + 1
        g = g*0.8
        net_event(t)
        if (count < 3) {
            net_send(gap, 1)
        } else {
            net_send(hold, 2)
        }
    } else if (flag == 2) {
        g = 0
    } else {
        g = g + 1e-4
    }
}
