//! NetCons: what watches a source and delivers events to a target.

use crate::error::ModelError;
use crate::id::{NetConId, PointProcessId};

use super::Model;
use super::place::Place;

/// What makes the events of a NetCon.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A variable that rises through the NetCon's threshold; usually `v` of a segment.
    Variable {
        /// Where it is.
        place: Place,
        /// Its name.
        name: String,
    },
    /// A point process or an artificial cell that calls `net_event`.
    Point(PointProcessId),
    /// Nothing: events are sent by the caller only.
    None,
}

/// A connection from a source to a point process or an artificial cell.
#[derive(Debug, Clone, PartialEq)]
pub struct NetCon {
    /// What makes the events.
    pub source: Source,
    /// Who receives them; `None` only records.
    pub target: Option<PointProcessId>,
    /// From the source's event to its delivery, in ms.
    pub delay_ms: f64,
    /// The first is the weight; the others are the further arguments of NET_RECEIVE. Missing ones
    /// are 0.
    pub weights: Vec<f64>,
    /// Threshold in the variable's unit, 10 if `None`. NetCons of one source variable share it:
    /// the last one given counts.
    pub threshold: Option<f64>,
    /// An inactive NetCon delivers nothing.
    pub active: bool,
}

impl NetCon {
    /// A NetCon with NEURON's defaults: delay 1 ms, weight 0, the source's threshold.
    pub fn new(source: Source, target: Option<PointProcessId>) -> Self {
        Self {
            source,
            target,
            delay_ms: 1.0,
            weights: Vec::new(),
            threshold: None,
            active: true,
        }
    }
}

impl Model {
    /// Makes a NetCon.
    ///
    /// # Errors
    ///
    /// An unknown source variable, a target without NET_RECEIVE, a negative delay.
    pub fn add_netcon(&mut self, netcon: NetCon) -> Result<NetConId, ModelError> {
        let mut netcon = netcon;
        let id = NetConId::new(self.netcons.len());
        match &netcon.source {
            Source::Variable { place, name } => {
                self.symbol(*place, name)?;
            }
            Source::Point(point) => {
                self.point(*point)?;
            }
            Source::None => {}
        }
        if let Some(target) = netcon.target {
            let mechanism = self.mechanism(self.point(target)?.mechanism)?;
            let Some(receive) = &mechanism.net_receive else {
                return Err(ModelError::NotATarget {
                    mechanism: mechanism.name.clone(),
                });
            };
            netcon
                .weights
                .resize(receive.arguments.len().max(netcon.weights.len()), 0.0);
        }
        if !(netcon.delay_ms >= 0.0 && netcon.delay_ms.is_finite()) {
            return Err(ModelError::Value {
                place: format!("NetCon {}", id.index()),
                quantity: "delay",
                value: netcon.delay_ms,
                requirement: "finite and not negative",
            });
        }
        self.netcons.push(netcon);
        Ok(id)
    }
}
