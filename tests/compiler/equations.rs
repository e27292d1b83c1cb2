//! LINEAR and NONLINEAR blocks against dense solutions, runge against its own arithmetic, and SOLVE
//! wherever it may stand.

use super::{Model, assert_close, compile, fixtures, solve_dense, solve_newton};
use nmodl::abi::Failure;
use nmodl::ir::KernelKind;
use nmodl::ir::interpret::Stop;

/// A mechanism whose state kernel solves one block of equations.
fn mechanism(block: &str) -> Model {
    Model::new(&format!(
        "NEURON {{ SUFFIX x RANGE y }}
        PARAMETER {{ k = 0.5  p = 3 }}
        STATE {{ a b c w[3] }}
        ASSIGNED {{ v y }}
        FUNCTION f(u) {{ f = u*u }}
        BREAKPOINT {{ SOLVE block }}
        {block}"
    ))
}

const NAMES: [&str; 6] = ["a", "b", "c", "w[0]", "w[1]", "w[2]"];

fn solved(block: &str, start: [f64; 6]) -> Vec<f64> {
    let mut model = mechanism(block);
    for (name, value) in NAMES.iter().zip(start) {
        model.set(name, value);
    }
    model.do_run(KernelKind::State);
    NAMES.iter().map(|name| model.get(name)).collect()
}

const START: [f64; 6] = [0.7, 1.5, 0.3, 2.0, 0.4, 0.1];

#[test]
fn linear_blocks_are_solved() {
    type Case = (&'static str, Vec<(usize, f64)>);
    let dense =
        |a: &[&[f64]], b: &[f64]| solve_dense(a.iter().map(|r| r.to_vec()).collect(), b.to_vec());
    let three = dense(
        &[&[2.0, -1.0, 0.0], &[0.5, 0.0, 3.0], &[1.0, 1.0, 1.0]],
        &[1.0, 2.0, 3.0],
    );
    let cases: &[Case] = &[
        ("LINEAR block { ~ a = 4 }", vec![(0, 4.0), (1, 1.5)]),
        (
            "LINEAR block { ~ 2*a - b = 1  ~ k*a + p*c = 2  ~ a + b + c = 3 }",
            vec![(0, three[0]), (1, three[1]), (2, three[2])],
        ),
        // A zero on the diagonal that only the run shows.
        (
            "LINEAR block { ~ (k - 0.5)*a + b = 2  ~ a + (p - 3)*b = 7 }",
            vec![(0, 7.0), (1, 2.0)],
        ),
        (
            "LINEAR block { ~ a = 1  ~+ 2*b = k  ~ b = -a }",
            vec![(0, -1.5), (1, 1.5)],
        ),
        (
            "LINEAR block SOLVEFOR a { ~ a*b + c = b }",
            vec![(0, 1.2 / 1.5), (1, 1.5)],
        ),
        (
            "LINEAR block { LOCAL q  q = f(p)  FROM i = 0 TO 2 { ~ q*w[i] = i + a } ~ a = 1 }",
            vec![(0, 1.0), (3, 1.0 / 9.0), (4, 2.0 / 9.0), (5, 3.0 / 9.0)],
        ),
        (
            "LINEAR block { IF (p > 2) { ~ a = 1 + b } ELSE { ~ a = 7 } ~ b*p = 6 }",
            vec![(0, 3.0), (1, 2.0)],
        ),
        // What is assigned between equations holds from there on.
        (
            "LINEAR block { y = 2  ~ y*a = 1  y = 4  ~ y*b = 1 }",
            vec![(0, 0.5), (1, 0.25)],
        ),
    ];
    for (block, expected) in cases {
        let got = solved(block, START);
        for &(i, value) in expected {
            assert_close(got[i], value, 1e-13, &format!("{} of {block}", NAMES[i]));
        }
    }
}

#[test]
fn pivots_are_the_largest_at_hand() {
    // Elimination in the order of the text would lose all digits.
    let got = solved("LINEAR block { ~ 1e-17*a + b = 1  ~ a + b = 2 }", START);
    assert_close(got[0], 1.0, 1e-15, "a");
    assert_close(got[1], 1.0, 1e-15, "b");
}

#[test]
fn a_dense_system_agrees_with_a_dense_solution() {
    let n = 12;
    let coefficient = |i: usize, j: usize| ((i * 7 + j * 13 + i * j) % 19) as f64 - 9.0;
    let mut equations = String::new();
    let mut matrix = vec![vec![0.0; n]; n];
    for (i, row) in matrix.iter_mut().enumerate() {
        equations += "~ 0";
        for (j, entry) in row.iter_mut().enumerate() {
            *entry = coefficient(i, j);
            equations += &format!(" + ({:e})*w[{j}]", *entry);
        }
        equations += &format!(" = {i} + v\n");
    }
    let mut model = Model::new(&format!(
        "NEURON {{ SUFFIX x }} STATE {{ w[{n}] }} ASSIGNED {{ v }}
        BREAKPOINT {{ SOLVE block }} LINEAR block {{ {equations} }}"
    ));
    model.set_v(2.0);
    model.do_run(KernelKind::State);
    let expected = solve_dense(matrix, (0..n).map(|i| i as f64 + 2.0).collect());
    for (j, expected) in expected.iter().enumerate() {
        assert_close(model.get(&format!("w[{j}]")), *expected, 1e-11, "w");
    }
}

#[test]
fn a_singular_system_is_a_failure_with_its_place() {
    for block in [
        "LINEAR block { ~ a + b = 1  ~ 2*a + 2*b = 2 }",
        "LINEAR block { ~ (k - 0.5)*a = 1 }",
        "NONLINEAR block { ~ a + b = 1  ~ 2*a + 2*b = 3 }",
    ] {
        let mut model = mechanism(block);
        let Err(Stop::Failed(failure, status)) = model.run(KernelKind::State) else {
            panic!("no failure: {block}");
        };
        assert_eq!(failure, Failure::SingularMatrix, "{block}");
        let place = &model.module.mechanism.places[status.place as usize];
        assert_eq!(place.what, "SOLVE block");
    }
}

type System = (&'static str, &'static [usize], fn(&[f64]) -> Vec<f64>);

const SYSTEMS: &[System] = &[
    ("NONLINEAR block { ~ a*a = 2 }", &[0], |x| {
        vec![x[0] * x[0] - 2.0]
    }),
    (
        "NONLINEAR block { ~ a*a + b = 3  ~ b*k = exp(-a) }",
        &[0, 1],
        |x| vec![x[0] * x[0] + x[1] - 3.0, 0.5 * x[1] - (-x[0]).exp()],
    ),
    // The first equation has nothing on its diagonal.
    ("NONLINEAR block { ~ b*b*b = 2  ~ a*b = 1 }", &[0, 1], |x| {
        vec![x[1].powi(3) - 2.0, x[0] * x[1] - 1.0]
    }),
    (
        "NONLINEAR block SOLVEFOR c { ~ c + c^3 = a + b }",
        &[2],
        |x| vec![x[0] + x[0].powi(3) - 2.2],
    ),
    (
        "NONLINEAR block { LOCAL s  s = w[0]*w[1]
            ~ s + w[2] = 1  ~ f(w[0]) = 1 + w[1]  ~ w[2] = 0  ~+ w[2]*w[2] = k*w[0] }",
        &[3, 4, 5],
        |x| {
            vec![
                x[0] * x[1] + x[2] - 1.0,
                x[0] * x[0] - 1.0 - x[1],
                x[2] + x[2] * x[2] - 0.5 * x[0],
            ]
        },
    ),
    (
        "NONLINEAR block { LOCAL s  s = 0  FROM i = 0 TO 2 { s = s + w[i]*w[i] }
            FROM i = 0 TO 2 { ~ w[i] = (i + 1)/(1 + s) } }",
        &[3, 4, 5],
        |x| {
            let s: f64 = x.iter().map(|x| x * x).sum();
            (0..3)
                .map(|i| x[i] - (i as f64 + 1.0) / (1.0 + s))
                .collect()
        },
    ),
];

#[test]
fn nonlinear_blocks_are_solved() {
    for (block, unknowns, f) in SYSTEMS {
        let got = solved(block, START);
        let start: Vec<f64> = unknowns.iter().map(|&i| START[i]).collect();
        let expected = solve_newton(f, start);
        for (&i, expected) in unknowns.iter().zip(expected) {
            assert_close(got[i], expected, 1e-11, &format!("{} of {block}", NAMES[i]));
        }
    }
}

#[test]
fn nonlinear_blocks_may_begin_at_zero() {
    let got = solved("NONLINEAR block { ~ a = 1 - a*a }", [0.0; 6]);
    assert_close(got[0], (5.0_f64.sqrt() - 1.0) / 2.0, 1e-12, "a");
}

#[test]
fn what_a_nonlinear_block_assigns_belongs_to_the_solution() {
    let mut model = mechanism("NONLINEAR block { y = a*a  ~ y + 0*a = 2 }");
    model.set("a", 1.0);
    model.do_run(KernelKind::State);
    assert_close(model.get("y"), 2.0, 1e-12, "y");
}

#[test]
fn what_does_not_converge_is_a_failure_with_its_place() {
    let mut model = mechanism("NONLINEAR block { ~ a*a = -1 }");
    model.set("a", 0.5);
    let Err(Stop::Failed(failure, status)) = model.run(KernelKind::State) else {
        panic!("no failure");
    };
    assert_eq!(failure, Failure::NoConvergence);
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "SOLVE block");
}

#[test]
fn derivimplicit_may_begin_at_zero() {
    let mut model = Model::new(
        "NEURON { SUFFIX x } STATE { a } BREAKPOINT { SOLVE s METHOD derivimplicit }
        DERIVATIVE s { a' = 1 - a*a }",
    );
    model.memory.sim.dt_ms = 1.0;
    model.do_run(KernelKind::State);
    assert_close(model.get("a"), (5.0_f64.sqrt() - 1.0) / 2.0, 1e-12, "a");
}

/// One step of the classical method, written the usual way.
fn runge_step(f: &dyn Fn(f64, &[f64]) -> Vec<f64>, t: f64, x: &[f64], h: f64) -> Vec<f64> {
    let at = |k: &[f64], s: f64| -> Vec<f64> { x.iter().zip(k).map(|(x, k)| x + s * k).collect() };
    let k1 = f(t, x);
    let k2 = f(t + h / 2.0, &at(&k1, h / 2.0));
    let k3 = f(t + h / 2.0, &at(&k2, h / 2.0));
    let k4 = f(t + h, &at(&k3, h));
    (0..x.len())
        .map(|i| x[i] + h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]))
        .collect()
}

#[test]
fn runge_is_the_classical_method() {
    let mut model = Model::new(
        "NEURON { SUFFIX x RANGE y } PARAMETER { k = 0.8 } STATE { a b } ASSIGNED { y }
        BREAKPOINT { SOLVE s METHOD runge }
        DERIVATIVE s { LOCAL q  q = a*b  y = q  a' = -k*q + sin(t)  b' = q - b*b }",
    );
    model.set("a", 0.7);
    model.set("b", 1.5);
    model.memory.sim.t_ms = 2.0;
    model.memory.sim.dt_ms = 0.3;
    model.do_run(KernelKind::State);
    let f = |t: f64, x: &[f64]| {
        let q = x[0] * x[1];
        vec![-0.8 * q + t.sin(), q - x[1] * x[1]]
    };
    let expected = runge_step(&f, 2.0, &[0.7, 1.5], 0.3);
    assert_close(model.get("a"), expected[0], 1e-14, "a");
    assert_close(model.get("b"), expected[1], 1e-14, "b");
    assert_close(model.get("y"), expected[0] * expected[1], 1e-14, "y");
}

#[test]
fn kinetic_schemes_as_derivatives() {
    let scheme = |method: &str| {
        let mut model = Model::new(&format!(
            "NEURON {{ SUFFIX x }} PARAMETER {{ vol = 2 }} STATE {{ a b c }}
            BREAKPOINT {{ SOLVE s METHOD {method} }}
            KINETIC s {{
                COMPARTMENT vol {{ a b }}
                ~ 2 a + b <-> c (0.5, 0.1)
                ~ c -> (0.3)
                ~ a << (0.4)
                CONSERVE a + b + c = 1
            }}"
        ));
        for (name, value) in [("a", 0.7), ("b", 1.5), ("c", 0.2)] {
            model.set(name, value);
        }
        model.memory.sim.dt_ms = 0.1;
        model.do_run(KernelKind::State);
        ["a", "b", "c"].map(|name| model.get(name))
    };
    let f = |_: f64, x: &[f64]| {
        let net = 0.5 * x[0] * x[0] * x[1] - 0.1 * x[2];
        vec![(-2.0 * net + 0.4) / 2.0, -net / 2.0, net - 0.3 * x[2]]
    };
    let x = [0.7, 1.5, 0.2];
    let euler: Vec<f64> = x.iter().zip(f(0.0, &x)).map(|(x, r)| x + 0.1 * r).collect();
    let runge = runge_step(&f, 0.0, &x, 0.1);
    for (method, expected) in [("euler", euler), ("runge", runge)] {
        for (got, expected) in scheme(method).into_iter().zip(expected) {
            assert_close(got, expected, 1e-14, method);
        }
    }
}

#[test]
fn solve_stands_where_statements_stand() {
    let text = |where_: &str, block: &str| {
        format!(
            "NEURON {{ POINT_PROCESS x }} PARAMETER {{ k = 4 }} STATE {{ a b }} ASSIGNED {{ y }}
            {where_}
            PROCEDURE p() {{ SOLVE lines }}
            FUNCTION g(x) {{ SOLVE lines  g = a + x }}
            LINEAR lines {{ ~ a = k  ~ b = k*a }}
            {block}"
        )
    };
    for (where_, kind) in [
        ("INITIAL { SOLVE lines }", KernelKind::Initial),
        ("INITIAL { p() }", KernelKind::Initial),
        ("INITIAL { IF (k > 3) { y = g(1) } }", KernelKind::Initial),
        ("BREAKPOINT { SOLVE lines }", KernelKind::State),
        ("BREAKPOINT { p() }", KernelKind::State),
        ("BREAKPOINT { SOLVE p }", KernelKind::State),
        (
            "BREAKPOINT { SOLVE p METHOD after_cvode }",
            KernelKind::State,
        ),
        (
            "BREAKPOINT { SOLVE lines METHOD cvode_t }",
            KernelKind::State,
        ),
        ("NET_RECEIVE (w) { SOLVE lines }", KernelKind::NetReceive),
        ("NET_RECEIVE (w) { p() }", KernelKind::NetReceive),
    ] {
        let mut model = Model::new(&text(where_, ""));
        model.do_run(kind);
        assert_eq!((model.get("a"), model.get("b")), (4.0, 16.0), "{where_}");
    }
}

#[test]
fn what_breakpoint_adds_up_is_added_twice() {
    let mut model = Model::new(
        "NEURON { SUFFIX x RANGE charge, top, last NONSPECIFIC_CURRENT i } LOCAL steps
        ASSIGNED { v i charge top last }
        BREAKPOINT { i = 2*v  charge = charge + i  IF (v > top) { top = v }
            last = i  steps = steps + 1 }",
    );
    model.set_v(3.0);
    model.do_run(KernelKind::Current);
    assert_close(model.get("charge"), 6.002 + 6.0, 1e-15, "charge");
    assert_eq!((model.get("top"), model.get("last")), (3.001, 6.0));
    assert_eq!(model.get("steps"), 6.0, "twice for each of three instances");
    assert_eq!(model.node(nmodl::ir::NodeVar::Rhs, 0), -6.0);
    assert_close(model.node(nmodl::ir::NodeVar::D, 0), 2.0, 1e-12, "g");
}

#[test]
fn a_block_is_refused_once_for_each_solve() {
    let text = "NEURON { SUFFIX x } STATE { a b } INITIAL { p() } BREAKPOINT { p() }
        PROCEDURE p() { SOLVE few } LINEAR few { ~ a + b = 1 }";
    let compiled = compile("text.mod", text.as_bytes(), false);
    assert_eq!(compiled.diagnostics.len(), 1, "{}", compiled.messages());
}

#[test]
fn coefficients_and_volumes_of_diffusion() {
    let text = fixtures("ok")
        .into_iter()
        .find(|(name, _)| name == "diffusion");
    let mut model = Model::new(&text.expect("the fixture").1);
    model.set("width[0]", 0.25);
    model.set("width[1]", 0.5);
    *model
        .memory
        .node_value(nmodl::ir::NodeVar::Diam, 0)
        .unwrap() = 3.0;
    model.do_run(KernelKind::Diffusion);
    let diffusions = model.module.mechanism.diffusions.clone();
    let found: Vec<(f64, f64)> = diffusions
        .iter()
        .map(|d| {
            (
                model.memory.column(d.coefficient)[0],
                model.memory.column(d.volume)[0],
            )
        })
        .collect();
    assert_eq!(
        found,
        [(0.6 * 9.0, 9.0), (0.6 * 0.25, 0.25), (1.2 * 0.5, 0.5)]
    );
    let ions: Vec<_> = diffusions.iter().map(|d| d.ion).collect();
    assert_eq!(ions, [Some((0, true)), None, None]);
}
