//! `inline`: calls of FUNCTIONs and PROCEDUREs become their code.
//!
//! Arguments are values, so each call assigns them to fresh locals first. Functions are inlined
//! into each other, callees first, and then into the kernels; lowering has seen to it that no
//! function calls itself.

use super::import::Import;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Block, Body, Function, FunctionId, Module, Stmt, walk};

/// Statements of a body beyond which it is refused: calls within calls can grow without bound.
const LARGEST: usize = 200_000;

pub(crate) fn run(module: &mut Module) -> Result<(), Vec<Diagnostic>> {
    for id in callees_first(&module.functions) {
        let mut body = std::mem::take(&mut module.functions[id.index()].body);
        let name = module.functions[id.index()].name.clone();
        inline_calls(&mut body, &module.functions, &name)?;
        module.functions[id.index()].body = body;
    }
    for kernel in &mut module.kernels {
        inline_calls(&mut kernel.body, &module.functions, kernel.kind.name())?;
    }
    Ok(())
}

fn callees_first(functions: &[Function]) -> Vec<FunctionId> {
    fn visit_function(
        id: FunctionId,
        functions: &[Function],
        seen: &mut [bool],
        order: &mut Vec<FunctionId>,
    ) {
        if std::mem::replace(&mut seen[id.index()], true) {
            return;
        }
        walk::for_each_stmt(&functions[id.index()].body.block, &mut |stmt| {
            if let Stmt::Call { function, .. } = stmt {
                visit_function(*function, functions, seen, order);
            }
        });
        order.push(id);
    }
    let mut seen = vec![false; functions.len()];
    let mut order = Vec::new();
    for index in 0..functions.len() {
        visit_function(FunctionId(index as u32), functions, &mut seen, &mut order);
    }
    order
}

fn inline_calls(
    body: &mut Body,
    functions: &[Function],
    name: &str,
) -> Result<(), Vec<Diagnostic>> {
    let block = std::mem::take(&mut body.block);
    let mut size = 0;
    let block = expand(block, body, functions, &mut size);
    if size > LARGEST {
        return Err(vec![Diagnostic::new(
            Code::TooLarge,
            format!("`{name}` grows beyond {LARGEST} statements when its calls are expanded"),
        )]);
    }
    body.block = block;
    Ok(())
}

fn expand(block: Block, body: &mut Body, functions: &[Function], size: &mut usize) -> Block {
    let mut out = Vec::with_capacity(block.len());
    for mut stmt in block {
        *size += 1;
        if *size > LARGEST {
            return out;
        }
        let Stmt::Call {
            result,
            function,
            args,
        } = stmt
        else {
            for inner in walk::blocks_mut(&mut stmt) {
                *inner = expand(std::mem::take(inner), body, functions, size);
            }
            out.push(stmt);
            continue;
        };
        let callee = &functions[function.index()].body;
        let import = Import::new(body, callee);
        for (param, arg) in callee.params.iter().zip(args) {
            out.push(Stmt::Assign(import.local(*param), arg));
        }
        let code = import.block(&callee.block);
        walk::for_each_stmt(&code, &mut |_| *size += 1);
        out.extend(code);
        if let (Some(result), Some(value)) = (result, callee.result) {
            let value = body.exprs.local(import.local(value));
            out.push(Stmt::Assign(result, value));
        }
    }
    out
}
