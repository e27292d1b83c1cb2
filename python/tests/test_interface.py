"""The table of NEURON's interface holds, and what is not there says so."""

import json
import os

import pytest

import nmodlrs
from interface_page import NAMES, PAGE, has, neuron_names, objects, page
from nmodlrs import h
from nmodlrs.interface import neuron_interface

NEURON = os.environ.get("NMODLRS_NEURON_PYTHON")


def has_neuron():
    from importlib.util import find_spec

    return NEURON is not None or find_spec("neuron") is not None


@pytest.mark.skipif(not has_neuron(), reason="NMODLRS_NEURON_PYTHON names no interpreter")
def test_the_names_are_those_of_neuron():
    assert json.loads(NAMES.read_text()) == json.loads(neuron_names()), "run interface_page.py"


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page(), "run python/tests/interface_page.py"


def test_what_h_does_not_have_says_so():
    missing = [name for name in neuron_interface()["h"] if not has(h, name)]
    assert missing
    for name in missing:
        with pytest.raises(nmodlrs.NotThere, match=f"h.{name} of NEURON is not part of"):
            getattr(h, name)
    with pytest.raises(NotImplementedError):
        h.Impedance()
    with pytest.raises(NotImplementedError):
        h.tobj = 1
    with pytest.raises(nmodlrs.HocSyntaxError, match=r"line 2: .* expected, not '\*'"):
        h("created = 1\nproc f() { 3 4 +* }")
    assert not hasattr(h, "created")


def test_names_that_h_has_are_there():
    for name, kind in neuron_interface()["h"].items():
        if name in dir(h) and name not in ("L", "Ra", "nseg", "rallbranch"):
            value = getattr(h, name)
            assert isinstance(value, (int, float, str)) == (kind == "variable"), name


def test_what_objects_do_not_have_says_so():
    for owner, thing in objects().items():
        for name in neuron_interface()["classes"][owner]:
            if has(thing, name):
                assert name in dir(thing), (owner, name)
                continue
            with pytest.raises(NotImplementedError, match=f"{owner}.{name} of NEURON"):
                getattr(thing, name)


def test_an_unknown_name_is_only_that():
    for thing in (h, *objects().values()):
        with pytest.raises(AttributeError) as error:
            thing.no_such_name
        assert not isinstance(error.value, NotImplementedError)
