//! Variables by name: what a name means at a place, and its value in the model.

use nmodl::mechanism::Storage;

use crate::circuit::extracellular::{self, Layers};
use crate::error::ModelError;
use crate::id::{IonId, MechanismId, PointProcessId, SectionId};
use crate::ion::IonField;

use super::place::Place;
use super::pointer::PointerId;
use super::{Model, SectionGeometry, Segment, element, element_offset, split_element};

/// What a name means at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Symbol {
    Time,
    Dt,
    Celsius,
    SecondOrder,
    /// `nai0_na_ion` (inside) and `nao0_na_ion`.
    IonInitial {
        ion: IonId,
        inside: bool,
    },
    Global {
        mechanism: MechanismId,
        offset: usize,
    },
    V,
    Diam,
    Area,
    Ri,
    Cm,
    CapacitiveCurrent,
    MembraneCurrent,
    Ion {
        ion: IonId,
        field: IonField,
    },
    Density {
        mechanism: MechanismId,
        offset: usize,
    },
    /// Potential of an extracellular layer.
    Vext {
        mechanism: MechanismId,
        layer: usize,
    },
    Point {
        point: PointProcessId,
        offset: usize,
    },
    /// What it points at.
    Pointer(PointerId),
}

impl Model {
    /// Resolves a name at a place.
    pub(crate) fn symbol(&self, place: Place, name: &str) -> Result<Symbol, ModelError> {
        if let Some(pointer) = self.find_pointer(place, name)? {
            return Ok(Symbol::Pointer(pointer));
        }
        let symbol = match place {
            Place::Model => self.model_symbol(name)?,
            Place::Segment { section, x } => {
                self.check_x(section, x)?;
                match self.vext_symbol(section, x, name)? {
                    None => self.segment_symbol(section, name)?,
                    known => known,
                }
            }
            Place::Point(point) => {
                let mechanism = self.point(point)?.mechanism;
                element(self.mechanism(mechanism)?, name)?.map(|(variable, offset)| match variable
                    .storage
                {
                    Storage::Column => Symbol::Point { point, offset },
                    Storage::Global => Symbol::Global { mechanism, offset },
                })
            }
        };
        symbol.ok_or_else(|| ModelError::UnknownVariable {
            place: self.describe(place),
            name: name.to_owned(),
        })
    }

    fn model_symbol(&self, name: &str) -> Result<Option<Symbol>, ModelError> {
        Ok(match name {
            "t" => Some(Symbol::Time),
            "dt" => Some(Symbol::Dt),
            "celsius" => Some(Symbol::Celsius),
            "secondorder" => Some(Symbol::SecondOrder),
            _ => match self.ion_initial(name) {
                Some(symbol) => Some(symbol),
                None => self.with_suffix(name, Storage::Global, |mechanism, offset| {
                    Some(Symbol::Global { mechanism, offset })
                })?,
            },
        })
    }

    fn ion_initial(&self, name: &str) -> Option<Symbol> {
        self.ions.iter().enumerate().find_map(|(index, ion)| {
            let ion_name = ion.name.as_str();
            let rest = name
                .strip_suffix("_ion")?
                .strip_suffix(ion_name)?
                .strip_suffix('_')?;
            let inside = match rest.strip_prefix(ion_name)? {
                "i0" => true,
                "o0" => false,
                _ => return None,
            };
            Some(Symbol::IonInitial {
                ion: IonId::new(index),
                inside,
            })
        })
    }

    /// `vext[1]`: ends have it as well, and one that is a node of the parent has the parent's.
    fn vext_symbol(
        &self,
        section: SectionId,
        x: f64,
        name: &str,
    ) -> Result<Option<Symbol>, ModelError> {
        if !name.starts_with("vext") && !name.starts_with("extracellular.vext") {
            return Ok(None);
        }
        let (id, _) = self.own_place(section, x)?;
        let symbol = self.with_suffix(name, Storage::Column, |mechanism, offset| {
            let description = self.mechanisms[mechanism.index()].description();
            if description.name != extracellular::NAME || !self.is_inserted(id, mechanism) {
                return None;
            }
            let layer = offset - Layers::of(description).vext(0);
            Some(Symbol::Vext { mechanism, layer })
        })?;
        Ok(symbol)
    }

    fn segment_symbol(&self, id: SectionId, name: &str) -> Result<Option<Symbol>, ModelError> {
        let known = match name {
            "v" => Some(Symbol::V),
            "diam" => Some(Symbol::Diam),
            "area" => Some(Symbol::Area),
            "ri" => Some(Symbol::Ri),
            "cm" => Some(Symbol::Cm),
            "i_cap" => Some(Symbol::CapacitiveCurrent),
            "i_membrane_" if self.membrane_currents => Some(Symbol::MembraneCurrent),
            _ => None,
        };
        if known.is_some() {
            return Ok(known);
        }
        let section = self.section(id)?;
        for present in &section.ions {
            if let Some(field) = IonField::of(&self.ions[present.ion.index()].name, name) {
                return Ok(Some(Symbol::Ion {
                    ion: present.ion,
                    field,
                }));
            }
        }
        self.with_suffix(name, Storage::Column, |mechanism, offset| {
            self.is_inserted(id, mechanism)
                .then_some(Symbol::Density { mechanism, offset })
        })
    }

    /// The variable `m_hh` or `hh.m`, also with an element as in `x_hh[2]`, of the first mechanism
    /// that is accepted.
    fn with_suffix(
        &self,
        name: &str,
        storage: Storage,
        accept: impl Fn(MechanismId, usize) -> Option<Symbol>,
    ) -> Result<Option<Symbol>, ModelError> {
        let Some((base, index)) = split_element(name) else {
            return Ok(None);
        };
        // The newest of a name first: GLOBAL variables are its.
        for &(mechanism, number) in self.names.find(base).iter().rev() {
            let description = self.mechanisms[mechanism.index()].description();
            let variable = &description.variables[number];
            let offset = element_offset(variable, index)?;
            if variable.storage == storage
                && let Some(symbol) = accept(mechanism, offset)
            {
                return Ok(Some(symbol));
            }
        }
        Ok(None)
    }

    /// A place in words: `soma(0.5)`, `ExpSyn 3`, `the model`.
    pub(crate) fn describe(&self, place: Place) -> String {
        match place {
            Place::Model => "the model".to_owned(),
            Place::Segment { section, x } => match self.section(section) {
                Ok(section) => format!("{}({x})", section.name),
                Err(_) => format!("{section:?}({x})"),
            },
            Place::Point(point) => self.describe_point(point),
        }
    }

    /// A point process in words: its name, or `ExpSyn 3 at soma(0.5)`.
    pub(crate) fn describe_point(&self, point: PointProcessId) -> String {
        let Ok(known) = self.point(point) else {
            return format!("{point:?}");
        };
        if let Some(name) = &known.name {
            return name.clone();
        }
        let class = &self.mechanisms[known.mechanism.index()].description().name;
        match self.point_location(point) {
            Ok(Some((section, x))) => {
                let at = self.describe(Place::Segment { section, x });
                format!("{class} {} at {at}", point.index())
            }
            _ => format!("{class} {}", point.index()),
        }
    }

    /// The value of a variable.
    ///
    /// | place | names |
    /// |---|---|
    /// | [`Place::Model`] | `t`, `dt`, `celsius`, `secondorder`, `nai0_na_ion`, `name_suffix` of a GLOBAL variable |
    /// | [`Place::Segment`] | `v`, `diam`, `area`, `ri`, `cm`, `i_cap`, `i_membrane_`; `ena`, `nai`, `nao`, `ina`; `m_hh` or `hh.m` |
    /// | [`Place::Point`] | the names in the `.mod` file |
    ///
    /// A POINTER has the value of what it points at. An element of an array is `name[i]`; an
    /// array's bare name is element 0. Units are NEURON's and those of the `.mod` file.
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn get(&self, place: Place, name: &str) -> Result<f64, ModelError> {
        match self.symbol(place, name)? {
            Symbol::Pointer(pointer) => match self.pointers.get(&pointer) {
                Some(target) => self.target_value(target),
                None => Err(self.points_at_nothing(place, name)),
            },
            symbol => self.value(place, symbol),
        }
    }

    pub(crate) fn value(&self, place: Place, symbol: Symbol) -> Result<f64, ModelError> {
        let segment = |x: f64, id: SectionId| -> Result<_, ModelError> {
            let section = self.section(id)?;
            Ok((section, section.segment_at(x)))
        };
        Ok(match (symbol, place) {
            (Symbol::Time, _) => self.t_ms,
            (Symbol::Dt, _) => self.dt_ms,
            (Symbol::Celsius, _) => self.celsius,
            (Symbol::SecondOrder, _) => f64::from(self.secondorder),
            (Symbol::IonInitial { ion, inside }, _) => {
                self.ions[ion.index()].initial_mm[usize::from(!inside)]
            }
            (Symbol::Global { mechanism, offset }, _) => {
                self.mechanisms[mechanism.index()].globals[offset]
            }
            (Symbol::Point { point, offset }, _) => self.points[point.index()].values[offset],
            (Symbol::V, Place::Segment { section, x }) => {
                let (section, x) = self.own_place(section, x)?;
                let (section, i) = segment(x, section)?;
                if x == 0.0 || x == 1.0 {
                    section.end_v_mv[x as usize]
                } else {
                    section.segments[i].v_mv
                }
            }
            (Symbol::Diam, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                section.segments[i].diam_um
            }
            (Symbol::Cm, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                section.segments[i].cm_uf_per_cm2
            }
            (Symbol::Area | Symbol::Ri, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                let geometry = SectionGeometry::new(section)?;
                if symbol == Symbol::Area {
                    geometry.area_um2[i]
                } else {
                    geometry.ri_mohm(i)
                }
            }
            (Symbol::Ion { ion, field }, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                let present = section.ions.iter().find(|p| p.ion == ion);
                let column = match field {
                    IonField::Erev => 0,
                    IonField::Inside => 1,
                    IonField::Outside => 2,
                    IonField::Current => 3,
                    IonField::Conductance => 4,
                };
                present.map_or(0.0, |p| p.values[i][column])
            }
            (Symbol::MembraneCurrent, Place::Segment { section, x }) => {
                let (section, x) = self.own_place(section, x)?;
                let (section, i) = segment(x, section)?;
                if x == 0.0 || x == 1.0 {
                    section.end_i_membrane_na[x as usize]
                } else {
                    section.segments[i].i_membrane_na
                }
            }
            (Symbol::CapacitiveCurrent, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                let Segment {
                    cm_uf_per_cm2,
                    dv_mv,
                    ..
                } = section.segments[i];
                0.001 * self.run.last_cj() * cm_uf_per_cm2 * dv_mv
            }
            (Symbol::Density { mechanism, offset }, Place::Segment { section, x }) => {
                let (section, i) = segment(x, section)?;
                let present = section.density.iter().find(|d| d.mechanism == mechanism);
                present.map_or(0.0, |d| d.values[i * d.columns + offset])
            }
            (Symbol::Vext { mechanism, layer }, Place::Segment { section, x }) => {
                let (section, x) = self.own_place(section, x)?;
                let (section, i) = segment(x, section)?;
                if x == 0.0 || x == 1.0 {
                    let end = &section.end_vext_mv[x as usize];
                    end.get(layer).copied().unwrap_or(0.0)
                } else {
                    let offset = self.vext_column(mechanism, layer);
                    let present = section.density.iter().find(|d| d.mechanism == mechanism);
                    present.map_or(0.0, |d| d.values[i * d.columns + offset])
                }
            }
            _ => 0.0,
        })
    }

    fn vext_column(&self, mechanism: MechanismId, layer: usize) -> usize {
        Layers::of(self.mechanisms[mechanism.index()].description()).vext(layer)
    }

    /// Sets a variable; the names are those of [`Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place, a variable that is computed (`area`, `ri`, `i_cap`, ion
    /// currents), or a value outside of its domain (`dt`, `diam`, `cm`, `secondorder`).
    pub fn set(&mut self, place: Place, name: &str, value: f64) -> Result<(), ModelError> {
        let symbol = self.symbol(place, name)?;
        self.check_value(place, symbol, name, value)?;
        match (symbol, place) {
            (Symbol::Pointer(pointer), _) => match self.pointers.get(&pointer).cloned() {
                Some(target) => self.set_target(target, value)?,
                None => return Err(self.points_at_nothing(place, name)),
            },
            (Symbol::Time, _) => self.t_ms = value,
            (Symbol::Dt, _) => self.dt_ms = value,
            (Symbol::Celsius, _) => self.celsius = value,
            (Symbol::SecondOrder, _) => self.secondorder = value as u8,
            (Symbol::IonInitial { ion, inside }, _) => {
                self.ions[ion.index()].initial_mm[usize::from(!inside)] = value;
            }
            (Symbol::Global { mechanism, offset }, _) => {
                self.mechanisms[mechanism.index()].globals[offset] = value;
            }
            (Symbol::Point { point, offset }, _) => {
                self.points[point.index()].values[offset] = value;
            }
            (_, Place::Segment { section, x }) => {
                let (id, x) = match symbol {
                    Symbol::V | Symbol::Vext { .. } => self.own_place(section, x)?,
                    _ => (section, x),
                };
                let symbol = match symbol {
                    Symbol::Vext { mechanism, layer } if x != 0.0 && x != 1.0 => Symbol::Density {
                        mechanism,
                        offset: self.vext_column(mechanism, layer),
                    },
                    other => other,
                };
                let section = self.section_mut(id)?;
                let i = section.segment_at(x);
                match symbol {
                    Symbol::V if x == 0.0 || x == 1.0 => section.end_v_mv[x as usize] = value,
                    Symbol::V => section.segments[i].v_mv = value,
                    Symbol::Vext { layer, .. } => {
                        if let Some(v) = section.end_vext_mv[x as usize].get_mut(layer) {
                            *v = value;
                        }
                    }
                    Symbol::Cm => section.segments[i].cm_uf_per_cm2 = value,
                    Symbol::Diam => {
                        section.segments[i].diam_um = value;
                        section.points_take_segment_diameters();
                        self.update_diameters(id)?;
                    }
                    Symbol::Ion { ion, field } => {
                        let column = match field {
                            IonField::Erev => 0,
                            IonField::Inside => 1,
                            _ => 2,
                        };
                        if let Some(p) = section.ions.iter_mut().find(|p| p.ion == ion) {
                            p.values[i][column] = value;
                        }
                    }
                    Symbol::Density { mechanism, offset } => {
                        if let Some(d) = section
                            .density
                            .iter_mut()
                            .find(|d| d.mechanism == mechanism)
                        {
                            d.values[i * d.columns + offset] = value;
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Number of elements of a variable that is an array and was named without an element.
    pub fn array_len(&self, place: Place, name: &str) -> Option<usize> {
        if let Place::Point(point) = place {
            let mechanism = self.mechanism(self.point(point).ok()?.mechanism).ok()?;
            return mechanism.variable(name)?.array_len;
        }
        // The one that is there, or the newest.
        let known = self.names.find(name);
        let here = |m: &&(MechanismId, usize)| match place {
            Place::Segment { section, .. } => self.is_inserted(section, m.0),
            _ => false,
        };
        let &(mechanism, number) = known.iter().find(here).or(known.last())?;
        let description = self.mechanisms[mechanism.index()].description();
        description.variables[number].array_len
    }

    /// Sets a variable in all segments of a section.
    ///
    /// # Errors
    ///
    /// As [`Model::set`].
    pub fn set_section(
        &mut self,
        section: SectionId,
        name: &str,
        value: f64,
    ) -> Result<(), ModelError> {
        if name == "diam" {
            return self.set_diameter(section, value);
        }
        for i in 0..self.section(section)?.segment_count() {
            let x = self.section(section)?.segment_x(i);
            self.set(Place::Segment { section, x }, name, value)?;
        }
        Ok(())
    }

    /// Checks that a variable may be set, and to that value.
    pub(crate) fn check_value(
        &self,
        place: Place,
        symbol: Symbol,
        name: &str,
        value: f64,
    ) -> Result<(), ModelError> {
        let computed = matches!(
            symbol,
            Symbol::Area
                | Symbol::Ri
                | Symbol::CapacitiveCurrent
                | Symbol::MembraneCurrent
                | Symbol::Ion {
                    field: IonField::Current | IonField::Conductance,
                    ..
                }
        );
        if computed {
            return Err(ModelError::ReadOnly {
                name: name.to_owned(),
            });
        }
        let (quantity, good, requirement) = match symbol {
            Symbol::Dt => ("dt", value > 0.0, "finite and positive"),
            Symbol::Time => ("t", true, "finite"),
            Symbol::Diam => ("diam", value > 0.0, "finite and positive"),
            Symbol::Cm => ("cm", value >= 0.0, "finite and not negative"),
            Symbol::SecondOrder => ("secondorder", [0.0, 1.0, 2.0].contains(&value), "0, 1 or 2"),
            Symbol::Celsius => ("celsius", value > -273.15, "above -273.15"),
            _ => return Ok(()),
        };
        if good && value.is_finite() {
            return Ok(());
        }
        Err(ModelError::Value {
            place: self.describe(place),
            quantity,
            value,
            requirement,
        })
    }
}
