//! The NEURON block: what the mechanism is and what it shares.

use std::collections::HashMap;

use super::declare::Declarer;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::IonVar;
use crate::mechanism::{IonFields, IonUse, Kind, PointerKind};
use crate::source::Span;
use crate::syntax::ast::{self, MechanismKind, NeuronNamesKind, NeuronStatement};

/// What the NEURON blocks of a file say about names.
#[derive(Debug, Default)]
pub(super) struct NeuronFacts {
    /// RANGE names and where.
    pub range: HashMap<String, Span>,
    /// GLOBAL names and where.
    pub global: HashMap<String, Span>,
    /// Order of RANGE and GLOBAL names, for messages in order.
    pub shared_names: Vec<ast::Ident>,
    /// Ion variables: name, ion, field, read, write, where.
    pub ion_variables: Vec<IonName>,
    /// NONSPECIFIC_CURRENT and ELECTRODE_CURRENT names.
    pub own_currents: Vec<ast::Ident>,
    /// All currents in order: name and ion.
    pub currents: Vec<(String, Option<u32>)>,
    /// RANDOM names.
    pub randoms: Vec<ast::Ident>,
    /// POINTER, BBCOREPOINTER and EXTERNAL names.
    pub pointers: Vec<(ast::Ident, PointerKind)>,
    /// THREADSAFE is among the statements.
    pub thread_safe: bool,
    /// Names that cannot be used yet, with the declaring word.
    pub unsupported: Vec<(ast::Ident, &'static str)>,
}

/// A name after READ or WRITE.
#[derive(Debug, Clone)]
pub(super) struct IonName {
    /// The name as written.
    pub name: String,
    /// Which USEION.
    pub ion: u32,
    /// What it is of the ion.
    pub field: IonVar,
    /// After READ.
    pub read: bool,
    /// After WRITE.
    pub write: bool,
    /// Where.
    pub span: Span,
}

impl<'a> Declarer<'a> {
    /// Reads one NEURON block.
    pub(super) fn neuron_block(&mut self, block: &'a ast::NeuronBlock) {
        for statement in &block.statements {
            match statement {
                NeuronStatement::Suffix(suffix) => self.suffix(suffix),
                NeuronStatement::UseIon(use_ion) => self.use_ion(use_ion),
                NeuronStatement::Names(names) => self.neuron_names(names),
                NeuronStatement::ThreadSafe { .. } => self.facts.thread_safe = true,
                NeuronStatement::Represents(_) => {}
            }
        }
    }

    fn suffix(&mut self, suffix: &'a ast::Suffix) {
        let mechanism = &mut self.symbols.mechanism;
        let kind = match suffix.kind {
            MechanismKind::Suffix if suffix.name.name == "nothing" => Kind::Nothing,
            MechanismKind::Suffix => Kind::Density,
            MechanismKind::PointProcess => Kind::PointProcess,
            MechanismKind::ArtificialCell => Kind::ArtificialCell,
        };
        // The last name counts, and POINT_PROCESS counts wherever it stands.
        let first = self.suffix_at.replace(suffix.span);
        if let Some(first) = first {
            let message = format!("the mechanism is already named `{}`", mechanism.name);
            let diagnostic = Diagnostic::new(Code::Overridden, message).at(
                suffix.span,
                "a second name: the last one counts, as in NEURON",
            );
            self.diagnostics
                .push(diagnostic.see(first, "the first one is here"));
        }
        if first.is_none() || suffix.kind != MechanismKind::Suffix {
            mechanism.kind = kind;
        }
        mechanism.name = suffix.name.name.clone();
    }

    fn use_ion(&mut self, statement: &'a ast::UseIon) {
        let ion = &statement.ion.name;
        let index = self.symbols.mechanism.ions.len() as u32;
        if self
            .symbols
            .mechanism
            .ions
            .iter()
            .any(|known| known.name == *ion)
        {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateName, format!("ion `{ion}` is used twice"))
                    .at(statement.span, "join this USEION with the one above"),
            );
            return;
        }
        let valence = statement.valence.as_ref().and_then(|v| self.number(v));
        let mut read = IonFields::default();
        let mut write = IonFields::default();
        for (names, is_write) in [(&statement.read, false), (&statement.write, true)] {
            for name in names {
                let Some(field) = ion_field(ion, &name.name) else {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::NotAnIonVariable,
                            format!("`{}` is not a variable of ion `{ion}`", name.name),
                        )
                        .at(name.span, "unknown ion variable")
                        .help(format!(
                            "ion `{ion}` has `e{ion}`, `i{ion}`, `{ion}i` and `{ion}o`"
                        )),
                    );
                    continue;
                };
                set(if is_write { &mut write } else { &mut read }, field);
                match self
                    .facts
                    .ion_variables
                    .iter_mut()
                    .find(|known| known.ion == index && known.field == field)
                {
                    Some(known) => {
                        known.read |= !is_write;
                        known.write |= is_write;
                    }
                    None => self.facts.ion_variables.push(IonName {
                        name: name.name.clone(),
                        ion: index,
                        field,
                        read: !is_write,
                        write: is_write,
                        span: name.span,
                    }),
                }
                if is_write && field == IonVar::Cur {
                    self.facts.currents.push((name.name.clone(), Some(index)));
                }
            }
        }
        self.symbols.mechanism.ions.push(IonUse {
            name: ion.clone(),
            valence,
            read,
            write,
        });
    }

    fn neuron_names(&mut self, statement: &'a ast::NeuronNames) {
        for name in &statement.names {
            match statement.kind {
                NeuronNamesKind::Range => {
                    self.facts
                        .range
                        .entry(name.name.clone())
                        .or_insert(name.span);
                    self.facts.shared_names.push(name.clone());
                }
                NeuronNamesKind::Global => {
                    self.facts
                        .global
                        .entry(name.name.clone())
                        .or_insert(name.span);
                    self.facts.shared_names.push(name.clone());
                }
                NeuronNamesKind::NonspecificCurrent | NeuronNamesKind::ElectrodeCurrent => {
                    let list = if statement.kind == NeuronNamesKind::NonspecificCurrent {
                        &mut self.symbols.mechanism.nonspecific_currents
                    } else {
                        &mut self.symbols.mechanism.electrode_currents
                    };
                    if !list.contains(&name.name) {
                        list.push(name.name.clone());
                        self.facts.currents.push((name.name.clone(), None));
                        self.facts.own_currents.push(name.clone());
                    }
                }
                NeuronNamesKind::Random => self.facts.randoms.push(name.clone()),
                NeuronNamesKind::Section => self.unsupported_name(name, "SECTION"),
                NeuronNamesKind::Pointer => self.pointer(name, PointerKind::Pointer),
                NeuronNamesKind::BbcorePointer => self.pointer(name, PointerKind::Opaque),
                NeuronNamesKind::External => self.pointer(name, PointerKind::External),
            }
        }
    }

    fn pointer(&mut self, name: &ast::Ident, kind: PointerKind) {
        self.facts.pointers.push((name.clone(), kind));
    }

    fn unsupported_name(&mut self, name: &ast::Ident, word: &'static str) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::NotSupportedYet,
                format!("{word} variables are not supported yet"),
            )
            .at(name.span, format!("`{}` is declared {word}", name.name)),
        );
        self.facts.unsupported.push((name.clone(), word));
    }
}

fn set(fields: &mut IonFields, field: IonVar) {
    match field {
        IonVar::Erev => fields.erev = true,
        IonVar::Ci => fields.ci = true,
        IonVar::Co => fields.co = true,
        IonVar::Cur => fields.cur = true,
        IonVar::DcurDv => {}
    }
}

/// What `name` is of `ion`: `e<ion>`, `i<ion>`, `<ion>i`, `<ion>o`. An ion named `n` has `in`.
fn ion_field(ion: &str, name: &str) -> Option<IonVar> {
    if name.strip_prefix('e') == Some(ion) {
        Some(IonVar::Erev)
    } else if name.strip_prefix('i') == Some(ion) {
        Some(IonVar::Cur)
    } else if name.strip_suffix('i') == Some(ion) {
        Some(IonVar::Ci)
    } else if name.strip_suffix('o') == Some(ion) {
        Some(IonVar::Co)
    } else {
        None
    }
}
