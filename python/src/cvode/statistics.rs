//! What the integrator and the queue of events count.

use pyo3::prelude::*;
use runtime::{EventStatistics, Statistics};

use super::{CVode, no_such};
use crate::run::print;
use crate::vector::Vector;
use crate::world;

#[pymethods]
impl CVode {
    /// Order of the last step, before the first 1, and 0 of IDA or steps of fixed length; of the cell of that number, if each has its own
    /// steps.
    #[pyo3(signature = (cell=0.0))]
    fn order(&self, cell: f64) -> PyResult<u32> {
        let index = super::index("order", cell, "cell")?;
        let order = world::with(|session| match session.cvode.active {
            true => Ok(session.simulation()?.integration_order(index).ok()),
            false => Ok(Some(0)),
        })?;
        order.ok_or_else(|| {
            no_such(format!(
                "CVode.order: there is no cell {index} with steps of its own"
            ))
        })
    }

    /// Prints how many steps and evaluations were made, and events of each kind: if each cell has its
    /// own steps, of all of them, or of the cell of that number.
    #[pyo3(signature = (cell=None))]
    fn statistics(&self, py: Python<'_>, cell: Option<isize>) -> PyResult<f64> {
        let (counted, events, method) = world::with(|session| {
            let events = session.event_statistics();
            let method = match session.cvode.use_daspk {
                true => "IDA",
                false => "CVode",
            };
            if !session.cvode.active {
                let model = session.structure();
                let first = model.sections().next();
                let name = first.and_then(|id| Some(model.section(id).ok()?.name().to_owned()));
                let nothing = vec![(name.unwrap_or_default(), Statistics::default())];
                return Ok((nothing, events, method));
            }
            let local = session.cvode.local;
            let counted = session.simulation()?.cell_statistics()?;
            let wanted = |(i, _): &(usize, _)| {
                !local || cell.is_none_or(|cell| cell < 0 || *i == cell as usize)
            };
            let counted = counted.into_iter().enumerate().filter(wanted);
            let named = counted.map(|(_, (root, counts))| {
                let root = root.and_then(|root| session.structure().section(root).ok());
                (
                    root.map_or_else(String::new, |r| r.name().to_owned()),
                    counts,
                )
            });
            Ok((named.collect(), events, method))
        })?;
        for (root, counts) in counted {
            print(py, &text_of_steps(&root, method, &counts))?;
        }
        print(py, &text_of_events(&events))?;
        Ok(0.0)
    }

    /// Fills the Vector with eleven counts: equations (0 unless steps have been of variable length),
    /// NetCons, events delivered, NetCon events delivered, spikes (sources that sent), self events
    /// delivered, sent, moved, and items put into the queue, moved to a new time, removed.
    fn spike_stat(&self, vector: &Bound<'_, Vector>) -> PyResult<f64> {
        let counts = world::with(|session| session.spike_statistics())?;
        let mut elements = vector.get().handle().lock();
        let filled = elements.assign("from", counts.to_vec());
        filled.map_err(crate::vector::exception)?;
        Ok(0.0)
    }
}

fn text_of_steps(root: &str, method: &str, s: &Statistics) -> String {
    format!(
        "\nCvode instance {root} statistics : {} {method} states
   {} advance_tn, {} interpolate, {} init ({} due to at_time)
   {} function evaluations, {} mx=b solves, {} jacobian setups\n",
        s.equations,
        s.steps,
        s.interpolations,
        s.initializations,
        s.initializations_at_times,
        s.evaluations,
        s.solves,
        s.setups,
    )
}

/// In NEURON's words; what there is nothing of here is 0.
fn text_of_events(s: &EventStatistics) -> String {
    let lines = [
        format!(
            "NetCon active={} (not sent)={} delivered={}",
            s.netcons_sent, s.netcons_withheld, s.netcons_delivered
        ),
        format!(
            "Condition O2 thresh detect={} via init={} effective={} abandoned={} \
             (unnecesarily=0 init+=0 init-=0 above=0 below=0)",
            s.crossings_found,
            s.crossings_at_beginnings,
            s.crossings_delivered,
            s.crossings_abandoned
        ),
        format!(
            "PreSyn send: mindelay={} direct={}",
            s.fans_sent,
            s.spikes - s.fans_sent
        ),
        format!(
            "PreSyn deliver: O2 thresh={}  NetCon={} (send={}  deliver={})",
            s.crossings_delivered, s.fans_delivered, s.fan_netcons_sent, s.fan_netcons
        ),
        format!(
            "SelfEvent send={} move={} deliver={}",
            s.self_sent, s.self_moved, s.self_delivered
        ),
        format!(
            "Watch send={} deliver={}",
            s.watches_sent, s.watches_delivered
        ),
        format!(
            "PlayRecord send={} deliver={}",
            s.vectors_sent, s.vectors_delivered
        ),
        format!(
            "HocEvent send={} deliver={}",
            s.calls_sent, s.calls_delivered
        ),
        "SingleEvent deliver=0 move=0".to_owned(),
        "DiscreteEvent send=0 deliver=0".to_owned(),
        format!(
            "{} total events delivered  net_event={}",
            s.delivered, s.net_events
        ),
        "Discrete event TQueue".to_owned(),
        format!(
            "insertions={}  moves={} removals={} calls to least=0",
            s.inserted, s.moved, s.removed
        ),
        "calls to find=0".to_owned(),
        "comparisons=0".to_owned(),
    ];
    lines.join("\n") + "\n"
}
