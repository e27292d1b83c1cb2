"""When two results of a paired script agree.

Integers, strings and booleans agree if they are equal, floating-point numbers within
tolerances (|a - b| <= atol + rtol*|b|, where b is the reference; NaN agrees with NaN and an
infinity with itself), sequences element by element and dictionaries name by name. Values of
different types never agree: 3 and 3.0 are used differently in Python.
"""

import math
from typing import NamedTuple


class Difference(NamedTuple):
    """A place where two results differ, and how."""

    place: str
    ours: object
    reference: object
    why: str

    def __str__(self):
        return f"{self.place}: {self.why}\n    ours    {self.ours!r}\n    NEURON  {self.reference!r}"


def differences(ours, reference, rtol, atol, place=""):
    """Each place where `ours` does not agree with `reference`."""
    if type(ours) is not type(reference):
        kinds = f"{type(ours).__name__}, not {type(reference).__name__}"
        return [Difference(place, ours, reference, kinds)]
    if isinstance(ours, dict):
        return names(ours, reference, rtol, atol, place)
    if isinstance(ours, list):
        return elements(ours, reference, rtol, atol, place)
    if isinstance(ours, float):
        return numbers(ours, reference, rtol, atol, place)
    return [] if ours == reference else [Difference(place, ours, reference, "not equal")]


def names(ours, reference, rtol, atol, place):
    if ours.keys() != reference.keys():
        return [Difference(place, sorted(ours), sorted(reference), "other names")]
    found = []
    for name in ours:
        inner = f"{place}.{name}" if place else name
        found += differences(ours[name], reference[name], rtol, atol, inner)
    return found


def elements(ours, reference, rtol, atol, place):
    if len(ours) != len(reference):
        why = f"length {len(ours)}, not {len(reference)}"
        return [Difference(place, ours, reference, why)]
    found = []
    for i, (one, other) in enumerate(zip(ours, reference)):
        found += differences(one, other, rtol, atol, f"{place}[{i}]")
    return found


def numbers(ours, reference, rtol, atol, place):
    if ours == reference or (math.isnan(ours) and math.isnan(reference)):
        return []
    distance = abs(ours - reference)
    if distance <= atol + rtol * abs(reference) and math.isfinite(distance):
        return []
    relative = distance / abs(reference) if reference else math.inf
    why = f"relative difference {relative:.3g}, limit {rtol:g} (and {atol:g} absolute)"
    return [Difference(place, ours, reference, why)]
