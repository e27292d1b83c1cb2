//! The compiler from text to low IR: declarations, lowering, and the passes that take NMODL
//! apart. Numbers are checked by running the kernels in the interpreter.

use crate::codegen::Codes;
use nmodl::diagnostic::render::{self, Style};
use nmodl::diagnostic::{self, Diagnostic, has_errors};
use nmodl::ir::interpret::Stop;
use nmodl::ir::memory::Memory;
use nmodl::ir::{IonVar, KernelKind, Module, NodeVar, print, verify};
use nmodl::mechanism::{Storage, Variable};
use nmodl::source::{NoIncludes, SourceMap};
use nmodl::{callable, lower, pass, sema, syntax};

mod builtins;
mod callables;
mod corpus;
mod derivatives;
mod derivimplicit;
mod diagnostics;
pub mod effort;
mod equations;
mod ions;
mod ir;
mod kinetic;
mod language;
mod limits;
mod linear_system;
mod methods;
pub mod mutation;
mod ode;
mod pointers;
mod services;
mod table;
mod verbatim;

/// What the compiler makes of a text.
pub struct Compiled {
    /// The text, for rendering.
    pub sources: SourceMap,
    /// Everything that was reported.
    pub diagnostics: Vec<Diagnostic>,
    /// As lowered.
    pub lowered: Option<Module>,
    /// The module after each pass.
    pub stages: Vec<(&'static str, Module)>,
}

impl Compiled {
    /// The module after the last pass.
    pub fn module(&self) -> Option<&Module> {
        self.stages.last().map(|(_, module)| module)
    }

    /// The module after the pass `name`.
    pub fn after(&self, name: &str) -> &Module {
        let stage = self.stages.iter().find(|(pass, _)| *pass == name);
        &stage.unwrap_or_else(|| panic!("no pass {name}")).1
    }

    /// All messages as a user sees them.
    pub fn messages(&self) -> String {
        render::render_all(&self.diagnostics, &self.sources, Style::Plain)
    }
}

/// Compiles, and verifies every module on the way. `keep` says whether to keep all stages.
pub fn compile(name: &str, bytes: &[u8], keep: bool) -> Compiled {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, bytes);
    let (tree, mut diagnostics) = syntax::parse(&mut sources, file, &mut NoIncludes);
    let mut lowered = None;
    let mut stages = Vec::new();
    if !has_errors(&diagnostics) {
        let (symbols, found) = sema::analyze(&tree, name);
        diagnostics.extend(found);
        let (module, found) = lower::lower(
            symbols,
            &sources,
            &nmodl::verbatim::header::Headers::default(),
        );
        diagnostics.extend(found);
        if let Some(mut module) = module.filter(|_| !has_errors(&diagnostics)) {
            check(&module, "lowering");
            if keep {
                lowered = Some(module.clone());
            }
            let result = pass::run(&mut module, &mut |pass, module, _| {
                check(module, pass);
                if keep {
                    stages.push((pass, module.clone()));
                }
            });
            match result {
                Ok(warnings) => {
                    diagnostics.extend(warnings);
                    if !keep {
                        stages.push(("all", module));
                    }
                }
                Err(found) => {
                    assert!(has_errors(&found), "a pass failed without an error");
                    diagnostics.extend(found);
                    stages.clear();
                }
            }
        }
    }
    diagnostic::sort(&mut diagnostics);
    Compiled {
        sources,
        diagnostics,
        lowered,
        stages,
    }
}

fn check(module: &Module, pass: &str) {
    if let Err(broken) = verify::module(module) {
        panic!("after {pass}: {broken}\n{}", print::module(module));
    }
}

/// A mechanism of some instances in memory, its variables addressed by name.
pub struct Model {
    pub module: Module,
    pub memory: Memory,
    codes: Codes,
}

impl Model {
    /// Compiles a text that has no faults, for three instances at a node each (which makes a
    /// pair for vector code and one that is left over).
    pub fn new(text: &str) -> Model {
        Model::at(text, &[0, 1, 2], 3)
    }

    /// Compiles a text that has no faults, for instances at the nodes `node` of `nodes` ones.
    pub fn at(text: &str, node: &[u32], nodes: usize) -> Model {
        let compiled = compile("text.mod", text.as_bytes(), false);
        let messages = compiled.messages();
        let Some((_, module)) = compiled.stages.into_iter().next_back() else {
            panic!("{messages}");
        };
        let memory = Memory::new(&module.mechanism, node, nodes);
        let codes = Codes::new(&module);
        Model {
            module,
            memory,
            codes,
        }
    }

    /// Three instances of a module that has been through the passes.
    pub fn of_module(module: Module) -> Model {
        let memory = Memory::new(&module.mechanism, &[0, 1, 2], 3);
        let codes = Codes::new(&module);
        Model {
            module,
            memory,
            codes,
        }
    }

    /// A density mechanism `x` whose state kernel executes `code` once, with ASSIGNED variables
    /// and arrays `y`, `z`, `a[4]`.
    pub fn of_code(declarations: &str, code: &str) -> Model {
        Model::new(&format!(
            "NEURON {{ SUFFIX x RANGE y, z, a }}\n{declarations}\nASSIGNED {{ y z a[4] }}\n\
             BREAKPOINT {{\n{code}\n}}\n"
        ))
    }

    /// Runs a kernel for all instances in the interpreter, and asserts that native code does
    /// the same.
    pub fn run(&mut self, kind: KernelKind) -> Result<(), Stop> {
        if !self.module.kernels.iter().any(|k| k.kind == kind) {
            return Ok(());
        }
        let instances = match kind {
            KernelKind::Tables => 0..0,
            _ => 0..self.memory.instances,
        };
        let (module, memory) = (&self.module, &mut self.memory);
        self.codes
            .assert_agree(module, kind, memory, instances, kind.name())
    }

    /// Runs a kernel that does not fail.
    pub fn do_run(&mut self, kind: KernelKind) {
        if let Err(stop) = self.run(kind) {
            panic!("{stop}\n{}", print::module(&self.module));
        }
    }

    /// Calls a FUNCTION or PROCEDURE by name for the first instance, as a kernel of its own, tables
    /// first; native code must do what the interpreter does.
    pub fn call(&mut self, name: &str, args: &[f64]) -> f64 {
        self.try_call(name, args)
            .unwrap_or_else(|stop| panic!("{name}: {stop}\n{}", print::module(&self.module)))
    }

    /// Calls a FUNCTION or PROCEDURE that may fail.
    pub fn try_call(&mut self, name: &str, args: &[f64]) -> Result<f64, Stop> {
        self.run(KernelKind::Tables)?;
        let mechanism = &self.module.mechanism;
        let index = mechanism.callable(name).expect("a callable of that name");
        let module = callable::module(mechanism, &self.module.functions, index);
        let mut module = module.expect("a function of that index");
        pass::run(&mut module, &mut |pass, module, _| check(module, pass)).expect("no errors");
        self.memory.args[..args.len()].copy_from_slice(args);
        let kind = KernelKind::Callable;
        if !module.kernels.is_empty() {
            let memory = &mut self.memory;
            Codes::new(&module).assert_agree(&module, kind, memory, 0..1, name)?;
        }
        Ok(self.memory.args[args.len()])
    }

    fn variable(&self, name: &str) -> (Variable, usize) {
        let (name, element) = match name.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse().unwrap()),
            None => (name, 0),
        };
        let found = self.module.mechanism.variable(name);
        (
            found.unwrap_or_else(|| panic!("no {name}")).clone(),
            element,
        )
    }

    /// A variable of the first instance, as `x` or `a[2]`.
    pub fn get(&mut self, name: &str) -> f64 {
        self.get_of(name, 0)
    }

    /// A variable of an instance.
    pub fn get_of(&mut self, name: &str, instance: usize) -> f64 {
        let (variable, element) = self.variable(name);
        match variable.storage {
            Storage::Column => self.memory.column(variable.offset + element)[instance],
            Storage::Global => self.memory.globals[variable.offset + element],
        }
    }

    /// Sets a variable of every instance.
    pub fn set(&mut self, name: &str, value: f64) {
        let (variable, element) = self.variable(name);
        match variable.storage {
            Storage::Column => self.memory.column(variable.offset + element).fill(value),
            Storage::Global => self.memory.globals[variable.offset + element] = value,
        }
    }

    pub fn set_v(&mut self, value: f64) {
        self.memory.nodes[0].fill(value);
    }

    pub fn node(&mut self, var: NodeVar, node: usize) -> f64 {
        *self.memory.node_value(var, node).unwrap()
    }

    pub fn ion(&mut self, ion: usize, var: IonVar) -> f64 {
        *self.memory.ion_value(ion, var, 0).unwrap()
    }

    /// Sets a variable of an ion at every node.
    pub fn set_ion(&mut self, ion: usize, var: IonVar, value: f64) {
        for node in 0..self.memory.nodes[0].len() {
            *self.memory.ion_value(ion, var, node).unwrap() = value;
        }
    }
}

/// Asserts that two numbers agree to `tolerance`, relative or below 1 absolute.
#[track_caller]
pub fn assert_close(got: f64, expected: f64, tolerance: f64, what: &str) {
    let scale = expected.abs().max(1.0);
    assert!(
        (got - expected).abs() <= tolerance * scale || got == expected,
        "{what}: {got:e} instead of {expected:e}"
    );
}

/// The solution of a dense system by elimination with row pivoting.
pub fn solve_dense(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for k in 0..n {
        let pivot = (k..n)
            .max_by(|&i, &j| a[i][k].abs().total_cmp(&a[j][k].abs()))
            .unwrap();
        a.swap(k, pivot);
        b.swap(k, pivot);
        for i in k + 1..n {
            let factor = a[i][k] / a[k][k];
            let (above, below) = a.split_at_mut(i);
            for (x, y) in below[0][k..].iter_mut().zip(&above[k][k..]) {
                *x -= factor * y;
            }
            b[i] -= factor * b[k];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

/// Solves `f(x) = 0` by Newton's method with differences, from `x`.
pub fn solve_newton(f: &dyn Fn(&[f64]) -> Vec<f64>, mut x: Vec<f64>) -> Vec<f64> {
    for _ in 0..100 {
        let value = f(&x);
        let mut jacobian = vec![vec![0.0; x.len()]; x.len()];
        for j in 0..x.len() {
            let h = 1e-6 * x[j].abs().max(1e-3);
            let (mut up, mut down) = (x.clone(), x.clone());
            up[j] += h;
            down[j] -= h;
            for (i, (a, b)) in f(&up).iter().zip(f(&down)).enumerate() {
                jacobian[i][j] = (a - b) / (2.0 * h);
            }
        }
        let delta = solve_dense(jacobian, value.iter().map(|v| -v).collect());
        x.iter_mut().zip(&delta).for_each(|(x, d)| *x += d);
        if delta
            .iter()
            .zip(&x)
            .all(|(d, x)| d.abs() <= 1e-14 * x.abs().max(1e-12))
        {
            break;
        }
    }
    x
}

/// The fixtures of a folder below `tests/fixtures/compiler`: name and text.
pub fn fixtures(folder: &str) -> Vec<(String, String)> {
    let path = format!(
        "{}/tests/fixtures/compiler/{folder}",
        env!("CARGO_MANIFEST_DIR")
    );
    mod_files(&path)
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// All `.mod` files of a folder, by name: stem and bytes.
pub fn mod_files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "mod"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}
