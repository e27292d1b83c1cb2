//! The interpreter on modules whose meaning is plain.

use super::{execute, generate, memory};
use nmodl::ir::interpret::{self, Stop};
use nmodl::ir::verify;
use nmodl::ir::*;

fn state(body: Body) -> Module {
    Module {
        ode: None,
        mechanism: generate::mechanism(),
        functions: vec![],
        kernels: vec![Kernel {
            kind: KernelKind::State,
            body,
        }],
    }
}

#[test]
fn random_modules_are_valid_and_run() {
    let mut finished = 0;
    for seed in 0..300 {
        let module = generate::module(seed);
        if let Err(broken) = verify::module(&module) {
            panic!("seed {seed}: {broken}\n{}", print::module(&module));
        }
        match execute(&module, seed).0 {
            Ok(()) => finished += 1,
            Err(Stop::Failed(..)) => {}
            Err(other) => panic!("seed {seed}: {other}\n{}", print::module(&module)),
        }
    }
    assert!(finished > 150, "only {finished} of 300 ran to the end");
}

#[test]
fn sums_are_made_instance_by_instance() {
    let mut body = Body::default();
    let a = body.exprs.load(Place::Column(0));
    let cur = body.exprs.load(Place::Ion(0, IonVar::Cur));
    body.block = vec![
        Stmt::Accumulate(Place::Ion(0, IonVar::Cur), a),
        Stmt::Store(Place::Column(1), cur),
    ];
    let module = state(body);
    let mut memory = memory(&module, 1);
    memory.ions[0][3].fill(0.0);
    memory.column(0).copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    interpret::kernel(&module, KernelKind::State, &mut memory, 0..5).unwrap();
    assert_eq!(memory.column(1), [1.0, 3.0, 3.0, 4.0, 9.0]);
    assert_eq!(memory.ions[0][3][..], [3.0, 3.0, 9.0]);
}

#[test]
fn calls_pass_arguments_and_results() {
    let mut square = Body::default();
    let x = square.local("x", Type::F64);
    let result = square.local("square", Type::F64);
    let value = square.exprs.local(x);
    let value = square.exprs.binary(BinaryOp::Mul, value, value);
    square.params = vec![x];
    square.result = Some(result);
    square.block = vec![Stmt::Assign(result, value)];
    let mut body = Body::default();
    let a = body.exprs.load(Place::Column(0));
    let r = body.local("r", Type::F64);
    let value = body.exprs.local(r);
    body.block = vec![
        Stmt::Call {
            result: Some(r),
            function: FunctionId(0),
            args: vec![a],
        },
        Stmt::Store(Place::Column(1), value),
    ];
    let mut module = state(body);
    module.functions.push(Function {
        name: "square".into(),
        kind: FunctionKind::Function,
        unknowns: None,
        body: square,
    });
    verify::module(&module).unwrap();
    let mut memory = memory(&module, 1);
    memory.column(0).fill(3.0);
    interpret::kernel(&module, KernelKind::State, &mut memory, 0..5).unwrap();
    assert_eq!(memory.column(1), [9.0; 5]);
    let direct = interpret::function(&module, FunctionId(0), &[-4.0], &mut memory, 0);
    assert_eq!(direct, Ok(16.0));
}

#[test]
fn broken_promises_are_found() {
    let mut body = Body::default();
    let index = body.exprs.i64(4);
    let value = body.exprs.load(Place::ColumnAt {
        base: 3,
        len: 4,
        index,
    });
    body.block = vec![Stmt::Store(Place::Column(0), value)];
    let module = state(body);
    let mut memory = memory(&module, 1);
    let stop = interpret::kernel(&module, KernelKind::State, &mut memory, 0..5);
    assert_eq!(stop, Err(Stop::Broken("index 4 is outside of 0..4".into())));
}

#[test]
fn high_statements_are_refused() {
    let mut body = Body::default();
    let value = body.exprs.f64(1.0);
    body.block = vec![Stmt::Rate(Place::Column(0), value)];
    let module = state(body);
    let mut memory = memory(&module, 1);
    let stop = interpret::kernel(&module, KernelKind::State, &mut memory, 0..5);
    assert_eq!(stop, Err(Stop::High("a differential equation")));
}
