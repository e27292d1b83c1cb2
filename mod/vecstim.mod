TITLE Spike source that plays a Vector

COMMENT
play(times) has the cell send an event at each of the times (ms) of a Vector, which ascend and are not
before the time at which the run begins; play() ends that. The Vector itself is kept, not a copy: what it
has when an event is sent decides when the next one comes. index counts the times that were taken, and is
-1 when there are no more; etime is the one taken last.
ENDCOMMENT

NEURON {
    THREADSAFE
    ARTIFICIAL_CELL VecStim
    RANGE index, etime
    POINTER times
}

ASSIGNED {
    index
    etime (ms)
    times
}

INITIAL {
    index = 0
    element()
    if (index > 0) {
        net_send(etime - t, 1)
    }
}

NET_RECEIVE (w) {
    if (flag == 1) {
        net_event(t)
        element()
        if (index > 0) {
            net_send(etime - t, 1)
        }
    }
}

: Takes the next time.
PROCEDURE element() {
VERBATIM
    void* played = (void*)(_p_times);
    int taken = (int)index;
    if (taken < 0) {
        return 0.;
    }
    if (played && taken < vector_capacity(played)) {
        double* all = vector_vec(played);
        etime = all[taken];
        index = taken + 1;
    } else {
        index = -1;
    }
ENDVERBATIM
}

: Plays a Vector from the next initialization on.
PROCEDURE play() {
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
    void* played = (void*)(_p_times);
    if (played) {
        hoc_obj_unref(*vector_pobj(played));
    }
ENDVERBATIM
}
