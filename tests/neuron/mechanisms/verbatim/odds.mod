: What files have here and there: variables of NEURON's, parameters in parentheses, pointers that are 0.
NEURON { POINT_PROCESS odds RANGE total }
VERBATIM
#include <unistd.h>
extern double hoc_epsilon;
static double product(double (x), double(y)) {
    return x*y;
}
ENDVERBATIM
ASSIGNED { total }
INITIAL { total = 0 }
NET_RECEIVE (w) {
    VERBATIM
    neuron::legacy::set_globals_from_prop(_pnt->_prop, _ml_real, _ml, _iml);
    total = product(total, 2) + 1;
    ENDVERBATIM
}
FUNCTION visible(x) {
    visible = 0
    if (x > hoc_epsilon) { visible = 1 }
}
FUNCTION there() {
    VERBATIM
    _lthere = access(gargstr(1), F_OK);
    ENDVERBATIM
}
FUNCTION first(n) {
    VERBATIM
    double* x = 0;
    if (_ln > 0) { vector_arg_px(2, &x); }
    _lfirst = x == 0 ? -1 : x[0];
    ENDVERBATIM
}
FUNCTION process() {
    VERBATIM
    _lprocess = (getpid() == getpid()) + 2*(getpid() > 0);
    ENDVERBATIM
}
