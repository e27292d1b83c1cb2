"""docs/cvode.md lists every method of CVode with cases that use it."""

import re
from pathlib import Path

import pytest

from nmodlrs import h
from nmodlrs.interface import neuron_interface

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cvode.md").read_text()
SCRIPTS = ROOT / "tests" / "neuron" / "scripts"
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([\w/, ]*) ?\|$", PAGE.split("## Methods")[1], re.M))
# without a case of their own yet
WAITING = {"use_daspk", "use_mxb"}


def cases(row):
    return [case for case in re.split(r",\s*", row.strip()) if case]


def test_every_method_of_neurons_is_there():
    of_every_class = {"baseattr", "hname", "hocobjptr", "same"}
    methods = set(neuron_interface()["classes"]["CVode"]) - of_every_class
    assert set(ROWS) == methods
    assert all(callable(getattr(h.CVode(), name)) for name in methods)


@pytest.mark.parametrize("method", sorted(ROWS))
def test_its_cases_use_it(method):
    listed = cases(ROWS[method])
    assert listed or method in WAITING
    for case in listed:
        text = (SCRIPTS / f"{case}.py").read_text()
        assert re.search(rf"\b{method}\b", text), f"{case} does not use {method}"


def test_other_cases_that_are_named_exist():
    for case in re.findall(r"\bcvode/\w+", PAGE):
        assert (SCRIPTS / f"{case}.py").exists(), case
