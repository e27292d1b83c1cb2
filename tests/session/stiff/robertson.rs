//! Robertson's autocatalytic reactions (1966), rates from 0.04 to 3·10⁷, as a KINETIC scheme.

use super::Problem;

const ROBERTSON: Problem<'_> = Problem {
    text: "\
NEURON { SUFFIX x RANGE a, b, c }
STATE { a b c }
INITIAL { a = 1 b = 0 c = 0 }
BREAKPOINT { SOLVE reactions METHOD sparse }
KINETIC reactions {
    LOCAL fast, catalysed
    fast = 3e7*b
    catalysed = 1e4*c
    ~ a <-> b (0.04, 0)
    ~ b <-> c (fast, 0)
    ~ b <-> a (catalysed, 0)
}
",
    t_ms: 40.0,
    solution: &[
        ("a", 0.715_827_068_719_4),
        ("b", 9.185_534_764_56e-6),
        ("c", 0.284_163_745_746),
    ],
};

#[test]
fn robertson() {
    ROBERTSON.check(1e-6, 30.0);
}
