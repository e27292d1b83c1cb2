"""What CVode's methods say of arguments that make no sense, and what NEURON leaves undefined."""

import math

import pytest

from nmodlrs import h


@pytest.fixture
def cvode():
    soma = h.Section(name="soma")
    soma.insert("hh")
    integrator = h.CVode()
    integrator.active(True)
    h.finitialize(-65)
    yield integrator
    integrator.rtol(0)
    integrator.atol(1e-3)
    integrator.active(False)


@pytest.mark.parametrize(
    ("method", "arguments", "error", "named"),
    [
        ("atol", (-1,), ValueError, "CVode.atol: -1 is not from 0 to 1000000000"),
        ("dae_init_dteps", (1e-200,), ValueError, "1e-200 is not from 1e-100 to 1"),
        ("order", (3,), IndexError, "no cell 3"),
        ("order", (-1,), IndexError, "no cell -1"),
        ("statename", (4, h.ref("")), IndexError, "no state 4"),
        ("statename", (-1, h.ref("")), IndexError, "no state -1"),
        ("statename", (math.nan, h.ref("")), IndexError, "no state"),
        ("netconlist", ("", "", "Exp("), ValueError, 'target "Exp\\("'),
        ("netconlist", ("<", "", ""), ValueError, 'source "<"'),
        ("netconlist", ("", 3, ""), TypeError, "cell is an object or a regular expression"),
    ],
)
def test_what_is_wrong_is_named(cvode, method, arguments, error, named):
    with pytest.raises(error, match=named):
        getattr(cvode, method)(*arguments)
    if error is not TypeError:
        # scripts for NEURON expect these
        with pytest.raises(RuntimeError):
            getattr(cvode, method)(*arguments)


def test_numbers_of_states_and_cells_may_be_of_any_kind(cvode):
    name = h.ref("")
    cvode.statename(1.0, name)
    assert name[0] == "soma.m_hh(0.5)"
    h.fadvance()
    assert cvode.order(0.0) == cvode.order() == 1


def test_weights_and_errors_before_the_first_step(cvode):
    """NEURON has whatever its memory holds."""
    cvode.rtol(1e-2)
    for ida in (False, True):
        cvode.use_daspk(ida)
        h.finitialize(-65)
        states, weights, errors = h.Vector(), h.Vector(), h.Vector()
        cvode.states(states)
        cvode.error_weights(weights)
        cvode.acor(errors)
        expected = [1 / (1e-2 * abs(y) + 1e-3) for y in states]
        assert list(weights) == pytest.approx(expected, rel=1e-12)
        assert list(errors) == [0.0] * len(states)
    cvode.use_daspk(False)


def test_statements_in_the_queue_have_their_text(cvode, capfd):
    cvode.event(3, "x = 1")
    cvode.event(4, lambda: None)
    cvode.print_event_queue()
    assert capfd.readouterr().out.splitlines() == [" HocEvent x = 1 3", " HocEvent PythonObject 4"]
