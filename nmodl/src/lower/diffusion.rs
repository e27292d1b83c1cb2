//! LONGITUDINAL_DIFFUSION: the kernel that computes how easily states diffuse along the cable, and in
//! what volume.
//!
//! For each state that diffuses, and each element of an array, an instance has two more columns. The
//! expressions are those of LONGITUDINAL_DIFFUSION and of the state's COMPARTMENT in the same KINETIC
//! block; as in NEURON they are evaluated on their own, with what the last kernel left, and whether
//! the block is SOLVEd or not.

use super::Lowering;
use super::body::{BodyLowering, Context, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ExprId, IonVar, Kernel, KernelKind, Place, Stmt};
use crate::mechanism::{Diffusion, Kind, Role, Storage, Variable};
use crate::sema::{EquationKind, Symbol};
use crate::syntax::ast;

/// The statements of a KINETIC block that matter here.
#[derive(Default)]
struct Statements<'a> {
    compartments: Vec<&'a ast::Compartment>,
    diffusions: Vec<&'a ast::Compartment>,
}

impl<'a> Statements<'a> {
    fn add(&mut self, block: &'a ast::Block) {
        use ast::Statement as S;
        for statement in &block.statements {
            match statement {
                S::Compartment(s) => self.compartments.push(s),
                S::LongitudinalDiffusion(s) => self.diffusions.push(s),
                S::Block(block) => self.add(block),
                S::From(statement) => self.add(&statement.body),
                S::While(statement) => self.add(&statement.body),
                S::If(statement) => {
                    let branches = statement.branches.iter().map(|b| &b.body);
                    branches
                        .chain(&statement.otherwise)
                        .for_each(|b| self.add(b));
                }
                _ => {}
            }
        }
    }
}

impl<'a> Lowering<'a> {
    /// The kernel, if anything diffuses.
    pub(super) fn diffusion_kernel(&mut self) -> Option<Kernel> {
        let symbols = self.symbols;
        let mut found = Vec::new();
        for equations in &symbols.equations {
            if equations.kind == EquationKind::Kinetic {
                let mut statements = Statements::default();
                statements.add(&equations.node.body);
                found.push(statements);
            }
        }
        if found.iter().all(|s| s.diffusions.is_empty()) {
            return None;
        }
        Some(self.kernel(KernelKind::Diffusion, Context::Generated, |b| {
            for statements in &found {
                for diffusion in &statements.diffusions {
                    for state in &diffusion.states {
                        b.diffusing_state(state, diffusion, &statements.compartments);
                    }
                }
            }
        }))
    }
}

impl BodyLowering<'_, '_> {
    fn diffusing_state(
        &mut self,
        name: &ast::Ident,
        diffusion: &ast::Compartment,
        compartments: &[&ast::Compartment],
    ) {
        let symbols = self.unit.symbols;
        let mechanism = &symbols.mechanism;
        let Some(&Symbol::Variable(index)) = symbols.names.get(&name.name) else {
            self.unknown_name(name, "state");
            return;
        };
        let variable = &mechanism.variables[index];
        if variable.role != Role::State {
            self.error(
                Diagnostic::new(Code::WrongKind, format!("`{}` is no STATE", name.name))
                    .at(name.span, "states diffuse"),
            );
            return;
        }
        if mechanism.kind != Kind::Density {
            self.error(
                Diagnostic::new(
                    Code::MisplacedStatement,
                    "LONGITUDINAL_DIFFUSION in a mechanism that is at a point",
                )
                .at(diffusion.span, "belongs into a mechanism with SUFFIX"),
            );
            return;
        }
        let volumes = |c: &&&ast::Compartment| c.states.iter().any(|s| s.name == name.name);
        let Some(compartment) = compartments.iter().find(volumes) else {
            self.error(
                Diagnostic::new(
                    Code::CannotSolve,
                    format!("`{}` diffuses without a volume", name.name),
                )
                .at(name.span, "no COMPARTMENT names it")
                .help("write COMPARTMENT with its volume per length into the same block"),
            );
            return;
        };
        let bindings = symbols.ion_bindings.iter();
        let ion = bindings
            .filter(|b| b.variable == index)
            .find_map(|b| match b.field {
                IonVar::Ci => Some((b.ion as usize, true)),
                IonVar::Co => Some((b.ion as usize, false)),
                _ => None,
            });
        for element in 0..variable.len() {
            let coefficient = self.unit.columns;
            let volume = coefficient + 1;
            self.unit.columns += 2;
            self.store_value(diffusion, element, coefficient);
            self.store_value(compartment, element, volume);
            self.unit.diffusions.push(Diffusion {
                state: variable.offset + element,
                ion,
                coefficient,
                volume,
                span: name.span,
            });
        }
    }

    /// The value of a COMPARTMENT or LONGITUDINAL_DIFFUSION for an element.
    fn store_value(&mut self, statement: &ast::Compartment, element: usize, column: usize) {
        let mut value: Option<ExprId> = None;
        let inner = self.nested(|this| {
            if let Some(index) = &statement.index {
                this.declare(&index.name, Name::Known(element as i64));
            }
            value = Some(this.real(&statement.value));
        });
        self.out.extend(inner);
        if let Some(value) = value {
            self.out
                .push(Stmt::Store(Place::Column(column as u32), value));
        }
    }
}

/// The variables that hold the added columns.
pub(super) fn variables(diffusions: &[Diffusion]) -> impl Iterator<Item = Variable> {
    diffusions.iter().flat_map(|d| {
        // No name of a file has a space in it.
        [("diffusion", d.coefficient), ("volume", d.volume)].map(|(what, offset)| Variable {
            name: format!("{what} of {}", d.state),
            role: Role::Internal,
            storage: Storage::Column,
            offset,
            array_len: None,
            visible: false,
            default: 0.0,
            units: String::new(),
            limits: None,
            tolerance: None,
            span: d.span,
        })
    })
}
