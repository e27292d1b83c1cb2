"""The rules of agreement.py: what must pass, and what must not."""

from math import inf, nan

import pytest

from agreement import differences

AGREE = [
    (1, 1),
    ("a", "a"),
    (None, None),
    (True, True),
    (1.0, 1.0 + 1e-10),
    (-3e-20, -3e-20 * (1 + 5e-10)),
    (nan, nan),
    (inf, inf),
    (0.0, -0.0),
    ([1.0, [2, "x"]], [1.0, [2, "x"]]),
    ({"a": 1, "b": [nan]}, {"b": [nan], "a": 1}),
]

DIFFER = [
    (1, 2),
    (1, 1.0),
    (1, True),
    ("a", "A"),
    (None, 0),
    (1.0, 1.0 + 1e-8),
    (1.0, -1.0),
    (1e-300, 0.0),
    (0.0, 1e-300),
    (nan, 1.0),
    (1.0, nan),
    (inf, -inf),
    (inf, 1e308),
    (1e308, inf),
    ([1.0], [1.0, 1.0]),
    ([1.0], 1.0),
    ({"a": 1}, {"b": 1}),
    ({"a": 1}, {"a": 1, "b": 1}),
]


@pytest.mark.parametrize("ours, reference", AGREE)
def test_these_agree(ours, reference):
    assert differences(ours, reference, rtol=1e-9, atol=0.0) == []


@pytest.mark.parametrize("ours, reference", DIFFER)
def test_these_differ(ours, reference):
    assert differences(ours, reference, rtol=1e-9, atol=0.0) != []


def test_an_absolute_tolerance_is_added():
    assert differences(1e-13, 0.0, rtol=1e-9, atol=1e-12) == []
    assert differences(1e-11, 0.0, rtol=1e-9, atol=1e-12) != []


def test_all_places_are_named():
    ours = {"a": [1.0, 2.0], "b": {"c": "x"}}
    reference = {"a": [1.0, 3.0], "b": {"c": "y"}}
    places = [d.place for d in differences(ours, reference, rtol=1e-9, atol=0.0)]
    assert places == ["a[1]", "b.c"]
