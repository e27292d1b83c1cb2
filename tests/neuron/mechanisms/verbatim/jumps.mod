COMMENT
goto, unions, lists without braces of their own, addresses of arrays, and names of objects.
ENDCOMMENT

NEURON {
    SUFFIX nothing
}

VERBATIM
#include <stdio.h>
#include <string.h>
#include <stdlib.h>

union word {
    double d;
    int i[2];
    unsigned char byte[8];
};

static int freed = 0;

/* where the first row is whose sum is above a bound; cleans up in one place */
static double above(void* vv) {
    int i, j, n, found = -1;
    double *x, *copy = 0, sum, bound;
    if (!ifarg(1)) goto DONE;
    bound = *getarg(1);
    n = vector_instance_px(vv, &x);
    copy = (double*)malloc(n * sizeof(double));
    memcpy(copy, x, n * sizeof(double));
    for (i = 0; i + 2 < n; i += 3) {
        sum = 0;
        for (j = i; j < i + 3; j++) {
            if (copy[j] < 0) goto CLEAN;
            sum += copy[j];
        }
        if (sum > bound) {
            found = i / 3;
            goto CLEAN;
        }
    }
    found = -2;
CLEAN:
    free(copy);
    freed++;
DONE:
    return found + 0.01 * freed;
}
ENDVERBATIM

PROCEDURE install_jumps() {
    VERBATIM
    install_vector_method("above", above);
    ENDVERBATIM
}

FUNCTION bits_of(x, which) {
    VERBATIM
    union word w;
    w.d = _lx;
    if (_lwhich < 2) _lbits_of = w.i[(int)_lwhich];
    else _lbits_of = w.byte[(int)_lwhich - 2];
    ENDVERBATIM
}

FUNCTION table_of(i, j) {
    VERBATIM
    double numbers[3][2] = {1, 2, 3, 4, 5};
    char words[3][8] = {"one", "three", "five"};
    int pair[2];
    memcpy(&pair, &pair, sizeof(pair));
    pair[0] = pair[1] = (int)_lj;
    _ltable_of = numbers[(int)_li][pair[1]] + 100 * strlen(words[(int)_li]) + 1000 * sizeof(words);
    ENDVERBATIM
}

FUNCTION is_of() {
    VERBATIM
    Object* ob = *hoc_objgetarg(1);
    char* name = gargstr(2);
    _lis_of = !strncmp(hoc_object_name(ob), name, strlen(name));
    ENDVERBATIM
}
