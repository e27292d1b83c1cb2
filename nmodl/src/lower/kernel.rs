//! Entry points: what goes before and after the blocks of the file.

use super::Lowering;
use super::body::{BodyLowering, Context};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, ExprId, IonVar, Kernel, KernelKind, LocalId, NodeVar, Place, Stmt, Type, UnaryOp,
};
use crate::mechanism::{Kind, Storage};
use crate::sema::{InitialValue, Symbol};
use crate::syntax::ast::{self, BeforeAfterEvent, Statement};

impl<'a> Lowering<'a> {
    /// All kernels that the mechanism needs.
    pub(super) fn kernels(&mut self) -> Vec<Kernel> {
        let mut kernels = Vec::new();
        kernels.extend(self.tables_kernel());
        if self.symbols.mechanism.kind == Kind::Nothing {
            return kernels;
        }
        let symbols = self.symbols;
        kernels.push(self.kernel(KernelKind::Initial, Context::Initial, |b| {
            b.copies();
            b.clear_lags();
            b.initial_values();
            b.blocks(&symbols.initial);
            b.write_concentrations();
        }));
        if !symbols.breakpoint.is_empty() {
            self.breakpoint(&mut kernels);
        }
        if let Some(block) = self.symbols.net_receive {
            self.net_receive(block, &mut kernels);
        }
        kernels.extend(self.diffusion_kernel());
        self.before_and_after(&mut kernels);
        kernels.retain(|k| !k.body.block.is_empty() || k.kind.counts_empty());
        kernels
    }

    pub(super) fn kernel(
        &mut self,
        kind: KernelKind,
        context: Context,
        f: impl FnOnce(&mut BodyLowering<'_, 'a>),
    ) -> Kernel {
        let mut body = BodyLowering::new(self, context);
        f(&mut body);
        Kernel {
            kind,
            body: body.finish(),
        }
    }

    fn breakpoint(&mut self, kernels: &mut Vec<Kernel>) {
        let symbols = self.symbols;
        let mut solves = Vec::new();
        for block in &symbols.breakpoint {
            self.solves_of(&block.body.statements, false, &mut solves);
        }
        self.variable_step(&solves);
        let has_current = !self.symbols.currents.is_empty();
        if has_current {
            kernels.push(self.kernel(KernelKind::Current, Context::Breakpoint, |b| {
                b.copies();
                b.blocks(&symbols.breakpoint);
                b.write_concentrations();
                b.currents();
            }));
            if solves.is_empty() {
                return;
            }
        }
        kernels.push(self.kernel(KernelKind::State, Context::Breakpoint, |b| {
            b.copies();
            solves.into_iter().for_each(|s| b.solve(s));
            if !has_current {
                b.blocks(&symbols.breakpoint);
            }
            b.write_concentrations();
        }));
    }

    /// The SOLVEs of BREAKPOINT, wherever they stand in it: as in NEURON, states advance whatever
    /// the conditions around a SOLVE say.
    fn solves_of(
        &mut self,
        statements: &'a [Statement],
        nested: bool,
        found: &mut Vec<&'a ast::Solve>,
    ) {
        for statement in statements {
            match statement {
                Statement::Solve(solve) => {
                    if nested {
                        self.diagnostics.push(
                            Diagnostic::new(
                                Code::SolveInBranch,
                                "SOLVE inside of another statement of BREAKPOINT",
                            )
                            .at(
                                solve.span,
                                "solved once at every step, whatever is around it",
                            )
                            .note("NEURON does the same")
                            .help("put the condition into the block of equations"),
                        );
                    }
                    found.push(solve);
                }
                Statement::If(statement) => {
                    let branches = statement.branches.iter().map(|b| &b.body);
                    for block in branches.chain(&statement.otherwise) {
                        self.solves_of(&block.statements, true, found);
                    }
                }
                Statement::While(statement) => {
                    self.solves_of(&statement.body.statements, true, found);
                }
                Statement::From(statement) => {
                    self.solves_of(&statement.body.statements, true, found);
                }
                Statement::Block(block) => self.solves_of(&block.statements, nested, found),
                _ => {}
            }
        }
    }

    /// BEFORE and AFTER blocks; those of the same moment are one kernel.
    fn before_and_after(&mut self, kernels: &mut Vec<Kernel>) {
        let symbols = self.symbols;
        for (before, event, kind) in MOMENTS {
            let now = |b: &&&ast::BeforeAfterBlock| b.before == before && b.event == event;
            let blocks: Vec<_> = symbols.before_after.iter().filter(now).collect();
            if blocks.is_empty() {
                continue;
            }
            let kernel = self.kernel(kind, Context::BeforeAfter, |b| {
                let (copied, written) = symbols.ion_traffic();
                for block in blocks {
                    // NEURON leaves out what is alone in a list.
                    b.copy_voltage();
                    if copied > 1 {
                        b.copy_ions();
                    }
                    let code = b.nested(|b| b.statements(&block.body.statements));
                    b.out.extend(code);
                    if written > 1 {
                        b.write_concentrations();
                    }
                    b.add_ion_currents();
                }
            });
            if symbols.mechanism.kind != Kind::ArtificialCell {
                kernels.push(kernel);
            }
        }
        for block in &symbols.before_after {
            let known = MOMENTS
                .iter()
                .any(|&(before, event, _)| block.before == before && block.event == event);
            if !known {
                self.diagnostics.push(no_such_moment(block));
            } else if symbols.mechanism.kind == Kind::ArtificialCell {
                self.diagnostics.push(
                    Diagnostic::new(Code::NeverExecuted, "BEFORE or AFTER in an ARTIFICIAL_CELL")
                        .at(block.span, "never executed, as in NEURON")
                        .help("use net_send in INITIAL and NET_RECEIVE"),
                );
            }
        }
    }
}

/// The moments that BEFORE and AFTER may name.
const MOMENTS: [(bool, BeforeAfterEvent, KernelKind); 5] = [
    (true, BeforeAfterEvent::Initial, KernelKind::BeforeInitial),
    (false, BeforeAfterEvent::Initial, KernelKind::AfterInitial),
    (
        true,
        BeforeAfterEvent::Breakpoint,
        KernelKind::BeforeBreakpoint,
    ),
    (false, BeforeAfterEvent::Solve, KernelKind::AfterSolve),
    (true, BeforeAfterEvent::Step, KernelKind::BeforeStep),
];

/// A BEFORE or AFTER block for a moment that NEURON does not have.
fn no_such_moment(block: &ast::BeforeAfterBlock) -> Diagnostic {
    let word = if block.before { "BEFORE" } else { "AFTER" };
    Diagnostic::new(
        Code::MisplacedStatement,
        format!("{word} {} does not exist", block.event.keyword()),
    )
    .at(block.span, "would never be executed")
    .note("NEURON ends with an error when it loads such a mechanism")
    .help("there are BEFORE INITIAL, AFTER INITIAL, BEFORE BREAKPOINT, AFTER SOLVE and BEFORE STEP")
}

impl BodyLowering<'_, '_> {
    pub(super) fn column_of(&self, variable: usize) -> Place {
        Place::Column(self.unit.symbols.mechanism.variables[variable].offset as u32)
    }

    /// Blocks that are executed one after the other, each in a scope of its own.
    pub(super) fn blocks(&mut self, blocks: &[&ast::CodeBlock]) {
        if let [block] = blocks {
            return self.statements(&block.body.statements);
        }
        for block in blocks {
            let code = self.nested(|b| b.statements(&block.body.statements));
            self.out.extend(code);
        }
    }

    /// The instance's copies of the ion variables that it reads, and of `v` if the file assigns
    /// it. A concentration in WRITE is read as well, so that blocks can go on from its present
    /// value.
    pub(super) fn copies(&mut self) {
        self.copy_voltage();
        self.copy_ions();
    }

    fn copy_voltage(&mut self) {
        if let Some(&Symbol::Voltage(copy)) = self.unit.symbols.names.get("v") {
            let v = self.load(Place::Node(NodeVar::V));
            self.out.push(Stmt::Store(self.column_of(copy), v));
        }
    }

    fn copy_ions(&mut self) {
        for binding in &self.unit.symbols.ion_bindings {
            let concentration = matches!(binding.field, IonVar::Ci | IonVar::Co);
            if binding.read || (binding.write && concentration) {
                let value = self.body.exprs.load(Place::Ion(binding.ion, binding.field));
                let column = self.column_of(binding.variable);
                self.out.push(Stmt::Store(column, value));
            }
        }
    }

    /// States that are not the ion's begin with `state0`.
    fn initial_values(&mut self) {
        let symbols = self.unit.symbols;
        for &(state, value) in &symbols.initial_values {
            let variable = &symbols.mechanism.variables[state];
            let (base, len) = (variable.offset as u32, variable.len() as u32);
            let value = match value {
                InitialValue::Number(number) => self.body.exprs.f64(number),
                InitialValue::Variable(index) => {
                    let source = &symbols.mechanism.variables[index];
                    let offset = source.offset as u32;
                    let place = match source.storage {
                        Storage::Column => Place::Column(offset),
                        Storage::Global => Place::Global(offset),
                    };
                    self.body.exprs.load(place)
                }
                InitialValue::Ion => continue,
            };
            if len == 1 {
                self.out.push(Stmt::Store(Place::Column(base), value));
                continue;
            }
            self.for_each_index(len, |this, index| {
                let place = Place::ColumnAt { base, len, index };
                this.out.push(Stmt::Store(place, value));
            });
        }
    }

    /// Concentrations and reversal potentials in WRITE go back to the ion.
    pub(super) fn write_concentrations(&mut self) {
        for binding in &self.unit.symbols.ion_bindings {
            if binding.write && binding.field != IonVar::Cur {
                let column = self.column_of(binding.variable);
                let value = self.body.exprs.load(column);
                self.out
                    .push(Stmt::Store(Place::Ion(binding.ion, binding.field), value));
            }
        }
    }

    /// Behind BEFORE and AFTER: the instance's currents are added to the ions' once more. That is
    /// what NEURON does; it shows where something reads the ion's current before the next
    /// BREAKPOINT makes it anew.
    fn add_ion_currents(&mut self) {
        let scale = self.density_of_point_current();
        for &(variable, ion) in &self.unit.symbols.currents {
            if let Some(ion) = ion {
                let column = self.column_of(variable);
                let mut value = self.load(column);
                if let Some(scale) = scale {
                    value = self.body.exprs.binary(BinaryOp::Mul, value, scale);
                }
                let place = Place::Ion(ion, IonVar::Cur);
                self.out.push(Stmt::Accumulate(place, value));
            }
        }
    }

    /// What makes mA/cm² at the node's area of the nA of a point process.
    fn density_of_point_current(&mut self) -> Option<ExprId> {
        (self.unit.symbols.mechanism.kind == Kind::PointProcess).then(|| {
            let area = self.body.exprs.load(Place::Node(NodeVar::Area));
            let hundred = self.body.exprs.f64(1e2);
            self.body.exprs.binary(BinaryOp::Div, hundred, area)
        })
    }

    /// Currents and their derivatives go to the ions and into the cable equation.
    fn currents(&mut self) {
        let mechanism = &self.unit.symbols.mechanism;
        let electrode = !mechanism.electrode_currents.is_empty();
        let scale = self.density_of_point_current();
        // Where CONDUCTANCE names conductances there are no others, as in NEURON.
        let stated = std::mem::take(&mut self.conductances);
        let mut total = None;
        for &(variable, ion) in &self.unit.symbols.currents {
            let column = self.column_of(variable);
            let value = self.load(column);
            let name = self.unit.symbols.mechanism.variables[variable].name.clone();
            let current = self.assign_new(&name, value);
            let value = self.get(current);
            total = Some(match total {
                None => value,
                Some(sum) => self.body.exprs.binary(BinaryOp::Add, sum, value),
            });
            if let Some(ion) = ion {
                let slope = stated
                    .is_empty()
                    .then(|| self.slope(format!("d{name}_dv"), current));
                self.accumulate(Place::Ion(ion, IonVar::Cur), current, scale, false);
                if let Some(slope) = slope {
                    self.accumulate(Place::Ion(ion, IonVar::DcurDv), slope, scale, false);
                }
            }
        }
        for &(value, ion) in &stated {
            if let Some(ion) = ion {
                let slope = self.assign_new("g of the ion", value);
                self.accumulate(Place::Ion(ion, IonVar::DcurDv), slope, scale, false);
            }
        }
        let Some(total) = total else { return };
        let total = self.assign_new("i", total);
        let values = stated.into_iter().map(|(value, _)| value);
        let sum = values.reduce(|sum, value| self.body.exprs.binary(BinaryOp::Add, sum, value));
        let conductance = match sum {
            Some(sum) => self.assign_new("g", sum),
            None => self.slope("g".to_owned(), total),
        };
        self.accumulate(Place::Node(NodeVar::Rhs), total, scale, !electrode);
        self.accumulate(Place::Node(NodeVar::D), conductance, scale, electrode);
    }

    fn slope(&mut self, name: String, of: LocalId) -> LocalId {
        let result = self.body.local(name, Type::F64);
        self.out.push(Stmt::Differentiate { result, of });
        result
    }

    fn accumulate(&mut self, place: Place, local: LocalId, scale: Option<ExprId>, negative: bool) {
        let mut value = self.get(local);
        if let Some(scale) = scale {
            value = self.body.exprs.binary(BinaryOp::Mul, value, scale);
        }
        if negative {
            value = self.body.exprs.unary(UnaryOp::Neg, value);
        }
        self.out.push(Stmt::Accumulate(place, value));
    }
}
