//! POINTER variables.

use super::{Model, compile, fixtures};
use nmodl::abi::Failure;
use nmodl::codegen::vectorizable;
use nmodl::ir::interpret::Stop;
use nmodl::ir::memory::Target;
use nmodl::ir::{KernelKind, NodeVar};
use nmodl::mechanism::PointerKind;

fn model() -> Model {
    let all = fixtures("ok");
    let (_, text) = all.into_iter().find(|(name, _)| name == "pointer").unwrap();
    let mut model = Model::new(&text);
    for instance in 0..3 {
        let node = Target::Node(NodeVar::V, 2 - instance);
        model.memory.point(0, instance, Some(node));
        *model.memory.node_value(NodeVar::V, instance).unwrap() = -60.0 - instance as f64;
    }
    model
}

#[test]
fn each_instance_reads_where_its_own_pointer_points() {
    let mut model = model();
    let current = model.module.kernels.iter();
    let current = current
        .clone()
        .find(|k| k.kind == KernelKind::Current)
        .unwrap();
    let kind = model.module.mechanism.kind;
    assert_eq!(vectorizable(kind, current.kind, &current.body), Ok(()));
    model.do_run(KernelKind::Current);
    let currents = [0, 1, 2].map(|i| model.get_of("i", i));
    assert_eq!(currents, [0.002, 0.0, -0.002]);
    assert_eq!(model.call("twice", &[]), -124.0);
}

#[test]
fn what_a_pointer_changes_is_changed_at_once() {
    let mut model = model();
    // `count` is the instance's own g.
    let g = model.module.mechanism.variable("g").unwrap().offset * model.memory.stride;
    model.memory.point(1, 0, Some(Target::Data(g)));
    model.call("change", &[3.0]);
    assert_eq!(model.get("seen"), 0.001 + 30.0);
    assert_eq!(model.get("g"), 3.0 - 62.0);
    // Or the potential that it adds.
    model.memory.point(1, 0, Some(Target::Node(NodeVar::V, 2)));
    model.call("change", &[5.0]);
    assert_eq!(model.node(NodeVar::V, 2), 10.0);
}

#[test]
fn a_pointer_that_points_at_nothing_is_a_failure() {
    let mut model = model();
    // Asked for, it is no failure.
    model.do_run(KernelKind::Initial);
    model.memory.point(0, 1, None);
    let Err(Stop::Failed(failure, status)) = model.run(KernelKind::Current) else {
        panic!("no failure");
    };
    assert_eq!((failure, status.instance), (Failure::UnsetPointer, 1));
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "vgap");
}

#[test]
fn instances_that_point_at_each_other_are_computed_in_order() {
    let mut model = Model::new(
        "NEURON { SUFFIX x POINTER p RANGE y }
        ASSIGNED { y p }
        BREAKPOINT { y = p + 1 }",
    );
    let y = model.module.mechanism.variable("y").unwrap().offset * model.memory.stride;
    for instance in 0..3 {
        let target = Target::Data(y + (instance + 2) % 3);
        model.memory.point(0, instance, Some(target));
    }
    model.do_run(KernelKind::State);
    assert_eq!([0, 1, 2].map(|i| model.get_of("y", i)), [1.0, 2.0, 3.0]);
}

#[test]
fn bbcore_pointers_are_pointers_that_are_marked() {
    let compiled = compile(
        "text.mod",
        b"NEURON { POINT_PROCESS p BBCOREPOINTER rng POINTER q } ASSIGNED { rng }",
        false,
    );
    let mechanism = &compiled.module().unwrap().mechanism;
    let pointers = mechanism.pointers.iter();
    let pointers: Vec<_> = pointers.map(|p| (p.name.as_str(), p.kind)).collect();
    assert_eq!(
        pointers,
        [("rng", PointerKind::Opaque), ("q", PointerKind::Pointer)]
    );
}

#[test]
fn faults_of_pointers_are_reported() {
    let codes = |text: &str| {
        let compiled = compile("text.mod", text.as_bytes(), false);
        let codes = compiled.diagnostics.iter();
        codes.map(|d| d.code.text()).collect::<Vec<_>>()
    };
    let with = |code: &str| {
        codes(&format!(
            "NEURON {{ SUFFIX x POINTER p RANGE y }} ASSIGNED {{ y p }} BREAKPOINT {{ {code} }}"
        ))
    };
    assert_eq!(with("y = p[1]"), ["E0107"]);
    assert_eq!(with("y = nrn_pointing(y)"), ["E0111"]);
    assert_eq!(with("y = nrn_pointing()"), ["E0111"]);
    assert_eq!(
        codes("NEURON { SUFFIX x POINTER p } ASSIGNED { p[3] }"),
        ["E0107"]
    );
}
