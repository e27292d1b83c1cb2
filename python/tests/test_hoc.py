"""What is said of hoc that cannot be read or executed, and what remains after it."""

import pytest

from nmodlrs import HocError, HocSyntaxError, h


@pytest.fixture(scope="module", autouse=True)
def nothing_remains():
    yield
    h("forall delete_section()")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a = (3 + ", "line 1: an expression expected, not the end"),
        ("never_set = 3\nb = 4 )", "line 2: the end of the statement expected, not '\\)'"),
        ("never_set = 1\nproc f( { }", "`\\)` expected"),
        ("never_set = 1\n{ a = 3", "`}` expected, not the end"),
        ("never_set = 1\na = 3 ? 4", "line 2: '\\?' is no part of the language"),
        ('s = "abc', "line 1: '\"' is no part"),
        ("begintemplate A\npublic x\n", "`endtemplate A` expected"),
        ("3 = 4", "an operator expected, not '='"),
        ("for i = 0 print i", "`,` expected, not 'print'"),
    ],
)
def test_faults_of_syntax(text, named):
    with pytest.raises(HocSyntaxError, match=named):
        h(text)
    assert h.name_declared("never_set") == 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nothing_here(3)", "nothing_here is not defined"),
        ("print nothing_here", "nothing_here is not defined"),
        ("print 1/0", "division by zero"),
        ("print (-1)^0.5", "-1 \\^ 0.5"),
        ('print 1 + "a"', "\\+ wants a number, not a"),
        ("print numbers_[9]", "numbers_ has no element 9"),
        ("object_.size()", "size of NULLobject"),
        ("object_ = new Nothing()", "Nothing is not defined"),
        ('text_ = 3', "text_ is a text"),
        ('number_ = "a"', "number_ is a number"),
        ("number_.x = 3", "x"),
        ("proc_(1)", "there is no argument \\$2 of proc_"),
        ("deep_()", "more than 512 calls"),
        ("insert nothing_here", "nothing_here"),
        ("soma_ nseg = 0", "nseg"),
        ("break", "outside of a loop"),
        ("return 3", "outside of a function"),
        ("iterator_statement", "outside of an iterator"),
    ],
)
def test_faults_of_execution(text, named):
    if not h.name_declared("deep_"):
        h("double numbers_[3]\nobjref object_\nstrdef text_\nnumber_ = 3\ncreate soma_")
        h("proc proc_() { print $1, $2 }\nproc deep_() { deep_() }")
    if "soma_" in text or "insert" in text:
        h("access soma_")
    with pytest.raises(Exception, match=named) as raised:
        h(text)
    assert not isinstance(raised.value, (RecursionError, AssertionError))
    h("number_ = 3")
    assert h.number_ == 3


def test_exceptions_of_python_come_through():
    def fails(x):
        raise KeyError(x)

    h("objref caller_")
    h.caller_ = type("Caller", (), {"fails": staticmethod(fails)})()
    with pytest.raises(KeyError, match="7"):
        h("caller_.fails(7)")


def test_errors_are_runtime_errors_as_neurons():
    assert issubclass(HocSyntaxError, HocError)
    assert issubclass(HocError, RuntimeError)
