: A point process without NET_RECEIVE that has an x: a NetCon with it as its source watches x.
NEURON {
    POINT_PROCESS WatchedX
    RANGE x, start, period, base
}

PARAMETER {
    start = 1 (ms)
    period = 3 (ms)
    base = 0
}

ASSIGNED {
    x
}

INITIAL {
    x = base
}

BREAKPOINT {
    x = base
    if (t >= start && t - start - period*floor((t - start)/period) < 0.5) {
        x = base + 20
    }
}
