//! Every folding rule on every awkward pair of numbers.

use super::{execute, generate};
use nmodl::ir::memory::same;
use nmodl::ir::*;
use nmodl::pass::fold;

const AWKWARD: [f64; 16] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    -2.0,
    0.5,
    3.0,
    4.0,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    5e-324,
    1e308,
    f64::MIN_POSITIVE,
    0.1,
];

/// Value of `make(x)` where `x` is stored in column 0, unfolded and folded.
fn both(x: f64, make: impl Fn(&mut Exprs, ExprId) -> ExprId) -> (f64, f64) {
    let mut body = Body::default();
    let load = body.exprs.load(Place::Column(0));
    let value = make(&mut body.exprs, load);
    body.block = vec![Stmt::Store(Place::Column(1), value)];
    let mut folded = body.clone();
    fold::body(&mut folded);
    let run = |body: Body| {
        let module = Module {
            ode: None,
            mechanism: generate::mechanism(),
            functions: vec![],
            kernels: vec![Kernel {
                kind: KernelKind::State,
                body,
            }],
        };
        let mut memory = super::memory(&module, 1);
        memory.column(0).fill(x);
        interpret::kernel(&module, KernelKind::State, &mut memory, 0..1).unwrap();
        memory.column(1)[0]
    };
    (run(body), run(folded))
}

#[test]
fn operators_with_a_constant() {
    use BinaryOp::*;
    for op in [Add, Sub, Mul, Div] {
        for constant in AWKWARD {
            for x in AWKWARD {
                for swapped in [false, true] {
                    let (plain, folded) = both(x, |exprs, x| {
                        let c = exprs.f64(constant);
                        let (a, b) = if swapped { (c, x) } else { (x, c) };
                        exprs.binary(op, a, b)
                    });
                    assert!(
                        same(plain, folded),
                        "{op:?} {x:?} {constant:?} swapped {swapped}: {plain:?}, {folded:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn powers_with_a_constant() {
    for exponent in AWKWARD {
        for x in AWKWARD {
            let (plain, folded) = both(x, |exprs, x| {
                let y = exprs.f64(exponent);
                exprs.add(Expr::Builtin(Builtin::Pow, vec![x, y]))
            });
            assert!(
                same(plain, folded),
                "{x:?}^{exponent:?}: {plain:?}, {folded:?}"
            );
        }
    }
}

#[test]
fn negated_comparisons() {
    use BinaryOp::*;
    for op in [Lt, Le, Gt, Ge, Eq, Ne] {
        for constant in AWKWARD {
            for x in AWKWARD {
                let (plain, folded) = both(x, |exprs, x| {
                    let c = exprs.f64(constant);
                    let cond = exprs.binary(op, x, c);
                    let not = exprs.unary(UnaryOp::Not, cond);
                    let not = exprs.unary(UnaryOp::Not, not);
                    let not = exprs.unary(UnaryOp::Not, not);
                    exprs.add(Expr::Select(not, x, c))
                });
                assert!(same(plain, folded), "not {x:?} {op:?} {constant:?}");
            }
        }
    }
}

/// `text` of `x op c` after folding, `x` being column a.
#[test]
fn what_becomes_simpler() {
    let text = |make: &dyn Fn(&mut Exprs, ExprId) -> ExprId| {
        let mut body = Body::default();
        let x = body.exprs.load(Place::Column(0));
        let value = make(&mut body.exprs, x);
        body.block = vec![Stmt::Store(Place::Column(1), value)];
        fold::body(&mut body);
        let mechanism = generate::mechanism();
        let kernel = Kernel {
            kind: KernelKind::State,
            body,
        };
        let module = Module {
            ode: None,
            mechanism,
            functions: vec![],
            kernels: vec![kernel],
        };
        assert_eq!(execute(&module, 0).0, Ok(()));
        let text = print::kernel(&module, &module.kernels[0]);
        let value = text.lines().nth(1).unwrap().trim();
        value.strip_prefix("self.b = ").unwrap().to_owned()
    };
    let with = |op: BinaryOp, c: f64| {
        text(&|exprs, x| {
            let c = exprs.f64(c);
            exprs.binary(op, x, c)
        })
    };
    assert_eq!(with(BinaryOp::Add, -0.0), "self.a");
    assert_eq!(with(BinaryOp::Add, 0.0), "self.a + 0.0");
    assert_eq!(with(BinaryOp::Sub, 0.0), "self.a");
    assert_eq!(with(BinaryOp::Sub, -0.0), "self.a - -0.0");
    assert_eq!(with(BinaryOp::Mul, 1.0), "self.a");
    assert_eq!(with(BinaryOp::Mul, -1.0), "-self.a");
    assert_eq!(with(BinaryOp::Mul, 0.0), "self.a * 0.0");
    assert_eq!(with(BinaryOp::Div, 1.0), "self.a");
    assert_eq!(with(BinaryOp::Div, 4.0), "self.a * 0.25");
    assert_eq!(with(BinaryOp::Div, 10.0), "self.a / 10.0");
}
