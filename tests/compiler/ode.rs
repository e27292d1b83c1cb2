//! Kernels for integrators with variable steps: derivatives against forward Euler, and the solution
//! of the linearized equations against a dense one with the Jacobian from differences.

use super::{Model, assert_close, compile, fixtures, solve_dense};
use nmodl::codegen::Options;
use nmodl::ir::{IonVar, KernelKind, Module};
use nmodl::mechanism::{OdeState, StateCall};
use nmodl::source::{NoIncludes, SourceMap};
use nmodl::{ode, pass};

/// The equations of a text, for three instances.
struct Equations {
    model: Model,
    states: Vec<OdeState>,
    first: usize,
}

impl Equations {
    fn new(text: &str) -> Equations {
        let whole = Model::new(text).module;
        let body = whole.ode.as_ref().expect("equations");
        let made = ode::module(
            &whole.mechanism,
            &whole.functions,
            body,
            &ode::Neighbours::of(&whole),
        );
        let (mut module, states) = made.expect("equations that can be integrated");
        pass::run(&mut module, &mut |_, _, _| {}).expect("no errors");
        Equations {
            first: whole.mechanism.columns,
            model: Model::of_module(module),
            states,
        }
    }

    fn set(&mut self, values: &[f64]) {
        for (state, &value) in self.states.iter().zip(values) {
            match state.ion {
                Some((ion, inside)) => {
                    let field = if inside { IonVar::Ci } else { IonVar::Co };
                    self.model.set_ion(ion, field, value);
                }
                None => self.model.memory.column(state.column).fill(value),
            }
        }
    }

    fn added(&mut self) -> Vec<f64> {
        let columns = self.first..self.first + self.states.len();
        columns.map(|c| self.model.memory.column(c)[2]).collect()
    }

    fn derivatives(&mut self, values: &[f64]) -> Vec<f64> {
        self.set(values);
        self.model.do_run(KernelKind::Ode);
        for (state, value) in self.states.clone().iter().zip(values) {
            if state.ion.is_some() {
                continue;
            }
            assert_eq!(self.model.memory.column(state.column)[2], *value, "moved");
        }
        self.added()
    }

    /// Checks the solution for b = 1, 2, … at some states.
    fn check_solution(&mut self, values: &[f64], gamma: f64, tolerance: f64) {
        let n = values.len();
        let mut matrix = vec![vec![0.0; n]; n];
        for j in 0..n {
            let h = 1e-5 * values[j].abs().max(1e-2);
            let mut moved = values.to_vec();
            moved[j] = values[j] + h;
            let up = self.derivatives(&moved);
            moved[j] = values[j] - h;
            let down = self.derivatives(&moved);
            for i in 0..n {
                let slope = (up[i] - down[i]) / (2.0 * h);
                matrix[i][j] = f64::from(u8::from(i == j)) - gamma * slope;
            }
        }
        let b: Vec<f64> = (0..n).map(|i| 1.0 + i as f64).collect();
        let expected = solve_dense(matrix, b.clone());
        self.derivatives(values);
        self.model.memory.sim.dt_ms = gamma;
        for (k, b) in b.iter().enumerate() {
            self.model.memory.column(self.first + k).fill(*b);
        }
        self.model.do_run(KernelKind::OdeSolve);
        for (k, (got, expected)) in self.added().iter().zip(&expected).enumerate() {
            assert_close(*got, *expected, tolerance, &format!("x[{k}]"));
        }
    }
}

const HEAD: &str = "NEURON { SUFFIX x RANGE y } PARAMETER { k = 0.5 p = 3 vol = 2 }
    STATE { a b c w[3] } ASSIGNED { v y }
    FUNCTION rate(u) { rate = exp(u/40) }";

fn equations(solve: &str, block: &str) -> Equations {
    Equations::new(&format!("{HEAD} BREAKPOINT {{ SOLVE s {solve} }} {block}"))
}

const BLOCKS: [(&str, &str); 9] = [
    (
        "METHOD cnexp",
        "DERIVATIVE s { a' = (k - a)/p  b' = rate(v)*(1 - b) - p*b  c' = -c }",
    ),
    (
        "METHOD derivimplicit",
        "DERIVATIVE s { a' = b*b - k*a  b' = a*c - p*b  c' = -c*c*c + a }",
    ),
    (
        "",
        "DERIVATIVE s { LOCAL q  q = a*b  y = q  a' = -q  b' = q - b  IF (a > 0.5) { q = c } c' = -q*c }",
    ),
    (
        "METHOD euler",
        "DERIVATIVE s { FROM i = 0 TO 2 { w'[i] = -(i + 1)*w[i] + k*a } a' = w[1] - a }",
    ),
    (
        "METHOD sparse",
        "KINETIC s { ~ a <-> b (k, p)  ~ b + c <-> w[0] (rate(v), 2)  ~ 2 w[0] <-> w[1] (k, k) }",
    ),
    (
        "METHOD sparse",
        "KINETIC s { COMPARTMENT vol { a b }  ~ a <-> b (k, p)  ~ c << (k*v) ~ c -> (p) ~ a + c <-> b (1, 2) }",
    ),
    (
        "METHOD sparse",
        "KINETIC s { ~ a <-> b (k, p)  ~ b <-> c (p, k)  CONSERVE a + b + c = 1 }",
    ),
    (
        "METHOD sparse",
        "KINETIC s { COMPARTMENT i, vol*(i + 1) { w } FROM i = 0 TO 1 { ~ w[i] <-> w[i+1] (k, p) } y = f_flux }",
    ),
    ("METHOD runge", "KINETIC s { ~ a <-> b (k, p) }"),
];

#[test]
fn derivatives_are_those_of_a_step_of_euler() {
    for (_, block) in BLOCKS {
        let mut ours = equations("METHOD euler", block);
        let mut step = Model::new(&format!(
            "{HEAD} BREAKPOINT {{ SOLVE s METHOD euler }} {block}"
        ));
        let start: Vec<f64> = (0..ours.states.len())
            .map(|i| 0.7 - 0.1 * i as f64)
            .collect();
        ours.model.set_v(-20.0);
        step.set_v(-20.0);
        let got = ours.derivatives(&start);
        let dt = 2f64.powi(-20);
        step.memory.sim.dt_ms = dt;
        for (state, x) in ours.states.iter().zip(&start) {
            step.memory.column(state.column).fill(*x);
        }
        step.do_run(KernelKind::State);
        for ((state, got), x) in ours.states.iter().zip(&got).zip(&start) {
            let moved = step.memory.column(state.column)[2] - x;
            assert_close(*got, moved / dt, 1e-9, block);
        }
    }
}

#[test]
fn the_linearized_equations_are_solved() {
    for (method, block) in BLOCKS {
        let mut equations = equations(method, block);
        equations.model.set_v(-20.0);
        let n = equations.states.len();
        let values: Vec<f64> = (0..n).map(|i| 0.9 - 0.13 * i as f64).collect();
        for gamma in [0.01, 0.5, 20.0] {
            equations.check_solution(&values, gamma, 1e-7);
        }
    }
}

#[test]
fn a_concentration_is_the_ions() {
    let mut equations = Equations::new(
        "NEURON { SUFFIX x USEION ca READ ica WRITE cai } STATE { cai u } ASSIGNED { ica }
        BREAKPOINT { SOLVE s METHOD derivimplicit }
        DERIVATIVE s { cai' = -3*ica - cai*u  u' = cai - u }",
    );
    equations.model.set_ion(0, IonVar::Cur, 2.0);
    assert_eq!(equations.states[0].ion, Some((0, true)));
    assert_eq!(equations.states[1].ion, None);
    assert_eq!(equations.derivatives(&[0.5, 4.0]), [-8.0, -3.5]);
    equations.check_solution(&[0.5, 4.0], 0.3, 1e-8);
}

#[test]
fn several_blocks_are_integrated_together() {
    let mut equations = equations(
        "SOLVE t METHOD sparse",
        "DERIVATIVE s { a' = -a }  KINETIC t { ~ b <-> c (k, p) }",
    );
    assert_eq!(equations.derivatives(&[3.0, 2.0, 1.0]), [-3.0, 2.0, -2.0]);
    equations.check_solution(&[3.0, 2.0, 1.0], 0.3, 1e-8);
}

fn module(code: &str) -> Module {
    Model::new(&format!(
        "NEURON {{ SUFFIX x }} STATE {{ a b }} ASSIGNED {{ v }} {code}"
    ))
    .module
}

#[test]
fn when_a_procedure_is_called_is_said() {
    for (method, expected) in [
        ("after_cvode", StateCall::Step),
        ("cvode_t", StateCall::Currents),
        ("cvode_t_v", StateCall::Currents),
    ] {
        let module = module(&format!(
            "BREAKPOINT {{ SOLVE s METHOD {method} }} PROCEDURE s() {{ a = 1 }}"
        ));
        let step = &module.mechanism.variable_step;
        assert_eq!((step.state, &step.refusal), (expected, &None));
        assert_eq!(module.ode, None);
    }
}

#[test]
fn a_procedure_without_method_is_called_in_each_step_unless_it_may_integrate() {
    let step = |code: &str| {
        let head = "NEURON { SUFFIX x } ASSIGNED { v n dt }";
        Model::new(&format!("{head} {code}"))
            .module
            .mechanism
            .variable_step
    };
    let plain = step("BREAKPOINT { SOLVE s } PROCEDURE s() { n = n + v }");
    assert_eq!((plain.state, plain.refusal), (StateCall::Step, None));
    for code in [
        "BREAKPOINT { SOLVE s } PROCEDURE s() { n = n + dt }",
        "BREAKPOINT { SOLVE s } PROCEDURE s() { if (v > 0) { n = n*exp(-dt) } }",
        "BREAKPOINT { SOLVE s } STATE { a } PROCEDURE s() { n = v }",
    ] {
        assert!(step(code).refusal.is_some(), "{code}");
    }
}

#[test]
fn what_cannot_be_integrated_says_why() {
    for (code, expected) in [
        (
            "BREAKPOINT { SOLVE s } PROCEDURE s() { a = 1 }",
            "`s` is solved without METHOD after_cvode, cvode_t or cvode_t_v",
        ),
        (
            "BREAKPOINT { SOLVE s } LINEAR s { ~ a = 1 }",
            "BREAKPOINT solves the LINEAR `s`",
        ),
        (
            "BREAKPOINT { SOLVE s STEADYSTATE sparse } KINETIC s { ~ a <-> b (1, 2) }",
            "`s` is solved for its steady state",
        ),
        (
            "BREAKPOINT { SOLVE s METHOD cnexp SOLVE t METHOD after_cvode } DERIVATIVE s { a' = -a } PROCEDURE t() { b = a }",
            "BREAKPOINT has SOLVEs of several kinds",
        ),
    ] {
        let step = module(code).mechanism.variable_step;
        assert_eq!(step.refusal.expect(code).reason, expected);
    }
    let twice = module(
        "BREAKPOINT { SOLVE s METHOD cnexp SOLVE t METHOD cnexp } DERIVATIVE s { a' = -a } DERIVATIVE t { a' = 1 }",
    );
    let body = twice.ode.as_ref().expect("equations");
    let fault = ode::module(
        &twice.mechanism,
        &twice.functions,
        body,
        &ode::Neighbours::of(&twice),
    )
    .expect_err("refused");
    assert_eq!(
        fault[0].message,
        "`a` has equations in two blocks that BREAKPOINT solves"
    );
}

#[test]
fn kernels_are_made_at_the_first_request() {
    let mut sources = SourceMap::new();
    let file = sources.add(
        "x.mod",
        format!("{HEAD} BREAKPOINT {{ SOLVE s METHOD cnexp }} DERIVATIVE s {{ a' = -a b' = 1 }}"),
    );
    let output = nmodl::compile(
        &mut sources,
        file,
        &mut NoIncludes,
        Options::default(),
        &mut |_| {},
    );
    let mechanism = output.expect("no errors").mechanism;
    let ode = mechanism.ode().expect("no fault").expect("equations");
    assert_eq!(ode.states().len(), 2);
    let again = mechanism.clone();
    let again = again.ode().expect("no fault").expect("equations");
    assert_eq!(again.derivatives() as usize, ode.derivatives() as usize);
}

#[test]
fn all_equations_of_the_fixtures_compile() {
    let mut count = 0;
    for (name, text) in fixtures("ok") {
        let compiled = compile(&name, text.as_bytes(), false);
        let Some(whole) = compiled.module() else {
            continue;
        };
        let Some(body) = &whole.ode else { continue };
        let made = ode::module(
            &whole.mechanism,
            &whole.functions,
            body,
            &ode::Neighbours::of(whole),
        );
        let (mut module, _) = made.unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        pass::run(&mut module, &mut |_, _, _| {}).expect(&name);
        count += 1;
    }
    assert!(count > 5, "{count}");
}

#[test]
fn what_other_kernels_read_is_stored() {
    let mut equations = Equations::new(
        "NEURON { SUFFIX x NONSPECIFIC_CURRENT i } ASSIGNED { v i hidden unread } STATE { a }
         BREAKPOINT { SOLVE s METHOD cnexp i = hidden*a }
         DERIVATIVE s { hidden = 3*a unread = 4*a a' = -a }",
    );
    equations.derivatives(&[2.0]);
    let variables = &equations.model.module.mechanism.variables;
    let offset = |name| {
        variables
            .iter()
            .find(|v| v.name == name)
            .expect(name)
            .offset
    };
    let (hidden, unread) = (offset("hidden"), offset("unread"));
    assert_eq!(equations.model.memory.column(hidden)[2], 6.0);
    assert_ne!(equations.model.memory.column(unread)[2], 8.0, "for nobody");
}

#[test]
fn derivatives_may_depend_on_no_state() {
    let mut sources = SourceMap::new();
    let file = sources.add(
        "x.mod",
        "NEURON { SUFFIX x } PARAMETER { k = 2 } STATE { a }
         BREAKPOINT { SOLVE s METHOD cnexp } DERIVATIVE s { a' = k }",
    );
    let output = nmodl::compile(
        &mut sources,
        file,
        &mut NoIncludes,
        Options::default(),
        &mut |_| {},
    );
    let mechanism = output.expect("no errors").mechanism;
    let ode = mechanism.ode().expect("no fault").expect("equations");
    assert_eq!(ode.states().len(), 1);
}
