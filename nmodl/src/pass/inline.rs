//! `inline`: calls of FUNCTIONs and PROCEDUREs become their code.
//!
//! Arguments are values, so each call assigns them to fresh locals first. Functions are inlined
//! into each other, callees first, and then into the kernels. Those that call themselves become loops
//! before ([`super::recursion`]).

use super::import::Import;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::call_graph::CallGraph;
use crate::ir::{Block, Body, Function, Module, Stmt, walk};

/// Statements and expressions that calls may grow to, over all bodies: calls within calls can
/// grow without bound.
const MOST_STATEMENTS: usize = 200_000;
const MOST_EXPRESSIONS: usize = 5_000_000;
/// How deep branches and loops may nest in the end, so that whoever walks them may recurse.
const MOST_NESTED: usize = 500;

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    inline(module).err().into_iter().collect()
}

fn inline(module: &mut Module) -> Result<(), Diagnostic> {
    super::recursion::run(module);
    let mut growth = Growth::default();
    let (order, _) = CallGraph::new(&module.functions).callees_first();
    for id in order {
        let mut body = std::mem::take(&mut module.functions[id.index()].body);
        growth.inline_calls(&mut body, &module.functions);
        growth.check(&module.functions[id.index()].name)?;
        module.functions[id.index()].body = body;
    }
    for kernel in &mut module.kernels {
        growth.inline_calls(&mut kernel.body, &module.functions);
        growth.check(kernel.kind.name())?;
    }
    Ok(())
}

/// What inlining has added so far.
#[derive(Default)]
struct Growth {
    statements: usize,
    expressions: usize,
    /// The deepest nesting so far.
    nesting: usize,
}

impl Growth {
    fn is_too_large(&self) -> bool {
        self.statements > MOST_STATEMENTS
            || self.expressions > MOST_EXPRESSIONS
            || self.nesting > MOST_NESTED
    }

    fn check(&self, name: &str) -> Result<(), Diagnostic> {
        if !self.is_too_large() {
            return Ok(());
        }
        Err(
            Diagnostic::new(Code::TooLarge, format!("`{name}` calls too much code")).note(format!(
                "calls are replaced by what they call: {MOST_STATEMENTS} statements at most"
            )),
        )
    }

    fn inline_calls(&mut self, body: &mut Body, functions: &[Function]) {
        let block = std::mem::take(&mut body.block);
        body.block = self.expand(block, body, functions, 0);
    }

    fn expand(
        &mut self,
        block: Block,
        body: &mut Body,
        functions: &[Function],
        depth: usize,
    ) -> Block {
        let mut out = Vec::with_capacity(block.len());
        for mut stmt in block {
            let Stmt::Call {
                result,
                function,
                args,
            } = stmt
            else {
                for inner in walk::blocks_mut(&mut stmt) {
                    *inner = self.expand(std::mem::take(inner), body, functions, depth + 1);
                }
                out.push(stmt);
                continue;
            };
            let callee = &functions[function.index()].body;
            self.expressions += callee.exprs.len();
            walk::for_each_stmt(&callee.block, &mut |_| self.statements += 1);
            self.nesting = self.nesting.max(depth + nesting(&callee.block));
            if self.is_too_large() {
                return out;
            }
            let import = Import::new(body, callee);
            for (param, arg) in callee.params.iter().zip(args) {
                out.push(Stmt::Assign(import.local(*param), arg));
            }
            out.extend(import.block(&callee.block));
            if let (Some(result), Some(value)) = (result, callee.result) {
                let value = body.exprs.local(import.local(value));
                out.push(Stmt::Assign(result, value));
            }
        }
        out
    }
}

/// How deep statements nest in `block`.
fn nesting(block: &Block) -> usize {
    let inner = block.iter().flat_map(Stmt::blocks);
    inner.map(|block| 1 + nesting(block)).max().unwrap_or(0)
}
