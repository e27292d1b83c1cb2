: Counts the instances that are made and removed; C in CONSTRUCTOR asks for arguments.
NEURON {
    ARTIFICIAL_CELL Lived
    RANGE number, first, second
    GLOBAL made, removed
}
ASSIGNED { number first second made removed }
CONSTRUCTOR {
    made = made + 1
    number = numbered(made)
    VERBATIM
    first = -1;
    second = -1;
    if (ifarg(1)) { first = *getarg(1); }
    if (ifarg(2)) { second = *getarg(2); }
    ENDVERBATIM
}
DESTRUCTOR {
    removed = removed + 1
}
FUNCTION numbered(n) {
    IF (n > 3) { return(100*n) }
    numbered = 10*n
}
NET_RECEIVE (w) { first = first + w }
