: Counts the segments that it is put into; the CONSTRUCTOR of a density mechanism.
NEURON {
    SUFFIX inserted
    RANGE k, number
    GLOBAL made
}
PARAMETER { k = 3 }
ASSIGNED { number made }
CONSTRUCTOR {
    made = made + 1
    number = numbered(made)
    k = 2*k + made
}
FUNCTION numbered(n) {
    IF (n > 3) { return(100*n) }
    numbered = 10*n
}
