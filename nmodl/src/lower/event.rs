//! Events: NET_RECEIVE, its WATCH conditions, FOR_NETCONS.

use super::Lowering;
use super::body::{BodyLowering, Context, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, ExprId, IonVar, Kernel, KernelKind, Place, Service, Stmt, Type, UnaryOp,
};
use crate::mechanism::{NetReceive, Role, Storage, Variable, Watch};
use crate::sema::Symbol;
use crate::syntax::ast::{self, Statement};
use crate::syntax::walk;

/// The WATCH conditions of a file and the columns that they add to an instance.
#[derive(Default)]
pub(super) struct Watches {
    conditions: Vec<(ast::WatchCondition, Watch)>,
}

impl Watches {
    /// Puts the conditions into the description.
    pub(super) fn describe(&self, receive: &mut NetReceive) {
        receive.watches = self.conditions.iter().map(|(_, watch)| *watch).collect();
    }

    /// The variables that hold the added columns.
    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.conditions
            .iter()
            .enumerate()
            .flat_map(|(number, (_, watch))| {
                // No name of a file has a space in it.
                [("active", watch.active), ("value", watch.value)].map(|(what, offset)| Variable {
                    name: format!("watch{number} {what}"),
                    role: Role::Internal,
                    storage: Storage::Column,
                    offset,
                    array_len: None,
                    visible: false,
                    default: 0.0,
                    units: String::new(),
                    limits: None,
                    tolerance: None,
                    span: watch.span,
                })
            })
    }
}

impl<'a> Lowering<'a> {
    pub(super) fn net_receive(
        &mut self,
        block: &'a ast::NetReceiveBlock,
        kernels: &mut Vec<Kernel>,
    ) {
        let (initial, code): (Vec<&Statement>, Vec<&Statement>) = block
            .body
            .statements
            .iter()
            .partition(|s| matches!(s, Statement::Initial(_)));
        if let [_, second, ..] = initial[..] {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateName, "a second INITIAL in NET_RECEIVE")
                    .at(second.span(), "NET_RECEIVE has one at most"),
            );
        }
        for (kind, context, statements) in [
            (KernelKind::NetReceive, Context::NetReceive, code),
            (KernelKind::NetInitial, Context::NetInitial, initial),
        ] {
            if kind == KernelKind::NetInitial && statements.is_empty() {
                continue;
            }
            kernels.push(self.kernel(kind, context, |b| {
                for (index, argument) in block.arguments.iter().enumerate() {
                    b.declare(&argument.name.name, Name::Arg(index as u32));
                }
                b.declare("flag", Name::Flag);
                if assigns_flag(&block.body) {
                    // To the block it is an argument like any other, to the event it is not.
                    let given = b.load(Place::Flag);
                    let own = b.assign_new("flag", given);
                    b.declare("flag", Name::Real(own));
                }
                if kind == KernelKind::NetInitial {
                    for statement in statements {
                        if let Statement::Initial(initial) = statement {
                            b.statements(&initial.body.statements);
                        }
                    }
                } else {
                    b.statements_in_order(&statements);
                }
                b.concentrations_of_event();
            }));
        }
        if !self.watches.conditions.is_empty() {
            kernels.push(self.watch_kernel());
        }
    }

    /// Values of the conditions that are active.
    fn watch_kernel(&mut self) -> Kernel {
        let conditions = self.watches.conditions.clone();
        self.kernel(KernelKind::Watch, Context::Generated, |b| {
            for (condition, watch) in conditions {
                let active = b.load(Place::Column(watch.active as u32));
                let zero = b.f64(0.0);
                let cond = b.body.exprs.binary(BinaryOp::Ne, active, zero);
                let then = b.nested(|b| {
                    let value = b.watched_value(&condition);
                    let place = Place::Column(watch.value as u32);
                    b.out.push(Stmt::Store(place, value));
                });
                b.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
            }
        })
    }

    /// The number of a condition, new where it has none yet.
    fn watch(&mut self, condition: &ast::WatchCondition) -> u32 {
        let conditions = &mut self.watches.conditions;
        let known = conditions
            .iter()
            .position(|(known, _)| known.span.same_place(condition.span));
        let number = known.unwrap_or_else(|| {
            let active = self.columns;
            self.columns += 2;
            let watch = Watch {
                active,
                value: active + 1,
                span: condition.span,
            };
            conditions.push((condition.clone(), watch));
            conditions.len() - 1
        });
        number as u32
    }
}

impl BodyLowering<'_, '_> {
    /// WATCH: each condition is looked at from now on, and never before in this call.
    pub(super) fn watch(&mut self, watch: &ast::Watch) {
        if self.context != Context::NetReceive {
            let why = if self.context == Context::NetInitial {
                "in INITIAL no event has come yet; send one with net_send, and watch from there"
            } else {
                "stands in NET_RECEIVE only"
            };
            self.misplaced("WATCH", watch.span, why);
            return;
        }
        for condition in &watch.conditions {
            let number = self.unit.watch(condition);
            let value = self.watched_value(condition);
            let flag = self.declared_number(&condition.flag);
            self.out.push(Stmt::Service {
                result: None,
                service: Service::Watch { condition: number },
                args: vec![flag, value],
            });
        }
    }

    /// A number, or a name that DEFINE knows.
    fn declared_number(&mut self, number: &ast::DeclaredNumber) -> ExprId {
        match number {
            ast::DeclaredNumber::Literal(number) => self.f64(number.value),
            ast::DeclaredNumber::Defined { negative, name, .. } => {
                match self.unit.symbols.names.get(&name.name) {
                    Some(&Symbol::Define(value)) => {
                        let value = value as f64;
                        self.f64(if *negative { -value } else { value })
                    }
                    _ => {
                        self.unknown_name(name, "DEFINEd number");
                        self.f64(0.0)
                    }
                }
            }
        }
    }

    /// What is positive where the condition holds. It is computed long after NET_RECEIVE, so that
    /// arguments and LOCALs mean nothing in it.
    fn watched_value(&mut self, condition: &ast::WatchCondition) -> ExprId {
        let names = self.scopes.iter().flat_map(|scope| scope.keys().cloned());
        let hidden = names.map(|name| (name, Name::EventOnly)).collect();
        let scopes = std::mem::replace(&mut self.scopes, vec![hidden]);
        let left = self.real(&condition.left);
        let right = self.real(&condition.right);
        self.scopes = scopes;
        let difference = self.body.exprs.binary(BinaryOp::Sub, left, right);
        if condition.rising {
            difference
        } else {
            self.body.exprs.unary(UnaryOp::Neg, difference)
        }
    }

    /// Reports an argument or LOCAL in a WATCH condition, once.
    pub(super) fn name_of_event(&mut self, name: &ast::Ident) {
        self.error(
            Diagnostic::new(
                Code::WrongKind,
                format!("`{}` in a WATCH condition", name.name),
            )
            .at(
                name.span,
                "exists while NET_RECEIVE is executed, and the condition is looked at later",
            )
            .help("copy its value into a RANGE variable, and compare with that"),
        );
        self.unit.unknown.insert(name.name.clone());
    }

    /// FOR_NETCONS: a loop over the NetCons of the instance.
    pub(super) fn for_netcons(&mut self, statement: &ast::ForNetcons) {
        if !matches!(self.context, Context::NetReceive | Context::NetInitial) {
            self.misplaced("FOR_NETCONS", statement.span, "stands in NET_RECEIVE only");
            return;
        }
        let receive = self.unit.symbols.mechanism.net_receive.as_ref();
        let wanted = receive.map_or(0, |receive| receive.arguments.len());
        let given = statement.arguments.len();
        if given != wanted {
            self.error(
                Diagnostic::new(
                    Code::ArgumentCount,
                    format!("FOR_NETCONS with {given} arguments, NET_RECEIVE has {wanted}"),
                )
                .at(statement.span, "needs a name for each weight of a NetCon"),
            );
            return;
        }
        self.unit.visits_netcons = true;
        let count = self.load(Place::NetConCount);
        let count = self.body.exprs.unary(UnaryOp::ToInt, count);
        let (from, one) = (self.body.exprs.i64(0), self.body.exprs.i64(1));
        let to = self.body.exprs.binary(BinaryOp::Sub, count, one);
        let index = self.body.local("netcon", Type::I64);
        let body = self.nested(|this| {
            for (arg, argument) in statement.arguments.iter().enumerate() {
                this.note_declaration(&argument.name);
                let arg = arg as u32;
                this.declare(&argument.name.name, Name::NetConArg { arg, index });
            }
            this.statements(&statement.body.statements);
        });
        self.out.push(Stmt::For {
            index,
            from,
            to,
            body,
        });
    }

    /// A variable of an ion in NET_RECEIVE: a concentration, which is the ion's there.
    pub(super) fn ion_in_event(&mut self, variable: usize, name: &ast::Ident) {
        let bindings = &self.unit.symbols.ion_bindings;
        let Some(at) = bindings.iter().position(|b| b.variable == variable) else {
            return;
        };
        if matches!(bindings[at].field, IonVar::Ci | IonVar::Co) {
            self.concentrations.insert(at);
            return;
        }
        self.error(
            Diagnostic::new(Code::WrongKind, format!("`{}` in NET_RECEIVE", name.name))
                .at(
                    name.span,
                    "currents and reversal potentials of ions have no value between steps",
                )
                .help("copy what you need into a RANGE variable in BREAKPOINT"),
        );
    }

    /// Around NET_RECEIVE: concentrations that it names come from the ion, and those that are
    /// STATEs go back to it.
    fn concentrations_of_event(&mut self) {
        let named = std::mem::take(&mut self.concentrations);
        let code = std::mem::take(&mut self.out);
        let symbols = self.unit.symbols;
        for &at in &named {
            let binding = symbols.ion_bindings[at];
            let value = self.load(Place::Ion(binding.ion, binding.field));
            let column = self.column_of(binding.variable);
            self.out.push(Stmt::Store(column, value));
        }
        self.out.extend(code);
        for &at in &named {
            let binding = symbols.ion_bindings[at];
            if symbols.mechanism.variables[binding.variable].role == Role::State {
                let column = self.column_of(binding.variable);
                let value = self.load(column);
                self.out
                    .push(Stmt::Store(Place::Ion(binding.ion, binding.field), value));
            }
        }
    }
}

/// Inserts the variables of added columns before those of the globals block.
pub(super) fn insert_columns(variables: &mut Vec<Variable>, added: Vec<Variable>) {
    let first_global = variables
        .iter()
        .position(|v| v.storage == Storage::Global)
        .unwrap_or(variables.len());
    variables.splice(first_global..first_global, added);
}

fn assigns_flag(block: &ast::Block) -> bool {
    let mut found = false;
    walk::each_statement(block, &mut |statement| {
        found |= matches!(statement, Statement::Assign(a) if a.target.name.name == "flag");
    });
    found
}
