//! What is computed for several instances at once, and what is not.

use nmodl::codegen::{Reason, vectorizable};
use nmodl::ir::*;
use nmodl::mechanism::Kind;

fn decide(kind: Kind, build: impl FnOnce(&mut Body) -> Block) -> Result<(), Reason> {
    let mut body = Body::default();
    body.block = build(&mut body);
    vectorizable(kind, KernelKind::State, &body)
}

fn less(body: &mut Body, place: Place) -> ExprId {
    let value = body.exprs.load(place);
    let zero = body.exprs.f64(0.0);
    body.exprs.binary(BinaryOp::Lt, value, zero)
}

#[test]
fn straight_code_is() {
    let result = decide(Kind::PointProcess, |body| {
        let v = body.exprs.load(Place::Node(NodeVar::V));
        vec![
            Stmt::Store(Place::Column(0), v),
            Stmt::Accumulate(Place::Node(NodeVar::Rhs), v),
        ]
    });
    assert_eq!(result, Ok(()));
}

#[test]
fn branches_are_if_they_do_not_depend_on_the_instance() {
    for (place, expected) in [
        (Place::Global(0), Ok(())),
        (Place::Column(0), Err(Reason::Branch)),
    ] {
        let result = decide(Kind::Density, |body| {
            let cond = less(body, place);
            vec![Stmt::If {
                cond,
                then: vec![],
                otherwise: vec![],
            }]
        });
        assert_eq!(result, expected);
    }
}

#[test]
fn a_local_that_varies_makes_a_loop_vary() {
    let result = decide(Kind::Density, |body| {
        let x = body.local("x", Type::F64);
        let zero = body.exprs.f64(0.0);
        let value = body.exprs.local(x);
        let cond = body.exprs.binary(BinaryOp::Lt, value, zero);
        let v = body.exprs.load(Place::Node(NodeVar::V));
        let next = body.exprs.binary(BinaryOp::Add, value, v);
        vec![
            Stmt::Assign(x, zero),
            Stmt::While {
                head: vec![],
                cond,
                body: vec![Stmt::Assign(x, next)],
            },
        ]
    });
    assert_eq!(result, Err(Reason::Loop));
}

#[test]
fn globals_that_are_written_first_are() {
    let store_then_load = |order: [usize; 2]| {
        decide(Kind::Density, |body| {
            let v = body.exprs.load(Place::Node(NodeVar::V));
            let g = body.exprs.load(Place::Global(0));
            let both = [
                Stmt::Store(Place::Global(0), v),
                Stmt::Store(Place::Column(0), g),
            ];
            order.map(|i| both[i].clone()).to_vec()
        })
    };
    assert_eq!(store_then_load([0, 1]), Ok(()));
    assert_eq!(store_then_load([1, 0]), Err(Reason::CarriedGlobal(0)));
}

#[test]
fn a_global_written_in_one_branch_may_be_carried() {
    let result = decide(Kind::Density, |body| {
        let cond = less(body, Place::Global(1));
        let v = body.exprs.load(Place::Node(NodeVar::V));
        let g = body.exprs.load(Place::Global(0));
        let then = vec![Stmt::Store(Place::Global(0), v)];
        vec![
            Stmt::If {
                cond,
                then,
                otherwise: vec![],
            },
            Stmt::Store(Place::Column(0), g),
        ]
    });
    assert_eq!(result, Err(Reason::CarriedGlobal(0)));
}

#[test]
fn shared_nodes_must_not_be_read_back() {
    let read_back = |kind| {
        decide(kind, |body| {
            let ci = body.exprs.load(Place::Ion(0, IonVar::Ci));
            vec![Stmt::Store(Place::Ion(0, IonVar::Ci), ci)]
        })
    };
    assert_eq!(read_back(Kind::Density), Ok(()));
    assert_eq!(read_back(Kind::PointProcess), Err(Reason::SharedNode));
}

#[test]
fn services_are_not() {
    let result = decide(Kind::Density, |body| {
        let t = body.exprs.load(Place::Sim(SimVar::T));
        vec![Stmt::Service {
            result: None,
            service: Service::NetEvent,
            args: vec![t],
        }]
    });
    assert_eq!(result, Err(Reason::Service));
}

#[test]
fn events_come_one_at_a_time() {
    let body = Body::default();
    assert_eq!(
        vectorizable(Kind::PointProcess, KernelKind::NetReceive, &body),
        Err(Reason::OneInstance)
    );
}

#[test]
fn a_sum_that_a_loop_repeats_is_not_where_instances_share_nodes() {
    // Instance by instance, the second addition of the first comes before the first of the second.
    for in_head in [true, false] {
        let result = decide(Kind::PointProcess, |body| {
            let cond = less(body, Place::Global(0));
            let x = body.exprs.load(Place::Column(0));
            let sum = vec![Stmt::Accumulate(Place::Node(NodeVar::D), x)];
            let (head, body) = match in_head {
                true => (sum, vec![]),
                false => (vec![], sum),
            };
            vec![Stmt::While { head, cond, body }]
        });
        assert_eq!(result, Err(Reason::SharedNode), "in the head: {in_head}");
    }
}
