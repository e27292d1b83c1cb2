TITLE artificial cell that keeps what its NetCons' weights are

NEURON {
    ARTIFICIAL_CELL KeepWeights
    RANGE sum
}

ASSIGNED { sum }

INITIAL { sum = 0 }

NET_RECEIVE (w, w2, w3) {
    INITIAL { w2 = w2 }
    sum = sum + w + 10*w2 + 100*w3
}
