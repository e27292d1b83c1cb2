TITLE Counts action potentials

COMMENT
An action potential is where v reaches thresh from below; n counts them and time is when the
last one was noticed, at the end of a step. firing is 1 until v is below thresh again.
record(times) has the times (ms) put into a Vector, from the next initialization on; record() ends that.
ENDCOMMENT

NEURON {
    THREADSAFE
    POINT_PROCESS APCount
    RANGE n, thresh, time, firing
    POINTER times
}

UNITS { (mV) = (millivolt) }

PARAMETER {
    n
    thresh = -20 (mV)
    time (ms)
}

ASSIGNED {
    v (mV)
    firing
    times
}

INITIAL {
    n = 0
    firing = 0
VERBATIM
    void* kept = (void*)(_p_times);
    if (kept) {
        vector_resize(kept, 0);
    }
ENDVERBATIM
    check()
}

BREAKPOINT { SOLVE check METHOD after_cvode }

PROCEDURE check() {
    if (v >= thresh) {
        if (firing == 0) {
            firing = 1
            time = t
            n = n + 1
            note()
        }
    } else if (firing != 0 && t > time) {
        firing = 0
    }
}

: Puts the time into the Vector, if there is one.
PROCEDURE note() {
VERBATIM
    void* kept = (void*)(_p_times);
    if (kept) {
        int count = (int)n;
        double* all;
        vector_resize(kept, count);
        all = vector_vec(kept);
        all[count - 1] = time;
    }
ENDVERBATIM
}

: Keeps the Vector that times go to.
PROCEDURE record() {
VERBATIM
    void** kept = (void**)(&_p_times);
    void* given = NULL;
    if (ifarg(1)) {
        given = vector_arg(1);
        hoc_obj_ref(*vector_pobj(given));
    }
    if (*kept) {
        hoc_obj_unref(*vector_pobj(*kept));
    }
    *kept = given;
ENDVERBATIM
}

DESTRUCTOR {
VERBATIM
    void* kept = (void*)(_p_times);
    if (kept) {
        hoc_obj_unref(*vector_pobj(kept));
    }
ENDVERBATIM
}
