//! A kernel as functions: the prologue, and the loops over instances.
//!
//! ```text
//! kernel:  pointers
//!          two instances or more?                      no: rest
//!          pointers at other instances?                yes: rest
//!          (few node values) or consecutive nodes?     no: rest
//!          prologue
//! pairs:   two instances at a time
//!          all done?                                   no: rest
//! rest:    pointers, prologue
//!          the instances that are left, one at a time
//! ```
//!
//! There are two versions of the block at most, because making code takes longer than anything
//! else in the compiler. Each is a function: registers are chosen for one in less time than for
//! both in one, and two processors can share the work. The vector version takes what it needs from
//! node arrays one by one if that is little beside the rest of its work; else it takes them as
//! vectors, which needs the nodes of the range to be consecutive. Those of density mechanisms
//! nearly always are.
//!
//! Kernels that cannot be vectorized, and INITIAL, which runs once, have the scalar loop alone.

use cranelift_codegen::Context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, FuncRef, InstBuilder, MemFlagsData, Value, types};
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

/// A function of a kernel in Cranelift's form.
pub(super) struct Translated {
    pub name: String,
    /// Has the function.
    pub context: Context,
    pub registers: Registers,
    pub clif: Option<String>,
}

impl Translated {
    /// Number of instructions.
    pub fn instructions(&self) -> usize {
        self.context.func.dfg.num_insts()
    }
}

/// The functions of a kernel, the one to be called first, and why there is no vector code.
pub(super) type Functions = (Vec<Translated>, Option<Reason>);

/// Instructions of a function for which registers are chosen with care. Above, that takes longer
/// than a simulation can make up for; and little is in registers anyhow.
const MOST_CAREFUL: usize = 1_600;

/// The same for the function that does what vector code leaves: one instance, nearly always.
const MOST_CAREFUL_REST: usize = 500;

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
    builders: &mut FunctionBuilderContext,
) -> Result<Functions, CodegenError> {
    let scan = Scan::new(&kernel.body);
    let (shapes, scalar) = match options.lanes {
        1 => (None, None),
        _ => match Shapes::analyse(module.mechanism.kind, kernel.kind, &kernel.body, &scan) {
            Ok(shapes) => (Some(shapes), None),
            Err(reason) => (None, Some(reason)),
        },
    };
    let unit = Unit {
        module,
        body: &kernel.body,
        scan: &scan,
    };
    let name = format!("{}_{}", module.mechanism.name, kernel.kind.name());
    let rest = format!("{name}_rest");
    let mut function = |name: &str, part: Part| {
        let mut context = Context::new();
        symbols.clear(&mut context);
        context.set_disasm(options.assembly);
        let most_careful = match part {
            Part::Rest => MOST_CAREFUL_REST,
            _ => MOST_CAREFUL,
        };
        translate_part(unit, part, &mut context, symbols, builders)?;
        let clif = options.clif.then(|| context.func.display().to_string());
        let long = context.func.dfg.num_insts() > most_careful;
        let registers = match long || runs_once(kernel.kind) {
            true => Registers::Quick,
            false => Registers::Careful,
        };
        Ok::<_, CodegenError>(Translated {
            name: name.to_owned(),
            context,
            registers,
            clif,
        })
    };
    let functions = match (kernel.kind, shapes) {
        (KernelKind::Tables, _) => vec![function(&name, Part::WithoutInstances)?],
        (_, None) => vec![function(&name, Part::OneByOne)?],
        (_, Some(shapes)) => vec![
            function(&name, Part::Pairs(shapes, &rest))?,
            function(&rest, Part::Rest)?,
        ],
    };
    Ok((functions, scalar))
}

/// What a function of a kernel does.
enum Part<'n> {
    WithoutInstances,
    OneByOne,
    /// Pairs of instances; the function of this name does what is left.
    Pairs(Shapes, &'n str),
    Rest,
}

fn translate_part(
    unit: Unit,
    part: Part,
    context: &mut Context,
    symbols: &mut Symbols,
    builders: &mut FunctionBuilderContext,
) -> Result<(), CodegenError> {
    if let Part::Rest = part {
        context.func.signature = symbols.rest_signature();
    }
    let mut builder = FunctionBuilder::new(&mut context.func, builders);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    builder.seal_block(entry);
    let parameters = builder.block_params(entry).to_vec();
    let mut frame = Frame::load(&mut builder, parameters[0], unit.scan);
    if let Part::Rest = part {
        frame.begin = parameters[1];
    }
    let rest = match part {
        Part::Pairs(_, rest) => Some(symbols.rest(rest, builder.func)?),
        _ => None,
    };
    let mut translator = Translator::new(builder, symbols, unit, frame)?;
    match (part, rest) {
        (Part::WithoutInstances, _) => without_instances(&mut translator)?,
        (Part::Pairs(shapes, _), Some(rest)) => in_pairs(&mut translator, shapes, rest)?,
        _ => one_by_one(&mut translator)?,
    }
    let mut builder = translator.builder;
    let zero = builder.ins().iconst(types::I32, 0);
    builder.ins().return_(&[zero]);
    builder.finalize(symbols.frontend_config());
    Ok(())
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
    let instance = translator.builder.append_block_param(head, types::I64);
    let body = translator.builder.create_block();
    let exit = translator.builder.create_block();
    let (begin, end) = (translator.frame.begin, translator.frame.end);
    let builder = &mut translator.builder;
    builder.ins().jump(head, &[begin.into()]);
    builder.switch_to_block(head);
    let more = builder.ins().icmp(IntCC::UnsignedLessThan, instance, end);
    builder.ins().brif(more, body, &[], exit, &[]);
    builder.switch_to_block(body);
    builder.seal_block(body);
    scalar_instance(translator, instance, &invariants)?;
    let builder = &mut translator.builder;
    let next = builder.ins().iadd_imm_s(instance, 1);
    builder.ins().jump(head, &[next.into()]);
    builder.seal_block(head);
    builder.switch_to_block(exit);
    builder.seal_block(exit);
    Ok(())
}

/// The block for pairs of instances; `rest` does those that are left.
fn in_pairs(
    translator: &mut Translator,
    shapes: Shapes,
    rest: FuncRef,
) -> Result<(), CodegenError> {
    let (args, begin, end) = {
        let frame = &translator.frame;
        (frame.args, frame.begin, frame.end)
    };
    let left = translator.builder.create_block();
    let first_left = translator.builder.append_block_param(left, types::I64);

    // Any range of more than one instance begins at a multiple of LANES.
    let builder = &mut translator.builder;
    let count = builder.ins().isub(end, begin);
    let paired = builder.ins().band_imm_s(count, -(LANES as i64));
    let pairs_end = builder.ins().iadd(begin, paired);
    go_on_if(builder, paired, left, begin);
    if translator.unit.scan.pointers {
        let overlap = constant(&mut translator.builder, types::I64, args, OVERLAP);
        let builder = &mut translator.builder;
        let apart = builder.ins().icmp_imm_s(IntCC::Equal, overlap, 0);
        go_on_if(builder, apart, left, begin);
    }
    let mut shift = None;
    if takes_nodes_as_vectors(translator) {
        let builder = &mut translator.builder;
        let first = node_of(builder, translator.frame.node, begin, 0);
        let last = node_of(builder, translator.frame.node, pairs_end, -1);
        let nodes = builder.ins().isub(last, first);
        let instances = builder.ins().iadd_imm_s(paired, -1);
        let consecutive = builder.ins().icmp(IntCC::Equal, nodes, instances);
        go_on_if(builder, consecutive, left, begin);
        shift = Some(builder.ins().isub(first, begin));
    }
    let invariants = prologue(translator)?;
    pair_loop(translator, &shapes, shift, begin, pairs_end, &invariants)?;

    let builder = &mut translator.builder;
    builder.ins().jump(left, &[pairs_end.into()]);
    builder.switch_to_block(left);
    builder.seal_block(left);
    let (some, none) = (builder.create_block(), builder.create_block());
    let more = builder.ins().icmp(IntCC::UnsignedLessThan, first_left, end);
    builder.ins().brif(more, some, &[], none, &[]);
    builder.switch_to_block(some);
    builder.seal_block(some);
    let call = builder.ins().call(rest, &[args, first_left]);
    let status = builder.inst_results(call)[0];
    builder.ins().return_(&[status]);
    builder.switch_to_block(none);
    builder.seal_block(none);
    Ok(())
}

/// Goes on in a new block if `condition` is not 0, else at `left(begin)`.
fn go_on_if(builder: &mut FunctionBuilder, condition: Value, left: Block, begin: Value) {
    let on = builder.create_block();
    builder
        .ins()
        .brif(condition, on, &[], left, &[begin.into()]);
    builder.switch_to_block(on);
    builder.seal_block(on);
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
