//! Runs a built model, row by row, with the steps of NEURON's `batch_run`.

use runtime::{ModelError, RunError, Simulation, VariableHandle};

use crate::build::Built;
use crate::model::file::Run;
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
}

/// Runs a model from its initial state to `run.tstop`.
///
/// `progress` is called after every step with the time in ms.
///
/// # Errors
///
/// What can only be known of a whole model: an ion whose valence no mechanism states. A run
/// that fails is no error here but in the [`Outcome`].
pub fn run(built: Built, run: &Run, progress: &mut dyn FnMut(f64)) -> Result<Outcome, ModelError> {
    let mut simulation = Simulation::new(built.model)?;
    for source in &built.spikes {
        simulation.record_spikes(source.netcon)?;
    }
    let mut rows = Rows {
        handles: Vec::new(),
        table: Table::default(),
    };
    for recorded in built.recorded {
        rows.handles
            .push(simulation.variable(recorded.place, &recorded.name)?);
        rows.table.columns.push(recorded.column);
    }
    let failure = steps(&mut simulation, run, &mut rows, progress).err();
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
        failure,
    })
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

struct Rows {
    handles: Vec<VariableHandle>,
    table: Table,
}

impl Rows {
    fn add(&mut self, simulation: &Simulation) {
        let values = self.handles.iter().map(|&handle| simulation.read(handle));
        self.table.values.extend(values);
    }
}

/// A row at the start, and one after each step that ends later than `tstep - dt/4` after the
/// last row; the run ends with the step that reaches `tstop - dt/4` (`batch_run` in NEURON's
/// `fadvance.cpp`).
fn steps(
    simulation: &mut Simulation,
    run: &Run,
    rows: &mut Rows,
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
        let t_ms = simulation.t_ms();
        if t_ms > next_ms {
            rows.add(simulation);
            next_ms = t_ms + tstep_ms;
        }
        progress(t_ms);
    }
    Ok(())
}
