//! Mechanisms without code, for building models without the compiler, and files in memory.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use nmodl::mechanism::{
    Compiled, IonFields, IonUse, Kernels, Kind, Mechanism, NetReceive, Pointer, PointerKind, Role,
    Storage, Variable,
};
use nmodl::source::Span;
use nmodlrs::build::{self, BuildError, Built, Surroundings};
use nmodlrs::model::ModelText;

/// What a model finds around it.
pub struct Fixture {
    /// Contents of files by name.
    pub files: HashMap<&'static str, &'static str>,
}

/// Builds a model; problems come back as they are shown.
pub fn build(text: &str, sets: &[&str]) -> Result<Built, String> {
    build_with(
        text,
        sets,
        Fixture {
            files: HashMap::new(),
        },
    )
}

/// Builds a model with files around it.
pub fn build_with(text: &str, sets: &[&str], mut fixture: Fixture) -> Result<Built, String> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let text = ModelText::new("model.toml", text, &sets);
    let file = text.read().map_err(|problems| problems.to_string())?;
    build::build(&file, &mut fixture).map_err(|error| match error {
        BuildError::Model(problems) => text.problems(problems).to_string(),
        BuildError::Morphology(problems) => problems.to_string(),
        BuildError::Mechanisms(messages) => messages,
    })
}

impl Surroundings for Fixture {
    fn mechanism_names(&self) -> Vec<String> {
        mechanisms()
            .into_iter()
            .map(|mechanism| mechanism.name)
            .collect()
    }

    fn mechanism(&mut self, name: &str) -> Result<Arc<Compiled>, String> {
        let found = mechanisms()
            .into_iter()
            .find(|mechanism| mechanism.name == name);
        let description = found.ok_or_else(|| format!("no {name}"))?;
        // SAFETY: there are no kernels that could break the description's bounds.
        Ok(Arc::new(unsafe {
            Compiled::new(description, Kernels::default(), None)
        }))
    }

    fn read(&mut self, file: &str) -> io::Result<String> {
        let found = self.files.get(file).map(|text| (*text).to_owned());
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

fn mechanisms() -> Vec<Mechanism> {
    let hh = Sketch::new("hh", Kind::Density)
        .parameter("gnabar", "S/cm2", 0.12)
        .parameter("gkbar", "S/cm2", 0.036)
        .state("m")
        .state("n")
        .global("usetable", 1.0)
        .ion("na")
        .ion("k");
    let pas = Sketch::new("pas", Kind::Density)
        .parameter("g", "S/cm2", 0.001)
        .parameter("e", "mV", -70.0);
    let shells = Sketch::new("shells", Kind::Density).array("ca", 4);
    let clamp = Sketch::new("IClamp", Kind::PointProcess)
        .parameter("del", "ms", 0.0)
        .parameter("dur", "ms", 0.0)
        .parameter("amp", "nA", 0.0)
        .assigned("i", "nA");
    let synapse = Sketch::new("ExpSyn", Kind::PointProcess)
        .parameter("tau", "ms", 0.1)
        .parameter("e", "mV", 0.0)
        .receives(&["w"]);
    let stimulator = Sketch::new("NetStim", Kind::ArtificialCell)
        .parameter("interval", "ms", 10.0)
        .parameter("number", "", 10.0)
        .receives(&["w"]);
    let gap = Sketch::new("Gap", Kind::PointProcess)
        .parameter("g", "uS", 0.001)
        .assigned("vgap", "mV")
        .pointer("vother");
    [hh, pas, shells, clamp, synapse, stimulator, gap]
        .map(|sketch| sketch.0)
        .into()
}

struct Sketch(Mechanism);

impl Sketch {
    fn new(name: &str, kind: Kind) -> Self {
        Self(Mechanism {
            name: name.to_owned(),
            title: None,
            kind,
            variables: Vec::new(),
            columns: 0,
            globals: 0,
            ions: Vec::new(),
            nonspecific_currents: Vec::new(),
            electrode_currents: Vec::new(),
            tables: Vec::new(),
            callables: Vec::new(),
            vector_methods: Vec::new(),
            net_receive: None,
            function_tables: Vec::new(),
            pointers: Vec::new(),
            random_streams: Vec::new(),
            diffusions: Vec::new(),
            variable_step: Default::default(),
            places: Vec::new(),
        })
    }

    fn variable(
        mut self,
        name: &str,
        role: Role,
        storage: Storage,
        units: &str,
        default: f64,
        array_len: Option<usize>,
    ) -> Self {
        let end = match storage {
            Storage::Column => &mut self.0.columns,
            Storage::Global => &mut self.0.globals,
        };
        let offset = *end;
        *end += array_len.unwrap_or(1);
        self.0.variables.push(Variable {
            name: name.to_owned(),
            role,
            storage,
            offset,
            array_len,
            visible: true,
            default,
            units: units.to_owned(),
            limits: None,
            tolerance: None,
            span: Span::default(),
        });
        self
    }

    fn parameter(self, name: &str, units: &str, default: f64) -> Self {
        self.variable(name, Role::Parameter, Storage::Column, units, default, None)
    }

    fn assigned(self, name: &str, units: &str) -> Self {
        self.variable(name, Role::Assigned, Storage::Column, units, 0.0, None)
    }

    fn state(self, name: &str) -> Self {
        self.variable(name, Role::State, Storage::Column, "", 0.0, None)
    }

    fn array(self, name: &str, length: usize) -> Self {
        self.variable(
            name,
            Role::Parameter,
            Storage::Column,
            "mM",
            0.0,
            Some(length),
        )
    }

    fn global(self, name: &str, default: f64) -> Self {
        self.variable(name, Role::Parameter, Storage::Global, "", default, None)
    }

    fn ion(mut self, name: &str) -> Self {
        let read = IonFields {
            erev: true,
            ..IonFields::default()
        };
        let write = IonFields {
            cur: true,
            ..IonFields::default()
        };
        self.0.ions.push(IonUse {
            name: name.to_owned(),
            valence: None,
            read,
            write,
        });
        self
    }

    fn pointer(mut self, name: &str) -> Self {
        self.0.pointers.push(Pointer {
            name: name.to_owned(),
            kind: PointerKind::Pointer,
            units: "mV".to_owned(),
            span: Span::default(),
        });
        self
    }

    fn receives(mut self, arguments: &[&str]) -> Self {
        self.0.net_receive = Some(NetReceive {
            arguments: arguments.iter().map(|name| (*name).to_owned()).collect(),
            watches: Vec::new(),
            visits_netcons: false,
        });
        self
    }
}
