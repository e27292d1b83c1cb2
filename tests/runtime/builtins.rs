//! FUNCTION_TABLEs and the functions that NEURON knows. The numbers are NEURON 9.0.2's: with the
//! fixtures `builtins.mod` and `function_table.mod` compiled by nrnivmodl,
//!
//! ```python
//! h.celsius = 6.3
//! [h.e_b(x) for x in (-2, -.3, 0, .5, 3)]
//! [h.gh_b(v, 5e-5, 2, 2) for v in (-65, 0, 1e-3, 30)], h.fm_b(-7.5, 2)
//! [h.u_b() for i in range(2)]
//! h.seed_b(42.7); [h.u_b() for i in range(2)], h.ex_b(2), h.no_b(1, 3), [h.po_b(3) for i in range(5)]
//! y = h.Vector([1, 2, 4, 3]); x = h.Vector([0, 1, 3, 10])
//! h.table_tau_ft(y, x); [h.tau_ft(a) for a in (-1, 0, .3, 1, 2.2, 9, 10, 12)]
//! h.table_tau_ft(y._ref_x[0], 4, -2, 7); [h.tau_ft(a) for a in (-3, -2, -1.1, 0, 1, 4, 6.9, 8)]
//! m = h.Matrix(3, 4)  # m[i][j] = i*10 + j*j
//! h.table_two_ft(m._ref_x[0][0], 3, 0, 2, 4, -1, 5)
//! [h.two_ft(*a) for a in ((.5, .5), (-1, 2), (2, 5), (1.25, 4.9), (3, .1), (.1, 9))]
//! v = h.Vector(range(8)); h.table_three_ft(v._ref_x[0], 2, 0, 1, 2, 0, 1, 2, 0, 1)
//! [h.three_ft(*a) for a in ((0, 0, 0), (.9, .9, .9), (1, 0, 1), (2, 2, 2), (1, .5, .2))]
//! ```

use nmodl::function_table::{Axis, FunctionTable};
use runtime::{CallError, MechanismId, Model, ModelError, Simulation};

use super::callables::compile;

const BUILTINS: &str = include_str!("../fixtures/compiler/ok/builtins.mod");
const TABLES: &str = include_str!("../fixtures/compiler/ok/function_table.mod");

fn model(text: &str) -> (Model, MechanismId) {
    let mut model = Model::new();
    let mechanism = model.add_mechanism(compile(text)).unwrap();
    (model, mechanism)
}

fn call(
    model: &mut Model,
    mechanism: MechanismId,
    name: &str,
    args: &[f64],
) -> Result<f64, CallError> {
    let index = model.mechanism(mechanism).unwrap().callable(name).unwrap();
    model.call(mechanism, index, args)
}

#[track_caller]
fn assert_near(ours: f64, neurons: f64) {
    let allowed = 4e-16 * neurons.abs().max(1e-300);
    assert!((ours - neurons).abs() <= allowed, "{ours:?} {neurons:?}");
}

#[test]
fn known_functions_give_neurons_numbers() {
    let (mut model, mechanism) = model(BUILTINS);
    let mut value = |name: &str, args: &[f64]| call(&mut model, mechanism, name, args).unwrap();
    for (x, erf) in [
        (-2.0, -0.995_322_265_018_952_7),
        (-0.3, -0.328_626_759_459_127_4),
        (0.0, 0.0),
        (0.5, 0.520_499_877_813_046_5),
        (3.0, 0.999_977_909_503_001_4),
    ] {
        assert_near(value("e", &[x]), erf);
    }
    assert_near(value("ec", &[0.5]), 1.0 - 0.520_499_877_813_046_5);
    for (v, flux) in [
        (-65.0, -2_092.939_529_471_584),
        (0.0, -385.931_679_960_027_74),
        (1e-3, -385.915_652_852_828_1),
        (30.0, -86.758_603_611_276_67),
    ] {
        assert_near(value("gh", &[v, 5e-5, 2.0, 2.0]), flux);
    }
    assert_eq!(value("fm", &[-7.5, 2.0]), -1.5);
}

#[test]
fn random_functions_give_neurons_numbers() {
    let (mut model, mechanism) = model(BUILTINS);
    let mut value = |name: &str, args: &[f64]| call(&mut model, mechanism, name, args).unwrap();
    assert_eq!(value("u", &[]), 0.605_651_708_926_458_8);
    assert_eq!(value("u", &[]), 0.965_915_421_016_028_9);
    value("seed", &[42.7]);
    assert_eq!(value("u", &[]), 0.105_209_277_734_441_98);
    assert_eq!(value("u", &[]), 0.471_268_477_028_065_46);
    assert_eq!(value("ex", &[2.0]), 2.978_313_638_616_052_5);
    assert_eq!(value("no", &[1.0, 3.0]), 0.112_080_163_177_777_91);
    // One generator for all, which goes on when the model is laid out and comes back.
    let mut simulation = Simulation::new(model).unwrap();
    let po = simulation.model().mechanism(mechanism).unwrap();
    let po = po.callable("po").unwrap();
    let mut counts: Vec<f64> = (0..3)
        .map(|_| simulation.call(mechanism, po, None, &[3.0]).unwrap())
        .collect();
    let mut model = simulation.into_model();
    counts.extend((0..2).map(|_| model.call(mechanism, po, &[3.0]).unwrap()));
    assert_eq!(counts, [4.0, 2.0, 3.0, 2.0, 5.0]);
}

#[test]
fn function_tables_give_neurons_numbers() {
    let (mut model, mechanism) = model(TABLES);
    let even = |count, low, high| Axis::Even { count, low, high };
    let mut check = |name: &str, table, expected: &[(&[f64], f64)]| {
        model
            .set_function_table(mechanism, name, Some(table))
            .unwrap();
        for &(args, neurons) in expected {
            assert_eq!(
                call(&mut model, mechanism, name, args),
                Ok(neurons),
                "{name}{args:?}"
            );
        }
    };
    check("tau", FunctionTable::constant(0.25), &[(&[7.0], 0.25)]);
    let y = vec![1.0, 2.0, 4.0, 3.0];
    let x = Axis::Points(vec![0.0, 1.0, 3.0, 10.0]);
    check(
        "tau",
        FunctionTable::new(y.clone(), vec![x]).unwrap(),
        &[
            (&[-1.0], 1.0),
            (&[0.0], 1.0),
            (&[0.3], 1.299_999_999_999_999_8),
            (&[1.0], 2.0),
            (&[2.2], 3.2),
            (&[9.0], 3.142_857_142_857_143),
            (&[10.0], 3.0),
            (&[12.0], 3.0),
        ],
    );
    check(
        "tau",
        FunctionTable::new(y, vec![even(4, -2.0, 7.0)]).unwrap(),
        &[
            (&[-3.0], 1.0),
            (&[-2.0], 1.0),
            (&[-1.1], 1.299_999_999_999_999_8),
            (&[0.0], 1.666_666_666_666_666_5),
            (&[1.0], 2.0),
            (&[4.0], 4.0),
            (&[6.9], 3.033_333_333_333_333),
            (&[8.0], 3.0),
        ],
    );
    let grid = (0..12).map(|k| f64::from(k / 4 * 10 + (k % 4) * (k % 4)));
    check(
        "two",
        FunctionTable::new(grid.collect(), vec![even(3, 0.0, 2.0), even(4, -1.0, 5.0)]).unwrap(),
        &[
            (&[0.5, 0.5], 5.75),
            (&[-1.0, 2.0], 2.5),
            (&[2.0, 5.0], 29.0),
            (&[1.25, 4.9], 21.25),
            (&[3.0, 0.1], 20.55),
            (&[0.1, 9.0], 10.0),
        ],
    );
    let cube = (0..8).map(f64::from).collect();
    check(
        "three",
        FunctionTable::new(cube, vec![even(2, 0.0, 1.0); 3]).unwrap(),
        &[
            (&[0.0, 0.0, 0.0], 0.0),
            (&[0.9, 0.9, 0.9], 0.0),
            (&[1.0, 0.0, 1.0], 5.0),
            (&[2.0, 2.0, 2.0], 7.0),
            (&[1.0, 0.5, 0.2], 4.0),
        ],
    );
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let (mut model, mechanism) = model(TABLES);
    let missing = call(&mut model, mechanism, "twice", &[1.0]).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "t = 0 ms, called without an instance: ft: a FUNCTION_TABLE without values in tau"
    );
    let axis = Axis::Even {
        count: 2,
        low: 0.0,
        high: 1.0,
    };
    let table = FunctionTable::new(vec![1.0, 2.0], vec![axis]).unwrap();
    let mut refused = |name: &str, table| -> ModelError {
        model
            .set_function_table(mechanism, name, table)
            .unwrap_err()
    };
    assert_eq!(
        refused("two", Some(table.clone())).to_string(),
        "two of ft has 2 arguments, and is given a table of 1"
    );
    assert_eq!(
        refused("twice", None).to_string(),
        "ft has no FUNCTION_TABLE `twice`"
    );
    // Set in a running model, it is there at once and remains.
    let mut simulation = Simulation::new(model).unwrap();
    simulation
        .set_function_table(mechanism, "tau", Some(table))
        .unwrap();
    let twice = simulation.model().mechanism(mechanism).unwrap();
    let twice = twice.callable("twice").unwrap();
    assert_eq!(simulation.call(mechanism, twice, None, &[0.5]), Ok(3.0));
    assert_eq!(
        simulation.into_model().call(mechanism, twice, &[1.0]),
        Ok(4.0)
    );
}
