//! The pointers of [`KernelArgs`] as values of the function being generated.
//!
//! What they point to is fixed while a kernel runs, so these loads may be moved and shared.

use std::collections::BTreeMap;
use std::mem::offset_of;

use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, types};
use cranelift_frontend::FunctionBuilder;

use super::scan::{NodeArray, Scan};
use crate::abi::{Host, IonArrays, KernelArgs, NodeArrays, SimValues, Status};
use crate::ir::{IonVar, NodeVar, SimVar};

/// Up to so many columns have their offsets in registers; more are computed where they are
/// used, which costs what reloading them would, and keeps the time to compile linear.
const REGISTERS: usize = 8;

/// Addresses and counts that the whole function uses.
pub(super) struct Frame {
    pub args: Value,
    pub data: Value,
    /// Bytes from one column to the next.
    pub stride: Value,
    pub node: Value,
    pub begin: Value,
    pub end: Value,
    pub globals: Value,
    pub pointers: Value,
    pub function_tables: Value,
    pub sim: Value,
    pub net_args: Value,
    pub host: Value,
    pub status: Value,
    pub tables: BTreeMap<u32, Value>,
    /// Offset in bytes of each column from the first, if there are few.
    pub columns: BTreeMap<u32, Value>,
    pub arrays: BTreeMap<NodeArray, Value>,
}

impl Frame {
    /// Reads what `scan` found to be used, at the builder's position.
    pub fn load(builder: &mut FunctionBuilder, args: Value, scan: &Scan) -> Frame {
        let mut field = |offset: usize| constant(builder, types::I64, args, offset);
        let data = field(offset_of!(KernelArgs, data));
        let stride = field(offset_of!(KernelArgs, stride));
        let node = field(offset_of!(KernelArgs, node));
        let begin = field(offset_of!(KernelArgs, begin));
        let end = field(offset_of!(KernelArgs, end));
        let globals = field(offset_of!(KernelArgs, globals));
        let all_tables = field(offset_of!(KernelArgs, tables));
        let function_tables = field(offset_of!(KernelArgs, function_tables));
        let pointers = field(offset_of!(KernelArgs, pointers));
        let sim = field(offset_of!(KernelArgs, sim));
        let nodes = field(offset_of!(KernelArgs, nodes));
        let ions = field(offset_of!(KernelArgs, ions));
        let net_args = field(offset_of!(KernelArgs, args));
        let host = field(offset_of!(KernelArgs, host));
        let status = field(offset_of!(KernelArgs, status));

        let stride = builder.ins().ishl_imm_s(stride, 3);
        let mut columns = BTreeMap::new();
        if scan.columns.len() <= REGISTERS {
            for &column in &scan.columns {
                let offset = builder.ins().imul_imm_s(stride, i64::from(column));
                columns.insert(column, offset);
            }
        }
        let arrays = scan.node_arrays.iter().map(|&array| {
            let (base, offset) = match array {
                NodeArray::Node(var) => (nodes, node_offset(var)),
                NodeArray::Ion(ion, var) => (
                    ions,
                    ion as usize * size_of::<IonArrays>() + ion_offset(var),
                ),
            };
            (array, constant(builder, types::I64, base, offset))
        });
        let arrays = arrays.collect();
        let tables = scan.tables.iter().map(|&table| {
            let offset = table as usize * size_of::<*mut f64>();
            (table, constant(builder, types::I64, all_tables, offset))
        });
        let tables = tables.collect();
        Frame {
            args,
            data,
            stride,
            node,
            begin,
            end,
            globals,
            pointers,
            function_tables,
            sim,
            net_args,
            host,
            status,
            tables,
            columns,
            arrays,
        }
    }
}

/// Loads what does not change while the kernel runs.
pub(super) fn constant(
    builder: &mut FunctionBuilder,
    ty: Type,
    base: Value,
    offset: usize,
) -> Value {
    let flags = MemFlagsData::trusted().with_readonly().with_can_move();
    builder.ins().load(ty, flags, base, offset as i32)
}

/// Offset of a shared value.
pub(super) fn sim_offset(var: SimVar) -> usize {
    match var {
        SimVar::T => offset_of!(SimValues, t_ms),
        SimVar::Dt => offset_of!(SimValues, dt_ms),
        SimVar::Celsius => offset_of!(SimValues, celsius),
        SimVar::SecondOrder => offset_of!(SimValues, secondorder),
        SimVar::VariableStep => offset_of!(SimValues, variable_step),
    }
}

fn node_offset(var: NodeVar) -> usize {
    match var {
        NodeVar::V => offset_of!(NodeArrays, v_mv),
        NodeVar::Rhs => offset_of!(NodeArrays, rhs),
        NodeVar::D => offset_of!(NodeArrays, d),
        NodeVar::Area => offset_of!(NodeArrays, area_um2),
        NodeVar::Diam => offset_of!(NodeArrays, diam_um),
    }
}

fn ion_offset(var: IonVar) -> usize {
    match var {
        IonVar::Erev => offset_of!(IonArrays, erev_mv),
        IonVar::Ci => offset_of!(IonArrays, ci_mm),
        IonVar::Co => offset_of!(IonArrays, co_mm),
        IonVar::Cur => offset_of!(IonArrays, cur),
        IonVar::DcurDv => offset_of!(IonArrays, dcur_dv),
    }
}

/// Offset of [`KernelArgs::pointers_overlap`].
pub(super) const OVERLAP: usize = offset_of!(KernelArgs, pointers_overlap);

/// Offset of [`KernelArgs::flag`].
pub(super) const FLAG: usize = offset_of!(KernelArgs, flag);
/// Offset of [`KernelArgs::netcons`].
pub(super) const NETCONS: usize = offset_of!(KernelArgs, netcons);
/// Offset of [`KernelArgs::netcon_count`].
pub(super) const NETCON_COUNT: usize = offset_of!(KernelArgs, netcon_count);

/// Offsets in [`Status`].
pub(super) const STATUS_INSTANCE: usize = offset_of!(Status, instance);
pub(super) const STATUS_PLACE: usize = offset_of!(Status, place);
pub(super) const STATUS_VALUE: usize = offset_of!(Status, value);

/// Offsets in [`Host`].
pub(super) const HOST_CONTEXT: usize = offset_of!(Host, context);
pub(super) const HOST_NET_SEND: usize = offset_of!(Host, net_send);
pub(super) const HOST_NET_EVENT: usize = offset_of!(Host, net_event);
pub(super) const HOST_NET_MOVE: usize = offset_of!(Host, net_move);
pub(super) const HOST_WATCH: usize = offset_of!(Host, watch);
pub(super) const HOST_AT_TIME: usize = offset_of!(Host, at_time);
pub(super) const HOST_RANDOM: usize = offset_of!(Host, random);
pub(super) const HOST_SCOP: usize = offset_of!(Host, scop);
pub(super) const HOST_REQUEST: usize = offset_of!(Host, request);
pub(super) const HOST_TEXT: usize = offset_of!(Host, text);
pub(super) const HOST_PRINT: usize = offset_of!(Host, print);
