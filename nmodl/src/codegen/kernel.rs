//! A kernel as a function: the prologue, the loops over instances, and the last odd one.
//!
//! ```text
//! entry:   pointers, prologue
//!          two instances or more?                      no: rest
//!          (few node values) or consecutive nodes?     no: rest
//!          pointers at other instances?                yes: rest
//! pairs:   two instances at a time
//! rest:    the instances that are left, one at a time; return 0
//! ```
//!
//! There are two versions of the block at most, because making code takes longer than anything
//! else in the compiler. The vector version takes what it needs from node arrays one by one if
//! that is little beside the rest of its work; else it takes them as vectors, which needs the
//! nodes of the range to be consecutive. Those of density mechanisms nearly always are.
//!
//! Kernels that cannot be vectorized, and INITIAL, which runs once, have the scalar loop alone.

use cranelift_codegen::Context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

use super::code::{Registers, Symbols};
use super::frame::{Frame, OVERLAP, constant};
use super::scan::Scan;
use super::translate::{Invariants, Nodes, Translator, Unit};
use super::vectorize::{Reason, Shapes};
use super::{CodegenError, Options};
use crate::abi::LANES;
use crate::ir::{self, KernelKind};
use crate::mechanism::Kind;

/// A kernel in Cranelift's form and what is known about it.
pub(super) struct Translated {
    pub name: String,
    /// Has the function.
    pub context: Context,
    pub registers: Registers,
    pub scalar: Option<Reason>,
    pub clif: Option<String>,
}

impl Translated {
    /// Number of instructions.
    pub fn instructions(&self) -> usize {
        self.context.func.dfg.num_insts()
    }
}

/// Instructions of a function for which registers are chosen with care. Above, that takes longer
/// than a simulation can make up for; and little is in registers anyhow.
const MOST_CAREFUL: usize = 3_000;

/// True for kernels that run once in a simulation.
fn runs_once(kind: KernelKind) -> bool {
    use KernelKind::*;
    matches!(
        kind,
        Initial | BeforeInitial | AfterInitial | NetInitial | Tables
    )
}

/// Translates one kernel of `module`.
pub(super) fn translate(
    module: &ir::Module,
    kernel: &ir::Kernel,
    options: Options,
    symbols: &mut Symbols,
    functions: &mut FunctionBuilderContext,
) -> Result<Translated, CodegenError> {
    let scan = Scan::new(&kernel.body);
    let unit = Unit {
        module,
        body: &kernel.body,
        scan: &scan,
    };
    let (shapes, scalar) = match options.lanes {
        1 => (None, None),
        _ => match Shapes::analyse(module.mechanism.kind, kernel.kind, &kernel.body, &scan) {
            Ok(shapes) => (Some(shapes), None),
            Err(reason) => (None, Some(reason)),
        },
    };
    let mut context = Context::new();
    symbols.clear(&mut context);
    context.set_disasm(options.assembly);
    let mut builder = FunctionBuilder::new(&mut context.func, functions);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    builder.seal_block(entry);
    let args = builder.block_params(entry)[0];
    let frame = Frame::load(&mut builder, args, &scan);
    let mut translator = Translator::new(builder, symbols, unit, frame)?;
    match (kernel.kind, shapes) {
        (KernelKind::Tables, _) => without_instances(&mut translator)?,
        (_, Some(shapes)) => in_pairs(&mut translator, shapes)?,
        (_, None) => one_by_one(&mut translator)?,
    }
    let mut builder = translator.builder;
    let zero = builder.ins().iconst(types::I32, 0);
    builder.ins().return_(&[zero]);
    builder.finalize(symbols.frontend_config());

    let clif = options.clif.then(|| context.func.display().to_string());
    let name = format!("{}_{}", module.mechanism.name, kernel.kind.name());
    let long = context.func.dfg.num_insts() > MOST_CAREFUL;
    let registers = match long || runs_once(kernel.kind) {
        true => Registers::Quick,
        false => Registers::Careful,
    };
    Ok(Translated {
        name,
        context,
        registers,
        scalar,
        clif,
    })
}

/// The block once; its columns are private to it.
fn without_instances(translator: &mut Translator) -> Result<(), CodegenError> {
    let unit = translator.unit;
    let columns = unit.module.mechanism.columns;
    let touched = !unit.scan.columns.is_empty()
        || unit
            .scan
            .loads
            .iter()
            .any(|(place, _)| matches!(place, ir::Place::ColumnAt { .. }))
        || unit.scan.stores_column_arrays;
    if touched {
        translator.scratch = Some(translator.zeroed(columns)?);
    }
    let invariants = prologue(translator)?;
    let begin = translator.frame.begin;
    let shapes = Shapes::scalar(unit.body);
    translator.begin_version(false, shapes, Nodes::None, begin, &invariants)?;
    translator.block(&unit.body.block)
}

/// The block for each instance.
fn one_by_one(translator: &mut Translator) -> Result<(), CodegenError> {
    let invariants = prologue(translator)?;
    let head = translator.builder.create_block();
    let first = translator.builder.append_block_param(head, types::I64);
    let begin = translator.frame.begin;
    translator.builder.ins().jump(head, &[begin.into()]);
    scalar_loop(translator, head, first, &invariants)
}

/// `head(instance)`: the block for `instance` and all after it; goes on behind the loop.
fn scalar_loop(
    translator: &mut Translator,
    head: Block,
    instance: Value,
    invariants: &Invariants,
) -> Result<(), CodegenError> {
    let body = translator.builder.create_block();
    let exit = translator.builder.create_block();
    let end = translator.frame.end;
    let builder = &mut translator.builder;
    builder.switch_to_block(head);
    let more = builder.ins().icmp(IntCC::UnsignedLessThan, instance, end);
    builder.ins().brif(more, body, &[], exit, &[]);
    builder.switch_to_block(body);
    builder.seal_block(body);
    scalar_instance(translator, instance, invariants)?;
    let builder = &mut translator.builder;
    let next = builder.ins().iadd_imm_s(instance, 1);
    builder.ins().jump(head, &[next.into()]);
    builder.seal_block(head);
    builder.switch_to_block(exit);
    builder.seal_block(exit);
    Ok(())
}

/// The block for pairs of instances, and for those that are left.
fn in_pairs(translator: &mut Translator, shapes: Shapes) -> Result<(), CodegenError> {
    let invariants = prologue(translator)?;
    let (begin, end) = (translator.frame.begin, translator.frame.end);
    let pairs = translator.builder.create_block();
    let rest = translator.builder.create_block();
    let first_left = translator.builder.append_block_param(rest, types::I64);

    // Any range of more than one instance begins at a multiple of LANES.
    let builder = &mut translator.builder;
    let count = builder.ins().isub(end, begin);
    let paired = builder.ins().band_imm_s(count, -(LANES as i64));
    let pairs_end = builder.ins().iadd(begin, paired);
    builder
        .ins()
        .brif(paired, pairs, &[], rest, &[begin.into()]);
    builder.switch_to_block(pairs);
    builder.seal_block(pairs);

    if translator.unit.scan.pointers {
        let apart = translator.builder.create_block();
        let args = translator.frame.args;
        let builder = &mut translator.builder;
        let overlap = constant(builder, types::I64, args, OVERLAP);
        builder
            .ins()
            .brif(overlap, rest, &[begin.into()], apart, &[]);
        builder.switch_to_block(apart);
        builder.seal_block(apart);
    }

    let mut shift = None;
    if takes_nodes_as_vectors(translator) {
        let consecutive = translator.builder.create_block();
        let builder = &mut translator.builder;
        let first = node_of(builder, translator.frame.node, begin, 0);
        let last = node_of(builder, translator.frame.node, pairs_end, -1);
        let nodes = builder.ins().isub(last, first);
        let instances = builder.ins().iadd_imm_s(paired, -1);
        let dense = builder.ins().icmp(IntCC::Equal, nodes, instances);
        builder
            .ins()
            .brif(dense, consecutive, &[], rest, &[begin.into()]);
        builder.switch_to_block(consecutive);
        builder.seal_block(consecutive);
        shift = Some(builder.ins().isub(first, begin));
    }
    pair_loop(translator, &shapes, shift, begin, pairs_end, &invariants)?;
    translator.builder.ins().jump(rest, &[pairs_end.into()]);
    scalar_loop(translator, rest, first_left, &invariants)
}

/// Vector code for `begin..end`, which is not empty. Nodes are consecutive if there is a
/// `shift` from instances to nodes.
fn pair_loop(
    translator: &mut Translator,
    shapes: &Shapes,
    shift: Option<Value>,
    begin: Value,
    end: Value,
    invariants: &Invariants,
) -> Result<(), CodegenError> {
    let body = translator.builder.create_block();
    let exit = translator.builder.create_block();
    let instance = translator.builder.append_block_param(body, types::I64);
    translator.splat(invariants);
    translator.builder.ins().jump(body, &[begin.into()]);
    translator.builder.switch_to_block(body);
    let nodes = match shift {
        Some(shift) => {
            let node = translator.builder.ins().iadd(instance, shift);
            Nodes::Consecutive(translator.builder.ins().ishl_imm_s(node, 3))
        }
        None => translator.load_nodes(instance, true),
    };
    translator.begin_version(true, shapes.clone(), nodes, instance, invariants)?;
    translator.block(&translator.unit.body.block)?;
    let builder = &mut translator.builder;
    let next = builder.ins().iadd_imm_s(instance, LANES as i64);
    let more = builder.ins().icmp(IntCC::UnsignedLessThan, next, end);
    builder.ins().brif(more, body, &[next.into()], exit, &[]);
    builder.seal_block(body);
    builder.switch_to_block(exit);
    builder.seal_block(exit);
    Ok(())
}

fn scalar_instance(
    translator: &mut Translator,
    instance: Value,
    invariants: &Invariants,
) -> Result<(), CodegenError> {
    let nodes = translator.load_nodes(instance, false);
    let shapes = Shapes::scalar(translator.unit.body);
    translator.begin_version(false, shapes, nodes, instance, invariants)?;
    translator.block(&translator.unit.body.block)
}

/// The prologue; gives what all versions of the block share.
fn prologue(translator: &mut Translator) -> Result<Invariants, CodegenError> {
    translator.block(&translator.unit.body.prologue)?;
    Ok(translator.invariants())
}

/// True if the vector code should want consecutive nodes: a mechanism that has one instance at
/// most at a node, and that uses node arrays often for what it computes. A current is twice as
/// fast so; a state that takes much more time to compute is not.
fn takes_nodes_as_vectors(translator: &Translator) -> bool {
    let Unit { module, scan, .. } = translator.unit;
    module.mechanism.kind == Kind::Density && 16 * scan.node_accesses >= scan.expressions
}

/// The node of instance `instance + offset`.
fn node_of(builder: &mut FunctionBuilder, node: Value, instance: Value, offset: i32) -> Value {
    let bytes = builder.ins().ishl_imm_s(instance, 2);
    let address = builder.ins().iadd(node, bytes);
    builder
        .ins()
        .uload32(MemFlagsData::trusted(), address, 4 * offset)
}
