//! Variables of a running model: where they are, reading and writing.

use crate::error::ModelError;
use crate::id::MechanismId;
use crate::ion::IonField;
use crate::model::{Place, Symbol, missing_element};

use super::Simulation;
use super::integrate::Equations;

/// An address of a variable. It holds for the simulation's life; reading through it takes a few
/// nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VariableHandle(Slot);

/// Where a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Time,
    Dt,
    Celsius,
    SecondOrder,
    IonInitial {
        ion: u32,
        inside: bool,
    },
    Global {
        mechanism: u32,
        offset: u32,
    },
    V(u32),
    /// An extracellular potential.
    Vext(u32),
    Diam {
        node: u32,
        section: u32,
        segment: u32,
    },
    Area(u32),
    Ri(u32),
    Cm(u32),
    CapacitiveCurrent(u32),
    MembraneCurrent(u32),
    Erev {
        ion: u32,
        node: u32,
    },
    Inside {
        ion: u32,
        node: u32,
    },
    Outside {
        ion: u32,
        node: u32,
    },
    Current {
        ion: u32,
        node: u32,
    },
    Conductance {
        ion: u32,
        node: u32,
    },
    Column {
        block: u32,
        index: u32,
    },
    /// A weight of a NetCon.
    Weight(u32),
    /// A cell of the caller.
    Cell(u32),
}

impl VariableHandle {
    /// A weight, by its place among all weights.
    pub(super) fn weight(index: u32) -> Self {
        Self(Slot::Weight(index))
    }

    /// A cell, by its number.
    pub(super) fn cell(index: u32) -> Self {
        Self(Slot::Cell(index))
    }
}

impl Simulation {
    /// Address of a variable; names as for [`crate::Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn variable(&self, place: Place, name: &str) -> Result<VariableHandle, ModelError> {
        let symbol = self.model.symbol(place, name)?;
        self.locate(place, name, symbol)
    }

    fn locate(
        &self,
        place: Place,
        name: &str,
        symbol: Symbol,
    ) -> Result<VariableHandle, ModelError> {
        if let Symbol::Pointer(pointer) = symbol {
            let target = self.pointed(pointer);
            return target.ok_or_else(|| self.model.points_at_nothing(place, name));
        }
        self.slot(place, symbol)
            .map(VariableHandle)
            .ok_or_else(|| ModelError::UnknownVariable {
                place: self.model.describe(place),
                name: name.to_owned(),
            })
    }

    fn slot(&self, place: Place, symbol: Symbol) -> Option<Slot> {
        let (mut exact, mut node, mut at) = (0, 0, (0, 0));
        if let Place::Segment { section, x } = place {
            let nodes = &self.layout.sections[section.index()];
            let segment = self.model.sections[section.index()].segment_at(x);
            node = nodes.segments[segment];
            exact = match x {
                0.0 => nodes.ends[0],
                1.0 => nodes.ends[1],
                _ => node,
            };
            at = (section.0, segment as u32);
        }
        Some(match symbol {
            Symbol::Time => Slot::Time,
            Symbol::Dt => Slot::Dt,
            Symbol::Celsius => Slot::Celsius,
            Symbol::SecondOrder => Slot::SecondOrder,
            Symbol::IonInitial { ion, inside } => Slot::IonInitial { ion: ion.0, inside },
            Symbol::Global { mechanism, offset } => Slot::Global {
                mechanism: mechanism.0,
                offset: offset as u32,
            },
            Symbol::V => Slot::V(exact),
            Symbol::Vext { layer, .. } => {
                let layers = self.circuit.as_ref()?.extracellular.as_ref()?;
                Slot::Vext(layers.position(exact as usize, layer)? as u32)
            }
            Symbol::Diam => Slot::Diam {
                node,
                section: at.0,
                segment: at.1,
            },
            Symbol::Area => Slot::Area(node),
            Symbol::Ri => Slot::Ri(node),
            Symbol::Cm => Slot::Cm(node),
            Symbol::CapacitiveCurrent => Slot::CapacitiveCurrent(node),
            // Also of nodes without area.
            Symbol::MembraneCurrent => Slot::MembraneCurrent(exact),
            Symbol::Ion { ion, field } => {
                let ion = ion.0;
                match field {
                    IonField::Erev => Slot::Erev { ion, node },
                    IonField::Inside => Slot::Inside { ion, node },
                    IonField::Outside => Slot::Outside { ion, node },
                    IonField::Current => Slot::Current { ion, node },
                    IonField::Conductance => Slot::Conductance { ion, node },
                }
            }
            Symbol::Density { mechanism, offset } => {
                let (number, instance) = self.instance_at(mechanism, node)?;
                let index = offset * self.blocks[number].stride + instance;
                Slot::Column {
                    block: number as u32,
                    index: index as u32,
                }
            }
            // Resolved before.
            Symbol::Pointer(_) => return None,
            Symbol::Point { point, offset } => {
                let (block, instance) = self.points[point.index()]?;
                let index = offset * self.blocks[block as usize].stride + instance as usize;
                Slot::Column {
                    block,
                    index: index as u32,
                }
            }
        })
    }

    /// The address of what may be pointed at; null for anything else.
    pub(super) fn address(&mut self, variable: VariableHandle) -> *mut f64 {
        let n = |n: u32| n as usize;
        let found = match variable.0 {
            Slot::Time => Some(&mut self.values.t_ms),
            Slot::Dt => Some(&mut self.values.dt_ms),
            Slot::Celsius => Some(&mut self.values.celsius),
            Slot::SecondOrder => Some(&mut self.values.secondorder),
            Slot::Global { mechanism, offset } => {
                self.shared[n(mechanism)].globals.get_mut(n(offset))
            }
            Slot::V(node) => self.tree.v_mv.get_mut(n(node)),
            Slot::Vext(at) => self
                .layers_mut()
                .and_then(|layers| layers.potentials_mut().get_mut(n(at))),
            Slot::Erev { ion, node } => self.ions[n(ion)].erev_mv.get_mut(n(node)),
            Slot::Inside { ion, node } => self.ions[n(ion)].ci_mm.get_mut(n(node)),
            Slot::Outside { ion, node } => self.ions[n(ion)].co_mm.get_mut(n(node)),
            Slot::Current { ion, node } => self.ions[n(ion)].cur.get_mut(n(node)),
            Slot::Conductance { ion, node } => self.ions[n(ion)].dcur_dv.get_mut(n(node)),
            Slot::Column { block, index } => self.blocks[n(block)].data.get_mut(n(index)),
            Slot::Weight(index) => self.model.network.weights.get_mut(n(index)),
            Slot::Cell(index) => return self.cells[n(index)].address(),
            Slot::IonInitial { .. }
            | Slot::Diam { .. }
            | Slot::Area(_)
            | Slot::Ri(_)
            | Slot::Cm(_)
            | Slot::MembraneCurrent(_)
            | Slot::CapacitiveCurrent(_) => None,
        };
        found.map_or(std::ptr::null_mut(), |double| &raw mut *double)
    }

    /// Whether the kernels of a mechanism may store to a variable for any of its instances.
    pub(super) fn may_be_stored_by(&self, variable: VariableHandle, mechanism: usize) -> bool {
        match variable.0 {
            Slot::Column { block, .. } => self.blocks[block as usize].mechanism == mechanism,
            Slot::Global {
                mechanism: other, ..
            } => other as usize == mechanism,
            Slot::Time | Slot::Dt | Slot::Celsius | Slot::SecondOrder | Slot::V(_) => false,
            Slot::Cell(_) => false,
            _ => true,
        }
    }

    /// The node that a variable belongs to; none for what is of the whole model, of a NetCon or of
    /// an artificial cell.
    pub(super) fn node_of(&self, variable: VariableHandle) -> Option<usize> {
        let node = match variable.0 {
            Slot::V(node)
            | Slot::Diam { node, .. }
            | Slot::Area(node)
            | Slot::Ri(node)
            | Slot::Cm(node)
            | Slot::CapacitiveCurrent(node)
            | Slot::MembraneCurrent(node)
            | Slot::Erev { node, .. }
            | Slot::Inside { node, .. }
            | Slot::Outside { node, .. }
            | Slot::Current { node, .. }
            | Slot::Conductance { node, .. } => node,
            Slot::Vext(at) => return Some(self.layers()?.place_of(at as usize).0),
            Slot::Column { block, index } => {
                let number = block as usize;
                let block = &self.blocks[number];
                if self.artificial.contains(&number) {
                    return None;
                }
                block.node[index as usize % block.stride]
            }
            Slot::Time
            | Slot::Dt
            | Slot::Celsius
            | Slot::SecondOrder
            | Slot::IonInitial { .. }
            | Slot::Global { .. }
            | Slot::Weight(_)
            | Slot::Cell(_) => return None,
        };
        Some(node as usize)
    }

    /// The part that a node is in.
    pub(super) fn part_at(&self, node: usize) -> usize {
        self.parts.partition_point(|p| p.nodes.end <= node)
    }

    /// The part that a place is in; none for an artificial cell.
    pub(super) fn part_of(&self, place: Place) -> Option<usize> {
        let node = match place {
            Place::Model => return None,
            Place::Segment { section, .. } => {
                self.layout.sections[section.index()].segments.first()
            }
            Place::Point(point) => {
                let (block, instance) = self.points[point.index()]?;
                let (number, instance) = (block as usize, instance as usize);
                let node = self.blocks[number].node.get(instance);
                node.filter(|_| !self.artificial.contains(&number))
            }
        };
        node.map(|&node| self.part_at(node as usize))
    }

    /// Whether a variable has its value as soon as the states of an integrator are in their places.
    pub(super) fn follows_states(&self, equations: &Equations, variable: VariableHandle) -> bool {
        match variable.0 {
            Slot::Time
            | Slot::Celsius
            | Slot::SecondOrder
            | Slot::V(_)
            | Slot::Diam { .. }
            | Slot::Area(_)
            | Slot::Ri(_)
            | Slot::Cm(_)
            | Slot::Weight(_) => true,
            Slot::Column { block, index } => {
                let block = block as usize;
                let column = index as usize / self.blocks[block].stride;
                let mut states = equations.of_block(block).iter();
                states.any(|state| state.column == column && state.ion.is_none())
            }
            _ => false,
        }
    }

    /// Block and instance of a density mechanism at a node.
    pub(super) fn instance_at(&self, mechanism: MechanismId, node: u32) -> Option<(usize, usize)> {
        let part = self.part_at(node as usize);
        let mut blocks = self.parts.get(part)?.order.iter().copied();
        let number = blocks.find(|&b| self.blocks[b].mechanism == mechanism.index())?;
        let instance = self.blocks[number].instance_at(node)?;
        Some((number, instance))
    }

    /// Value of a variable.
    #[inline]
    pub fn read(&self, variable: VariableHandle) -> f64 {
        let ion = |ion: u32| &self.ions[ion as usize];
        match variable.0 {
            Slot::Time => self.values.t_ms,
            Slot::Dt => self.values.dt_ms,
            Slot::Celsius => self.values.celsius,
            Slot::SecondOrder => self.values.secondorder,
            Slot::IonInitial { ion, inside } => {
                self.model.ions[ion as usize].initial_mm[usize::from(!inside)]
            }
            Slot::Global { mechanism, offset } => {
                self.shared[mechanism as usize].globals[offset as usize]
            }
            Slot::V(node) => self.tree.v_mv[node as usize],
            Slot::Vext(at) => self
                .layers()
                .map_or(0.0, |layers| layers.potentials()[at as usize]),
            Slot::Diam { node, .. } => self.tree.diam_um[node as usize],
            Slot::Area(node) => self.tree.area_um2[node as usize],
            Slot::Ri(node) => 1.0 / self.tree.axial_us[node as usize],
            Slot::Cm(node) => self.tree.cm_uf_per_cm2[node as usize],
            Slot::CapacitiveCurrent(node) => self.capacitive_current(node as usize),
            Slot::MembraneCurrent(node) => match &self.membrane {
                Some(membrane) => membrane.current_na[node as usize],
                None => 0.0,
            },
            Slot::Erev { ion: i, node } => ion(i).erev_mv[node as usize],
            Slot::Inside { ion: i, node } => ion(i).ci_mm[node as usize],
            Slot::Outside { ion: i, node } => ion(i).co_mm[node as usize],
            Slot::Current { ion: i, node } => ion(i).cur[node as usize],
            Slot::Conductance { ion: i, node } => ion(i).dcur_dv[node as usize],
            Slot::Column { block, index } => self.blocks[block as usize].data[index as usize],
            Slot::Weight(index) => self.model.network.weights[index as usize],
            Slot::Cell(index) => self.cells[index as usize].get(),
        }
    }

    /// Value of a variable by name; names as for [`crate::Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn get(&self, place: Place, name: &str) -> Result<f64, ModelError> {
        Ok(self.read(self.variable(place, name)?))
    }

    /// Sets a variable by name, as [`crate::Model::set`].
    ///
    /// # Errors
    ///
    /// As [`crate::Model::set`].
    pub fn set(&mut self, place: Place, name: &str, value: f64) -> Result<(), ModelError> {
        let symbol = self.model.symbol(place, name)?;
        self.model.check_value(place, symbol, name, value)?;
        let variable = self.locate(place, name, symbol)?;
        self.write(variable, value)
    }

    /// Sets a variable.
    ///
    /// # Errors
    ///
    /// A variable that is computed, or a value outside of its domain.
    pub fn write(&mut self, variable: VariableHandle, value: f64) -> Result<(), ModelError> {
        let i = |n: u32| n as usize;
        match variable.0 {
            Slot::Time => {
                self.values.t_ms = value;
                self.cursor.run = None;
            }
            Slot::Dt => {
                self.set_model("dt", value)?;
                self.values.dt_ms = value;
                self.cursor.run = None;
            }
            Slot::Celsius => {
                self.set_model("celsius", value)?;
                self.values.celsius = value;
            }
            Slot::SecondOrder => {
                self.set_model("secondorder", value)?;
                self.values.secondorder = value;
            }
            Slot::IonInitial { ion, inside } => {
                self.model.ions[i(ion)].initial_mm[usize::from(!inside)] = value;
            }
            Slot::Global { mechanism, offset } => {
                self.shared[i(mechanism)].globals[i(offset)] = value;
            }
            Slot::V(node) => self.tree.v_mv[i(node)] = value,
            Slot::Vext(at) => {
                if let Some(layers) = self.layers_mut() {
                    layers.potentials_mut()[i(at)] = value;
                }
            }
            Slot::Cm(node) => {
                let place = self.layout.place_of(&self.model, i(node));
                self.model.set(place, "cm", value)?;
                self.tree.cm_uf_per_cm2[i(node)] = value;
                self.diagonal_cj = f64::NAN;
            }
            Slot::Diam {
                section, segment, ..
            } => {
                let section = crate::id::SectionId(section);
                let x = self.model.sections[section.index()].segment_x(i(segment));
                self.model
                    .set(Place::Segment { section, x }, "diam", value)?;
                self.layout.set_geometry(&self.model, &mut self.tree)?;
                self.diagonal_cj = f64::NAN;
            }
            Slot::Erev { ion, node } => self.ions[i(ion)].erev_mv[i(node)] = value,
            Slot::Inside { ion, node } => self.ions[i(ion)].ci_mm[i(node)] = value,
            Slot::Outside { ion, node } => self.ions[i(ion)].co_mm[i(node)] = value,
            Slot::Column { block, index } => {
                self.blocks[i(block)].data[i(index)] = value;
                let mechanism = self.blocks[i(block)].mechanism;
                // xraxial may have changed.
                if let Some(layers) = self.layers_mut()
                    && layers.mechanism() == mechanism
                {
                    layers.uncouple();
                }
            }
            Slot::Weight(index) => self.model.network.weights[i(index)] = value,
            Slot::Cell(index) => {
                let cell = &self.cells[i(index)];
                if !cell.set(value) {
                    return Err(missing_element(cell));
                }
            }
            Slot::Area(_) => return Err(read_only("area")),
            Slot::Ri(_) => return Err(read_only("ri")),
            Slot::CapacitiveCurrent(_) => return Err(read_only("i_cap")),
            Slot::MembraneCurrent(_) => return Err(read_only("i_membrane_")),
            Slot::Current { .. } | Slot::Conductance { .. } => {
                return Err(read_only("an ion's current"));
            }
        }
        Ok(())
    }

    fn set_model(&mut self, name: &str, value: f64) -> Result<(), ModelError> {
        self.model.set(Place::Model, name, value)
    }
}

fn read_only(name: &str) -> ModelError {
    ModelError::ReadOnly {
        name: name.to_owned(),
    }
}
