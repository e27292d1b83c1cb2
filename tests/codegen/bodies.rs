//! Bodies made by hand: each feature of the code generator on its own.

use nmodl::abi::Failure;
use nmodl::ir::memory::Memory;
use nmodl::ir::*;
use nmodl::mechanism::Kind;

use super::{assert_agree, code, compiled, module, run};

const AWKWARD: [f64; 24] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    -3.0,
    1e-310,
    -5e-324,
    f64::MIN_POSITIVE,
    1e-300,
    1e300,
    -1e308,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    709.7,
    709.8,
    -708.5,
    -745.0,
    -745.2,
    0.1,
    1e16,
    -9.3e18,
];

/// Memory for `n` instances at nodes 0.. n, columns 0 and 1 full of awkward numbers.
fn awkward(module: &Module, n: usize, shift: usize) -> Memory {
    let node: Vec<u32> = (0..n as u32).collect();
    let mut memory = Memory::new(&module.mechanism, &node, n);
    for i in 0..n {
        memory.column(0)[i] = AWKWARD[i % AWKWARD.len()];
        memory.column(1)[i] = AWKWARD[(i + shift) % AWKWARD.len()];
    }
    memory
}

fn state(build: impl FnOnce(&mut Body) -> Block) -> Module {
    let mut body = Body::default();
    body.block = build(&mut body);
    module(Kind::Density, KernelKind::State, body)
}

#[test]
fn builtin_functions_with_awkward_arguments() {
    let module = state(|body| {
        let args = [0, 1].map(|c| body.exprs.load(Place::Column(c)));
        let mut block = vec![];
        for (i, info) in builtin::TABLE.iter().enumerate() {
            let call = Expr::Builtin(info.builtin, args[..info.arity].to_vec());
            let value = body.exprs.add(call);
            // A column for each of the first ones; sums of bits would hide differences.
            let place = Place::Column(2 + (i % 10) as u32);
            block.push(Stmt::Store(place, value));
        }
        block
    });
    // The rest of the functions overwrites the first: once forwards, once backwards.
    let mut backwards = module.clone();
    backwards.kernels[0].body.block.reverse();
    for shift in 0..AWKWARD.len() {
        let memory = awkward(&module, AWKWARD.len() + 1, shift);
        assert_agree(&module, &memory, &format!("shift {shift}"));
        assert_agree(&backwards, &memory, &format!("backwards, shift {shift}"));
    }
}

#[test]
fn calls_that_are_made_together() {
    // 1 to 10 calls of two functions, on two levels; the column that the last ones need changes
    // between them.
    for calls in 1..=10 {
        let module = state(|body| {
            let x = body.exprs.load(Place::Column(0));
            let mut block = vec![];
            let mut sum = body.exprs.f64(0.0);
            for i in 0..calls {
                let factor = body.exprs.f64(0.1 + f64::from(i));
                let arg = body.exprs.binary(BinaryOp::Mul, x, factor);
                let builtin = [Builtin::Exp, Builtin::Log][i as usize % 2];
                let inner = body.exprs.call1(builtin, arg);
                let outer = body.exprs.call1(Builtin::Exp, inner);
                sum = body.exprs.binary(BinaryOp::Add, sum, outer);
                block.push(Stmt::Store(Place::Column(2 + i as u32), inner));
                if i == 6 {
                    block.push(Stmt::Store(Place::Column(0), outer));
                }
            }
            block.push(Stmt::Store(Place::Column(1), sum));
            block
        });
        assert_agree(&module, &awkward(&module, 25, 1), &format!("{calls} calls"));
    }
}

#[test]
fn small_powers_are_products() {
    let module = state(|body| {
        let x = body.exprs.load(Place::Column(0));
        [0.0, 1.0, 2.0, 3.0, 4.0, -1.0, 0.5, -2.0, 5.0]
            .iter()
            .enumerate()
            .map(|(i, &y)| {
                let y = body.exprs.f64(y);
                let value = body.exprs.add(Expr::Builtin(Builtin::Pow, vec![x, y]));
                Stmt::Store(Place::Column(2 + i as u32), value)
            })
            .collect()
    });
    assert_agree(&module, &awkward(&module, AWKWARD.len(), 1), "powers");
}

#[test]
fn comparisons_and_conversions() {
    let module = state(|body| {
        let [x, y] = [0, 1].map(|c| body.exprs.load(Place::Column(c)));
        let ops = [
            BinaryOp::Lt,
            BinaryOp::Le,
            BinaryOp::Gt,
            BinaryOp::Ge,
            BinaryOp::Eq,
            BinaryOp::Ne,
        ];
        let mut block = vec![];
        for (i, op) in ops.into_iter().enumerate() {
            let cond = body.exprs.binary(op, x, y);
            let not = body.exprs.unary(UnaryOp::Not, cond);
            let value = body.exprs.add(Expr::Select(not, x, y));
            block.push(Stmt::Store(Place::Column(2 + i as u32), value));
        }
        let index = body.exprs.unary(UnaryOp::ToInt, x);
        let minus = body.exprs.unary(UnaryOp::Neg, index);
        let real = body.exprs.unary(UnaryOp::ToReal, minus);
        block.push(Stmt::Store(Place::Column(8), real));
        let positive = body.exprs.i64(0);
        let positive = body.exprs.binary(BinaryOp::Gt, index, positive);
        let index = body.exprs.add(Expr::Select(positive, index, minus));
        let real = body.exprs.unary(UnaryOp::ToReal, index);
        block.push(Stmt::Store(Place::Column(9), real));
        block
    });
    for shift in 0..AWKWARD.len() {
        let memory = awkward(&module, AWKWARD.len() + 1, shift);
        assert_agree(&module, &memory, &format!("shift {shift}"));
    }
}

#[test]
fn the_prologue_is_shared_by_all_instances() {
    let mut module = state(|body| {
        let q = body.local("q", Type::F64);
        let q = body.exprs.local(q);
        let x = body.exprs.load(Place::Column(0));
        let value = body.exprs.binary(BinaryOp::Mul, q, x);
        vec![
            Stmt::Store(Place::Column(2), value),
            Stmt::Store(Place::Column(3), q),
        ]
    });
    let body = &mut module.kernels[0].body;
    let celsius = body.exprs.load(Place::Sim(SimVar::Celsius));
    let exp = body.exprs.call1(Builtin::Exp, celsius);
    body.prologue = vec![Stmt::Assign(LocalId(0), exp)];
    assert_agree(&module, &awkward(&module, 7, 1), "prologue");
}

#[test]
fn a_stored_global_keeps_the_last_instances_value() {
    let module = state(|body| {
        let x = body.exprs.load(Place::Column(0));
        let g = body.exprs.load(Place::Global(0));
        let sum = body.exprs.binary(BinaryOp::Add, g, x);
        vec![
            Stmt::Store(Place::Global(0), x),
            Stmt::Store(Place::Column(2), sum),
            Stmt::Accumulate(Place::Global(0), g),
            Stmt::Store(Place::Column(3), g),
        ]
    });
    for n in 1..6 {
        assert_agree(&module, &awkward(&module, n, 2), "stored global");
    }
}

#[test]
fn table_rows_differ_between_instances() {
    let module = state(|body| {
        let x = body.exprs.load(Place::Column(0));
        let (zero, eight) = (body.exprs.f64(0.0), body.exprs.f64(8.0));
        let row = body.exprs.add(Expr::Builtin(Builtin::Max, vec![x, zero]));
        let row = body
            .exprs
            .add(Expr::Builtin(Builtin::Min, vec![row, eight]));
        let row = body.exprs.unary(UnaryOp::ToInt, row);
        let values = [0, 1].map(|column| {
            body.exprs.add(Expr::TableValue {
                table: 0,
                column,
                row,
            })
        });
        let sum = body.exprs.binary(BinaryOp::Sub, values[0], values[1]);
        vec![Stmt::Store(Place::Column(2), sum)]
    });
    let mut memory = awkward(&module, AWKWARD.len(), 0);
    for (i, value) in memory.tables[0].iter_mut().enumerate() {
        *value = (i * i) as f64;
    }
    assert_agree(&module, &memory, "tables");
}

#[test]
fn a_failure_names_the_instance_the_place_and_the_value() {
    let module = state(|body| {
        let x = body.exprs.load(Place::Column(0));
        let limit = body.exprs.f64(100.0);
        let cond = body.exprs.binary(BinaryOp::Lt, x, limit);
        vec![Stmt::Check {
            cond,
            failure: Failure::NoConvergence,
            place: PlaceId(1),
            value: x,
        }]
    });
    for failing in 0..5 {
        let mut memory = awkward(&module, 5, 0);
        memory.column(0).fill(1.0);
        memory.column(0)[failing] = 123.0;
        for lanes in [1, 2] {
            let (answer, status) = run(
                &compiled(&module, lanes),
                KernelKind::State,
                &mut memory.clone(),
                0..5,
            );
            assert_eq!(answer, code(Failure::NoConvergence));
            assert_eq!(
                (status.instance, status.place, status.value),
                (failing, 1, 123.0)
            );
        }
    }
}

#[test]
fn deep_expressions_do_not_overflow_the_stack() {
    let module = state(|body| {
        let x = body.exprs.load(Place::Column(0));
        let mut sum = x;
        for i in 0..3_000 {
            let term = body.exprs.f64(f64::from(i));
            sum = body.exprs.binary(BinaryOp::Add, sum, term);
        }
        vec![Stmt::Store(Place::Column(2), sum)]
    });
    let code = compiled(&module, 2);
    let mut memory = awkward(&module, 3, 0);
    assert_eq!(run(&code, KernelKind::State, &mut memory, 0..3).0, 0);
    assert_eq!(
        memory.column(2)[2],
        1.0 + (0..3_000).map(f64::from).sum::<f64>()
    );
}

#[test]
fn code_outlives_the_module_and_is_shared_by_clones() {
    let module = state(|body| {
        let one = body.exprs.f64(1.0);
        vec![Stmt::Store(Place::Column(0), one)]
    });
    let first = compiled(&module, 2);
    let second = first.clone();
    drop(first);
    let mut memory = awkward(&module, 3, 0);
    drop(module);
    let thread = std::thread::spawn(move || {
        run(&second, KernelKind::State, &mut memory, 0..3);
        memory.column(0).to_vec()
    });
    assert_eq!(thread.join().unwrap(), [1.0; 3]);
}
