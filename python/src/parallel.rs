//! NEURON's class `ParallelContext` for one process: gids, spikes, gap junctions, `psolve`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use runtime::session::Gid;

use crate::netcon::NetCon;
use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::run::drive;
use crate::vector::Vector;
use crate::world::{self, Key};

/// One process, in which everything is.
#[pyclass(
    name = "ParallelContext",
    module = "nmodlrs._nmodlrs",
    subclass,
    frozen
)]
pub struct ParallelContext;

/// Seconds without progress after which a network of processes would give up, as a double's bits.
static TIMEOUT_S: AtomicU64 = AtomicU64::new(20f64.to_bits());

/// Seconds that `psolve` took.
static STEP_TIME_S: Mutex<f64> = Mutex::new(0.0);

fn gid(value: f64) -> PyResult<Gid> {
    if value.fract() == 0.0 && (0.0..=9e15).contains(&value) {
        return Ok(value as Gid);
    }
    Err(PyValueError::new_err(format!(
        "a gid is a whole number from 0 on, not {value}"
    )))
}

#[pymethods]
impl ParallelContext {
    #[new]
    #[pyo3(signature = (_workers=None))]
    fn new(_workers: Option<f64>) -> Self {
        Self
    }

    /// Number of this process: 0.
    fn id(&self) -> i32 {
        0
    }

    /// Number of processes: 1.
    fn nhost(&self) -> i32 {
        1
    }

    /// Number of this process in the world: 0.
    fn id_world(&self) -> i32 {
        0
    }

    /// Number of processes in the world: 1.
    fn nhost_world(&self) -> i32 {
        1
    }

    /// Number of this process in the bulletin board's world: 0.
    fn id_bbs(&self) -> i32 {
        0
    }

    /// Number of processes in the bulletin board's world: 1.
    fn nhost_bbs(&self) -> i32 {
        1
    }

    /// Makes a gid this process's.
    fn set_gid2node(&self, number: f64, process: f64) -> PyResult<f64> {
        let number = gid(number)?;
        if process == 0.0 {
            world::with(|session| session.own_gid(number))?;
        }
        Ok(0.0)
    }

    /// Gives a gid the source of a NetCon. Its spikes are sent to all who are connected.
    #[pyo3(signature = (number, netcon, _output=None))]
    fn cell(&self, number: f64, netcon: &NetCon, _output: Option<f64>) -> PyResult<f64> {
        let (number, netcon) = (gid(number)?, netcon.id()?);
        world::with(|session| session.set_gid_source(number, netcon))?;
        Ok(0.0)
    }

    /// Has a gid's spikes sent to other processes, of which there are none.
    fn outputcell(&self, number: f64) -> PyResult<f64> {
        let number = gid(number)?;
        world::with(|session| session.gid_source(number))?;
        Ok(0.0)
    }

    /// 0 for a gid of another process, 1 for one without a cell, 3 for one with a cell.
    fn gid_exists(&self, number: f64) -> PyResult<i32> {
        let number = gid(number)?;
        world::with(|session| Ok(session.gid_state(number)))
    }

    /// The cell of a gid, or its artificial cell.
    fn gid2cell<'py>(&self, py: Python<'py>, number: f64) -> PyResult<Option<Py<PyAny>>> {
        let number = gid(number)?;
        let own = world::with(|session| session.gid_source(number))?;
        let (point, at) = world::with(|session| {
            let point = session.netcon_source_point(own)?;
            Ok((point, session.netcon_source_at(own)?))
        })?;
        if let Some(cell) = crate::netcon::cell_of(py, at)? {
            return Ok(Some(cell));
        }
        Ok(point.and_then(|point| world::object(py, Key::Point(point)).map(Bound::unbind)))
    }

    /// The object of a gid: its cell, point process or artificial cell.
    fn gid2obj<'py>(&self, py: Python<'py>, number: f64) -> PyResult<Option<Py<PyAny>>> {
        let number = gid(number)?;
        let own = world::with(|session| session.gid_source(number))?;
        match world::with(|session| session.netcon_source_point(own))? {
            Some(point) => Ok(world::object(py, Key::Point(point)).map(Bound::unbind)),
            None => self.gid2cell(py, number as f64),
        }
    }

    /// A NetCon from a gid to a target; with `netcon`, that one is given the gid's source.
    #[pyo3(signature = (number, target, netcon=None))]
    fn gid_connect<'py>(
        &self,
        py: Python<'py>,
        number: f64,
        target: &Bound<'py, PointProcess>,
        netcon: Option<&Bound<'py, NetCon>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let number = gid(number)?;
        let netcon = match netcon {
            Some(netcon) => netcon.clone().into_any(),
            None => py.get_type::<NetCon>().call1((py.None(), target.clone()))?,
        };
        let id = netcon.cast::<NetCon>()?.get().id()?;
        world::with(|session| session.reconnect_to_gid(number, id))?;
        Ok(netcon)
    }

    /// The threshold of a gid's source; sets it.
    #[pyo3(signature = (number, value=None))]
    fn threshold(&self, number: f64, value: Option<f64>) -> PyResult<f64> {
        let number = gid(number)?;
        world::with(|session| {
            let own = session.gid_source(number)?;
            if let Some(value) = value {
                session.connections().set_netcon_threshold(own, value)?;
            }
            Ok(session.structure().netcon(own)?.threshold.unwrap_or(0.0))
        })
    }

    /// Records the spikes of a gid, of those in a Vector, or of all (-1).
    fn spike_record(
        &self,
        numbers: &Bound<'_, PyAny>,
        times: &Bound<'_, Vector>,
        ids: &Bound<'_, Vector>,
    ) -> PyResult<f64> {
        let wanted: Option<Vec<Gid>> = match numbers.extract::<f64>() {
            Ok(-1.0) => None,
            Ok(number) => Some(vec![gid(number)?]),
            Err(_) => {
                let several = numbers.try_iter().map_err(|_| {
                    PyTypeError::new_err("spike_record needs a gid, a Vector of gids, or -1")
                })?;
                let several = several.map(|number| gid(number?.extract()?));
                Some(several.collect::<PyResult<_>>()?)
            }
        };
        let (times, ids) = (times.get().series(), ids.get().series());
        world::with(|session| session.record_gids(wanted.as_deref(), &times, &ids))?;
        Ok(0.0)
    }

    /// Forgets all gids.
    fn gid_clear(&self) -> PyResult<f64> {
        world::with(|session| session.clear_gids())?;
        Ok(0.0)
    }

    /// The longest time between two exchanges of spikes; with one process it has no effect.
    fn set_maxstep(&self, step: f64) -> f64 {
        step
    }

    /// Runs until t reaches `tstop` (ms).
    fn psolve(&self, py: Python<'_>, tstop: f64) -> PyResult<f64> {
        let begin = std::time::Instant::now();
        let result = drive(py, |session| session.solve_until(tstop));
        if let Ok(mut time) = STEP_TIME_S.lock() {
            *time += begin.elapsed().as_secs_f64();
        }
        result.map(|()| 0.0)
    }

    /// Seconds that `psolve` took.
    fn step_time(&self) -> f64 {
        STEP_TIME_S.lock().map_or(0.0, |time| *time)
    }

    /// Seconds without progress after which processes that wait for each other give up. Sets it
    /// and returns what was before; one process never waits.
    #[pyo3(signature = (seconds=None))]
    fn timeout(&self, seconds: Option<f64>) -> f64 {
        let bits = match seconds {
            Some(seconds) => TIMEOUT_S.swap(seconds.to_bits(), Ordering::Relaxed),
            None => TIMEOUT_S.load(Ordering::Relaxed),
        };
        f64::from_bits(bits)
    }

    /// Names a variable that gap junctions read.
    #[pyo3(signature = (variable, number, sec=None))]
    fn source_var(
        &self,
        variable: &Bound<'_, Reference>,
        number: f64,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let _ = sec;
        let (number, variable) = (gid(number)?, variable.borrow().0.clone());
        world::with(|session| session.set_transfer_source(number, variable))?;
        Ok(0.0)
    }

    /// Has a variable of a point process follow the source variable of that number.
    #[pyo3(signature = (first, second, third=None, sec=None))]
    fn target_var(
        &self,
        first: &Bound<'_, PyAny>,
        second: &Bound<'_, PyAny>,
        third: Option<f64>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let _ = sec;
        let (variable, number) = match third {
            Some(number) => (second.cast::<Reference>()?, number),
            None => (first.cast::<Reference>()?, second.extract()?),
        };
        let (number, variable) = (gid(number)?, variable.borrow().0.clone());
        world::with(|session| session.add_transfer_target(number, variable))?;
        Ok(0.0)
    }

    /// Connects the targets of `target_var` with the sources of `source_var`.
    fn setup_transfer(&self) -> PyResult<f64> {
        world::with(|session| session.set_up_transfers())?;
        Ok(0.0)
    }
}
