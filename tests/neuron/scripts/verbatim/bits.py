"""Operators for the bits of whole numbers; a header of the user's; a macro of C in NMODL."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/bits.mod")
numbers = (0, 1, 5, 12, 255, 1 << 20, -1, -13)
report({
    "both": [h.both_bits(a, b) for a in numbers for b in numbers],
    "either": [h.either_bits(a, b) for a in numbers for b in numbers],
    "differ": [h.differ_bits(a, b) for a in numbers for b in numbers],
    "flipped": [h.flipped_bits(a) for a in numbers],
    "up": [h.up_bits(a, n) for a in numbers[:6] for n in (0, 1, 8, 31)],
    "down": [h.down_bits(a, n) for a in numbers for n in (0, 1, 8, 31)],
    "shuffled": [h.shuffled_bits(a) for a in (1, 2, 3, 123456789)],
    "wide": [h.wide_bits(a) for a in (1, 2, 3, 123456789)],
    "taken": [h.taken_bits(n) for n in (0, 3, 31, 3)],
    "width": h.width_bits(),
})
