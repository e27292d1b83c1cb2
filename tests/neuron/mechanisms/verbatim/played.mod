: An artificial cell that fires at the times in a Vector, which C keeps in a variable.
NEURON {
    ARTIFICIAL_CELL Played
    RANGE index, next, space, shift
}
ASSIGNED { index next space }
PARAMETER { shift = 0 (ms) }

VERBATIM
#ifndef NRN_VERSION_GTEQ_8_2_0
extern double* vector_vec();
extern int vector_capacity();
extern void* vector_arg();
#endif
ENDVERBATIM

INITIAL {
    index = 0
    find()
    if (index > 0) { net_send(next - t, 1) }
}

NET_RECEIVE (w) {
    if (flag == 1) {
        net_event(t)
        find()
        if (index > 0) { net_send(next - t, 1) }
    }
}

: The next time that has not passed; index 0 behind the last one.
PROCEDURE find() {
    VERBATIM
    {
        int i, size;
        double* times;
        void* vv = *((void**)(&space));
        i = (int) index;
        index = 0.;
        if (vv) {
            size = vector_capacity((IvocVect*) vv);
            times = vector_vec((IvocVect*) vv);
            for (; i < size; ++i) {
                if (times[i] + shift >= t) {
                    next = times[i] + shift;
                    index = i + 1.;
                    break;
                }
            }
        }
    }
    ENDVERBATIM
}

PROCEDURE play() {
    VERBATIM
    void** vv;
    vv = (void**)(&space);
    *vv = (void*)0;
    if (ifarg(1)) {
        *vv = (void*) vector_arg(1);
    }
    if (ifarg(2)) shift = *getarg(2);
    ENDVERBATIM
}

: Scales a Vector in place and gives the sum of its elements.
FUNCTION scaled() {
    VERBATIM
    double* x;
    double sum = 0., factor = 2.;
    int k, n;
    if (ifarg(2)) { factor = *getarg(2); }
    n = vector_arg_px(1, &x);
    for (k = 0; k < n; k++) {
        x[k] *= factor;
        sum += x[k];
    }
    _lscaled = sum;
    ENDVERBATIM
}
