//! Functions whose values come from outside, and those that NEURON knows.

use super::{Model, assert_close, compile, fixtures};
use nmodl::abi::{Failure, ScopFunction};
use nmodl::codegen::vectorizable;
use nmodl::function_table::{Axis, FunctionTable, FunctionTableError};
use nmodl::ir::interpret::Stop;
use nmodl::ir::memory::Call;
use nmodl::ir::{KernelKind, NodeVar};

fn model(name: &str) -> Model {
    let all = fixtures("ok");
    let (_, text) = all.into_iter().find(|(known, _)| known == name).unwrap();
    Model::new(&text)
}

fn even(count: usize, low: f64, high: f64) -> Axis {
    Axis::Even { count, low, high }
}

fn tables(model: &mut Model) {
    let curve = |x: f64| 1.0 + x.abs() / 40.0;
    let points: Vec<f64> = vec![-90.0, -64.5, -40.0, -1.0, 20.0];
    let values = points.iter().map(|&x| curve(x)).collect();
    let tau = FunctionTable::new(values, vec![Axis::Points(points)]).unwrap();
    let values = (0..12).map(|i| f64::from(i * i % 7)).collect();
    let two = FunctionTable::new(values, vec![even(4, -90.0, 10.0), even(3, -50.0, 5.0)]);
    model.memory.function_tables = vec![Some(tau), two.ok(), None];
}

#[test]
fn tables_are_looked_up_lane_by_lane() {
    let mut model = model("function_table");
    tables(&mut model);
    let current = model
        .module
        .kernels
        .iter()
        .find(|k| k.kind == KernelKind::Current);
    let current = current.unwrap();
    let kind = model.module.mechanism.kind;
    assert_eq!(vectorizable(kind, current.kind, &current.body), Ok(()));
    for (node, v) in [-70.0, -20.0, 30.0].into_iter().enumerate() {
        *model.memory.node_value(NodeVar::V, node).unwrap() = v;
    }
    model.do_run(KernelKind::Current);
    let table = |k: usize| model.memory.function_tables[k].clone().unwrap();
    let (tau, two) = (table(0), table(1));
    for (instance, v) in [-70.0, -20.0, 30.0].into_iter().enumerate() {
        let y = tau.value(&[v]) + two.value(&[v, 1.0]);
        assert_eq!(model.get_of("y", instance), y);
    }
}

#[test]
fn conductances_know_the_slopes_of_tables() {
    let mut model = model("function_table");
    for v in [-88.0, -70.3, -20.0, 3.0, 15.0, 30.0, -95.0] {
        tables(&mut model);
        let mut current = |v: f64| {
            model.set_v(v);
            model.memory.nodes[2].fill(0.0);
            model.do_run(KernelKind::Current);
            (model.get("i"), model.node(NodeVar::D, 0))
        };
        let (above, _) = current(v + 0.0005 + 1e-5);
        let (below, _) = current(v + 0.0005 - 1e-5);
        assert_close(
            current(v).1,
            (above - below) / 2e-5,
            // A table of two arguments that both follow v is bent; its slopes are taken as constant.
            1e-5,
            &format!("di/dv at {v}"),
        );
    }
}

#[test]
fn a_table_without_values_is_a_failure_that_names_it() {
    let mut model = model("function_table");
    tables(&mut model);
    model.memory.function_tables[1] = None;
    let Err(Stop::Failed(failure, status)) = model.run(KernelKind::Current) else {
        panic!("no failure");
    };
    assert_eq!(failure, Failure::UnsetFunctionTable);
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "two");
    // The others can still be called.
    assert_eq!(model.call("twice", &[-40.0]), 4.0);
    assert!(model.try_call("three", &[0.0, 0.0, 0.0]).is_err());
}

#[test]
fn grids_that_make_no_sense_are_refused() {
    let new = |values: usize, axes| FunctionTable::new(vec![0.0; values], axes).unwrap_err();
    let (values, points) = (5, 6);
    let mismatch = FunctionTableError::Values { values, points };
    assert_eq!(new(5, vec![even(2, 0.0, 1.0), even(3, 0.0, 1.0)]), mismatch);
    assert_eq!(new(2, vec![even(2, 1.0, 0.0)]), FunctionTableError::Axis(0));
    let descending = Axis::Points(vec![0.0, 2.0, 1.0]);
    assert_eq!(new(3, vec![descending]), FunctionTableError::Axis(0));
    let compiled = compile("x.mod", b"NEURON { SUFFIX x } FUNCTION_TABLE f()", false);
    assert_eq!(compiled.diagnostics[0].code.text(), "E0110");
}

#[test]
fn flux_and_its_derivative() {
    let mut model = Model::new(
        "NEURON { SUFFIX x NONSPECIFIC_CURRENT i }
        ASSIGNED { v i }
        BREAKPOINT { i = nrn_ghk(v, 5e-5, 2, 2) }",
    );
    for v in [-65.0, -1e-3, 0.0, 2e-3, 30.0] {
        let mut current = |v: f64| {
            model.set_v(v);
            model.memory.nodes[2].fill(0.0);
            model.do_run(KernelKind::Current);
            (model.get("i"), model.node(NodeVar::D, 0))
        };
        let (above, _) = current(v + 0.0005 + 1e-4);
        let (below, _) = current(v + 0.0005 - 1e-4);
        assert_close(
            current(v).1,
            (above - below) / 2e-4,
            1e-6,
            &format!("di/dv at {v}"),
        );
    }
}

#[test]
fn random_functions_are_asked_of_the_host() {
    let mut model = model("builtins");
    model.call("seed", &[42.0]);
    model.call("no", &[1.0, 3.0]);
    let scop = |function: ScopFunction, a, b| Call::Scop {
        function: function as i32,
        a,
        b,
    };
    assert_eq!(
        model.memory.calls.0,
        [
            scop(ScopFunction::SetSeed, 42.0, 0.0),
            scop(ScopFunction::Normal, 1.0, 3.0)
        ]
    );
    model.do_run(KernelKind::State);
    assert_eq!(model.memory.calls.0.len(), 5);
}
