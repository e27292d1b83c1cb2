//! Models that several tests use; the same as in `reference/generate.py`.

use runtime::{End, MechanismId, Model, Place, PointProcessId, SectionId, Simulation};

use super::mechanisms;

/// A soma, two dendrites at its ends, a twig inside one of them with its end 1.
pub struct Cell {
    pub soma: SectionId,
    pub dend: SectionId,
    pub apic: SectionId,
    pub twig: SectionId,
}

impl Cell {
    pub fn new(model: &mut Model, prefix: &str) -> Self {
        let mut section = |name: &str, length, diam, nseg| {
            let id = model.add_section(&format!("{prefix}{name}")).unwrap();
            model.set_length(id, length).unwrap();
            model.set_diameter(id, diam).unwrap();
            model.set_segment_count(id, nseg).unwrap();
            model.set_axial_resistivity(id, 120.0).unwrap();
            model.set_section(id, "cm", 1.2).unwrap();
            id
        };
        let soma = section("soma", 20.0, 15.0, 1);
        let dend = section("dend", 300.0, 2.0, 5);
        let apic = section("apic", 400.0, 3.0, 4);
        let twig = section("twig", 100.0, 1.0, 3);
        model.connect(dend, End::Zero, soma, 0.0).unwrap();
        model.connect(apic, End::Zero, soma, 1.0).unwrap();
        model.connect(twig, End::One, apic, 0.4).unwrap();
        Self {
            soma,
            dend,
            apic,
            twig,
        }
    }

    pub fn sections(&self) -> [SectionId; 4] {
        [self.soma, self.dend, self.apic, self.twig]
    }

    /// hh in soma and apic, pas in the others.
    pub fn excitable(model: &mut Model, prefix: &str) -> Self {
        let (hh, pas) = (find(model, "hh"), find(model, "pas"));
        let cell = Self::new(model, prefix);
        model.insert(cell.soma, hh).unwrap();
        model.insert(cell.apic, hh).unwrap();
        model.set_section(cell.apic, "gnabar_hh", 0.06).unwrap();
        for id in [cell.dend, cell.twig] {
            model.insert(id, pas).unwrap();
            model.set_section(id, "g_pas", 1e-4).unwrap();
            model.set_section(id, "pas.e", -65.0).unwrap();
        }
        cell
    }
}

/// A model that knows all mechanisms of [`mechanisms`] that are not made to fail.
pub fn model() -> Model {
    let mut model = Model::new();
    for mechanism in [
        mechanisms::pas(),
        mechanisms::hh(),
        mechanisms::iclamp(),
        mechanisms::expsyn(),
        mechanisms::caleak(),
        mechanisms::caacc(),
        mechanisms::netstim(),
        mechanisms::log(),
    ] {
        model.add_mechanism(mechanism).unwrap();
    }
    model
}

pub fn find(model: &Model, name: &str) -> MechanismId {
    model.find_mechanism(name).unwrap()
}

pub fn at(section: SectionId, x: f64) -> Place {
    Place::Segment { section, x }
}

pub fn clamp(model: &mut Model, section: SectionId, x: f64, pulse: [f64; 3]) -> PointProcessId {
    let iclamp = find(model, "IClamp");
    let stim = model.add_point_process(iclamp, section, x).unwrap();
    for (name, value) in ["delay", "dur", "amp"].into_iter().zip(pulse) {
        model.set(Place::Point(stim), name, value).unwrap();
    }
    stim
}

/// Values of variables after initialization and after every so many steps.
pub fn trace(
    simulation: &mut Simulation,
    variables: &[(Place, &str)],
    tstop: f64,
    every: usize,
) -> Vec<Vec<f64>> {
    let handles: Vec<_> = variables
        .iter()
        .map(|&(place, name)| simulation.variable(place, name).unwrap())
        .collect();
    let mut out: Vec<Vec<f64>> = handles.iter().map(|&h| vec![simulation.read(h)]).collect();
    let steps = (tstop / simulation.dt_ms()).round() as usize;
    for step in 1..=steps {
        simulation.advance().unwrap();
        if step % every == 0 {
            for (series, &handle) in out.iter_mut().zip(&handles) {
                series.push(simulation.read(handle));
            }
        }
    }
    out
}
