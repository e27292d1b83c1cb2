: NET_RECEIVE that assigns `flag`, which is its own from then on.
NEURON { POINT_PROCESS ownflag RANGE seen, kept }
ASSIGNED { seen kept }
INITIAL { seen = 0 kept = 0 net_send(2, 1) }
NET_RECEIVE (w) {
    kept = kept + flag
    if (flag == 1) {
        flag = flag + 4
        net_send(3, 2)
    } else if (flag == 0) {
        flag = -1
    }
    if (flag == 5) { seen = seen + 100 }
    if (flag == 2) { seen = seen + 10 }
    if (flag < 0) { seen = seen + 1 }
}
