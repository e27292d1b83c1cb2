//! HIRES (Schäfer 1975): high irradiance responses of photomorphogenesis, eight reactants.

use super::Problem;

const HIRES: Problem<'_> = Problem {
    text: "\
NEURON { SUFFIX x RANGE a, b, c, d, e, f, g, h }
STATE { a b c d e f g h }
INITIAL { a = 1 b = 0 c = 0 d = 0 e = 0 f = 0 g = 0 h = 0.0057 }
BREAKPOINT { SOLVE response METHOD derivimplicit }
DERIVATIVE response {
    a' = -1.71*a + 0.43*b + 8.32*c + 0.0007
    b' = 1.71*a - 8.75*b
    c' = -10.03*c + 0.43*d + 0.035*e
    d' = 8.32*b + 1.71*c - 1.12*d
    e' = -1.745*e + 0.43*f + 0.43*g
    f' = -280*f*h + 0.69*d + 1.71*e - 0.43*f + 0.69*g
    g' = 280*f*h - 1.81*g
    h' = -280*f*h + 1.81*g
}
",
    t_ms: 321.8122,
    solution: &[
        ("a", 0.737_131_257_332_566_8e-3),
        ("b", 0.144_248_572_631_618_5e-3),
        ("c", 0.588_872_974_096_757_4e-4),
        ("d", 0.117_565_134_328_314_9e-2),
        ("e", 0.238_635_619_883_133_1e-2),
        ("f", 0.623_896_825_274_279_6e-2),
        ("g", 0.284_999_839_518_576_9e-2),
        ("h", 0.285_000_160_481_423_1e-2),
    ],
};

#[test]
fn hires() {
    HIRES.check(1e-4, 300.0);
}
