//! The code of a small kernel, as text.

use nmodl::codegen::{self, Options};
use nmodl::ir::*;
use nmodl::mechanism::Kind;

use super::module;

#[test]
fn a_passive_current() {
    let mut body = Body::default();
    let v = body.exprs.load(Place::Node(NodeVar::V));
    let g = body.exprs.load(Place::Column(0));
    let e = body.exprs.load(Place::Global(0));
    let drive = body.exprs.binary(BinaryOp::Sub, v, e);
    let i = body.exprs.binary(BinaryOp::Mul, g, drive);
    let minus = body.exprs.unary(UnaryOp::Neg, i);
    body.block = vec![
        Stmt::Store(Place::Column(1), i),
        Stmt::Accumulate(Place::Node(NodeVar::Rhs), minus),
        Stmt::Accumulate(Place::Node(NodeVar::D), g),
    ];
    let module = module(Kind::Density, KernelKind::Current, body);
    let options = Options {
        clif: true,
        ..Options::default()
    };
    let code = codegen::compile(&module, options).unwrap();
    let listing = &code.listings()[0];
    assert_eq!(listing.scalar, None);
    let clif = listing.clif.as_ref().unwrap();
    // The calling convention is the machine's.
    let text: Vec<&str> = clif.lines().skip(1).collect();
    insta::assert_snapshot!(format!("{}\n{}", print::module(&module), text.join("\n")));
}
