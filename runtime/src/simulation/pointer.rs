//! POINTER variables of a running model.
//!
//! What a pointer points at is kept as the address of a variable; kernels get machine addresses,
//! which are found anew before each call, so that none outlives what it points into.

use std::ops::Range;
use std::sync::atomic::AtomicPtr;

use nmodl::mechanism::PointerKind;

use super::Simulation;
use super::variable::VariableHandle;
use crate::error::ModelError;
use crate::id::MechanismId;
use crate::instance::Origin;
use crate::model::{Owner, Place, PointerId, Target};

/// The pointers of a block.
#[derive(Debug, Default)]
pub(crate) struct Pointers {
    /// For each pointer and instance, at `pointer * stride + instance`.
    targets: Vec<Option<VariableHandle>>,
    /// The same as addresses, as [`nmodl::abi::KernelArgs::pointers`] has them.
    pub addresses: Vec<AtomicPtr<f64>>,
    /// One may point at what the mechanism stores for another instance.
    pub overlap: bool,
}

impl Simulation {
    /// Makes a POINTER point at `target`, or at nothing, as [`crate::Model::set_pointer`].
    ///
    /// # Errors
    ///
    /// As [`crate::Model::set_pointer`].
    pub fn set_pointer(
        &mut self,
        place: Place,
        name: &str,
        target: Option<Target>,
    ) -> Result<(), ModelError> {
        self.model.set_pointer(place, name, target)?;
        self.find_targets();
        Ok(())
    }

    /// Finds what all pointers point at. One whose target has ceased to exist points at nothing.
    pub(super) fn find_targets(&mut self) {
        for number in 0..self.blocks.len() {
            let block = &self.blocks[number];
            let (mechanism, stride, count) = (block.mechanism, block.stride, block.count);
            let description = self.shared[mechanism].compiled.description();
            let len = description.pointers.len() * stride;
            if len == 0 {
                continue;
            }
            let mut pointers = Pointers {
                targets: vec![None; len],
                addresses: std::iter::repeat_with(AtomicPtr::default)
                    .take(len)
                    .collect(),
                overlap: false,
            };
            for index in 0..len / stride {
                let declared = &self.shared[mechanism].compiled.description().pointers[index];
                if declared.kind == PointerKind::External {
                    let variable = self.variable(Place::Model, &declared.name).ok();
                    let own = variable.is_some_and(|v| self.may_be_stored_by(v, mechanism));
                    pointers.overlap |= own;
                    pointers.targets[index * stride..][..count].fill(variable);
                    continue;
                }
                for instance in 0..count {
                    let owner = self.owner(number, instance);
                    let id = PointerId {
                        owner,
                        index: index as u32,
                    };
                    let Some(target) = self.model.pointers.get(&id).cloned() else {
                        continue;
                    };
                    let Ok(variable) = self.target(target) else {
                        continue;
                    };
                    pointers.overlap |= self.may_be_stored_by(variable, mechanism);
                    pointers.targets[index * stride + instance] = Some(variable);
                }
            }
            self.blocks[number].pointers = pointers;
        }
    }

    fn owner(&self, block: usize, instance: usize) -> Owner {
        match self.blocks[block].origins[instance] {
            Origin::Point(point) => Owner::Point(point),
            Origin::Density { section, segment } => Owner::Density {
                section,
                segment: segment as u32,
                mechanism: MechanismId::new(self.blocks[block].mechanism),
            },
        }
    }

    /// The address of what may be pointed at.
    pub(super) fn target(&mut self, target: Target) -> Result<VariableHandle, ModelError> {
        match target {
            Target::Variable { place, name } => self.variable(place, &name),
            Target::Weight { netcon, index } => {
                let (first, len) = self.model.connection(netcon)?.weights;
                if index >= len as usize {
                    return Err(ModelError::Element {
                        name: "weight".to_owned(),
                        len: len as usize,
                        index,
                    });
                }
                Ok(VariableHandle::weight(first + index as u32))
            }
            Target::Cell(cell) => {
                self.cells.push(cell);
                Ok(VariableHandle::cell(self.cells.len() as u32 - 1))
            }
        }
    }

    /// What a pointer points at.
    pub(super) fn pointed(&self, pointer: PointerId) -> Option<VariableHandle> {
        let (block, instance) = match pointer.owner {
            Owner::Point(point) => {
                let (block, instance) = self.points[point.index()]?;
                (block as usize, instance as usize)
            }
            Owner::Density {
                section,
                segment,
                mechanism,
            } => {
                let nodes = &self.layout.sections[section.index()].segments;
                self.instance_at(mechanism, nodes[segment as usize])?
            }
        };
        let block = &self.blocks[block];
        let at = pointer.index as usize * block.stride + instance;
        block.pointers.targets.get(at).copied().flatten()
    }

    /// EXTERNAL variables for a function that is called without an instance: those of instance 0 of
    /// a block that has none. One that exists nowhere is nothing.
    pub(super) fn externals(&mut self, mechanism: MechanismId, stride: usize) -> Pointers {
        let declared = &self.shared[mechanism.index()]
            .compiled
            .description()
            .pointers;
        let names: Vec<Option<String>> = declared
            .iter()
            .map(|p| (p.kind == PointerKind::External).then(|| p.name.clone()))
            .collect();
        let mut pointers = Pointers {
            addresses: std::iter::repeat_with(AtomicPtr::default)
                .take(names.len() * stride)
                .collect(),
            ..Pointers::default()
        };
        for (index, name) in names.into_iter().enumerate() {
            let variable = name.and_then(|name| self.variable(Place::Model, &name).ok());
            if let Some(variable) = variable {
                *pointers.addresses[index * stride].get_mut() = self.address(variable);
            }
        }
        pointers
    }

    /// Finds the addresses of what pointers of some instances point at.
    pub(super) fn find_addresses(&mut self, number: usize, instances: Range<usize>) {
        if self.blocks[number].pointers.targets.is_empty() {
            return;
        }
        let mut pointers = std::mem::take(&mut self.blocks[number].pointers);
        let stride = self.blocks[number].stride;
        for row in 0..pointers.targets.len() / stride {
            for at in row * stride + instances.start..row * stride + instances.end {
                *pointers.addresses[at].get_mut() = match pointers.targets[at] {
                    Some(target) => self.address(target),
                    None => std::ptr::null_mut(),
                };
            }
        }
        self.blocks[number].pointers = pointers;
    }
}
