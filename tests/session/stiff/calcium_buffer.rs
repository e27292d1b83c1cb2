//! Calcium and a fast buffer, ca + b <-> cab, in closed form: with both totals conserved the free
//! calcium has ca' = -kf·(ca - p)·(ca - q) with the roots p and q of a quadratic equation.

use super::Problem;

/// Per mM and ms, and per ms.
const KF: f64 = 1e4;
const KB: f64 = 5.0;
const CALCIUM_MM: f64 = 0.05;
const BUFFER_MM: f64 = 0.1;

fn free_calcium(t_ms: f64) -> f64 {
    let middle = -0.5 * (BUFFER_MM - CALCIUM_MM + KB / KF);
    let distance = (middle * middle + KB / KF * CALCIUM_MM).sqrt();
    let (p, q) = (middle + distance, middle - distance);
    let ratio = (CALCIUM_MM - p) / (CALCIUM_MM - q) * (-KF * (p - q) * t_ms).exp();
    (p - q * ratio) / (1.0 - ratio)
}

const TEXT: &str = "\
NEURON { SUFFIX x RANGE ca, b, cab }
PARAMETER { kf = 1e4 (/mM/ms) kb = 5 (/ms) }
STATE { ca (mM) b (mM) cab (mM) }
INITIAL { ca = 0.05 b = 0.1 cab = 0 }
BREAKPOINT { SOLVE binding METHOD sparse }
KINETIC binding { ~ ca + b <-> cab (kf, kb) }
";

#[test]
fn binding_in_closed_form() {
    // In the course of the fast binding, and a thousand of its time constants later.
    for (t_ms, factor) in [(2e-3, 100.0), (1.0, 30.0)] {
        let ca = free_calcium(t_ms);
        let solution = [
            ("ca", ca),
            ("b", BUFFER_MM - CALCIUM_MM + ca),
            ("cab", CALCIUM_MM - ca),
        ];
        let problem = Problem {
            text: TEXT,
            t_ms,
            solution: &solution,
        };
        problem.check(1e-4, factor);
    }
}
