: Random numbers that C draws: from a stream of its own, or from the Random of a script.
NEURON {
    THREADSAFE
    POINT_PROCESS Picks
    BBCOREPOINTER rng, stream
    RANGE first, second, kind, ownseq, ownwhich, id
}
ASSIGNED { rng stream first second kind ownseq ownwhich id[3] v }

VERBATIM
#include "nrnran123.h"
#ifndef NRN_VERSION_GTEQ_8_2_0
double nrn_random_pick(void* r);
void* nrn_random_arg(int argpos);
#endif
ENDVERBATIM

INITIAL { first = 0  second = 0 }
BREAKPOINT { first = own(kind) }

PROCEDURE setRandom() {
    VERBATIM
    {
        void** pv = (void**)(&_p_rng);
        if (ifarg(1)) {
            *pv = nrn_random_arg(1);
        } else {
            *pv = (void*)0;
        }
    }
    ENDVERBATIM
}

PROCEDURE setStream() {
    VERBATIM
    {
        nrnran123_State** ps = (nrnran123_State**)(&_p_stream);
        if (*ps) {
            nrnran123_deletestream(*ps);
            *ps = (nrnran123_State*)0;
        }
        if (ifarg(2)) {
            *ps = nrnran123_newstream3((uint32_t)*getarg(1), (uint32_t)*getarg(2), 3);
        }
        if (ifarg(3)) {
            nrnran123_setseq(*ps, (uint32_t)*getarg(3), 2);
        }
    }
    ENDVERBATIM
}

: Of the Random of a script, or a number that is none.
FUNCTION picked() {
    VERBATIM
    if (_p_rng) {
        double value = nrn_random_pick((Rand*) _p_rng);
        return value;
    } else {
    ENDVERBATIM
        picked = -1
    VERBATIM
    }
    ENDVERBATIM
}

FUNCTION own(how) {
    VERBATIM
    {
        nrnran123_State* s = (nrnran123_State*) _p_stream;
        if (!s) return 0.;
        switch ((int) _lhow) {
            case 0: _lown = nrnran123_dblpick(s); break;
            case 1: _lown = nrnran123_negexp(s); break;
            case 2: _lown = nrnran123_normal(s); break;
            default: _lown = (double) nrnran123_ipick(s);
        }
    }
    ENDVERBATIM
}

: Where the stream and the Random are.
PROCEDURE look() {
    VERBATIM
    {
        uint32_t ids[3], seq;
        char which;
        nrnran123_State* s = (nrnran123_State*) _p_stream;
        nrnran123_getids3(s, &ids[0], &ids[1], &ids[2]);
        for (int k = 0; k < 3; ++k) id[k] = ids[k];
        nrnran123_getseq(s, &seq, &which);
        ownseq = seq;
        ownwhich = which;
        if (_p_rng && nrn_random_isran123((Rand*) _p_rng, &ids[0], &ids[1], &ids[2])) {
            nrn_random123_getseq((Rand*) _p_rng, &seq, &which);
            second = 100.*ids[0] + 10.*ids[1] + ids[2] + (4.*seq + which)/64.;
        }
    }
    ENDVERBATIM
}

: For CoreNEURON alone.
VERBATIM
static void bbcore_write(double* x, int* d, int* xx, int* offset, _threadargsproto_) {
    if (d) {
        nrnran123_State** ps = (nrnran123_State**)(&_p_stream);
        nrnran123_getids(*ps, (uint32_t*)d, (uint32_t*)d + 1);
    }
    *offset += 2;
}
static void bbcore_read(double* x, int* d, int* xx, int* offset, _threadargsproto_) { }
ENDVERBATIM
