TITLE An artificial cell whose state tells in which order its events came

COMMENT
kind is what it does when an event reaches it: 1 sends itself one for the same time, 2 sends a spike for
half a ms later, 3 moves its own event there. Every interval it fires.
ENDCOMMENT

NEURON {
    ARTIFICIAL_CELL OrderedCell
    RANGE order, count, interval, kind
}

PARAMETER {
    interval = 0 (ms)
    kind = 0
}

ASSIGNED {
    order
    count
}

INITIAL {
    order = 0
    count = 0
    if (interval > 0) {
        net_send(interval, 1)
    }
}

NET_RECEIVE (w) {
    count = count + 1
    if (flag == 0) {
        order = 0.9*order + w
        if (order > 3) {
            order = 0
            net_event(t)
        }
        if (kind == 1) {
            net_send(0, 2)
        }
        if (kind == 2) {
            net_event(t + 0.5)
        }
        if (kind == 3 && interval > 0) {
            net_move(t + 0.5)
        }
    }
    if (flag == 1) {
        order = 0.8*order + 0.5
        net_event(t)
        net_send(interval, 1)
    }
    if (flag == 2) {
        order = 0.7*order + 0.25
    }
}
