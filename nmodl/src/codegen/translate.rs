//! Statements of one version of a body (scalar or vector) into instructions.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block as Label, FuncRef, InstBuilder, MemFlagsData, StackSlot, StackSlotData, StackSlotKind,
    Value, types,
};
use cranelift_frontend::{FunctionBuilder, Variable};

use super::CodegenError;
use super::ahead::Ahead;
use super::cache::{Cache, Mark};
use super::code::{Imported, Symbols};
use super::frame::{Frame, STATUS_INSTANCE, STATUS_PLACE, STATUS_VALUE};
use super::lanes::{EACH, Val};
use super::locals::Slot;
use super::memory::{Pair, Row};
use super::scan::Scan;
use super::vectorize::Shapes;
use crate::abi::{Failure, LANES};
use crate::ir::{self, Block, Body, Builtin, ExprId, LocalId, PlaceId, Stmt};

/// A body that is being compiled.
#[derive(Clone, Copy)]
pub(super) struct Unit<'t> {
    pub module: &'t ir::Module,
    pub body: &'t Body,
    pub scan: &'t Scan,
}

/// How the nodes of the present instances are found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Nodes {
    /// The code has no instance, or needs no node.
    None,
    /// Offset in bytes of the instance's node in node arrays.
    One(Value),
    /// The same for each lane.
    Each([Value; LANES]),
    /// Lanes are side by side, and this is the first one's offset.
    Consecutive(Value),
}

/// What is computed once, before the instances: the same in every version of the block.
#[derive(Debug, Default)]
pub(super) struct Invariants {
    /// The prologue's locals.
    pub locals: Vec<(LocalId, Value)>,
    /// Values of those of them that the block does not change.
    pub values: Vec<(ExprId, Value)>,
    /// Loads of what does not change. Scalar code loads it where it is used.
    pub loads: Vec<(ExprId, Value)>,
}

/// Generates one version of a body.
pub(super) struct Translator<'t, 'f> {
    pub builder: FunctionBuilder<'f>,
    pub symbols: &'t mut Symbols,
    pub unit: Unit<'t>,
    pub frame: Frame,
    pub shapes: Shapes,
    pub nodes: Nodes,
    /// First of the present instances.
    pub instance: Value,
    /// Address of its element in the first column.
    pub own: Value,
    /// Address of the columns of a kernel that has no instance.
    pub scratch: Option<Value>,
    /// Where functions for several values put their results.
    pub results: Option<StackSlot>,
    /// Addresses of the private arrays.
    pub arrays: Vec<Value>,
    pub cache: Cache<Val>,
    pub ahead: Ahead,
    /// Invariant values in all lanes.
    pub splats: Vec<(ExprId, Value)>,
    /// Addresses of table rows.
    pub rows: Vec<Row>,
    /// Values read from them.
    pub pairs: Vec<Pair>,
    is_wide: bool,
    /// Where the locals are, as far as they have been used.
    pub locals: Vec<Option<Slot>>,
    /// Where vector code keeps the globals of [`Shapes::stored_globals`].
    pub globals: Vec<Variable>,
    functions: Vec<(Builtin, Imported)>,
    /// Evaluates FUNCTION_TABLEs, if there are any.
    pub look_up: Option<FuncRef>,
}

impl<'t, 'f> Translator<'t, 'f> {
    /// A translator of scalar code without an instance, for what comes before the instances.
    pub fn new(
        builder: FunctionBuilder<'f>,
        symbols: &'t mut Symbols,
        unit: Unit<'t>,
        frame: Frame,
    ) -> Result<Self, CodegenError> {
        let look_up = match unit.scan.function_tables {
            true => Some(symbols.function_table(builder.func)?),
            false => None,
        };
        let import = |&builtin: &Builtin| {
            let function = symbols.builtin(builtin, builder.func)?;
            Ok((builtin, function))
        };
        let functions = unit.scan.builtins.iter().map(import);
        let functions = functions.collect::<Result<_, CodegenError>>()?;
        Ok(Translator {
            instance: frame.begin,
            own: frame.data,
            builder,
            symbols,
            unit,
            frame,
            shapes: Shapes::scalar(unit.body),
            nodes: Nodes::None,
            scratch: None,
            results: None,
            arrays: Vec::new(),
            cache: Cache::new(unit.body.exprs.len()),
            ahead: Ahead::default(),
            splats: Vec::new(),
            rows: Vec::new(),
            pairs: Vec::new(),
            is_wide: false,
            locals: vec![None; unit.body.locals.len()],
            globals: Vec::new(),
            functions,
            look_up,
        })
    }

    /// True in vector code.
    pub fn wide(&self) -> bool {
        self.is_wide
    }

    /// Instances that are computed at once.
    pub fn lanes(&self) -> usize {
        if self.is_wide { LANES } else { 1 }
    }

    /// Begins another version of the block.
    pub fn begin_version(
        &mut self,
        wide: bool,
        shapes: Shapes,
        nodes: Nodes,
        instance: Value,
        invariants: &Invariants,
    ) -> Result<(), CodegenError> {
        self.is_wide = wide;
        self.globals = shapes
            .stored_globals
            .iter()
            .map(|stored| {
                let ty = if stored.uniform {
                    types::F64
                } else {
                    types::F64X2
                };
                self.builder.declare_var(ty)
            })
            .collect();
        self.shapes = shapes;
        self.nodes = nodes;
        self.instance = instance;
        let offset = self.builder.ins().ishl_imm_s(instance, 3);
        self.own = self.builder.ins().iadd(self.frame.data, offset);
        self.cache = Cache::new(self.unit.body.exprs.len());
        self.locals.fill(None);
        self.rows.clear();
        self.pairs.clear();
        for &(local, value) in &invariants.locals {
            self.set_local(local, Val::Scalar(value));
        }
        let loads = invariants.loads.iter().filter(|_| wide);
        for &(id, value) in invariants.values.iter().chain(loads) {
            self.cache.set(id, Val::Scalar(value));
        }
        self.make_arrays()
    }

    /// What all versions of the block share; to be called behind the prologue.
    pub fn invariants(&mut self) -> Invariants {
        let Unit { body, scan, .. } = self.unit;
        let mut invariants = Invariants::default();
        let mut locals = Vec::new();
        ir::walk::for_each_stmt(&body.prologue, &mut |stmt| {
            stmt.for_each_assigned(|local| locals.push(local));
        });
        locals.sort_unstable();
        locals.dedup();
        let mut changed = vec![false; body.locals.len()];
        ir::walk::for_each_stmt(&body.block, &mut |stmt| {
            stmt.for_each_assigned(|local| changed[local.index()] = true);
        });
        for local in locals {
            let value = self.local(local).lane(&mut self.builder, 0);
            invariants.locals.push((local, value));
            if let (Some(id), false) = (scan.local_values[local.index()], changed[local.index()]) {
                invariants.values.push((id, value));
            }
        }
        for &(place, id) in &scan.loads {
            let is_constant = match place {
                ir::Place::Sim(_) => !scan.stores_through_pointers(),
                ir::Place::Global(global) => scan.global_is_constant(global),
                _ => false,
            };
            if is_constant {
                let value = self.load(place).lane(&mut self.builder, 0);
                invariants.loads.push((id, value));
            }
        }
        invariants
    }

    /// Puts the invariant doubles into all lanes, for vector code that follows.
    pub fn splat(&mut self, invariants: &Invariants) {
        self.splats.clear();
        for &(id, value) in invariants.values.iter().chain(&invariants.loads) {
            if self.builder.func.dfg.value_type(value) == types::F64 {
                let lanes = self.builder.ins().splat(types::F64X2, value);
                self.splats.push((id, lanes));
            }
        }
    }

    /// Gives each private array its memory, filled with zeros.
    fn make_arrays(&mut self) -> Result<(), CodegenError> {
        self.arrays.clear();
        for array in &self.unit.body.arrays {
            let address = self.zeroed(array.len as usize * self.lanes())?;
            self.arrays.push(address);
        }
        Ok(())
    }

    /// Address of `doubles` zeros on the stack.
    pub fn zeroed(&mut self, doubles: usize) -> Result<Value, CodegenError> {
        /// A frame must not outgrow the stacks of small threads.
        const LARGEST: usize = 1 << 17;
        let bytes = doubles * size_of::<f64>();
        if bytes > LARGEST {
            return Err(CodegenError::TooLarge(doubles));
        }
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes as u32, 4);
        let slot = self.builder.create_sized_stack_slot(slot);
        let address = self.builder.ins().stack_addr(types::I64, slot, 0);
        let zero = self.builder.ins().f64const(0.0);
        let first = self.builder.ins().iconst(types::I64, 0);
        let end = self.builder.ins().iconst(types::I64, bytes as i64);
        let (head, body, exit) = self.labels();
        self.builder.append_block_param(head, types::I64);
        self.builder.ins().jump(head, &[first.into()]);
        self.builder.switch_to_block(head);
        let at = self.builder.block_params(head)[0];
        let more = self.builder.ins().icmp(IntCC::UnsignedLessThan, at, end);
        self.builder.ins().brif(more, body, &[], exit, &[]);
        self.builder.switch_to_block(body);
        self.builder.seal_block(body);
        let target = self.builder.ins().iadd(address, at);
        self.builder
            .ins()
            .store(MemFlagsData::trusted(), zero, target, 0);
        let next = self.builder.ins().iadd_imm_s(at, size_of::<f64>() as i64);
        self.builder.ins().jump(head, &[next.into()]);
        self.builder.seal_block(head);
        self.builder.switch_to_block(exit);
        self.builder.seal_block(exit);
        Ok(address)
    }

    fn labels(&mut self) -> (Label, Label, Label) {
        (
            self.builder.create_block(),
            self.builder.create_block(),
            self.builder.create_block(),
        )
    }

    /// Translates the statements of `block`.
    pub fn block(&mut self, block: &Block) -> Result<(), CodegenError> {
        for (i, stmt) in block.iter().enumerate() {
            self.call_ahead(&block[i..]);
            self.stmt(stmt)?;
        }
        Ok(())
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<(), CodegenError> {
        match stmt {
            Stmt::Assign(local, value) => {
                let value = self.eval(*value);
                self.assign(*local, value);
            }
            Stmt::Store(place, value) => {
                let value = self.eval(*value);
                self.store(*place, value);
                self.cache.stored(self.unit.scan, *place);
                // What was stored is what a load gives now.
                let same = |&&(other, _): &&(ir::Place, ExprId)| {
                    other == *place && other.index().is_none()
                };
                if let Some(&(_, id)) = self.unit.scan.loads.iter().find(same) {
                    self.cache.set(id, value);
                }
            }
            Stmt::Accumulate(place, value) => {
                let value = self.eval(*value);
                self.accumulate(*place, value);
                self.cache.stored(self.unit.scan, *place);
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => self.branch(*cond, then, otherwise)?,
            Stmt::For {
                index,
                from,
                to,
                body,
            } => self.count(*index, *from, *to, body)?,
            Stmt::While { head, cond, body } => self.repeat(head, *cond, body)?,
            Stmt::Check {
                cond,
                failure,
                place,
                value,
            } => {
                self.check(*cond, *failure, *place, *value);
            }
            Stmt::Service {
                result,
                service,
                args,
            } => {
                let args: Vec<Value> = args
                    .iter()
                    .map(|&arg| self.eval(arg).scalar(&mut self.builder))
                    .collect();
                let answer = self.service(service, &args)?;
                if let Some(local) = result {
                    self.assign(*local, Val::Scalar(answer));
                }
            }
            Stmt::Call { .. } => return Err(CodegenError::High("a call")),
            Stmt::Solve { .. } => return Err(CodegenError::High("SOLVE")),
            Stmt::Rate(..) => return Err(CodegenError::High("a differential equation")),
            Stmt::Equation { .. } => return Err(CodegenError::High("an equation")),
            Stmt::Reaction(_) => return Err(CodegenError::High("a reaction")),
            Stmt::Compartment(..) => return Err(CodegenError::High("COMPARTMENT")),
            Stmt::Conserve { .. } => return Err(CodegenError::High("CONSERVE")),
            Stmt::Differentiate { .. } => return Err(CodegenError::High("a derivative")),
        }
        Ok(())
    }

    /// A block begins whose values do not outlive it.
    fn enter(&self) -> (Mark, usize, usize) {
        (self.cache.enter(), self.rows.len(), self.pairs.len())
    }

    fn leave(&mut self, (mark, rows, pairs): (Mark, usize, usize)) {
        self.cache.leave(mark);
        self.rows.truncate(rows);
        self.pairs.truncate(pairs);
    }

    fn assign(&mut self, local: LocalId, value: Val) {
        self.cache.assigned(self.unit.scan, local);
        self.set_local(local, value);
        if let Some(id) = self.unit.scan.local_values[local.index()] {
            self.cache.set(id, value);
        }
    }

    fn branch(
        &mut self,
        cond: ExprId,
        then: &Block,
        otherwise: &Block,
    ) -> Result<(), CodegenError> {
        let cond = self.eval(cond).scalar(&mut self.builder);
        let (yes, no, join) = self.labels();
        self.builder.ins().brif(cond, yes, &[], no, &[]);
        for (label, block) in [(yes, then), (no, otherwise)] {
            self.builder.switch_to_block(label);
            self.builder.seal_block(label);
            let mark = self.enter();
            self.block(block)?;
            self.leave(mark);
            self.builder.ins().jump(join, &[]);
        }
        self.builder.switch_to_block(join);
        self.builder.seal_block(join);
        Ok(())
    }

    /// `for index = from to to`; the test is at the end, so that `to` may be the largest integer.
    fn count(
        &mut self,
        index: LocalId,
        from: ExprId,
        to: ExprId,
        block: &Block,
    ) -> Result<(), CodegenError> {
        let from = self.eval(from).scalar(&mut self.builder);
        let to = self.eval(to).scalar(&mut self.builder);
        let (body, next, exit) = self.labels();
        let any = self
            .builder
            .ins()
            .icmp(IntCC::SignedLessThanOrEqual, from, to);
        self.builder.append_block_param(body, types::I64);
        self.builder
            .ins()
            .brif(any, body, &[from.into()], exit, &[]);

        self.builder.switch_to_block(body);
        let i = self.builder.block_params(body)[0];
        let mark = self.enter();
        self.drop_changed(block);
        self.assign(index, Val::Scalar(i));
        self.block(block)?;
        self.leave(mark);
        self.cache.assigned(self.unit.scan, index);
        let done = self.builder.ins().icmp(IntCC::Equal, i, to);
        self.builder.ins().brif(done, exit, &[], next, &[]);

        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
        let following = self.builder.ins().iadd_imm_s(i, 1);
        self.builder.ins().jump(body, &[following.into()]);
        self.builder.seal_block(body);
        self.builder.switch_to_block(exit);
        self.builder.seal_block(exit);
        Ok(())
    }

    fn repeat(&mut self, head: &Block, cond: ExprId, block: &Block) -> Result<(), CodegenError> {
        let (start, body, exit) = self.labels();
        self.builder.ins().jump(start, &[]);
        self.builder.switch_to_block(start);
        let mark = self.enter();
        self.drop_changed(head);
        self.drop_changed(block);
        self.block(head)?;
        let cond = self.eval(cond).scalar(&mut self.builder);
        self.builder.ins().brif(cond, body, &[], exit, &[]);
        self.builder.switch_to_block(body);
        self.builder.seal_block(body);
        self.block(block)?;
        self.leave(mark);
        self.builder.ins().jump(start, &[]);
        self.builder.seal_block(start);
        self.builder.switch_to_block(exit);
        self.builder.seal_block(exit);
        Ok(())
    }

    /// Forgets what a loop over `block` changes.
    fn drop_changed(&mut self, block: &Block) {
        let (cache, scan) = (&mut self.cache, self.unit.scan);
        ir::walk::for_each_stmt(block, &mut |stmt| {
            stmt.for_each_assigned(|local| cache.assigned(scan, local));
            if let Stmt::Store(place, _) | Stmt::Accumulate(place, _) = stmt {
                cache.stored(scan, *place);
            }
        });
    }

    /// Returns `failure` from the kernel unless `cond` holds for all lanes. The status names the
    /// first lane in which it does not.
    fn check(&mut self, cond: ExprId, failure: Failure, place: PlaceId, value: ExprId) {
        let cond = self.eval(cond);
        let failed = self.builder.create_block();
        let fine = self.builder.create_block();
        self.builder.set_cold_block(failed);
        let (holds, first) = match cond {
            Val::Lanes(mask) => {
                let bits = self.builder.ins().vhigh_bits(types::I32, mask);
                let holds = self.builder.ins().icmp_imm_s(IntCC::Equal, bits, 0b11);
                (holds, Some(self.builder.ins().band_imm_s(bits, 1)))
            }
            cond => (cond.scalar(&mut self.builder), None),
        };
        self.builder.ins().brif(holds, fine, &[], failed, &[]);

        self.builder.switch_to_block(failed);
        self.builder.seal_block(failed);
        let mark = self.enter();
        let value = self.eval(value);
        self.leave(mark);
        let (instance, value) = match first {
            None => (self.instance, value.lane(&mut self.builder, 0)),
            Some(lane) => {
                let values = EACH.map(|k| value.lane(&mut self.builder, k));
                let offset = self.builder.ins().uextend(types::I64, lane);
                let instance = self.builder.ins().iadd(self.instance, offset);
                (
                    instance,
                    self.builder.ins().select(lane, values[1], values[0]),
                )
            }
        };
        let place = self.builder.ins().iconst(types::I32, i64::from(place.0));
        let status = self.frame.status;
        for (value, offset) in [
            (instance, STATUS_INSTANCE),
            (place, STATUS_PLACE),
            (value, STATUS_VALUE),
        ] {
            self.builder
                .ins()
                .store(MemFlagsData::trusted(), value, status, offset as i32);
        }
        let code = self.builder.ins().iconst(types::I32, failure as i64);
        self.builder.ins().return_(&[code]);
        self.builder.switch_to_block(fine);
        self.builder.seal_block(fine);
    }

    /// The nodes of the present instances, for code that is not about consecutive nodes.
    pub fn load_nodes(&mut self, instance: Value, wide: bool) -> Nodes {
        if self.unit.scan.node_arrays.is_empty() {
            return Nodes::None;
        }
        let address = self.builder.ins().ishl_imm_s(instance, 2);
        let address = self.builder.ins().iadd(self.frame.node, address);
        let mut load = |at: i32| {
            let node = self
                .builder
                .ins()
                .uload32(MemFlagsData::trusted(), address, at);
            self.builder.ins().ishl_imm_s(node, 3)
        };
        if wide {
            Nodes::Each([load(0), load(4)])
        } else {
            Nodes::One(load(0))
        }
    }

    /// The function of this process that computes `builtin`, one of those that `new` imported.
    pub fn builtin_function(&self, builtin: Builtin) -> Option<Imported> {
        self.functions
            .iter()
            .find(|(other, _)| *other == builtin)
            .map(|&(_, function)| function)
    }
}
