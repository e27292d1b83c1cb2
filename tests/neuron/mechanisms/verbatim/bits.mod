: Bits of whole numbers, and a header that stands beside the file.
NEURON { SUFFIX bits }
VERBATIM
#include "bits.h"
#include "bits.h"
ENDVERBATIM
PARAMETER { seed = 0 }
ASSIGNED { from }
FUNCTION both(a, b) {
    VERBATIM
    _lboth = (int)_la & (int)_lb;
    ENDVERBATIM
}
FUNCTION either(a, b) {
    VERBATIM
    int a = (int)_la;
    a |= (int)_lb;
    _leither = a;
    ENDVERBATIM
}
FUNCTION differ(a, b) {
    VERBATIM
    _ldiffer = (int)_la ^ (int)_lb;
    ENDVERBATIM
}
FUNCTION flipped(a) {
    VERBATIM
    _lflipped = ~(int)_la;
    ENDVERBATIM
}
FUNCTION up(a, n) {
    VERBATIM
    unsigned int a = (unsigned int)_la;
    _lup = a << (int)_ln;
    ENDVERBATIM
}
FUNCTION down(a, n) {
    VERBATIM
    _ldown = (int)_la >> (int)_ln;
    ENDVERBATIM
}
: A generator by shifts (xorshift).
FUNCTION shuffled(a) {
    VERBATIM
    uint32_t x = (uint32_t)_la;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    _lshuffled = ROTATED(x, 7);
    ENDVERBATIM
}
FUNCTION wide(a) {
    VERBATIM
    uint64_t x = (uint64_t)_la;
    x ^= x << 33;
    x ^= x >> 9;
    _lwide = (double)(x & 0xffffffffffffULL);
    ENDVERBATIM
}
FUNCTION taken(n) {
    VERBATIM
    int n = (int)_ln;
    flags ^= 1U << n;
    _ltaken = flags;
    if (flags >> 3 & 1) { _ltaken += HALF; }
    ENDVERBATIM
}
FUNCTION width() {
    width = 2*WIDTH
}
