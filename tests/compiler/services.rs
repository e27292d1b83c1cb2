//! Events, random numbers and the other calls to the simulator.

use super::Model;
use nmodl::abi::Distribution;
use nmodl::ir::KernelKind;
use nmodl::ir::memory::Call;

#[test]
fn net_receive_has_arguments_flag_and_initial() {
    let mut model = Model::at(
        "NEURON { POINT_PROCESS p RANGE y, z }
        ASSIGNED { v y z }
        INITIAL { net_send(3, 1) }
        NET_RECEIVE (w, count, t0) {
            INITIAL { count = 7  t0 = t }
            IF (flag == 0) {
                y = y + w
                count = count + 1
                t0 = t
                net_event(t + 1)
            } ELSE {
                z = flag
                net_send(2, flag + 1)
                net_move(t + 5)
            }
        }",
        &[0],
        1,
    );
    model.do_run(KernelKind::Initial);
    model.memory.args = vec![0.5, 0.0, 0.0];
    model.memory.sim.t_ms = 10.0;
    model.do_run(KernelKind::NetInitial);
    assert_eq!(model.memory.args, [0.5, 7.0, 10.0]);
    model.memory.sim.t_ms = 12.0;
    model.do_run(KernelKind::NetReceive);
    assert_eq!(model.memory.args, [0.5, 8.0, 12.0]);
    assert_eq!(model.get("y"), 0.5);
    model.memory.flag = 4.0;
    model.do_run(KernelKind::NetReceive);
    assert_eq!((model.get("y"), model.get("z")), (0.5, 4.0));
    let instance = 0;
    assert_eq!(
        model.memory.calls.0,
        [
            Call::NetSend {
                instance,
                delay_ms: 3.0,
                flag: 1.0
            },
            Call::NetEvent {
                instance,
                time_ms: 13.0
            },
            Call::NetSend {
                instance,
                delay_ms: 2.0,
                flag: 5.0
            },
            Call::NetMove {
                instance,
                time_ms: 17.0
            },
        ]
    );
}

#[test]
fn random_numbers_name_stream_and_distribution() {
    let mut model = Model::at(
        "NEURON { SUFFIX x RANGE y, z RANDOM first, second }
        ASSIGNED { v y z }
        INITIAL { random_setids(second, 1, 2, 3)  random_setseq(first, 5) }
        BREAKPOINT {
            y = random_uniform(first) + random_uniform(second, 2, 4)
            z = random_negexp(first) + random_normal(second, 5, 6) + random_ipick(first)
        }",
        &[0],
        1,
    );
    model.do_run(KernelKind::Initial);
    model.do_run(KernelKind::State);
    let calls: Vec<(usize, i32, f64, f64)> = model
        .memory
        .calls
        .0
        .iter()
        .map(|call| match call {
            Call::Random {
                stream,
                distribution,
                a,
                b,
                ..
            } => (*stream, *distribution, *a, *b),
            other => panic!("{other:?}"),
        })
        .collect();
    use Distribution as D;
    assert_eq!(
        calls,
        [
            (1, D::SetId as i32, 0.0, 1.0),
            (1, D::SetId as i32, 1.0, 2.0),
            (1, D::SetId as i32, 2.0, 3.0),
            (0, D::SetSequence as i32, 5.0, 0.0),
            (0, D::Uniform as i32, 0.0, 1.0),
            (1, D::Uniform as i32, 2.0, 4.0),
            (0, D::Negexp as i32, 1.0, 0.0),
            (1, D::Normal as i32, 5.0, 6.0),
            (0, D::Integer as i32, 0.0, 0.0),
        ]
    );
    assert_eq!(model.get("y"), answer(4) + answer(5));
    assert_eq!(model.get("z"), answer(6) + answer(7) + answer(8));
}

/// What memory answers to the `n`th call.
fn answer(n: usize) -> f64 {
    (n as f64 * 0.618_033_988_749_895).fract()
}

#[test]
fn calls_happen_in_order_and_once() {
    let mut model = Model::at(
        "NEURON { SUFFIX x RANGE y RANDOM r }
        ASSIGNED { v y }
        FUNCTION draw(u) { draw = u*random_uniform(r) }
        BREAKPOINT { LOCAL q
            q = draw(1)
            y = q + q + draw(2) - draw(3)
            IF (y < 100 || draw(4) > 0) { y = y + 0 }
            printf(\"%g %g\", y, v)
            IF (at_time(5)) { y = 1000 }
        }",
        &[0],
        1,
    );
    model.do_run(KernelKind::State);
    let y = 2.0 * answer(0) + 2.0 * answer(1) - 3.0 * answer(2);
    let calls = &model.memory.calls.0;
    assert_eq!(calls.len(), 5, "{calls:?}");
    let Call::Print { text, values } = &calls[3] else {
        panic!("{calls:?}");
    };
    assert_eq!((text.as_str(), values[1]), ("%g %g", 0.0));
    super::assert_close(values[0], y, 1e-15, "y");
}

#[test]
fn state_discontinuity_assigns() {
    let mut model = Model::at(
        "NEURON { POINT_PROCESS p } STATE { g[2] } ASSIGNED { v }
        NET_RECEIVE (w) { state_discontinuity(g[1], g[1] + w) }",
        &[0],
        1,
    );
    model.set("g[1]", 1.0);
    model.memory.args = vec![0.5];
    model.do_run(KernelKind::NetReceive);
    assert_eq!((model.get("g[0]"), model.get("g[1]")), (0.0, 1.5));
}

const WATCHES: &str = include_str!("../fixtures/compiler/ok/watch.mod");

#[test]
fn a_watch_says_its_flag_and_its_value_now() {
    let mut model = Model::at(WATCHES, &[0], 1);
    model.memory.flag = 1.0;
    model.memory.nodes[0][0] = -50.0;
    model.do_run(KernelKind::NetReceive);
    model.memory.flag = 2.0;
    model.do_run(KernelKind::NetReceive);
    let instance = 0;
    let watch = |condition, flag, value| Call::Watch {
        instance,
        condition,
        flag,
        value,
    };
    assert_eq!(
        model.memory.calls.0,
        [
            watch(0, 2.0, -30.0),
            watch(1, 3.0, 20.0),
            watch(2, 1.0, 49.0),
        ]
    );
}

#[test]
fn conditions_are_computed_where_they_are_watched() {
    let mut model = Model::at(WATCHES, &[0, 1, 2], 3);
    let receive = model.module.mechanism.net_receive.clone().unwrap();
    for (instance, v) in [-50.0, -20.0, 30.0].into_iter().enumerate() {
        model.memory.nodes[0][instance] = v;
    }
    for watch in &receive.watches {
        model.memory.column(watch.value).fill(7.0);
    }
    model
        .memory
        .column(receive.watches[0].active)
        .copy_from_slice(&[1.0, 1.0, 0.0]);
    model
        .memory
        .column(receive.watches[1].active)
        .copy_from_slice(&[0.0, 1.0, 1.0]);
    model.do_run(KernelKind::Watch);
    assert_eq!(
        model.memory.column(receive.watches[0].value),
        [-30.0, 0.0, 7.0]
    );
    assert_eq!(
        model.memory.column(receive.watches[1].value),
        [7.0, -10.0, -60.0]
    );
    assert_eq!(model.memory.column(receive.watches[2].value), [7.0; 3]);
}

#[test]
fn for_netcons_visits_all_of_them() {
    let text = include_str!("../fixtures/compiler/ok/for_netcons.mod");
    for count in 0..4 {
        let mut model = Model::at(text, &[0], 1);
        model.memory.sim.t_ms = 5.0;
        model.memory.args = vec![2.0, 0.0];
        model.memory.netcons = (0..count).map(|n| vec![n as f64, 3.0 * n as f64]).collect();
        model.do_run(KernelKind::NetReceive);
        assert_eq!(model.memory.args, [3.0, 3.0]);
        let weights: Vec<f64> = model.memory.netcons.iter().map(|n| n[0]).collect();
        assert_eq!(weights, [3.0, 5.0, 2.0, 3.0][..count]);
        assert_eq!(model.get("total"), [0.0, 0.0, 1.0, 3.0][count]);
    }
}

#[test]
fn blocks_before_and_after() {
    let text = include_str!("../fixtures/compiler/ok/before_after.mod");
    let mut model = Model::new(text);
    for (kind, n, y) in [
        (KernelKind::BeforeInitial, 1.0, 0.0),
        (KernelKind::Initial, 1.0, 0.0),
        (KernelKind::AfterInitial, 2.0, 0.0),
        (KernelKind::BeforeBreakpoint, 2.0, -40.0),
        (KernelKind::BeforeStep, 2.5, 2.5),
    ] {
        model.memory.nodes[0].fill(-40.0);
        model.memory.ions[0][1].fill(0.5);
        model.do_run(kind);
        assert_eq!((model.get("n"), model.get("y")), (n, y), "{kind:?}");
    }
    model.do_run(KernelKind::AfterSolve);
    assert_eq!(model.get("s"), 1.025);
}

#[test]
fn events_may_set_the_potential_and_concentrations() {
    let mut model = Model::at(
        "NEURON { POINT_PROCESS p USEION ca READ cai WRITE cai USEION k READ ki }
        STATE { cai } ASSIGNED { v ki }
        NET_RECEIVE (w) { v = v + 1  cai = cai + ki  ki = 9 }",
        &[0],
        1,
    );
    model.memory.nodes[0].fill(-40.0);
    model.memory.ions[0][1].fill(0.5);
    model.memory.ions[1][1].fill(3.0);
    model.do_run(KernelKind::NetReceive);
    assert_eq!(model.memory.nodes[0][0], -39.0);
    assert_eq!(model.memory.ions[0][1][0], 3.5);
    assert_eq!(model.memory.ions[1][1][0], 3.0);
}

#[test]
fn a_breakpoint_that_remembers_is_executed_twice() {
    let text = include_str!("../fixtures/compiler/ok/remembers.mod");
    let mut model = Model::new(text);
    model.set("x", -50.0);
    model.set("A", 0.25);
    model.memory.nodes[0].fill(-60.0);
    // Memory answers the second and fourth call of at_time with 1.
    model.do_run(KernelKind::Current);
    assert_eq!(model.get("n"), 2.0);
    let follow = |x: f64, v: f64| x + 0.025 * (v + v - 2.0 * x);
    let raised = follow(-50.0, -60.0 + 0.001);
    let x = follow(raised, -60.0);
    assert_eq!(model.get("x"), x);
    let trial = 0.001 * (-60.0 + 0.001 - raised) + 0.25;
    let i = 0.001 * (-60.0 - x) + 0.25;
    assert_eq!(model.get("i"), i);
    assert_eq!(model.memory.nodes[2][0], (trial - i) / 0.001);
}

#[test]
fn state_discontinuity_in_breakpoint_belongs_to_a_step() {
    let mut model = Model::new(
        "NEURON { SUFFIX x NONSPECIFIC_CURRENT i } ASSIGNED { v i } STATE { A }
        BREAKPOINT { state_discontinuity(A, 5) i = A }",
    );
    model.memory.flag = 1.0;
    model.do_run(KernelKind::Current);
    assert_eq!(model.get("A"), 0.0);
    model.memory.flag = 0.0;
    model.do_run(KernelKind::Current);
    assert_eq!((model.get("A"), model.get("i")), (5.0, 5.0));
}

#[test]
fn without_a_current_breakpoint_solves_first() {
    let mut model = Model::new(
        "NEURON { SUFFIX x RANGE y } ASSIGNED { v y } STATE { s }
        BREAKPOINT { y = s  SOLVE p }
        PROCEDURE p() { s = s + 1 }",
    );
    model.do_run(KernelKind::State);
    assert_eq!(model.get("y"), 1.0);
}
