//! Differential equations as kernels of their own, made when an integrator with variable steps asks
//! for them.
//!
//! Such an integrator does not want states advanced: it wants d(state)/dt, and the solution of
//! (1 - γ·J)·x = b with the Jacobian J of the equations. Both kernels are made from
//! [`Module::ode`]: what goes before and after the SOLVEs of BREAKPOINT stays, and each SOLVE
//! becomes derivatives, or elimination. The method that the file names does not matter. Most models
//! are run with the fixed step, so loading a mechanism makes neither; `OnDemand` keeps the IR.
//!
//! The derivatives, b and x are in columns behind those of the description, one for each state.
//! The elements of J of a DERIVATIVE block, if there are few, come from the kernel of the derivatives in
//! columns behind these: the rates that they are made of (exponentials of v, as a rule) are known there.
//!
//! What such a block assigns for others (`minf` for the current) is stored as well: [`Neighbours`]
//! says what the other kernels read.

use crate::codegen::{self, Options};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Block, Body, Function, Kernel, KernelKind, LocalId, Module, Place, Stmt};
use crate::mechanism::{CompileOde, Mechanism, Ode, OdeState, Storage};
use crate::ode::neighbours::Touched;
use crate::pass::rates::Rates;
use crate::pass::solve::{self, Site};
use crate::pass::{self, derivimplicit, inline, sparse};

mod neighbours;

pub use neighbours::Neighbours;

/// Elements of J for each state, up to which they are kept in columns.
const MOST_SLOPES: usize = 4;

/// A module whose kernels are [`KernelKind::Ode`] and [`KernelKind::OdeSolve`], before the passes,
/// and the states. `functions` are those of the mechanism's module, `body` its [`Module::ode`],
/// `neighbours` its other kernels.
///
/// # Errors
///
/// Equations that cannot be integrated.
pub fn module(
    mechanism: &Mechanism,
    functions: &[Function],
    body: &Body,
    neighbours: &Neighbours,
) -> Result<(Module, Vec<OdeState>), Vec<Diagnostic>> {
    let kernel = |kind| Kernel {
        kind,
        body: body.clone(),
    };
    let mut module = Module {
        mechanism: mechanism.clone(),
        functions: functions.to_vec(),
        ode: None,
        kernels: vec![kernel(KernelKind::Ode), kernel(KernelKind::OdeSolve)],
    };
    let faults = inline::run(&mut module);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut columns = Columns {
        first: mechanism.columns as u32,
        states: Vec::new(),
        listed: Vec::new(),
        slopes: 0,
        kept: Vec::new(),
    };
    for index in 0..module.kernels.len() {
        let mut body = std::mem::take(&mut module.kernels[index].body);
        let replaced = match module.kernels[index].kind {
            KernelKind::Ode => columns.derivatives(&module, &mut body),
            _ => columns.solve(&module, &mut body),
        };
        replaced.map_err(|fault| vec![fault])?;
        module.kernels[index].body = body;
    }
    let states = columns.states.iter();
    let rank = |state| columns.listed.iter().position(|listed| *listed == state);
    let states = states
        .map(|state| describe(mechanism, *state, rank(*state).unwrap_or(0)))
        .collect();
    module.mechanism.columns += columns.states.len() + columns.slopes as usize;
    for variable in &mut module.mechanism.variables {
        variable.visible |= neighbours.read(variable);
    }
    Ok((module, states))
}

/// The added columns.
struct Columns {
    first: u32,
    /// The states, in their order.
    states: Vec<Place>,
    /// The states as NEURON lists them.
    listed: Vec<Place>,
    /// Number of elements of J that are kept.
    slopes: u32,
    /// For each SOLVE, where its J is if it is kept.
    kept: Vec<Option<Kept>>,
}

/// The linearized equations of a block, as the kernel of its derivatives leaves them.
struct Kept {
    states: Vec<Place>,
    /// Row, column, and number among the elements that are kept.
    slopes: Vec<(usize, usize, u32)>,
}

impl Columns {
    fn of(&self, state: Place) -> Option<Place> {
        let position = self.states.iter().position(|known| *known == state)?;
        Some(Place::Column(self.first + position as u32))
    }

    /// Of an element of J, when all states are known.
    fn of_slope(&self, number: u32) -> Place {
        Place::Column(self.first + self.states.len() as u32 + number)
    }

    /// SOLVEs become the derivatives of what they solve.
    fn derivatives(&mut self, module: &Module, body: &mut Body) -> Result<(), Diagnostic> {
        let mut known = Vec::new();
        for stmt in std::mem::take(&mut body.block) {
            let Some(site) = site(&stmt) else {
                body.block.push(stmt);
                continue;
            };
            if let Some(fault) = solve::solves_another(module, site) {
                return Err(fault);
            }
            let rates = Rates::new(module, body, site)?;
            let code = self.keep(module, body, site, &rates, &mut known)?;
            body.block
                .extend(code.unwrap_or_else(|| rates.evaluation()));
            self.listed
                .extend(sparse::listed(module, site, &rates.states));
            for (state, rate) in rates.states.iter().zip(&rates.rates) {
                if self.of(*state).is_some() {
                    return Err(solved_twice(module, site, *state));
                }
                self.states.push(*state);
                let column = Place::Column(self.first + self.states.len() as u32 - 1);
                let rate = body.exprs.local(*rate);
                body.block.push(Stmt::Store(column, rate));
            }
        }
        for (number, slope) in known.into_iter().enumerate() {
            let slope = body.exprs.local(slope);
            let column = self.of_slope(number as u32);
            body.block.push(Stmt::Store(column, slope));
        }
        Ok(())
    }

    /// The derivatives of a block with its J, if that is to be kept; the elements go to `known`.
    fn keep(
        &mut self,
        module: &Module,
        body: &mut Body,
        site: Site,
        rates: &Rates,
        known: &mut Vec<LocalId>,
    ) -> Result<Option<Block>, Diagnostic> {
        if sparse::is_scheme(module, site) {
            self.kept.push(None);
            return Ok(None);
        }
        let made = derivimplicit::differentiated(module, body, site, rates)?;
        if made.slopes.len() > MOST_SLOPES * rates.states.len() {
            self.kept.push(None);
            return Ok(None);
        }
        let numbered = made.slopes.iter().zip(self.slopes..);
        self.kept.push(Some(Kept {
            states: rates.states.clone(),
            slopes: numbered.map(|(slope, n)| (slope.0, slope.1, n)).collect(),
        }));
        self.slopes += made.slopes.len() as u32;
        known.extend(made.slopes.iter().map(|slope| slope.2));
        Ok(Some(made.code))
    }

    /// SOLVEs become the solution of their linearized equations; what comes behind the last one has
    /// been done by the other kernel, and what comes before it too, if all there is to know is kept.
    fn solve(&self, module: &Module, body: &mut Body) -> Result<(), Diagnostic> {
        let mut block = std::mem::take(&mut body.block);
        let last = block.iter().rposition(|stmt| site(stmt).is_some());
        block.truncate(last.map_or(0, |last| last + 1));
        let all_kept = self.kept.iter().all(Option::is_some);
        let column = |state: Place| self.of(state);
        let mut kept = self.kept.iter();
        for stmt in block {
            let Some(site) = site(&stmt) else {
                if !all_kept {
                    body.block.push(stmt);
                }
                continue;
            };
            let solved = match kept.next() {
                Some(Some(Kept { states, slopes })) => {
                    let element = |&(row, column, number): &(usize, usize, u32)| {
                        (row, column, body.exprs.load(self.of_slope(number)))
                    };
                    let slopes: Vec<_> = slopes.iter().map(element).collect();
                    derivimplicit::eliminated(module, body, site, states, &slopes, &column)?
                }
                _ if sparse::is_scheme(module, site) => {
                    sparse::linearized(module, body, site, &column)?
                }
                _ => derivimplicit::linearized(module, body, site, &column)?,
            };
            body.block.extend(solved);
        }
        Ok(())
    }
}

fn site(stmt: &Stmt) -> Option<Site> {
    match *stmt {
        Stmt::Solve { block, place, .. } => Some(Site {
            block,
            steadystate: false,
            place,
            in_state_kernel: false,
        }),
        _ => None,
    }
}

fn solved_twice(module: &Module, site: Site, state: Place) -> Diagnostic {
    let state = solve::column_name(module, state);
    Diagnostic::new(
        Code::CannotSolve,
        format!("`{state}` has equations in two blocks that BREAKPOINT solves"),
    )
    .at(solve::span(module, site), "the second of them")
}

fn describe(mechanism: &Mechanism, state: Place, rank: usize) -> OdeState {
    let column = match state {
        Place::Column(column) => column as usize,
        _ => 0,
    };
    let holds = |v: &crate::mechanism::Variable| {
        v.storage == Storage::Column && (v.offset..v.offset + v.len()).contains(&column)
    };
    let variable = mechanism.variables.iter().position(holds).unwrap_or(0);
    let found = &mechanism.variables[variable];
    let ion = mechanism.ions.iter().enumerate().find_map(|(number, ion)| {
        let side = found.name.strip_prefix(&ion.name)?;
        match side {
            "i" if ion.read.ci || ion.write.ci => Some((number, true)),
            "o" if ion.read.co || ion.write.co => Some((number, false)),
            _ => None,
        }
    });
    OdeState {
        variable,
        element: column - found.offset,
        column,
        rank,
        ion,
    }
}

/// Compiles the equations of a module.
pub(crate) struct OnDemand {
    functions: Vec<Function>,
    body: Body,
    neighbours: Neighbours,
    options: Options,
}

impl OnDemand {
    pub(crate) fn new(
        functions: Vec<Function>,
        body: Body,
        neighbours: Neighbours,
        options: Options,
    ) -> OnDemand {
        // Nobody reads the texts of a kernel that is made this late.
        let options = Options {
            clif: false,
            assembly: false,
            ..options
        };
        OnDemand {
            functions,
            body,
            neighbours,
            options,
        }
    }
}

impl CompileOde for OnDemand {
    fn compile(&self, mechanism: &Mechanism) -> Result<Ode, String> {
        let messages = |faults: Vec<Diagnostic>| {
            let messages: Vec<String> = faults.into_iter().map(|f| f.message).collect();
            messages.join("; ")
        };
        let (mut module, states) =
            module(mechanism, &self.functions, &self.body, &self.neighbours).map_err(messages)?;
        if states.is_empty() {
            return Err("its equations have no states".to_owned());
        }
        pass::run(&mut module, &mut |_, _, _| {}).map_err(messages)?;
        let code = codegen::compile(&module, self.options).map_err(|e| e.to_string())?;
        let touched = Touched::by(&module, KernelKind::Ode);
        let currents = self.neighbours.currents(&touched);
        let slopes = module.mechanism.columns - mechanism.columns - states.len();
        code.into_ode(states, slopes, currents)
            .ok_or_else(|| "its equations have no code".to_owned())
    }
}
