"""What C in VERBATIM may not do: each is an error, where NEURON's process may go on with any numbers or end."""

import signal

import pytest

import nmodlrs
from nmodlrs import h

MOD = """
NEURON { SUFFIX nothing }
VERBATIM
#include <signal.h>
static double* kept = 0;

static int fill(int* to, int n) {
    int i;
    for (i = 0; i < n; i++) to[i] = i * i;
    return to[n - 1];
}

static int deep(int n, int* out) {
    int mine = n;
    if (n > 0) deep(n - 1, &mine);
    *out = mine;
    return 0;
}

static double last(void* vv) {
    double* x;
    int n = vector_instance_px(vv, &x);
    return x[n - 1];
}

static double foreign(void* vv) { return some_library(vv); }
ENDVERBATIM

FUNCTION filled(n) {
    VERBATIM
    int squares[4];
    _lfilled = fill(squares, (int)_ln);
    ENDVERBATIM
}
FUNCTION letter(n) {
    VERBATIM
    char* text = gargstr(2);
    _lletter = *(text + (int)_ln);
    ENDVERBATIM
}
FUNCTION depth() {
    VERBATIM
    int x;
    deep(3, &x);
    _ldepth = x;
    ENDVERBATIM
}
PROCEDURE keep() {
    VERBATIM
    kept = hoc_pgetarg(1);
    ENDVERBATIM
}
FUNCTION recall() {
    VERBATIM
    _lrecall = *kept;
    ENDVERBATIM
}
PROCEDURE install_edges() {
    VERBATIM
    install_vector_method("last", last);
    install_vector_method("foreign", foreign);
    ENDVERBATIM
}
FUNCTION by_hoc(x) {
    VERBATIM
    Symbol* s = hoc_lookup(gargstr(2));
    hoc_pushx(_lx);
    _lby_hoc = hoc_call_func(s, 1);
    ENDVERBATIM
}
PROCEDURE hold_on(ignored) {
    VERBATIM
    if (_lignored) signal(SIGHUP, SIG_IGN);
    else signal(SIGHUP, SIG_DFL);
    ENDVERBATIM
}
"""


@pytest.fixture(scope="module", autouse=True)
def edges(tmp_path_factory):
    file = tmp_path_factory.mktemp("edges") / "edges.mod"
    file.write_text(MOD)
    nmodlrs.load_mechanisms(file)


def test_arrays_end_where_they_end():
    assert h.filled(4) == 9
    with pytest.raises(RuntimeError, match="memory that is not there"):
        h.filled(5)


def test_texts_end_where_they_end():
    assert h.letter(1, "ab") == ord("b")
    assert h.letter(2, "ab") == 0
    with pytest.raises(RuntimeError, match="outside of a text"):
        h.letter(3, "ab")


def test_a_function_that_calls_itself_has_no_addresses():
    with pytest.raises(RuntimeError, match="calls itself"):
        h.depth()


def test_numbers_of_the_callers_may_be_kept_and_variables_of_the_model_may_not():
    number = h.ref(2.5)
    h.keep(number)
    assert h.recall() == 2.5
    number[0] = 3
    assert h.recall() == 3
    soma = h.Section(name="soma")
    h.keep(soma(0.5)._ref_v)
    with pytest.raises(RuntimeError, match="memory that is not there"):
        h.recall()


def test_methods_of_vectors():
    with pytest.raises(AttributeError):
        h.Vector().last
    h.install_edges()
    assert h.Vector([1, 2, 5]).last() == 5
    assert h.Vector([1]).last.__name__ == "last"
    with pytest.raises(RuntimeError, match="an element of a Vector"):
        h.Vector().last()
    with pytest.raises(RuntimeError, match="some_library"):
        h.Vector().foreign()
    with pytest.raises(AttributeError):
        h.Vector().first


def test_functions_of_hoc_that_c_calls():
    h("func half() { return $1 / 2 }")
    h("func wrong() { return $1 / 0 }")
    h("func model() { return $1 + dt }")
    assert h.by_hoc(5, "half") == 2.5
    with pytest.raises(RuntimeError, match="division by zero"):
        h.by_hoc(1, "wrong")
    with pytest.raises(RuntimeError, match="model.*variables"):
        h.by_hoc(1, "model")
    with pytest.raises(RuntimeError, match="a function of hoc"):
        h.by_hoc(1, "nowhere")
    assert h.by_hoc(3, "half") == 1.5


def test_signals_are_ignored_if_c_says_so():
    before = signal.getsignal(signal.SIGHUP)
    try:
        h.hold_on(1)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        h.hold_on(0)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
