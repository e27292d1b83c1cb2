//! extracellular as a mechanism: its description, and where its columns are.

use nmodl::mechanism::{Compiled, Kind, Mechanism, Role, Storage, Variable};
use nmodl::source::Span;

/// Name of the mechanism that gives sections potentials outside of their membrane.
pub const NAME: &str = "extracellular";

/// Layers that `extracellular` has unless more or fewer are asked for.
pub const DEFAULT_LAYERS: usize = 2;

/// Most layers that `extracellular` can have.
pub const MOST_LAYERS: usize = 1000;

/// The mechanism with so many layers.
pub(crate) fn mechanism(layers: usize) -> Compiled {
    let mut variables = Vec::new();
    let mut columns = 0;
    let mut add = |name: &str, role, array: bool, default, units: &str, limits| {
        let array_len = array.then_some(layers);
        variables.push(Variable {
            name: name.to_owned(),
            role,
            storage: Storage::Column,
            offset: columns,
            array_len,
            visible: true,
            default,
            units: units.to_owned(),
            limits,
            tolerance: None,
            span: Span::default(),
        });
        columns += array_len.unwrap_or(1);
    };
    use Role::{Assigned, Parameter, State};
    add(
        "xraxial",
        Parameter,
        true,
        1e9,
        "MOhm/cm",
        Some((1e-9, 1e15)),
    );
    add("xg", Parameter, true, 1e9, "S/cm2", Some((0.0, 1e15)));
    add("xc", Parameter, true, 0.0, "uF/cm2", Some((0.0, 1e15)));
    add("e", Parameter, false, 0.0, "mV", None);
    add("i_membrane", Assigned, false, 0.0, "mA/cm2", None);
    add("sav_g", Assigned, false, 0.0, "S/cm2", None);
    add("sav_rhs", Assigned, false, 0.0, "mA/cm2", None);
    add("vext", State, true, 0.0, "mV", None);
    Compiled::without_kernels(Mechanism {
        name: NAME.to_owned(),
        title: None,
        kind: Kind::Density,
        variables,
        columns,
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

/// How a variable of a mechanism is called outside of its file: `m_hh`, of extracellular
/// `e_extracellular` but `xg`, `vext`, and of `SUFFIX nothing` its own name.
pub(crate) fn range_name(mechanism: &Mechanism, variable: &str) -> String {
    let layers = mechanism.name == NAME && variable != "e";
    if layers || mechanism.kind == Kind::Nothing {
        return variable.to_owned();
    }
    format!("{variable}_{}", mechanism.name)
}

/// Where the columns of its mechanism are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layers(pub usize);

impl Layers {
    /// Of a description of [`mechanism`].
    pub fn of(description: &Mechanism) -> Self {
        Self(description.variable("vext").map_or(0, Variable::len))
    }

    pub fn xraxial(self, layer: usize) -> usize {
        layer
    }

    pub fn xg(self, layer: usize) -> usize {
        self.0 + layer
    }

    pub fn xc(self, layer: usize) -> usize {
        2 * self.0 + layer
    }

    pub fn e(self) -> usize {
        3 * self.0
    }

    pub fn i_membrane(self) -> usize {
        self.e() + 1
    }

    pub fn conductance(self) -> usize {
        self.e() + 2
    }

    pub fn current(self) -> usize {
        self.e() + 3
    }

    /// Column of a layer's potential.
    pub fn vext(self, layer: usize) -> usize {
        self.e() + 4 + layer
    }
}
