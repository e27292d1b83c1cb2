//! What names mean in a fragment of C.

use std::collections::{BTreeSet, HashMap};

use super::layout::TypeId;
use super::value::{Base, Pointer, Value};
use super::{INT, Kind, Target};
use crate::ir::{IonVar, LocalId, NodeVar, Place, SimVar};
use crate::lower::body::{BodyLowering, Name};
use crate::lower::expression::Resolved;
use crate::mechanism::{Kind as MechanismKind, Storage};
use crate::sema::Symbol;
use crate::source::Span;
use crate::verbatim::{Fault, Result};

/// A name that C declares.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) enum CName {
    /// A number or handle of its own.
    Local(LocalId, Kind),
    /// One that outlives the call (`static`).
    Static(Place, Kind),
    /// An array of its own.
    Array { array: u32, len: u32, kind: Kind },
    /// An array that outlives the call: doubles of the globals block.
    StaticArray { base: u32, len: u32, kind: Kind },
    /// Anything else that outlives the call: the place of its address in memory.
    StaticObject(Place, TypeId),
    /// What stands in memory, in a body whose variables do: its address.
    Object(LocalId, TypeId),
    /// A pointer to numbers: position in [`CScopes::pointers`].
    Pointer(usize),
    /// A pointer to a variable that holds a handle: position in [`CScopes::aliases`].
    Alias(usize),
    /// Declared, with a type that is not supported: what is wrong with it.
    Unsupported(String),
}

/// A variable that is a pointer to numbers. What it points into is known when compiling.
#[derive(Debug, Clone)]
pub(super) struct PointerVariable {
    pub base: Option<Base>,
    pub kind: Kind,
    /// NULL was assigned.
    pub nothing: bool,
    /// The Vector's handle or the address in memory, where it points into one.
    pub vector: LocalId,
    /// I64: which number.
    pub offset: LocalId,
}

/// A variable that is a pointer to a variable with a handle. Which one that is, is known when
/// compiling.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alias {
    pub target: Option<Target>,
    /// Number of scopes where it is declared. An assignment there is one that is always executed.
    pub depth: usize,
}

/// Names that C declares in a body.
#[derive(Debug)]
pub(in crate::lower) struct CScopes {
    pub(super) scopes: Vec<HashMap<String, CName>>,
    pub(super) pointers: Vec<PointerVariable>,
    pub(super) aliases: Vec<Alias>,
    /// In a function that C defines: what it gives.
    pub(super) function: Option<Option<Kind>>,
    /// Labels that lie ahead, with their numbers.
    pub(super) ahead: Vec<(String, usize)>,
    /// Labels so far.
    pub(super) labels: usize,
    /// Names whose address is taken.
    pub(super) addressed: BTreeSet<String>,
    /// Nothing stands behind the calls of `hoc_oc` that could see what they did.
    pub(super) executes_last: bool,
    /// It has variables in memory.
    pub(in crate::lower) has_frame: bool,
}

impl Default for CScopes {
    fn default() -> Self {
        Self {
            scopes: vec![HashMap::new()],
            pointers: Vec::new(),
            aliases: Vec::new(),
            function: None,
            ahead: Vec::new(),
            labels: 0,
            addressed: BTreeSet::new(),
            executes_last: false,
            has_frame: false,
        }
    }
}

impl CScopes {
    pub(in crate::lower) fn enter(&mut self) {
        self.scopes.push(HashMap::new());
    }

    pub(in crate::lower) fn leave(&mut self) {
        self.scopes.pop();
    }

    pub(super) fn declare(&mut self, name: &str, meaning: CName) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), meaning);
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<&CName> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }
}

/// Numbers by name.
pub(super) const CONSTANTS: &[(&str, f64)] = &[
    ("M_PI", std::f64::consts::PI),
    ("M_E", std::f64::consts::E),
    ("M_LN2", std::f64::consts::LN_2),
    ("M_SQRT2", std::f64::consts::SQRT_2),
    ("DBL_MAX", f64::MAX),
    ("DBL_MIN", f64::MIN_POSITIVE),
    ("DBL_EPSILON", f64::EPSILON),
    // What NEURON begins with; its scripts may change it (`float_epsilon`).
    ("hoc_epsilon", 1e-11),
    ("HUGE_VAL", f64::INFINITY),
    ("INFINITY", f64::INFINITY),
];

pub(super) const INTEGERS: &[(&str, i64)] = &[
    ("true", 1),
    ("false", 0),
    ("TRUE", 1),
    ("FALSE", 0),
    ("INT_MAX", i32::MAX as i64),
    ("INT_MIN", i32::MIN as i64),
    ("UINT_MAX", u32::MAX as i64),
    ("LONG_MAX", i64::MAX),
    ("MAXLONG", i64::MAX),
    ("RAND_MAX", i32::MAX as i64),
    ("CLOCKS_PER_SEC", 1_000_000),
    ("EOF", -1),
    ("F_OK", 0),
    ("BUFSIZ", 8192),
    ("SEEK_SET", 0),
    ("SEEK_CUR", 1),
    ("SEEK_END", 2),
    ("ENOENT", 2),
    ("SIGHUP", 1),
    ("SIGINT", 2),
    ("SIGQUIT", 3),
    ("SIGUSR1", 10),
    ("SIGUSR2", 12),
    ("SIGTERM", 15),
];

/// What a name in C stands for.
pub(super) enum Meaning {
    /// Something that can be assigned.
    Target(Target),
    /// A value alone.
    Value(Value),
    /// A pointer variable.
    Pointer(usize),
    /// A pointer to a variable that holds a handle.
    Alias(usize),
}

impl BodyLowering<'_, '_> {
    /// What a name stands for.
    pub(super) fn c_name(&mut self, name: &str, span: Span) -> Result<Meaning> {
        if let Some(known) = self.c.find(name).cloned() {
            return self.c_meaning(known, span);
        }
        if let Some(local) = name.strip_prefix("_l")
            && let Some(meaning) = self.lookup(local)
        {
            return self.name_of_nmodl(meaning, local, span);
        }
        if let Some(meaning) = self.special_name(name, span)? {
            return Ok(meaning);
        }
        if let Some(symbol) = self.unit.symbols.names.get(name).cloned() {
            return self.symbol_in_c(name, symbol, span);
        }
        if let Some(known) = self.unit.c.variables.get(name).cloned() {
            return self.c_meaning(known, span);
        }
        if let Some((_, value)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
            let value = self.f64(*value);
            return Ok(Meaning::Value(Value::Number(value, Kind::Double)));
        }
        if let Some((_, value)) = INTEGERS.iter().find(|(known, _)| *known == name) {
            let value = self.body.exprs.i64(*value);
            return Ok(Meaning::Value(Value::Number(value, INT)));
        }
        if let Some(index) = self.unit.external(name, span) {
            let target = self.pointed(index, span);
            return Ok(Meaning::Target(target));
        }
        Err(self.unknown_in_c(name, span))
    }

    pub(super) fn unknown_in_c(&self, name: &str, span: Span) -> Fault {
        if let Some(declared) = self.unit.c.types.get(name) {
            if let Some(fault) = declared {
                return fault.clone();
            }
            return Fault::new(
                span,
                format!("`{name}` is declared with a type that is not supported"),
            );
        }
        Fault::new(span, format!("`{name}` means nothing here"))
    }

    fn c_meaning(&mut self, known: CName, span: Span) -> Result<Meaning> {
        Ok(match known {
            CName::Local(local, kind) => Meaning::Target(Target::Local(local, kind)),
            CName::Static(place, kind) => Meaning::Target(Target::Place(place, kind)),
            CName::Array { array, len, kind } => {
                self.array_value(Base::Locals { array, len }, kind)
            }
            CName::StaticArray { base, len, kind } => {
                self.array_value(Base::Globals { base, len }, kind)
            }
            CName::StaticObject(place, ty) => self.static_object(place, ty, span)?,
            CName::Object(address, ty) => {
                let address = self.get(address);
                self.place_in_memory(address, ty, span)?
            }
            CName::Pointer(index) => Meaning::Pointer(index),
            CName::Alias(index) => Meaning::Alias(index),
            CName::Unsupported(what) => return Err(Fault::new(span, what)),
        })
    }

    fn array_value(&mut self, base: Base, kind: Kind) -> Meaning {
        let offset = self.body.exprs.i64(0);
        Meaning::Value(Value::Pointer(Pointer {
            base,
            vector: None,
            offset,
            kind,
        }))
    }

    /// A name of a body of NMODL.
    fn name_of_nmodl(&mut self, meaning: Name, name: &str, span: Span) -> Result<Meaning> {
        let double = |place| Meaning::Target(Target::Place(place, Kind::Double));
        Ok(match meaning {
            Name::Real(local) => Meaning::Target(Target::Local(local, Kind::Double)),
            Name::Array { array, len } => {
                self.array_value(Base::Locals { array, len }, Kind::Double)
            }
            Name::Index(local) => {
                let value = self.get(local);
                Meaning::Value(Value::Number(value, INT))
            }
            Name::Known(value) => {
                let value = self.body.exprs.i64(value);
                Meaning::Value(Value::Number(value, INT))
            }
            Name::Arg(index) => double(Place::Arg(index)),
            Name::Flag => {
                let value = self.load(Place::Flag);
                Meaning::Value(Value::Number(value, Kind::Double))
            }
            Name::NetConArg { arg, index } => {
                let index = self.get(index);
                double(Place::NetConArg { arg, index })
            }
            _ => {
                return Err(Fault::new(
                    span,
                    format!("`{name}` cannot be used in C here"),
                ));
            }
        })
    }

    /// Names that NEURON's generated code has.
    fn special_name(&mut self, name: &str, span: Span) -> Result<Option<Meaning>> {
        let value = |value, kind| Some(Meaning::Value(Value::Number(value, kind)));
        if let Some(variable) = name.strip_prefix("_ion_") {
            return self.ion_variable(variable, span).map(Some);
        }
        if let Some(pointer) = name.strip_prefix("_p_")
            && let Some(&Symbol::Pointer(index)) = self.unit.symbols.names.get(pointer)
        {
            return Ok(Some(self.pointer_of_instance(index)));
        }
        Ok(match name {
            "NULL" | "nullptr" | "nil" => {
                let zero = self.f64(0.0);
                Some(Meaning::Value(Value::Handle(zero)))
            }
            // There is one thread as far as C can see.
            "_nt" | "nrn_threads" => {
                let one = self.f64(1.0);
                Some(Meaning::Value(Value::Handle(one)))
            }
            "stdout" | "stderr" => {
                let stream = super::text::STANDARD_STREAM.to_owned();
                Some(Meaning::Value(Value::Text(stream)))
            }
            "cvode_active_" => {
                let active = self.load(Place::Sim(SimVar::VariableStep));
                let active = self.as_integer(active);
                value(active, INT)
            }
            "_method3" | "nrn_use_fast_imem" | "use_sparse13" => {
                let zero = self.body.exprs.i64(0);
                value(zero, INT)
            }
            "usetable" if !self.unit.symbols.names.contains_key(name) => {
                let place = self.unit.usetable_place(span);
                place.map(|place| Meaning::Target(Target::Place(place, Kind::Double)))
            }
            "errno" => Some(Meaning::Target(Target::ErrorNumber)),
            "_v" => Some(self.node_variable(NodeVar::V, span)?),
            _ => None,
        })
    }

    fn ion_variable(&mut self, variable: &str, span: Span) -> Result<Meaning> {
        let symbols = self.unit.symbols;
        let slope = variable
            .strip_prefix("di")
            .and_then(|rest| rest.strip_suffix("dv"));
        let wanted = match slope {
            Some(ion) => format!("i{ion}"),
            None => variable.to_owned(),
        };
        let binding = symbols
            .ion_bindings
            .iter()
            .find(|b| symbols.mechanism.variables[b.variable].name == wanted);
        match binding {
            Some(binding) => {
                let field = if slope.is_some() {
                    IonVar::DcurDv
                } else {
                    binding.field
                };
                let place = Place::Ion(binding.ion, field);
                Ok(Meaning::Target(Target::Place(place, Kind::Double)))
            }
            None => Err(Fault::new(
                span,
                format!("`{variable}` is no ion variable that USEION names"),
            )),
        }
    }

    fn node_variable(&mut self, var: NodeVar, span: Span) -> Result<Meaning> {
        if self.unit.symbols.mechanism.kind == MechanismKind::ArtificialCell {
            return Err(Fault::new(span, "an ARTIFICIAL_CELL has no membrane"));
        }
        let value = self.load(Place::Node(var));
        Ok(Meaning::Value(Value::Number(value, Kind::Double)))
    }

    /// A POINTER: the handle that C keeps in it, or what it points at.
    fn pointer_of_instance(&mut self, index: u32) -> Meaning {
        if self.unit.holds_handle(index) {
            let place = Place::Column(self.unit.handle_column(index));
            return Meaning::Target(Target::Place(place, Kind::Handle));
        }
        let offset = self.body.exprs.i64(0);
        Meaning::Value(Value::Pointer(Pointer {
            base: Base::Pointed(index),
            vector: None,
            offset,
            kind: Kind::Double,
        }))
    }

    fn symbol_in_c(&mut self, name: &str, symbol: Symbol, span: Span) -> Result<Meaning> {
        let double = |place| Meaning::Target(Target::Place(place, Kind::Double));
        Ok(match symbol {
            Symbol::Variable(index) => {
                let variable = &self.unit.symbols.mechanism.variables[index];
                let (base, len, storage) = (
                    variable.offset as u32,
                    variable.len() as u32,
                    variable.storage,
                );
                let is_array = variable.array_len.is_some();
                match (storage, is_array) {
                    (Storage::Column, false) => double(Place::Column(base)),
                    (Storage::Global, false) => double(Place::Global(base)),
                    (Storage::Column, true) => {
                        self.array_value(Base::Columns { base, len }, Kind::Double)
                    }
                    (Storage::Global, true) => {
                        self.array_value(Base::Globals { base, len }, Kind::Double)
                    }
                }
            }
            Symbol::Constant(value) => {
                let value = self.f64(value);
                Meaning::Value(Value::Number(value, Kind::Double))
            }
            Symbol::Define(value) => {
                let value = self.body.exprs.i64(value);
                Meaning::Value(Value::Number(value, INT))
            }
            Symbol::Sim(var) => {
                let value = self.load(Place::Sim(var));
                Meaning::Value(Value::Number(value, Kind::Double))
            }
            Symbol::Node(var) => self.node_variable(var, span)?,
            Symbol::Voltage(index) => double(self.column_of(index)),
            Symbol::Pointer(index) if !self.unit.holds_handle(index) => {
                let target = self.pointed(index, span);
                Meaning::Target(target)
            }
            Symbol::Random(stream) => Meaning::Target(Target::Stream(stream)),
            _ => {
                return Err(Fault::new(
                    span,
                    format!("`{name}` of NMODL cannot be used as a variable of C"),
                ));
            }
        })
    }

    /// A number that C declares, for a statement of NMODL that uses its name.
    pub(in crate::lower) fn variable_of_c(&mut self, name: &str) -> Option<Resolved> {
        let Some(known) = self.c.find(name).or(self.unit.c.variables.get(name)) else {
            let value = self.unit.c.constant(name)?;
            return Some(Resolved::Value(self.f64(value)));
        };
        Some(match *known {
            CName::Local(local, Kind::Double) => Resolved::Local(local),
            CName::Local(local, Kind::Integer { .. }) => {
                let value = self.get(local);
                Resolved::Value(self.to_real(value))
            }
            CName::Static(place, Kind::Double) => Resolved::Place(place),
            CName::Static(place, Kind::Integer { .. }) => Resolved::Value(self.load(place)),
            _ => return None,
        })
    }

    /// What a POINTER points at, after making sure that it points at something.
    pub(super) fn pointed(&mut self, index: u32, span: Span) -> Target {
        let cond = self.body.exprs.add(crate::ir::Expr::Pointing(index));
        let name = self.unit.pointer_name(index);
        self.fail_unless(cond, crate::abi::Failure::UnsetPointer, span, &name, None);
        Target::Place(Place::Pointer(index), Kind::Double)
    }
}
