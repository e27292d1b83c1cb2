//! KINETIC with METHOD sparse against a dense backward Euler solution.

use super::{Model, assert_close, solve_newton};
use nmodl::abi::Failure;
use nmodl::ir::KernelKind;
use nmodl::ir::interpret::Stop;

const NAMES: [&str; 6] = ["A", "B", "C", "x[0]", "x[1]", "x[2]"];
const START: [f64; 6] = [0.8, 0.3, 0.1, 1.0, 2.0, 3.0];

fn mechanism(reactions: &str) -> Model {
    Model::new(&format!(
        "NEURON {{ SUFFIX k RANGE p, flux, other }}
        DEFINE N 3
        PARAMETER {{ kf = 2 kb = 0.5 p = 0.7 vol = 4 }}
        STATE {{ A B C x[N] }}
        ASSIGNED {{ v flux other }}
        INITIAL {{ SOLVE scheme STEADYSTATE sparse }}
        BREAKPOINT {{ SOLVE scheme METHOD sparse }}
        KINETIC scheme {{ LOCAL q\n{reactions}\n}}"
    ))
}

fn run(model: &mut Model, kind: KernelKind) -> Vec<f64> {
    for (name, value) in NAMES.iter().zip(START) {
        model.set(name, value);
    }
    model.do_run(kind);
    NAMES.iter().map(|name| model.get(name)).collect()
}

fn step(model: &mut Model, dt: f64) -> Vec<f64> {
    model.memory.sim.dt_ms = dt;
    run(model, KernelKind::State)
}

struct Scheme {
    reactions: &'static str,
    /// V·x' of each state.
    gain: fn(&[f64]) -> Vec<f64>,
    volumes: [f64; 6],
    /// What the convergence limit of non-linear schemes leaves.
    tolerance: f64,
}

const LINEAR: f64 = 1e-13;
const NONLINEAR: f64 = 1e-9;
const ONES: [f64; 6] = [1.0; 6];

const SCHEMES: &[Scheme] = &[
    Scheme {
        reactions: "~ A <-> B (kf, kb)",
        gain: |x| {
            let j = 2.0 * x[0] - 0.5 * x[1];
            vec![-j, j, 0.0, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: LINEAR,
    },
    Scheme {
        reactions: "~ A <-> B (kf, kb) ~ B <-> C (1, 3) ~ C <-> A (0.1, 0.2)",
        gain: |x| {
            let (j, k) = (2.0 * x[0] - 0.5 * x[1], x[1] - 3.0 * x[2]);
            let l = 0.1 * x[2] - 0.2 * x[0];
            vec![l - j, j - k, k - l, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: LINEAR,
    },
    Scheme {
        reactions: "~ A + B <-> C (kf, kb)",
        gain: |x| {
            let j = 2.0 * x[0] * x[1] - 0.5 * x[2];
            vec![-j, -j, j, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: NONLINEAR,
    },
    Scheme {
        reactions: "~ 2 A <-> B (kf, kb) ~ 3B + A <-> 2 C (1, 0.25)",
        gain: |x| {
            let j = 2.0 * x[0] * x[0] - 0.5 * x[1];
            let k = x[1].powi(3) * x[0] - 0.25 * x[2] * x[2];
            vec![-2.0 * j - k, j - 3.0 * k, 2.0 * k, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: NONLINEAR,
    },
    Scheme {
        // The same species twice, and on both sides.
        reactions: "~ A + A <-> B (kf, kb) ~ A + C <-> 2 C (1, 0.1)",
        gain: |x| {
            let j = 2.0 * x[0] * x[0] - 0.5 * x[1];
            let k = x[0] * x[2] - 0.1 * x[2] * x[2];
            vec![-2.0 * j - k, j, k, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: NONLINEAR,
    },
    Scheme {
        reactions: "COMPARTMENT vol { A } COMPARTMENT 0.5 { B C }
            ~ A <-> B (kf, kb) ~ B <-> C (1, 1)",
        gain: |x| {
            let (j, k) = (2.0 * x[0] - 0.5 * x[1], x[1] - x[2]);
            vec![-j, j - k, k, 0.0, 0.0, 0.0]
        },
        volumes: [4.0, 0.5, 0.5, 1.0, 1.0, 1.0],
        tolerance: LINEAR,
    },
    Scheme {
        reactions: "~ A << (p*3) ~ B -> (kf) ~ A + C -> (kb)",
        gain: |x| {
            let j = 0.5 * x[0] * x[2];
            vec![2.1 - j, -2.0 * x[1], -j, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: NONLINEAR,
    },
    Scheme {
        reactions: "COMPARTMENT i, i + 1 { x }
            ~ x[0] << (p)
            FROM i = 0 TO N-2 { ~ x[i] <-> x[i+1] (kf*(i + 1), kb) }
            ~ x[N-1] -> (0.3)",
        gain: |x| {
            let (j, k) = (2.0 * x[3] - 0.5 * x[4], 4.0 * x[4] - 0.5 * x[5]);
            vec![0.0, 0.0, 0.0, 0.7 - j, j - k, k - 0.3 * x[5]]
        },
        volumes: [1.0, 1.0, 1.0, 1.0, 2.0, 3.0],
        tolerance: LINEAR,
    },
    Scheme {
        // Species that are no states take part with their value.
        reactions: "~ A + p <-> B + vol (kf, kb)",
        gain: |x| {
            let j = 1.4 * x[0] - 2.0 * x[1];
            vec![-j, j, 0.0, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: LINEAR,
    },
    Scheme {
        reactions: "q = v + 1 IF (v < 0) { ~ A <-> B (q, kb) } ELSE { ~ B <-> C (kf, q) }
            ~ B <-> C (1, 2)",
        gain: |x| {
            let (j, k) = (x[1] * 2.0 - x[2], x[1] - 2.0 * x[2]);
            vec![0.0, -j - k, j + k, 0.0, 0.0, 0.0]
        },
        volumes: ONES,
        tolerance: LINEAR,
    },
];

fn backward_euler(scheme: &Scheme, dt: f64) -> Vec<f64> {
    let residual = |x: &[f64]| {
        let gain = (scheme.gain)(x);
        let row = |i: usize| scheme.volumes[i] * (x[i] - START[i]) / dt - gain[i];
        (0..x.len()).map(row).collect()
    };
    solve_newton(&residual, START.to_vec())
}

#[test]
fn a_step_is_that_of_backward_euler() {
    for scheme in SCHEMES {
        let mut model = mechanism(scheme.reactions);
        let longest = if scheme.tolerance == LINEAR { 5.0 } else { 0.2 };
        for dt in [0.001, 0.025, 0.1, longest] {
            let expected = backward_euler(scheme, dt);
            let got = step(&mut model, dt);
            for i in 0..6 {
                let what = format!("{} of {} dt {dt}", NAMES[i], scheme.reactions);
                assert_close(got[i], expected[i], scheme.tolerance, &what);
            }
        }
    }
}

#[test]
fn with_secondorder_half_a_step_is_doubled() {
    for scheme in SCHEMES {
        let mut model = mechanism(scheme.reactions);
        model.memory.sim.secondorder = 2.0;
        let half = backward_euler(scheme, 0.05);
        let got = step(&mut model, 0.1);
        for i in 0..6 {
            let expected = 2.0 * half[i] - START[i];
            assert_close(got[i], expected, 4.0 * scheme.tolerance, scheme.reactions);
        }
    }
}

#[test]
fn mass_is_conserved_to_rounding() {
    for (reactions, weights) in [
        ("~ A <-> B (kf, kb) ~ B <-> C (1, 3)", [1.0, 1.0, 1.0]),
        ("~ A + B <-> C (kf, kb)", [1.0, 1.0, 2.0]),
        ("~ 2 A <-> B (kf, kb) ~ B <-> C (1, 1)", [1.0, 2.0, 2.0]),
        (
            "COMPARTMENT vol { A } ~ A <-> B (kf, kb) ~ B <-> C (1, 3)",
            [4.0, 1.0, 1.0],
        ),
    ] {
        let mut model = mechanism(reactions);
        let total = |x: &[f64]| (0..3).map(|i| weights[i] * x[i]).sum::<f64>();
        let mut x = step(&mut model, 0.025);
        for _ in 0..100 {
            model.do_run(KernelKind::State);
        }
        x.truncate(0);
        x.extend(NAMES.iter().map(|name| model.get(name)));
        assert_close(total(&x), total(&START), 1e-13, reactions);
    }
}

#[test]
fn conserve_takes_the_place_of_an_equation() {
    // Started off the sum, the states are on it after a step.
    for (reactions, sum) in [
        ("~ A <-> B (kf, kb) CONSERVE A + B = 1", [1.0, 1.0, 0.0]),
        (
            "~ A + B <-> C (kf, kb) CONSERVE A + C = 2 - 1",
            [1.0, 0.0, 1.0],
        ),
        ("~ 2 A <-> B (kf, kb) CONSERVE A + 2 B = 1", [1.0, 2.0, 0.0]),
    ] {
        let mut model = mechanism(reactions);
        let x = step(&mut model, 0.1);
        let total: f64 = (0..3).map(|i| sum[i] * x[i]).sum();
        assert_close(total, 1.0, 1e-12, reactions);
    }
}

#[test]
fn conserve_agrees_with_the_equation_that_it_replaces() {
    let total = 0.8 + 0.3 + 0.1;
    for reactions in [
        "~ A <-> B (kf, kb) ~ B <-> C (1, 3)",
        "~ A <-> B (kf, kb) ~ B <-> C (A, 3)",
    ] {
        let plain = step(&mut mechanism(reactions), 0.2);
        let conserve = format!("{reactions} CONSERVE A + B + C = {total:?}");
        let conserved = step(&mut mechanism(&conserve), 0.2);
        for i in 0..3 {
            assert_close(conserved[i], plain[i], 1e-12, reactions);
        }
    }
}

#[test]
fn conserve_counts_amounts_in_compartments() {
    let reactions = "COMPARTMENT vol { A } ~ A <-> B (kf, kb) CONSERVE A + B = 5";
    let x = step(&mut mechanism(reactions), 0.2);
    assert_close(4.0 * x[0] + x[1], 5.0, 1e-13, "amount");
}

#[test]
fn fluxes_are_those_of_the_new_states() {
    let mut model = mechanism(
        "~ A <-> B (kf, kb) flux = f_flux - b_flux
        ~ C << (p) other = f_flux - b_flux",
    );
    let x = step(&mut model, 0.2);
    assert_close(model.get("flux"), 2.0 * x[0] - 0.5 * x[1], 1e-14, "flux");
    assert_close(model.get("other"), -0.7, 1e-15, "an influx goes backward");
}

#[test]
fn steadystate_is_the_equilibrium() {
    let mut model = mechanism("~ A <-> B (kf, kb) ~ B <-> C (1, 4) CONSERVE A + B + C = 1");
    let x = run(&mut model, KernelKind::Initial);
    let sum = 1.0 + 4.0 + 1.0;
    for (i, part) in [1.0, 4.0, 1.0].iter().enumerate() {
        assert_close(x[i], part / sum, 1e-8, NAMES[i]);
    }
    let mut model = mechanism("~ A + B <-> C (kf, kb) CONSERVE A + C = 1 CONSERVE B + C = 2");
    let x = run(&mut model, KernelKind::Initial);
    assert_close(2.0 * x[0] * x[1], 0.5 * x[2], 1e-6, "law of mass action");
    assert_close(x[0] + x[2], 1.0, 1e-12, "A");
    assert_close(x[1] + x[2], 2.0, 1e-12, "B");
    assert!(x.iter().all(|x| *x >= 0.0));
}

#[test]
fn states_of_nonlinear_schemes_do_not_become_negative() {
    let mut model = mechanism("~ A + B -> (1000)");
    let x = step(&mut model, 10.0);
    assert!(x[0] >= 0.0 && x[1] >= 0.0, "{x:?}");
}

#[test]
fn failures_say_where() {
    let mut model = mechanism("~ A + B <-> C (kf/0, kb)");
    let stop = model.run(KernelKind::State);
    let Err(Stop::Failed(Failure::NoConvergence | Failure::SingularMatrix, status)) = stop else {
        panic!("{stop:?}");
    };
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "SOLVE scheme METHOD sparse");
}

/// A, B and C after a step of 0.1 ms from 0.8, 0.3 and 0.1 in NEURON 9.0.2, with `secondorder`
/// 0 and 2. The states begin off the conserved sums: which equation CONSERVE replaces shows.
#[test]
fn neuron_gives_the_same() {
    const ROWS: &[(&str, [[f64; 3]; 2])] = &[
        (
            "~ A <-> B (kf, kb) CONSERVE A + B = 1",
            [
                [0.68, 0.3199999999999999, 0.1],
                [0.6666666666666667, 0.23333333333333311, 0.1],
            ],
        ),
        (
            "~ A + B <-> C (kf, kb) CONSERVE A + C = 1",
            [
                [0.7699364063522811, 0.26993640635228106, 0.23006359364771894],
                [0.7664702977562752, 0.26647029775627523, 0.3335297022437248],
            ],
        ),
        (
            "COMPARTMENT vol { A } ~ A <-> B (kf, kb) CONSERVE A + B = 5",
            [
                [0.7840909090909092, 1.8636363636363635, 0.1],
                [0.7833333333333334, 3.366666666666667, 0.1],
            ],
        ),
        (
            "~ 2 A <-> B (kf, kb) CONSERVE A + 2 B = 1",
            [
                [0.649044353309402, 0.175477823345299, 0.1],
                [0.6145431797641836, -0.007271589882091867, 0.1],
            ],
        ),
        (
            "~ A <-> B (kf, kb) ~ B <-> C (A, 3) CONSERVE A + B + C = 1.2",
            [
                [0.68390470656595, 0.41371295758280063, 0.1023823358512491],
                [0.671126892169688, 0.4295832554662679, 0.09928985236404372],
            ],
        ),
        (
            "~ A + p <-> B (kf, kb) ~ C -> (kb)",
            [
                [0.7184873949579832, 0.3815126050420168, 0.09523809523809525],
                [0.7114155251141554, 0.38858447488584474, 0.0951219512195122],
            ],
        ),
        (
            "~ A <-> B (kf, kb) ~ B <-> C (1, 4) CONSERVE A + B = 1 CONSERVE B + C = 2",
            [
                [0.68, 0.3199999999999999, 1.68],
                [0.6666666666666667, 0.23333333333333311, 3.3666666666666667],
            ],
        ),
    ];
    for (reactions, rows) in ROWS {
        let mut model = mechanism(reactions);
        for (secondorder, expected) in [0.0, 2.0].iter().zip(rows) {
            model.memory.sim.secondorder = *secondorder;
            let got = step(&mut model, 0.1);
            for i in 0..3 {
                let what = format!("{} of {reactions}, secondorder {secondorder}", NAMES[i]);
                assert_close(got[i], expected[i], 1e-13, &what);
            }
        }
    }
}

#[test]
fn a_volume_in_a_branch_that_is_not_taken_is_1() {
    let plain = "~ A <-> B (kf, kb)  p = A";
    let guarded = |condition| format!("IF ({condition}) {{ COMPARTMENT vol {{ A B }} }} {plain}");
    let reference = step(&mut mechanism(plain), 0.1);
    assert_eq!(step(&mut mechanism(&guarded("p < 0")), 0.1), reference);
    let volumes = step(
        &mut mechanism(&format!("COMPARTMENT vol {{ A B }} {plain}")),
        0.1,
    );
    assert_eq!(step(&mut mechanism(&guarded("p > 0")), 0.1), volumes);
    assert_ne!(volumes, reference);
    // Explicit Euler has its own way to the derivatives.
    let euler = |code: &str| {
        let text = format!(
            "NEURON {{ SUFFIX k RANGE p }} PARAMETER {{ p = 0.7 vol = 4 }} STATE {{ A B }}
            ASSIGNED {{ v }} BREAKPOINT {{ SOLVE scheme METHOD euler }}
            KINETIC scheme {{ {code} ~ A <-> B (2, 0.5) }}"
        );
        let mut model = Model::new(&text);
        model.set("A", 0.8);
        model.do_run(KernelKind::State);
        model.get("A")
    };
    assert_eq!(euler("IF (p < 0) { COMPARTMENT vol { A B } }"), euler(""));
    let volume = euler("COMPARTMENT vol { A B }");
    assert_eq!(euler("IF (p > 0) { COMPARTMENT vol { A B } }"), volume);
}
