//! The Oregonator (Field and Noyes 1974): the Belousov–Zhabotinskii reaction.

use super::Problem;

const OREGONATOR: Problem<'_> = Problem {
    text: "\
NEURON { SUFFIX x RANGE a, b, c }
STATE { a b c }
INITIAL { a = 1 b = 2 c = 3 }
BREAKPOINT { SOLVE reaction METHOD derivimplicit }
DERIVATIVE reaction {
    a' = 77.27*(b + a*(1 - 8.375e-6*a - b))
    b' = (c - (1 + a)*b)/77.27
    c' = 0.161*(a - c)
}
",
    t_ms: 360.0,
    solution: &[
        ("a", 0.100_081_487_031_852_3e1),
        ("b", 0.122_817_852_154_991_7e4),
        ("c", 0.132_055_494_284_670_6e3),
    ],
};

#[test]
fn oregonator() {
    OREGONATOR.check(1e-4, 1e4);
}
