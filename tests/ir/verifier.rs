//! The verifier refuses what it must. One case, one broken rule.

use super::generate;
use nmodl::abi::Failure;
use nmodl::ir::*;

/// Asserts that a body made by `make` is refused with `message` in a kernel of `kind`.
fn check_kind(kind: KernelKind, message: &str, make: impl FnOnce(&mut Body)) {
    let mut body = Body::default();
    make(&mut body);
    let module = Module {
        ode: None,
        mechanism: generate::mechanism(),
        functions: vec![],
        kernels: vec![Kernel { kind, body }],
    };
    match verify::module(&module) {
        Ok(()) => panic!("accepted:\n{}", print::module(&module)),
        Err(broken) => assert_eq!(
            broken.to_string(),
            format!("kernel {}: {message}", kind.name())
        ),
    }
}

fn check(message: &str, make: impl FnOnce(&mut Body)) {
    check_kind(KernelKind::State, message, make);
}

fn store(body: &mut Body, value: ExprId) {
    body.block.push(Stmt::Store(Place::Column(0), value));
}

#[test]
fn types_of_operands() {
    check("%2: %1 has type I64, not F64", |body| {
        let (a, b) = (body.exprs.f64(1.0), body.exprs.i64(1));
        let sum = body.exprs.binary(BinaryOp::Add, a, b);
        store(body, sum);
    });
    check("%1: %0 has type F64, not Bool", |body| {
        let a = body.exprs.f64(1.0);
        let not = body.exprs.unary(UnaryOp::Not, a);
        store(body, not);
    });
    check("%0 has type Bool, not F64", |body| {
        let a = body.exprs.add(Expr::Bool(true));
        store(body, a);
    });
    check("%1: pow called with 1 arguments", |body| {
        let a = body.exprs.f64(1.0);
        body.exprs.call1(Builtin::Pow, a);
    });
    check(
        "%0 has an operand that is not smaller: Unary(Neg, ExprId(0))",
        |body| {
            body.exprs.add(Expr::Unary(UnaryOp::Neg, ExprId(0)));
        },
    );
}

#[test]
fn ids_in_range() {
    check("%0: l3 does not exist", |body| {
        body.exprs.local(LocalId(3));
    });
    check("%0: Column(12) does not exist", |body| {
        body.exprs.load(Place::Column(12));
    });
    check("%0: Ion(1, Ci) does not exist", |body| {
        body.exprs.load(Place::Ion(1, IonVar::Ci));
    });
    check("%1: column 2 of table 0 does not exist", |body| {
        let row = body.exprs.i64(0);
        body.exprs.add(Expr::TableValue {
            table: 0,
            column: 2,
            row,
        });
    });
    check("source place @2 does not exist", |body| {
        let cond = body.exprs.add(Expr::Bool(true));
        let value = body.exprs.f64(0.0);
        body.block.push(Stmt::Check {
            cond,
            failure: Failure::NoConvergence,
            place: PlaceId(2),
            value,
        });
    });
    check("function f0 does not exist", |body| {
        body.block.push(Stmt::Call {
            result: None,
            function: FunctionId(0),
            args: vec![],
        });
    });
}

#[test]
fn locals_are_assigned_before_use() {
    check("l0:x may be unassigned where %0 is used", |body| {
        let x = body.local("x", Type::F64);
        let value = body.exprs.local(x);
        store(body, value);
    });
    check("l0:x may be unassigned where %1 is used", |body| {
        let x = body.local("x", Type::F64);
        let cond = body.exprs.add(Expr::Bool(true));
        let value = body.exprs.local(x);
        let one = body.exprs.f64(1.0);
        // In the branch the use is right; behind it, the same expression is not.
        body.block.push(Stmt::If {
            cond,
            then: vec![Stmt::Assign(x, one), Stmt::Store(Place::Column(0), value)],
            otherwise: vec![],
        });
        store(body, value);
    });
    check("l1:x may be unassigned where %1 is used", |body| {
        let index = body.local("i", Type::I64);
        let x = body.local("x", Type::F64);
        let zero = body.exprs.i64(0);
        let value = body.exprs.local(x);
        let one = body.exprs.f64(1.0);
        body.block.push(Stmt::For {
            index,
            from: zero,
            to: zero,
            body: vec![Stmt::Assign(x, one)],
        });
        store(body, value);
    });
}

#[test]
fn loop_indices_are_left_alone() {
    check("loop index l0 is assigned", |body| {
        let index = body.local("i", Type::I64);
        let zero = body.exprs.i64(0);
        body.block.push(Stmt::For {
            index,
            from: zero,
            to: zero,
            body: vec![Stmt::Assign(index, zero)],
        });
    });
    check("loop index l0 is in use", |body| {
        let index = body.local("i", Type::I64);
        let zero = body.exprs.i64(0);
        let inner = Stmt::For {
            index,
            from: zero,
            to: zero,
            body: vec![],
        };
        body.block.push(Stmt::For {
            index,
            from: zero,
            to: zero,
            body: vec![inner],
        });
    });
}

#[test]
fn places_have_their_uses() {
    for (place, message) in [
        (Place::Sim(SimVar::T), "Sim(T) cannot be stored to here"),
        (Place::Node(NodeVar::V), "Node(V) cannot be stored to here"),
        (Place::Flag, "Flag cannot be stored to here"),
    ] {
        check(message, |body| {
            let value = body.exprs.f64(1.0);
            body.block.push(Stmt::Store(place, value));
        });
    }
    check("%0: Node(Rhs) cannot be read", |body| {
        body.exprs.load(Place::Node(NodeVar::Rhs));
    });
    check("Column(0) is not a sum", |body| {
        let value = body.exprs.f64(1.0);
        body.block.push(Stmt::Accumulate(Place::Column(0), value));
    });
    check(
        "Table { table: 0, column: 0, row: ExprId(0) } cannot be stored to here",
        |body| {
            let row = body.exprs.i64(0);
            let value = body.exprs.f64(1.0);
            let table = Place::Table {
                table: 0,
                column: 0,
                row,
            };
            body.block.push(Stmt::Store(table, value));
        },
    );
    check_kind(
        KernelKind::Tables,
        "%0: Node(V) in the kernel that runs for no instance",
        |body| {
            body.exprs.load(Place::Node(NodeVar::V));
        },
    );
}

#[test]
fn services_have_their_arguments() {
    check("NetSend with 0 arguments", |body| {
        body.block.push(Stmt::Service {
            result: None,
            service: Service::NetSend,
            args: vec![],
        });
    });
    check("NetEvent gives no result", |body| {
        let a = body.exprs.f64(1.0);
        let result = Some(body.local("r", Type::F64));
        body.block.push(Stmt::Service {
            result,
            service: Service::NetEvent,
            args: vec![a],
        });
    });
}

#[test]
fn prologues_are_uniform() {
    check(
        "prologue reads Column(1), which instances have of their own",
        |body| {
            let x = body.local("x", Type::F64);
            let value = body.exprs.load(Place::Column(1));
            body.prologue.push(Stmt::Assign(x, value));
        },
    );
    check("l0 of the prologue is assigned again", |body| {
        let x = body.local("x", Type::F64);
        let value = body.exprs.f64(1.0);
        body.prologue.push(Stmt::Assign(x, value));
        body.block.push(Stmt::Assign(x, value));
    });
    check("Global(0) is read by the prologue and stored", |body| {
        let x = body.local("x", Type::F64);
        let value = body.exprs.load(Place::Global(0));
        body.prologue.push(Stmt::Assign(x, value));
        body.block.push(Stmt::Store(Place::Global(0), value));
    });
}
