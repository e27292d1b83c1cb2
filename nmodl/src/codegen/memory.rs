//! Loads and stores of places.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Value, types};

use super::frame::{self, FLAG, NETCON_COUNT, NETCONS, constant, sim_offset};
use super::lanes::{EACH, Val};
use super::scan::NodeArray;
use super::translate::{Nodes, Translator};
use crate::abi::LANES;
use crate::ir::{BinaryOp, Expr, ExprId, Place};

const DOUBLE: i64 = size_of::<f64>() as i64;

/// Where the row of a table begins, for an index that has been computed.
#[derive(Clone, Copy)]
pub(super) struct Row {
    table: u32,
    index: Val,
    start: Access,
}

/// A row of a table: where a row begins, and the distance from there in bytes.
struct RowAt {
    start: Access,
    offset: i32,
}

/// Two neighbouring columns of a table that have been read for all lanes.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    addresses: [Value; LANES],
    offset: i32,
    columns: [Value; 2],
}

/// How the doubles of a place lie in memory.
#[derive(Clone, Copy)]
enum Access {
    /// One double, at this offset.
    One(Value, i32, MemFlagsData),
    /// A double for each lane, side by side.
    Row(Value, MemFlagsData),
    /// A double for each lane, anywhere.
    Scattered([Value; LANES]),
}

impl Translator<'_, '_> {
    /// The value at `place`, whose index has been evaluated.
    pub(super) fn load(&mut self, place: Place) -> Val {
        if let Place::FunctionTableGiven(table) = place {
            let table = self.given_table(table);
            let given = self.builder.ins().icmp_imm_s(IntCC::NotEqual, table, 0);
            return Val::Scalar(self.builder.ins().fcvt_from_uint(types::F64, given));
        }
        if let Place::Global(global) = place
            && let Some(value) = self.stored_global(global)
        {
            return value;
        }
        let access = self.access(place);
        self.load_from(access)
    }

    /// `place = value`
    pub(super) fn store(&mut self, place: Place, value: Val) {
        if let Place::Global(global) = place {
            self.set_stored_global(global, value);
        }
        let access = self.access(place);
        self.store_to(access, value);
    }

    fn store_to(&mut self, access: Access, value: Val) {
        match access {
            Access::One(base, offset, flags) => {
                // Of several instances, the last one's value stays.
                let last = self.lanes() - 1;
                let last = value.lane(&mut self.builder, last);
                self.builder.ins().store(flags, last, base, offset);
            }
            Access::Row(address, flags) => {
                let lanes = value.lanes(&mut self.builder);
                self.builder.ins().store(flags, lanes, address, 0);
            }
            Access::Scattered(addresses) => {
                for (lane, address) in addresses.into_iter().enumerate() {
                    let one = value.lane(&mut self.builder, lane);
                    self.builder
                        .ins()
                        .store(MemFlagsData::trusted(), one, address, 0);
                }
            }
        }
    }

    /// `place += value`, in the lanes' order.
    pub(super) fn accumulate(&mut self, place: Place, value: Val) {
        if let Place::Global(global) = place
            && let Some(old) = self.stored_global(global)
        {
            let new = self.sum(old, value);
            return self.store(place, new);
        }
        match self.access(place) {
            access @ (Access::One(..) | Access::Row(..)) => {
                let old = self.load_from(access);
                let new = self.sum(old, value);
                self.store_to(access, new);
            }
            Access::Scattered(addresses) => {
                for (lane, address) in addresses.into_iter().enumerate() {
                    let access = Access::One(address, 0, MemFlagsData::trusted());
                    let old = self.load_from(access);
                    let one = Val::Scalar(value.lane(&mut self.builder, lane));
                    let new = self.sum(old, one);
                    self.store_to(access, new);
                }
            }
        }
    }

    fn sum(&mut self, a: Val, b: Val) -> Val {
        if let (Val::Scalar(a), Val::Scalar(b)) = (a, b) {
            return Val::Scalar(self.builder.ins().fadd(a, b));
        }
        let a = a.lanes(&mut self.builder);
        let b = b.lanes(&mut self.builder);
        Val::Lanes(self.builder.ins().fadd(a, b))
    }

    /// The element of a table.
    pub(super) fn table_value(&mut self, table: u32, column: u32, row: ExprId) -> Val {
        let at = self.table_row(table, row);
        let offset = at.offset + 8 * column as i32;
        match at.start {
            Access::Scattered(addresses) => self.table_pair(table, column, offset, addresses),
            Access::One(address, _, flags) | Access::Row(address, flags) => {
                self.load_from(Access::One(address, offset, flags))
            }
        }
    }

    /// The element of a table at `offset` from each lane's row. Its neighbour, which is likely
    /// to be needed, comes with it: both lanes' rows are read two columns at a time.
    fn table_pair(
        &mut self,
        table: u32,
        column: u32,
        offset: i32,
        addresses: [Value; LANES],
    ) -> Val {
        let shape = self.unit.module.mechanism.tables.get(table as usize);
        let even = column & !1;
        if even as usize + 1 >= shape.map_or(0, |table| table.columns) {
            let addresses =
                addresses.map(|start| self.builder.ins().iadd_imm_s(start, i64::from(offset)));
            return self.load_from(Access::Scattered(addresses));
        }
        let offset = offset - 8 * (column - even) as i32;
        let known = |pair: &&Pair| pair.addresses == addresses && pair.offset == offset;
        let columns = match self.pairs.iter().find(known) {
            Some(pair) => pair.columns,
            None => {
                let flags = MemFlagsData::new().with_notrap();
                let rows = addresses
                    .map(|start| self.builder.ins().load(types::F64X2, flags, start, offset));
                let columns = EACH.map(|lane| self.transpose(rows, lane));
                self.pairs.push(Pair {
                    addresses,
                    offset,
                    columns,
                });
                columns
            }
        };
        Val::Lanes(columns[(column - even) as usize])
    }

    /// Element `lane` of both vectors.
    fn transpose(&mut self, rows: [Value; LANES], lane: usize) -> Value {
        let bytes = (8 * lane as u8)..(8 * lane as u8 + 8);
        let order: Vec<u8> = bytes.clone().chain(bytes.map(|byte| byte + 16)).collect();
        let order = self.builder.func.dfg.immediates.push(order.into());
        let little = MemFlagsData::new().with_endianness(Endianness::Little);
        let [a, b] = rows.map(|row| self.builder.ins().bitcast(types::I8X16, little, row));
        let mixed = self.builder.ins().shuffle(a, b, order);
        self.builder.ins().bitcast(types::F64X2, little, mixed)
    }

    fn load_from(&mut self, access: Access) -> Val {
        match access {
            Access::One(base, offset, flags) => {
                Val::Scalar(self.builder.ins().load(types::F64, flags, base, offset))
            }
            Access::Row(address, flags) => {
                Val::Lanes(self.builder.ins().load(types::F64X2, flags, address, 0))
            }
            Access::Scattered(addresses) => {
                let [a, b] = addresses;
                let flags = MemFlagsData::trusted();
                let first = self.builder.ins().load(types::F64, flags, a, 0);
                let first = self.builder.ins().scalar_to_vector(types::F64X2, first);
                let second = self.builder.ins().load(types::F64, flags, b, 0);
                Val::Lanes(self.builder.ins().insertlane(first, second, 1))
            }
        }
    }

    fn access(&mut self, place: Place) -> Access {
        let trusted = MemFlagsData::trusted();
        let constant = trusted.with_readonly().with_can_move();
        match place {
            Place::Column(column) => match self.scratch {
                Some(scratch) => Access::One(scratch, 8 * column as i32, trusted),
                None => {
                    let offset = self.frame.columns.get(&column).copied();
                    let offset = offset.unwrap_or_else(|| {
                        let column = i64::from(column);
                        self.builder.ins().imul_imm_s(self.frame.stride, column)
                    });
                    self.instance_access(offset)
                }
            },
            Place::ColumnAt { base, index, .. } => match (self.eval(index), self.scratch) {
                (index, Some(scratch)) => {
                    let index = index.lane(&mut self.builder, 0);
                    let address = self.element(scratch, index, DOUBLE);
                    Access::One(address, 8 * base as i32, trusted)
                }
                (Val::Scalar(index), None) => {
                    let offset = self.column_offset(base, index);
                    self.instance_access(offset)
                }
                (index, None) => Access::Scattered(EACH.map(|lane| {
                    let index = index.lane(&mut self.builder, lane);
                    let offset = self.column_offset(base, index);
                    let address = self.builder.ins().iadd(self.own, offset);
                    self.builder.ins().iadd_imm_s(address, DOUBLE * lane as i64)
                })),
            },
            Place::Global(global) => {
                let flags = if self.unit.scan.global_is_constant(global) {
                    constant
                } else {
                    trusted
                };
                Access::One(self.frame.globals, 8 * global as i32, flags)
            }
            Place::GlobalAt { base, index, .. } => {
                let index = self.eval(index);
                let start = self
                    .builder
                    .ins()
                    .iadd_imm_s(self.frame.globals, DOUBLE * i64::from(base));
                self.elements(start, index, DOUBLE, trusted)
            }
            Place::Sim(var) => {
                let flags = if self.unit.scan.stores_through_pointers() {
                    trusted
                } else {
                    constant
                };
                Access::One(self.frame.sim, sim_offset(var) as i32, flags)
            }
            Place::Pointer(pointer) => self.pointer_access(pointer),
            // Read only, and `load` reads it.
            Place::FunctionTableGiven(_) => Access::One(self.frame.args, FLAG as i32, trusted),
            Place::Node(_) | Place::Ion(..) => self.node_access(place),
            Place::Arg(arg) => Access::One(self.frame.net_args, 8 * arg as i32, trusted),
            Place::Flag => Access::One(self.frame.args, FLAG as i32, trusted),
            Place::NetConCount => Access::One(self.frame.args, NETCON_COUNT as i32, constant),
            Place::NetConArg { arg, index } => {
                let index = self.eval(index).lane(&mut self.builder, 0);
                let args = self.frame.args;
                let netcons = frame::constant(&mut self.builder, types::I64, args, NETCONS);
                let entry = self.element(netcons, index, size_of::<*mut f64>() as i64);
                let weights = self.builder.ins().load(types::I64, trusted, entry, 0);
                Access::One(weights, 8 * arg as i32, trusted)
            }
            Place::Table { table, column, row } => self.table_access(table, column, row),
            Place::LocalArray { array, index } => {
                let start = self.arrays[array as usize];
                let index = self.eval(index);
                if !self.wide() {
                    return self.elements(start, index, DOUBLE, trusted);
                }
                let row = DOUBLE * LANES as i64;
                match index {
                    Val::Scalar(index) => Access::Row(self.element(start, index, row), trusted),
                    index => Access::Scattered(EACH.map(|lane| {
                        let index = index.lane(&mut self.builder, lane);
                        let address = self.element(start, index, row);
                        self.builder.ins().iadd_imm_s(address, DOUBLE * lane as i64)
                    })),
                }
            }
        }
    }

    fn table_access(&mut self, table: u32, column: u32, row: ExprId) -> Access {
        let at = self.table_row(table, row);
        let offset = at.offset + 8 * column as i32;
        match at.start {
            Access::One(address, _, flags) => Access::One(address, offset, flags),
            // Tables are stored to by scalar code only.
            other => other,
        }
    }

    /// The start of a table's row, whose address is computed once for all columns and for rows
    /// at a constant distance.
    fn table_row(&mut self, table: u32, row: ExprId) -> RowAt {
        let shape = self.unit.module.mechanism.tables.get(table as usize);
        let bytes = DOUBLE * shape.map_or(0, |table| table.columns) as i64;
        let exprs = &self.unit.body.exprs;
        let (row, offset) = match exprs[row] {
            Expr::Binary(BinaryOp::Add, first, distance) => match exprs[distance] {
                Expr::I64(distance @ 0..=64) => (first, (distance * bytes) as i32),
                _ => (row, 0),
            },
            _ => (row, 0),
        };
        let index = self.eval(row);
        let known = |known: &&Row| known.table == table && known.index == index;
        if let Some(known) = self.rows.iter().find(known) {
            return RowAt {
                start: known.start,
                offset,
            };
        }
        let base = self.frame.tables.get(&table).copied();
        let base = base.unwrap_or(self.frame.globals);
        let start = self.elements(base, index, bytes, MemFlagsData::trusted());
        self.rows.push(Row {
            table,
            index,
            start,
        });
        RowAt { start, offset }
    }

    /// The instance's element of the column at `offset`.
    fn instance_access(&mut self, offset: Value) -> Access {
        let address = self.builder.ins().iadd(self.own, offset);
        if self.wide() {
            Access::Row(address, MemFlagsData::trusted())
        } else {
            Access::One(address, 0, MemFlagsData::trusted())
        }
    }

    fn node_access(&mut self, place: Place) -> Access {
        let array = NodeArray::of(place);
        let base = array.and_then(|array| self.frame.arrays.get(&array).copied());
        let base = base.unwrap_or(self.frame.data);
        match self.nodes {
            Nodes::None => Access::One(base, 0, MemFlagsData::trusted()),
            Nodes::One(offset) => {
                let address = self.builder.ins().iadd(base, offset);
                Access::One(address, 0, MemFlagsData::trusted())
            }
            Nodes::Each(offsets) => {
                Access::Scattered(offsets.map(|offset| self.builder.ins().iadd(base, offset)))
            }
            Nodes::Consecutive(offset) => {
                let address = self.builder.ins().iadd(base, offset);
                Access::Row(address, MemFlagsData::new().with_notrap())
            }
        }
    }

    /// Address of a FUNCTION_TABLE, or null.
    pub(super) fn given_table(&mut self, table: u32) -> Value {
        let tables = self.frame.function_tables;
        let offset = table as usize * size_of::<usize>();
        constant(&mut self.builder, types::I64, tables, offset)
    }

    /// Where the targets of the present instances stand in [`crate::abi::KernelArgs::pointers`].
    fn targets(&mut self, pointer: u32) -> Value {
        let row = i64::from(pointer);
        let row = self.builder.ins().imul_imm_s(self.frame.stride, row);
        let own = self.builder.ins().ishl_imm_s(self.instance, 3);
        let offset = self.builder.ins().iadd(row, own);
        self.builder.ins().iadd(self.frame.pointers, offset)
    }

    fn pointer_access(&mut self, pointer: u32) -> Access {
        let targets = self.targets(pointer);
        let flags = MemFlagsData::trusted().with_readonly();
        if !self.wide() {
            let target = self.builder.ins().load(types::I64, flags, targets, 0);
            return Access::One(target, 0, MemFlagsData::trusted());
        }
        Access::Scattered(EACH.map(|lane| {
            let offset = DOUBLE as i32 * lane as i32;
            self.builder.ins().load(types::I64, flags, targets, offset)
        }))
    }

    /// Whether a POINTER points at something.
    pub(super) fn pointing(&mut self, pointer: u32) -> Val {
        let targets = self.targets(pointer);
        let flags = MemFlagsData::trusted().with_readonly();
        if !self.wide() {
            let target = self.builder.ins().load(types::I64, flags, targets, 0);
            return Val::Scalar(self.builder.ins().icmp_imm_s(IntCC::NotEqual, target, 0));
        }
        let pair = self.builder.ins().load(types::I64X2, flags, targets, 0);
        let zero = self.builder.ins().iconst(types::I64, 0);
        let zeros = self.builder.ins().splat(types::I64X2, zero);
        Val::Lanes(self.builder.ins().icmp(IntCC::NotEqual, pair, zeros))
    }

    fn column_offset(&mut self, base: u32, index: Value) -> Value {
        let column = self.builder.ins().iadd_imm_s(index, i64::from(base));
        self.builder.ins().imul(column, self.frame.stride)
    }

    /// Elements `index` of `bytes` each.
    fn elements(&mut self, base: Value, index: Val, bytes: i64, flags: MemFlagsData) -> Access {
        match index {
            Val::Scalar(index) => Access::One(self.element(base, index, bytes), 0, flags),
            index => Access::Scattered(EACH.map(|lane| {
                let index = index.lane(&mut self.builder, lane);
                self.element(base, index, bytes)
            })),
        }
    }

    /// `base + index bytes`
    fn element(&mut self, base: Value, index: Value, bytes: i64) -> Value {
        let offset = match bytes {
            DOUBLE => self.builder.ins().ishl_imm_s(index, 3),
            _ => self.builder.ins().imul_imm_s(index, bytes),
        };
        self.builder.ins().iadd(base, offset)
    }
}
