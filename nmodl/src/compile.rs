//! The whole way: text to diagnostics, or to a mechanism that can run.
//!
//! [`check`] stops before native code; [`compile`] goes on to it. Both go through the same
//! stages in the same order, and an [`Observer`] sees what each leaves: `nmodlrs compile --emit`
//! is an observer.

use std::time::{Duration, Instant};

use crate::codegen::{self, Listing, Options};
use crate::diagnostic::{self, Code, Diagnostic, has_errors};
use crate::ir;
use crate::mechanism::Compiled;
use crate::source::{FileId, Loader, SourceMap};
use crate::syntax::ast;
use crate::verbatim::header::Headers;
use crate::{lint, lower, pass, sema, syntax};

/// What a stage leaves behind.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'s> {
    /// The syntax tree, complete or not.
    Parsed(&'s ast::File),
    /// The IR as lowering made it.
    Lowered(&'s ir::Module),
    /// The IR after the pass of that name.
    Pass(&'static str, &'s ir::Module),
}

/// Sees every stage.
pub type Observer<'o> = dyn FnMut(Stage<'_>) + 'o;

/// Time that a stage took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// `parse`, `lower`, the name of a pass, or `codegen`.
    pub stage: &'static str,
    /// How long.
    pub time: Duration,
}

/// A mechanism, compiled.
pub struct Output {
    /// Description and kernels, for the runtime.
    pub mechanism: Compiled,
    /// Sizes and texts of the kernels.
    pub listings: Vec<Listing>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Time of each stage, in order.
    pub timings: Vec<Timing>,
}

/// All that is wrong or doubtful in `file`: what [`compile`] says of it, and what the lints find.
///
/// ```
/// use nmodl::source::{NoIncludes, SourceMap};
///
/// let mut sources = SourceMap::new();
/// let file = sources.add("leak.mod", "NEURON { SUFFIX leak } BREAKPOINT { g = 1 }");
/// let diagnostics = nmodl::check(&mut sources, file, &mut NoIncludes);
/// assert_eq!(diagnostics[0].code.text(), "E0102");
/// ```
pub fn check(sources: &mut SourceMap, file: FileId, loader: &mut dyn Loader) -> Vec<Diagnostic> {
    check_as(Checks::Lints, sources, file, loader)
}

/// [`check()`], and the units of every expression and statement.
///
/// ```
/// use nmodl::source::{NoIncludes, SourceMap};
///
/// let mut sources = SourceMap::new();
/// let text = "NEURON { SUFFIX x RANGE tau } ASSIGNED { tau (ms) v } INITIAL { tau = v }";
/// let file = sources.add("x.mod", text);
/// let found = nmodl::check_with_units(&mut sources, file, &mut NoIncludes);
/// assert_eq!(found[0].message, "`v` is declared without a unit, but NEURON's `v` is in (mV)");
/// ```
pub fn check_with_units(
    sources: &mut SourceMap,
    file: FileId,
    loader: &mut dyn Loader,
) -> Vec<Diagnostic> {
    check_as(Checks::LintsAndUnits, sources, file, loader)
}

fn check_as(
    checks: Checks,
    sources: &mut SourceMap,
    file: FileId,
    loader: &mut dyn Loader,
) -> Vec<Diagnostic> {
    let mut front = Front {
        checks,
        ..Front::default()
    };
    front.run(sources, file, loader, &mut |_| {});
    diagnostic::sort(&mut front.diagnostics);
    front.diagnostics
}

/// Compiles `file` to native code.
///
/// # Errors
///
/// All that is wrong with it; warnings are among the errors then.
///
/// ```
/// use nmodl::{codegen::Options, source::{NoIncludes, SourceMap}};
///
/// let text = "
///     NEURON { SUFFIX leak NONSPECIFIC_CURRENT i RANGE g, e }
///     PARAMETER { g = 0.001 (S/cm2)  e = -65 (mV) }
///     ASSIGNED { v (mV) i (mA/cm2) }
///     BREAKPOINT { i = g*(v - e) }
/// ";
/// let mut sources = SourceMap::new();
/// let file = sources.add("leak.mod", text);
/// let output = nmodl::compile(&mut sources, file, &mut NoIncludes, Options::default(), &mut |_| {})
///     .expect("no errors");
/// assert!(output.mechanism.kernels().current.is_some());
/// ```
pub fn compile(
    sources: &mut SourceMap,
    file: FileId,
    loader: &mut dyn Loader,
    options: Options,
    observer: &mut Observer<'_>,
) -> Result<Output, Vec<Diagnostic>> {
    let mut front = Front::default();
    let module = front.run(sources, file, loader, observer);
    let Front {
        mut diagnostics,
        mut timings,
        ..
    } = front;
    diagnostic::sort(&mut diagnostics);
    let Some(module) = module else {
        return Err(diagnostics);
    };
    let start = Instant::now();
    let code = match codegen::compile(&module, options) {
        Ok(code) => code,
        Err(error) => {
            diagnostics.push(Diagnostic::new(Code::CodeGeneration, error.to_string()));
            return Err(diagnostics);
        }
    };
    timings.push(Timing {
        stage: "codegen",
        time: start.elapsed(),
    });
    let listings = code.listings().to_vec();
    let mechanism = code.into_mechanism(module, options);
    Ok(Output {
        mechanism,
        listings,
        diagnostics,
        timings,
    })
}

/// What is looked for besides errors and the warnings of the compiler.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Checks {
    #[default]
    Nothing,
    Lints,
    LintsAndUnits,
}

/// The stages before native code.
#[derive(Default)]
struct Front {
    checks: Checks,
    diagnostics: Vec<Diagnostic>,
    timings: Vec<Timing>,
}

impl Front {
    /// The optimized module, unless there is an error.
    fn run(
        &mut self,
        sources: &mut SourceMap,
        file: FileId,
        loader: &mut dyn Loader,
        observer: &mut Observer<'_>,
    ) -> Option<ir::Module> {
        let start = Instant::now();
        let (tree, diagnostics) = syntax::parse(sources, file, loader);
        self.timings.push(Timing {
            stage: "parse",
            time: start.elapsed(),
        });
        observer(Stage::Parsed(&tree));
        self.diagnostics = diagnostics;
        // Names in a file with faults of syntax would be reported as unknown only because their
        // declarations could not be read.
        if has_errors(&self.diagnostics) {
            return None;
        }
        let start = Instant::now();
        let headers = Headers::read(sources, loader);
        let (symbols, found) = sema::analyze(&tree, sources.get(file).name());
        self.diagnostics.extend(found);
        let mut lints = Vec::new();
        if self.checks != Checks::Nothing && !has_errors(&self.diagnostics) {
            lints = lint::run(
                &tree,
                &symbols,
                sources,
                self.checks == Checks::LintsAndUnits,
            );
        }
        let (module, found) = lower::lower(symbols, sources, &headers);
        self.diagnostics.extend(found);
        self.timings.push(Timing {
            stage: "lower",
            time: start.elapsed(),
        });
        if has_errors(&self.diagnostics) {
            return None;
        }
        let mut module = module?;
        observer(Stage::Lowered(&module));
        let timings = &mut self.timings;
        let result = pass::run(&mut module, &mut |name, module, time| {
            timings.push(Timing { stage: name, time });
            observer(Stage::Pass(name, module));
        });
        let (found, module) = match result {
            Ok(warnings) => (warnings, Some(module)),
            Err(found) => (found, None),
        };
        self.diagnostics.extend(found);
        if module.is_some() {
            self.diagnostics.append(&mut lints);
        }
        module
    }
}
