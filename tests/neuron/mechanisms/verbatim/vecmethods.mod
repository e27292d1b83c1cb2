COMMENT
Methods of Vectors, references to variables, and events at times that are not `t + delay`.
ENDCOMMENT

NEURON {
    SUFFIX nothing
    GLOBAL INSTALLED_vecmethods
}

PARAMETER { INSTALLED_vecmethods = 0 }

VERBATIM
static int calls = 0;

/* sum of the elements times a factor, which the argument may give */
static double weighted(void* vv) {
    double* x;
    double sum = 0., factor = 1.;
    int i, n;
    n = vector_instance_px(vv, &x);
    if (ifarg(1)) factor = *getarg(1);
    for (i = 0; i < n; i++) sum += factor * x[i];
    calls++;
    return sum;
}

/* element-wise product into this Vector, which gets the size of the shorter one */
static double multiply(void* vv) {
    double *x, *y;
    int i, n, m;
    n = vector_instance_px(vv, &x);
    m = vector_arg_px(1, &y);
    if (m < n) {
        vector_resize((IvocVect*)vv, m);
        n = vector_instance_px(vv, &x);
    }
    for (i = 0; i < n; ++i) x[i] *= y[i];
    return (double)n;
}

/* smallest and largest element into two variables of the caller's */
static double span(void* vv) {
    double *x, *low, *high;
    int i, n;
    n = vector_instance_px(vv, &x);
    if (n == 0) hoc_execerror("an empty Vector", 0);
    low = hoc_pgetarg(1);
    high = hoc_pgetarg(2);
    *low = *high = x[0];
    for (i = 1; i < n; i++) {
        if (x[i] < *low) *low = x[i];
        if (x[i] > *high) *high = x[i];
    }
    return *high - *low;
}
ENDVERBATIM

FUNCTION method_calls() {
    VERBATIM
    _lmethod_calls = calls;
    ENDVERBATIM
}

FUNCTION exchange() {
    VERBATIM
    double *a, *b, old;
    a = hoc_pgetarg(1);
    b = hoc_pgetarg(2);
    old = *a;
    *a = *b;
    *b = old;
    _lexchange = *a - *b;
    ENDVERBATIM
}

: fills elements of a Vector from the one on that the reference is to
PROCEDURE fill(x, n) {
    VERBATIM
    double* to = hoc_pgetarg(3);
    int i;
    for (i = 0; i < (int)_ln; i++) to[i] = _lx + i;
    ENDVERBATIM
}

PROCEDURE install_vecmethods() {
    INSTALLED_vecmethods = INSTALLED_vecmethods + 1
    VERBATIM
    install_vector_method("weighted", weighted);
    install_vector_method("multiplied", multiply);
    install_vector_method("span", span);
    ENDVERBATIM
}

VERBATIM
/* this Vector with a function of hoc applied, which gets the element and its index */
static double through(void* vv) {
    double* x;
    int i, n = vector_instance_px(vv, &x);
    Symbol* s = hoc_lookup(gargstr(1));
    if (!s) return -1.;
    for (i = 0; i < n; i++) {
        hoc_pushx(x[i]);
        hoc_pushx((double)i);
        x[i] = hoc_call_func(s, 2);
    }
    return (double)n;
}
ENDVERBATIM

PROCEDURE install_through() {
    VERBATIM
    install_vector_method("through", through);
    ENDVERBATIM
}
