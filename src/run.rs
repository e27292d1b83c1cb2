//! Runs a built model, row by row: steps of fixed length as NEURON's `batch_run` makes them, or of
//! variable length.

use runtime::session::CvodeSettings;
use runtime::{
    CallbackId, ModelError, Progress, RunError, Series, Simulation, Statistics, VariableHandle,
};

use crate::build::{Built, Quantity};
use crate::model::file::{Method, Run};
use crate::result::{Head, Spike, Table};

/// What a run left, whether it came to its end or not.
#[derive(Debug)]
pub struct Outcome {
    /// The rows up to the end or to the failure.
    pub table: Table,
    /// The kept events in the order of their times.
    pub spikes: Vec<Spike>,
    /// Why the run stopped before its end.
    pub failure: Option<RunError>,
    /// What the run took.
    pub work: Work,
}

/// What a run took.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Steps of fixed length.
    Fixed {
        /// Number of steps.
        steps: u64,
    },
    /// Steps of variable length: each integrator with the name of what it integrates.
    Variable(Vec<(String, Statistics)>),
}

/// At the end of the run.
const END: CallbackId = CallbackId(0);

/// Runs a model from its initial state to `run.tstop`.
///
/// `progress` is called after every step with the time in ms.
///
/// # Errors
///
/// What can only be known of a whole model: an ion whose valence no mechanism states. A run
/// that fails is no error here but in the [`Outcome`].
pub fn run(built: Built, run: &Run, progress: &mut dyn FnMut(f64)) -> Result<Outcome, ModelError> {
    let mut simulation = match settings(run) {
        Some(settings) => Simulation::with_variable_steps(built.model, &settings)?,
        None => Simulation::new(built.model)?,
    };
    simulation.set_threads(run.threads.into());
    for source in &built.spikes {
        simulation.record_spikes(source.netcon)?;
    }
    let mut rows = Rows::default();
    for recorded in built.recorded {
        rows.readers.push(match recorded.quantity {
            Quantity::Variable { place, name } => {
                Reader::Variable(simulation.variable(place, &name)?)
            }
            Quantity::Unknown { y, index } => Reader::Unknown(y, index),
        });
        rows.table.columns.push(recorded.column);
    }
    let mut work = Work::Fixed { steps: 0 };
    let failure = match &mut work {
        Work::Fixed { steps } if !simulation.is_variable_step() => {
            fixed_steps(&mut simulation, run, &mut rows, steps, progress)
        }
        _ => variable_steps(&mut simulation, run, &mut rows, progress),
    };
    if simulation.is_variable_step() {
        work = Work::Variable(integrators(&simulation, run)?);
    }
    let mut spikes: Vec<Spike> = Vec::new();
    for source in &built.spikes {
        let times = simulation.spikes(source.netcon);
        spikes.extend(times.iter().map(|&time_ms| Spike {
            time_ms,
            source: source.name.clone(),
        }));
    }
    // Of equal times the sources keep their order.
    spikes.sort_by(|a, b| a.time_ms.total_cmp(&b.time_ms));
    Ok(Outcome {
        table: rows.table,
        spikes,
        failure: failure.err(),
        work,
    })
}

/// The statistics of each integrator, with the name of what it integrates.
fn integrators(
    simulation: &Simulation,
    run: &Run,
) -> Result<Vec<(String, Statistics)>, ModelError> {
    let each = simulation.cell_statistics()?.into_iter();
    let named = each.map(|(root, statistics)| {
        let name = match (*run.method, root) {
            (Method::CvodeLocal, Some(root)) => simulation.model().section(root)?.name().to_owned(),
            _ => "all cells".to_owned(),
        };
        Ok((name, statistics))
    });
    named.collect()
}

/// The integrator's settings; none for steps of fixed length.
fn settings(run: &Run) -> Option<CvodeSettings> {
    let defaults = CvodeSettings::default();
    let scales = run.atolscale.iter();
    match *run.method {
        Method::Fixed => None,
        Method::Cvode | Method::CvodeLocal | Method::Ida => Some(CvodeSettings {
            active: true,
            local: *run.method == Method::CvodeLocal,
            use_daspk: *run.method == Method::Ida,
            rtol: run.rtol,
            atol: *run.atol,
            scales: scales
                .map(|(name, scale)| (name.to_string(), **scale))
                .collect(),
            minstep_ms: run.minstep,
            maxstep_ms: run.maxstep.unwrap_or(defaults.maxstep_ms),
            maxorder: run.maxorder.map(u32::from),
            stiff: run.stiff.into(),
            jacobian: run.jacobian.into(),
            condition_order: run.condition_order.into(),
            dae_init_dteps_ms: run.dae_init_dteps,
            dae_init_style: run.dae_init_style.into(),
            ..defaults
        }),
    }
}

/// What the head of a text result says about a run.
pub fn head(title: &str, run: &Run) -> Head {
    Head {
        title: title.to_owned(),
        t_start_ms: 0.0,
        tstop_ms: run.tstop,
        tstep_ms: run.tstep.unwrap_or(run.dt),
        dt_ms: run.dt,
    }
}

/// Where the values of a column come from.
enum Reader {
    Variable(VariableHandle),
    Unknown(Series, usize),
}

#[derive(Default)]
struct Rows {
    readers: Vec<Reader>,
    table: Table,
}

impl Rows {
    fn add(&mut self, simulation: &Simulation) {
        let values = self.readers.iter().map(|reader| match reader {
            Reader::Variable(handle) => simulation.read(*handle),
            Reader::Unknown(y, index) => y.lock().values()[*index],
        });
        self.table.values.extend(values);
    }

    /// The variables of the model.
    fn handles(&self) -> Vec<VariableHandle> {
        let handles = self.readers.iter().filter_map(|reader| match reader {
            Reader::Variable(handle) => Some(*handle),
            Reader::Unknown(..) => None,
        });
        handles.collect()
    }
}

/// A row at the start, and one after each step that ends later than `tstep - dt/4` after the
/// last row; the run ends with the step that reaches `tstop - dt/4` (`batch_run` in NEURON's
/// `fadvance.cpp`).
fn fixed_steps(
    simulation: &mut Simulation,
    run: &Run,
    rows: &mut Rows,
    steps: &mut u64,
    progress: &mut dyn FnMut(f64),
) -> Result<(), RunError> {
    simulation.initialize(Some(run.v_init))?;
    rows.add(simulation);
    let tolerance_ms = run.dt / 4.0;
    let tstep_ms = run.tstep.unwrap_or(run.dt) - tolerance_ms;
    let tstop_ms = run.tstop - tolerance_ms;
    let mut next_ms = simulation.t_ms() + tstep_ms;
    while simulation.t_ms() < tstop_ms {
        simulation.advance()?;
        *steps += 1;
        let t_ms = simulation.t_ms();
        if t_ms > next_ms {
            rows.add(simulation);
            next_ms = t_ms + tstep_ms;
        }
        progress(t_ms);
    }
    Ok(())
}

/// A row at the start, and one at each multiple of `tstep`, where the integrator interpolates; or one
/// at the end of each step and at each event. The last is at `tstop`.
fn variable_steps(
    simulation: &mut Simulation,
    run: &Run,
    rows: &mut Rows,
    progress: &mut dyn FnMut(f64),
) -> Result<(), RunError> {
    simulation.initialize(Some(run.v_init))?;
    rows.add(simulation);
    simulation.look_only_at(&rows.handles());
    if let Some(tstep_ms) = run.tstep {
        let mut row = 0.0;
        while simulation.t_ms() < run.tstop {
            row += 1.0;
            simulation.run_until(run.tstop.min(row * tstep_ms))?;
            rows.add(simulation);
            progress(simulation.t_ms());
        }
        return Ok(());
    }
    // The step that would go beyond the end is interpolated there, as for any event.
    simulation.send_call(run.tstop, END)?;
    while simulation.t_ms() < run.tstop {
        while simulation.advance()? != Progress::Done {}
        rows.add(simulation);
        progress(simulation.t_ms());
    }
    Ok(())
}
