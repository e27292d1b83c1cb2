//! POINTER variables: what each of them points at.
//!
//! A model keeps targets by name, so they hold whatever the structure becomes; a simulation finds
//! their addresses when it is laid out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nmodl::mechanism::{Mechanism, PointerKind};

use crate::error::ModelError;
use crate::id::{MechanismId, NetConId, PointProcessId, SectionId};
use crate::record::Series;

use super::place::Place;
use super::{Model, Symbol};

/// What a POINTER may point at.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A variable; names as for [`Model::get`]. Computed variables (`area`, `ri`, `i_cap`) and
    /// those of the geometry (`diam`, `cm`), which more than their value depends on, cannot be
    /// pointed at.
    Variable {
        /// Where it is.
        place: Place,
        /// Its name there.
        name: String,
    },
    /// A weight of a NetCon.
    Weight {
        /// The NetCon.
        netcon: NetConId,
        /// Which of its weights.
        index: usize,
    },
    /// A number that belongs to the caller, or an element of a buffer of the caller's.
    Cell(SharedCell),
}

/// A number that a model and its caller share.
#[derive(Debug, Clone)]
pub struct SharedCell(Holder);

/// What has the number.
#[derive(Debug, Clone)]
enum Holder {
    Own(Arc<AtomicU64>),
    Element { buffer: Series, index: usize },
}

impl SharedCell {
    /// A cell that holds `value`.
    pub fn new(value: f64) -> Self {
        Self(Holder::Own(Arc::new(AtomicU64::new(value.to_bits()))))
    }

    /// An element of a buffer. It may not exist yet, or not any more.
    pub fn element(buffer: Series, index: usize) -> Self {
        Self(Holder::Element { buffer, index })
    }

    /// The buffer whose element it is, and which one.
    pub fn place(&self) -> Option<(&Series, usize)> {
        match &self.0 {
            Holder::Own(_) => None,
            Holder::Element { buffer, index } => Some((buffer, *index)),
        }
    }

    /// The number; `None` for an element that does not exist.
    pub fn value(&self) -> Option<f64> {
        match &self.0 {
            Holder::Own(own) => Some(f64::from_bits(own.load(Ordering::Relaxed))),
            Holder::Element { buffer, index } => buffer.lock().values().get(*index).copied(),
        }
    }

    /// The number; NaN for an element that does not exist.
    pub fn get(&self) -> f64 {
        self.value().unwrap_or(f64::NAN)
    }

    /// Changes the number; false for an element that does not exist.
    pub fn set(&self, value: f64) -> bool {
        match &self.0 {
            Holder::Own(own) => own.store(value.to_bits(), Ordering::Relaxed),
            Holder::Element { buffer, index } => {
                let mut buffer = buffer.lock();
                match buffer.values_mut().get_mut(*index) {
                    Some(element) => *element = value,
                    None => return false,
                }
            }
        }
        true
    }

    /// Its address, for kernels, or null for an element that does not exist. It holds while a
    /// clone of the cell exists, and that of an element until its buffer changes its size.
    pub(crate) fn address(&self) -> *mut f64 {
        match &self.0 {
            Holder::Own(own) => own.as_ptr().cast(),
            Holder::Element { buffer, index } => {
                let mut buffer = buffer.lock();
                let element = buffer.values_mut().get_mut(*index);
                element.map_or(std::ptr::null_mut(), std::ptr::from_mut)
            }
        }
    }
}

impl PartialEq for SharedCell {
    /// True for clones of one cell, and for one element.
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Holder::Own(own), Holder::Own(other)) => Arc::ptr_eq(own, other),
            (Holder::Element { .. }, Holder::Element { .. }) => {
                let (a, b) = (self.place(), other.place());
                a.zip(b).is_some_and(|((a, i), (b, j))| a.is(b) && i == j)
            }
            _ => false,
        }
    }
}

/// A POINTER of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PointerId {
    pub owner: Owner,
    /// Index into the description's pointers.
    pub index: u32,
}

/// An instance that has POINTERs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Owner {
    Point(PointProcessId),
    Density {
        section: SectionId,
        segment: u32,
        mechanism: MechanismId,
    },
}

impl Model {
    /// Makes a POINTER point at `target`, or at nothing. It is named as a range variable of its
    /// instance is: `p` of a point process, `p_suffix` at a segment. A target that is a POINTER
    /// itself stands for what that one points at now.
    ///
    /// # Errors
    ///
    /// A name that is no POINTER at the place, or a target that does not exist or cannot be
    /// pointed at.
    pub fn set_pointer(
        &mut self,
        place: Place,
        name: &str,
        target: Option<Target>,
    ) -> Result<(), ModelError> {
        let id = self.pointer_id(place, name)?;
        match target {
            Some(target) => {
                let target = self.checked_target(target)?;
                self.pointers.insert(id, target);
            }
            None => {
                self.pointers.remove(&id);
            }
        }
        Ok(())
    }

    /// What a POINTER points at; named as in [`Model::set_pointer`].
    ///
    /// # Errors
    ///
    /// A name that is no POINTER at the place.
    pub fn pointer(&self, place: Place, name: &str) -> Result<Option<&Target>, ModelError> {
        Ok(self.pointers.get(&self.pointer_id(place, name)?))
    }

    fn checked_target(&self, target: Target) -> Result<Target, ModelError> {
        match &target {
            Target::Variable { place, name } => match self.symbol(*place, name)? {
                Symbol::Pointer(id) => {
                    let found = self.pointers.get(&id).cloned();
                    return found.ok_or_else(|| self.points_at_nothing(*place, name));
                }
                Symbol::Area
                | Symbol::Ri
                | Symbol::CapacitiveCurrent
                | Symbol::MembraneCurrent
                | Symbol::Cm
                | Symbol::Diam
                | Symbol::IonInitial { .. } => {
                    return Err(ModelError::NotPointable { name: name.clone() });
                }
                _ => {}
            },
            Target::Weight { netcon, index } => {
                let len = self.netcon(*netcon)?.weights.len();
                if *index >= len {
                    return Err(ModelError::Element {
                        name: "weight".to_owned(),
                        len,
                        index: *index,
                    });
                }
            }
            Target::Cell(_) => {}
        }
        Ok(target)
    }

    /// The value that a target has.
    pub(super) fn target_value(&self, target: &Target) -> Result<f64, ModelError> {
        match target {
            Target::Variable { place, name } => self.get(*place, name),
            Target::Weight { netcon, index } => {
                let weights = self.netcon(*netcon)?.weights;
                weights.get(*index).copied().ok_or(ModelError::Element {
                    name: "weight".to_owned(),
                    len: weights.len(),
                    index: *index,
                })
            }
            Target::Cell(cell) => cell.value().ok_or_else(|| missing_element(cell)),
        }
    }

    /// Sets what a target stands for.
    pub(super) fn set_target(&mut self, target: Target, value: f64) -> Result<(), ModelError> {
        match target {
            Target::Variable { place, name } => self.set(place, &name, value)?,
            Target::Weight { netcon, index } => {
                self.set_netcon_weight(netcon, index, value)?;
            }
            Target::Cell(cell) => {
                if !cell.set(value) {
                    return Err(missing_element(&cell));
                }
            }
        }
        Ok(())
    }

    /// Checks that something can be played into a target.
    pub(super) fn check_settable_target(&self, target: &Target) -> Result<(), ModelError> {
        match target {
            Target::Variable { place, name } => self.check_settable(*place, name),
            target => self.target_value(target).map(|_| ()),
        }
    }

    pub(crate) fn points_at_nothing(&self, place: Place, name: &str) -> ModelError {
        ModelError::UnsetPointer {
            place: self.describe(place),
            name: name.to_owned(),
        }
    }

    fn pointer_id(&self, place: Place, name: &str) -> Result<PointerId, ModelError> {
        self.find_pointer(place, name)?
            .ok_or_else(|| ModelError::NoPointer {
                place: self.describe(place),
                name: name.to_owned(),
            })
    }

    /// The POINTER of that name at a place.
    pub(super) fn find_pointer(
        &self,
        place: Place,
        name: &str,
    ) -> Result<Option<PointerId>, ModelError> {
        match place {
            Place::Model => Ok(None),
            Place::Point(point) => {
                let mechanism = self.mechanism(self.point(point)?.mechanism)?;
                Ok(settable(mechanism, name).map(|index| PointerId {
                    owner: Owner::Point(point),
                    index: index as u32,
                }))
            }
            Place::Segment { section, x } => {
                let known = self.check_x(section, x)?;
                let segment = known.segment_at(x) as u32;
                for inserted in &known.density {
                    let mechanism = inserted.mechanism;
                    let description = self.mechanism(mechanism)?;
                    let suffix = description.name.as_str();
                    let base = name
                        .strip_suffix(suffix)
                        .and_then(|rest| rest.strip_suffix('_'))
                        .or_else(|| name.strip_prefix(suffix)?.strip_prefix('.'));
                    if let Some(index) = base.and_then(|base| settable(description, base)) {
                        return Ok(Some(PointerId {
                            owner: Owner::Density {
                                section,
                                segment,
                                mechanism,
                            },
                            index: index as u32,
                        }));
                    }
                }
                Ok(None)
            }
        }
    }

    /// The pointers of a section's density mechanisms point at nothing: there are other segments
    /// now.
    pub(super) fn forget_pointers_of(&mut self, id: SectionId) {
        let owner = |segment, mechanism| Owner::Density {
            section: id,
            segment,
            mechanism: MechanismId(mechanism),
        };
        self.forget_pointers(owner(0, 0), owner(u32::MAX, u32::MAX));
    }

    /// The pointers of a point process point at nothing.
    pub(super) fn forget_pointers_of_point(&mut self, id: PointProcessId) {
        self.forget_pointers(Owner::Point(id), Owner::Point(id));
    }

    fn forget_pointers(&mut self, first: Owner, last: Owner) {
        let id = |owner, index| PointerId { owner, index };
        let range = id(first, 0)..=id(last, u32::MAX);
        let gone: Vec<PointerId> = self.pointers.range(range).map(|(&p, _)| p).collect();
        for pointer in gone {
            self.pointers.remove(&pointer);
        }
    }
}

/// The error for an element that does not exist.
pub(crate) fn missing_element(cell: &SharedCell) -> ModelError {
    let (len, index) = match cell.place() {
        Some((buffer, index)) => (buffer.lock().values().len(), index),
        None => (0, 0),
    };
    ModelError::Element {
        name: "Vector".to_owned(),
        len,
        index,
    }
}

/// Index of a POINTER that has a target of its own in each instance.
fn settable(mechanism: &Mechanism, name: &str) -> Option<usize> {
    let index = mechanism.pointer(name)?;
    (mechanism.pointers[index].kind != PointerKind::External).then_some(index)
}
