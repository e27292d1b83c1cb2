//! Random bodies, as they are and made fit for several lanes.
//!
//! `NMODLRS_MODULES` sets how many modules each test makes, `NMODLRS_SEED` which ones, and
//! `NMODLRS_MEMORIES` on how many memories each is executed. An execution is one kernel on one
//! memory for one range of instances: in the interpreter, as scalar code and as vector code.

use nmodl::codegen::{Reason, vectorizable};
use nmodl::ir::memory::Memory;
use nmodl::ir::*;
use nmodl::mechanism::Kind;

use super::assert_agree_on_all;
use crate::ir::generate::{self, Random};

fn memory(module: &Module, node: &[u32], seed: u64) -> Memory {
    let mut random = Random::new(seed);
    let nodes = node.last().map_or(1, |last| *last as usize + 1);
    let mut memory = Memory::new(&module.mechanism, node, nodes);
    memory.fill(|| random.double());
    memory.flag = random.double();
    memory
}

/// Distinct nodes, with and without gaps; odd and even numbers of them.
const DENSITY: [&[u32]; 5] = [
    &[0, 1, 2, 3, 4],
    &[3, 4, 5, 6],
    &[0, 1, 3, 4, 7],
    &[0, 2, 3, 4, 5, 6],
    &[2],
];

/// What a test executes, from the environment.
struct Plan {
    seeds: std::ops::Range<u64>,
    memories: u64,
}

impl Plan {
    /// From seed `first` on, `count` modules if nothing else is said.
    fn new(first: u64, count: u64) -> Plan {
        let number = |name| std::env::var(name).ok().map(|n| n.parse::<u64>().unwrap());
        let first = first + number("NMODLRS_SEED").map_or(0, |seed| seed * 1_000_000_007);
        Plan {
            seeds: first..first + number("NMODLRS_MODULES").unwrap_or(count),
            memories: number("NMODLRS_MEMORIES").unwrap_or(1),
        }
    }

    /// Executes `module` on memories for instances at `node`; gives how many executions that were.
    fn execute(&self, module: &Module, node: &[u32], seed: u64) -> usize {
        let memories: Vec<Memory> = (0..self.memories)
            .map(|number| memory(module, node, seed + (number << 40)))
            .collect();
        assert_agree_on_all(module, &memories, &format!("seed {seed}, {node:?}"))
    }

    /// A line now and then, for long runs.
    fn progress(&self, seed: u64, executions: usize) {
        let modules = seed - self.seeds.start;
        if modules > 0 && modules.is_multiple_of(1000) {
            println!("{modules} modules, {executions} executions so far");
        }
    }

    fn report(&self, executions: usize) {
        let modules = self.seeds.end - self.seeds.start;
        println!("{modules} modules, {executions} executions");
    }
}

#[test]
fn bodies_that_may_share_nodes() {
    let plan = Plan::new(0, 60);
    let mut executions = 0;
    for seed in plan.seeds.clone() {
        plan.progress(seed, executions);
        let module = generate::module(seed);
        executions += plan.execute(&module, &[0, 0, 1, 2, 2], seed);
    }
    plan.report(executions);
}

#[test]
fn vectorizable_bodies() {
    let plan = Plan::new(0, 150);
    let (mut vectorized, mut executions) = (0, 0);
    for seed in plan.seeds.clone() {
        plan.progress(seed, executions);
        let mut module = generate::module(seed);
        module.mechanism.kind = Kind::Density;
        module
            .kernels
            .retain(|k| matches!(k.kind, KernelKind::Current | KernelKind::State));
        for kernel in &mut module.kernels {
            soften(kernel);
            vectorized += u64::from(vectorizable(Kind::Density, kernel.kind, &kernel.body).is_ok());
        }
        if let Err(broken) = verify::module(&module) {
            panic!("seed {seed}: {broken}\n{}", print::module(&module));
        }
        let node = DENSITY[seed as usize % DENSITY.len()];
        executions += plan.execute(&module, node, seed);
    }
    plan.report(executions);
    let kernels = 2 * (plan.seeds.end - plan.seeds.start);
    assert!(
        3 * vectorized > 2 * kernels,
        "only {vectorized} of {kernels} kernels are vectorizable"
    );
}

#[test]
fn vectorizable_bodies_of_point_processes() {
    let plan = Plan::new(1000, 100);
    let (mut vectorized, mut executions) = (0, 0);
    for seed in plan.seeds.clone() {
        plan.progress(seed, executions);
        let mut module = generate::module(seed);
        module.kernels.retain(|k| k.kind == KernelKind::State);
        for kernel in &mut module.kernels {
            soften(kernel);
            vectorized +=
                u64::from(vectorizable(Kind::PointProcess, kernel.kind, &kernel.body).is_ok());
        }
        executions += plan.execute(&module, &[0, 0, 0, 1, 2, 2], seed);
    }
    plan.report(executions);
    let kernels = plan.seeds.end - plan.seeds.start;
    assert!(
        5 * vectorized > kernels,
        "only {vectorized} of {kernels} kernels are vectorizable"
    );
}

/// Replaces what keeps a body from being vectorized.
fn soften(kernel: &mut Kernel) {
    for _ in 0..4 {
        let mut body = std::mem::take(&mut kernel.body);
        let mut block = std::mem::take(&mut body.block);
        let reason = {
            body.block = block.clone();
            vectorizable(Kind::Density, kernel.kind, &body).err()
        };
        let globals = matches!(reason, Some(Reason::CarriedGlobal(_)));
        soften_block(&mut body, &mut block, globals);
        body.block = block;
        kernel.body = body;
    }
}

fn soften_block(body: &mut Body, block: &mut Block, globals: bool) {
    block.retain(|stmt| match stmt {
        Stmt::Store(Place::GlobalAt { .. } | Place::Arg(_) | Place::Pointer(_), _) => false,
        Stmt::Store(Place::Global(_), _) => !globals,
        Stmt::Service { result, .. } => result.is_some(),
        _ => true,
    });
    for stmt in block {
        match stmt {
            Stmt::Service {
                result: Some(result),
                args,
                ..
            } => {
                *stmt = Stmt::Assign(*result, args[0]);
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => {
                // Guards of indices must stay what they are, or never hold.
                *cond = match &body.exprs[*cond] {
                    Expr::Bool(_) => *cond,
                    Expr::Binary(BinaryOp::And, a, _) if is_integer(body, *a) => {
                        body.exprs.add(Expr::Bool(false))
                    }
                    _ => {
                        let t = body.exprs.load(Place::Sim(SimVar::T));
                        let zero = body.exprs.f64(0.0);
                        body.exprs.binary(BinaryOp::Lt, t, zero)
                    }
                };
                soften_block(body, then, globals);
                soften_block(body, otherwise, globals);
            }
            Stmt::For {
                to, body: inner, ..
            } => {
                if !matches!(body.exprs[*to], Expr::I64(_)) {
                    *to = body.exprs.i64(3);
                }
                soften_block(body, inner, globals);
            }
            Stmt::While {
                head,
                cond,
                body: inner,
            } => {
                if let Expr::Binary(BinaryOp::And, counts, _) = body.exprs[*cond] {
                    *cond = counts;
                }
                soften_block(body, head, globals);
                soften_block(body, inner, globals);
            }
            _ => {}
        }
    }
}

fn is_integer(body: &Body, comparison: ExprId) -> bool {
    match body.exprs[comparison] {
        Expr::Binary(_, a, _) => body.type_of(a) == Type::I64,
        _ => false,
    }
}
