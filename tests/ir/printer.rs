//! The text of the IR.

use super::generate;
use nmodl::abi::Failure;
use nmodl::ir::*;

#[test]
fn every_low_statement() {
    let mut body = Body::default();
    let v = body.exprs.load(Place::Node(NodeVar::V));
    let a = body.exprs.load(Place::Column(0));
    let g = body.exprs.load(Place::Global(3));
    let ten = body.exprs.f64(10.0);
    let difference = body.exprs.binary(BinaryOp::Sub, v, a);
    let quotient = body.exprs.binary(BinaryOp::Div, difference, ten);
    let rate = body.exprs.call1(Builtin::Exp, quotient);
    let sum = body.exprs.binary(BinaryOp::Add, rate, rate);
    let negative = body.exprs.unary(UnaryOp::Neg, difference);
    let right = body.exprs.binary(BinaryOp::Sub, sum, difference);
    let right = body.exprs.binary(BinaryOp::Sub, negative, right);
    let x = body.local("x", Type::F64);
    let i = body.local("i", Type::I64);
    let n = body.local("n", Type::F64);
    let (zero, last) = (body.exprs.i64(0), body.exprs.i64(3));
    let index = body.exprs.local(i);
    let element = Place::ColumnAt {
        base: 3,
        len: 4,
        index,
    };
    let loaded = body.exprs.load(element);
    let scaled = body.exprs.binary(BinaryOp::Mul, loaded, g);
    let n_value = body.exprs.local(n);
    let half = body.exprs.f64(0.5);
    let halved = body.exprs.binary(BinaryOp::Mul, n_value, half);
    let big = body.exprs.binary(BinaryOp::Gt, n_value, ten);
    let small = body.exprs.binary(BinaryOp::Le, n_value, half);
    let either = body.exprs.binary(BinaryOp::Or, big, small);
    let not = body.exprs.unary(UnaryOp::Not, either);
    let row = body.exprs.unary(UnaryOp::ToInt, n_value);
    let tabulated = body.exprs.add(Expr::TableValue {
        table: 0,
        column: 1,
        row,
    });
    let x_value = body.exprs.local(x);
    let chosen = body.exprs.add(Expr::Select(not, x_value, tabulated));
    body.block = vec![
        Stmt::Assign(x, right),
        Stmt::Assign(n, sum),
        Stmt::For {
            index: i,
            from: zero,
            to: last,
            body: vec![Stmt::Store(element, scaled)],
        },
        Stmt::While {
            head: vec![Stmt::Assign(n, halved)],
            cond: big,
            body: vec![Stmt::Check {
                cond: not,
                failure: Failure::EndlessLoop,
                place: PlaceId(1),
                value: n_value,
            }],
        },
        Stmt::If {
            cond: either,
            then: vec![Stmt::Service {
                result: None,
                service: Service::NetSend,
                args: vec![x_value, n_value],
            }],
            otherwise: vec![Stmt::Service {
                result: Some(n),
                service: Service::Random {
                    stream: 0,
                    distribution: 2,
                },
                args: vec![x_value, half],
            }],
        },
        Stmt::Accumulate(Place::Ion(0, IonVar::Cur), chosen),
        Stmt::Accumulate(Place::Node(NodeVar::Rhs), negative),
    ];
    let module = Module {
        ode: None,
        mechanism: generate::mechanism(),
        functions: vec![],
        kernels: vec![Kernel {
            kind: KernelKind::State,
            body,
        }],
    };
    verify::module(&module).unwrap();
    insta::assert_snapshot!(print::module(&module));
}

#[test]
fn sharing_does_not_blow_up() {
    let mut body = Body::default();
    let mut value = body.exprs.load(Place::Column(0));
    for _ in 0..100 {
        value = body.exprs.binary(BinaryOp::Mul, value, value);
    }
    body.block = vec![Stmt::Store(Place::Column(0), value)];
    let module = Module {
        ode: None,
        mechanism: generate::mechanism(),
        functions: vec![],
        kernels: vec![Kernel {
            kind: KernelKind::State,
            body,
        }],
    };
    assert!(print::module(&module).len() < 10_000);
}

#[test]
fn high_statements() {
    let mut kinetic = Body::default();
    let (f_flux, b_flux) = (
        kinetic.local("f_flux", Type::F64),
        kinetic.local("b_flux", Type::F64),
    );
    let forward = kinetic.exprs.f64(1e-9);
    let backward = kinetic.exprs.load(Place::Global(0));
    let species = |column, coefficient| Species {
        place: Place::Column(column),
        coefficient,
    };
    kinetic.block = vec![
        Stmt::Compartment(Place::Column(3), backward),
        Stmt::Reaction(Reaction {
            reactants: vec![species(0, 1.0), species(1, 2.0)],
            products: vec![species(2, 1.0)],
            forward,
            backward: Some(backward),
            inflow: false,
            f_flux,
            b_flux,
        }),
        Stmt::Reaction(Reaction {
            reactants: vec![species(5, 1.0)],
            products: vec![],
            forward,
            backward: None,
            inflow: true,
            f_flux,
            b_flux,
        }),
        Stmt::Conserve {
            terms: vec![species(0, 1.0), species(2, 2.0)],
            total: forward,
        },
    ];
    let mut body = Body::default();
    let (i, g) = (body.local("i", Type::F64), body.local("g", Type::F64));
    let value = body.exprs.load(Place::Node(NodeVar::V));
    body.block = vec![
        Stmt::Solve {
            block: FunctionId(0),
            method: Method::Sparse,
            steadystate: false,
            place: PlaceId(0),
        },
        Stmt::Assign(i, value),
        Stmt::Differentiate { result: g, of: i },
    ];
    let module = Module {
        ode: None,
        mechanism: generate::mechanism(),
        functions: vec![Function {
            name: "scheme".into(),
            kind: FunctionKind::Kinetic,
            unknowns: None,
            body: kinetic,
        }],
        kernels: vec![Kernel {
            kind: KernelKind::Current,
            body,
        }],
    };
    verify::module(&module).unwrap();
    insta::assert_snapshot!(print::module(&module));
}
