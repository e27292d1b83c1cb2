//! Van der Pol's equation with ε = 10⁻⁶: slow along the branches of the cubic, with jumps between them.

use super::Problem;

const VAN_DER_POL: Problem<'_> = Problem {
    text: "\
NEURON { SUFFIX x RANGE y, z }
PARAMETER { eps = 1e-6 }
STATE { y z }
INITIAL { y = 2 z = 0 }
BREAKPOINT { SOLVE oscillator METHOD derivimplicit }
DERIVATIVE oscillator {
    y' = z
    z' = ((1 - y*y)*z - y)/eps
}
",
    t_ms: 2.0,
    solution: &[
        ("y", 1.706_167_732_170_483),
        ("z", -0.892_809_701_024_797_5),
    ],
};

#[test]
fn van_der_pol() {
    VAN_DER_POL.check(1.0, 100.0);
}
