: Control flow of C around and inside of NMODL.
NEURON {
    SUFFIX cflow
    NONSPECIFIC_CURRENT i
    RANGE g, m, tau
    GLOBAL calls
}
PARAMETER { g = 0.0002  tau = 5 (ms) }
ASSIGNED { v (mV) i (mA/cm2) inf calls }
STATE { m }

VERBATIM
#define HALF(x) (0.5*(x))
static int made = 0;
static double steep = 7.5;
static double sigmoid(double x) {
    if (x > 40.) { return 1.; }
    return 1./(1. + exp(-x));
}
ENDVERBATIM

INITIAL {
    rates(v)
    m = inf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = g*m*(v + 80)
}

DERIVATIVE states {
    rates(v)
    m' = (inf - m)/tau
    VERBATIM
    return 0;
    ENDVERBATIM
}

PROCEDURE rates(x) {
    VERBATIM
    made++;
    calls = made;
    if (_lx < -70.) {
        inf = 0.;
        return 0;
    }
    ENDVERBATIM
    inf = sigmoid((x + 40)/7.5)
    VERBATIM
    inf = HALF(inf) + HALF(sigmoid((_lx + 40.)/steep));
    ENDVERBATIM
}

FUNCTION digits(n) {
    VERBATIM
    int k = (int) _ln, count = 0;
    unsigned int wrapped = 0u - 1u;
    do {
        k /= 10;
        count++;
    } while (k > 0);
    _ldigits = count + ((int) _ln % 7)/10. + (wrapped == 4294967295u ? 100 : 200);
    ENDVERBATIM
}

FUNCTION collatz(n) {
    LOCAL x, k
    x = n
    k = 0
    WHILE (k < 1000) {
        VERBATIM
        if (_lx == 1.) break;
        if (fmod(_lx, 2.) == 0.) {
            _lx /= 2.;
        } else {
        ENDVERBATIM
            x = 3*x + 1
        VERBATIM
        }
        ENDVERBATIM
        k = k + 1
    }
    collatz = k
    VERBATIM
#if NRN_VERSION_GTEQ(9, 0, 0)
    ENDVERBATIM
    collatz = k + 0.5
    VERBATIM
#else
    ENDVERBATIM
    collatz = -1
    VERBATIM
#endif
    ENDVERBATIM
}
