//! Units of every expression and statement: `nmodlrs check --units`.
//!
//! The rules are those of NEURON's `modlunit`, which stops at the first fault; here all are found,
//! and each says both units, the factor between them and what to write.
//!
//! * The two sides of `=`, `+`, `-`, a comparison, a CONSERVE and an equation have the same unit.
//! * A number without a unit adapts to what it is added to or compared with. A number alone in
//!   parentheses is a conversion factor: `(1000)*x` counts x in a unit a thousand times smaller.
//! * A variable or FUNCTION that is declared without a unit is a pure number. A LOCAL has the
//!   unit of what was assigned last in the text.
//! * Functions such as `exp` and `log`, and exponents, take pure numbers, and so does the base
//!   of an exponent that is not a constant.
//! * v is in mV, t and dt in ms, celsius in degC, diam in um, area in um2; currents are in
//!   mA/cm2 or nA, concentrations in mM, reversal potentials in mV.
//! * The quantities of all reactants of a reaction (times their COMPARTMENT) are in one unit, and
//!   the rates times the reactants are that per time.
//!
//! Beyond `modlunit`, `fabs`, `floor`, `ceil`, `min`, `max` and `fmod` keep units, `sqrt` and
//! constant exponents halve or multiply their powers, and v, t and the like need no declaration.
//! Between UNITSOFF and UNITSON nothing is said.

mod expression;
mod names;
mod reaction;
mod report;
mod statement;

use std::collections::{HashMap, HashSet};

use super::Model;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::Item;
use crate::units::{Quantity, Units};

/// The unit of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    /// Not known, because something in it was reported or is not NMODL.
    Unknown,
    /// Numbers only: adapts to what it meets.
    Number,
    /// This one.
    Of(Quantity),
}

impl Unit {
    const PURE: Unit = Unit::Of(Quantity::ONE);

    fn of(quantity: Option<Quantity>) -> Unit {
        quantity.map_or(Unit::Unknown, Unit::Of)
    }
}

/// A FUNCTION, PROCEDURE or FUNCTION_TABLE.
#[derive(Debug)]
struct Signature {
    arguments: Vec<Unit>,
    result: Unit,
}

struct Checker<'a> {
    model: &'a Model<'a>,
    units: Units,
    /// Units of declared names.
    names: HashMap<String, Unit>,
    /// Units of LOCALs, arguments and indices, innermost scope last.
    scopes: Vec<HashMap<String, Unit>>,
    callables: HashMap<String, Signature>,
    /// Volumes of the present KINETIC block.
    compartments: HashMap<String, Unit>,
    /// Arguments of NET_RECEIVE.
    netcon: Vec<Unit>,
    /// The unit of t.
    time: Unit,
    /// False behind UNITSOFF.
    on: bool,
    /// Units by the texts that the file writes, for messages.
    written: Vec<(Quantity, String)>,
    /// Unknown units, and names without a unit where one is needed, that have been reported: one
    /// message for each.
    blamed: HashSet<String>,
    diagnostics: Vec<Diagnostic>,
}

/// All faults of units, in the order in which they are met.
pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut checker = Checker {
        model,
        units: Units::new(),
        names: HashMap::new(),
        scopes: vec![HashMap::new()],
        callables: HashMap::new(),
        compartments: HashMap::new(),
        netcon: Vec::new(),
        time: Unit::Unknown,
        on: true,
        written: Vec::new(),
        blamed: HashSet::new(),
        diagnostics: Vec::new(),
    };
    checker.declarations();
    for item in &model.items {
        checker.item(item);
    }
    checker.diagnostics
}

impl Checker<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::UnitsSwitch(switch) => self.on = switch.on,
            Item::Neuron(block) => self.neuron_block(block),
            Item::Local(local) => self.local(local),
            Item::Initial(b) | Item::Breakpoint(b) | Item::Constructor(b) | Item::Destructor(b) => {
                self.block(&b.body);
            }
            Item::Derivative(b) | Item::Linear(b) | Item::Nonlinear(b) | Item::Discrete(b) => {
                self.block(&b.body);
            }
            Item::Kinetic(b) => self.kinetic(&b.body),
            Item::Function(c) => {
                self.scopes.push(HashMap::new());
                self.arguments(&c.arguments);
                let result = self.unit_or_pure(&c.unit);
                // The name is the result here, whatever it is elsewhere.
                let elsewhere = self.names.insert(c.name.name.clone(), result);
                self.block(&c.body);
                match elsewhere {
                    Some(unit) => self.names.insert(c.name.name.clone(), unit),
                    None => self.names.remove(&c.name.name),
                };
                self.scopes.pop();
            }
            Item::Procedure(c) => {
                self.scopes.push(HashMap::new());
                self.arguments(&c.arguments);
                self.block(&c.body);
                self.scopes.pop();
            }
            Item::NetReceive(b) => {
                self.scopes.push(HashMap::new());
                self.netcon = self.arguments(&b.arguments);
                self.bind("flag", Unit::PURE);
                self.block(&b.body);
                self.scopes.pop();
            }
            Item::BeforeAfter(b) => self.block(&b.body),
            _ => {}
        }
    }
}
