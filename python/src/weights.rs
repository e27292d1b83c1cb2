//! The weights of a NetCon, as `netcon.weight[i]` and `netcon._ref_weight[i]`.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use runtime::session::Reference as Variable;
use runtime::{NetConId, Target};

use crate::netcon::NetCon;
use crate::reference::Reference;
use crate::world;

/// The weights of a NetCon.
#[pyclass(name = "Weights", module = "nmodlrs", frozen)]
pub struct Weights(pub Py<NetCon>);

impl Weights {
    fn index(&self, index: isize) -> PyResult<(NetConId, usize)> {
        let len = self.__len__()?;
        let wrong =
            || PyIndexError::new_err(format!("weight[{index}]: the NetCon has {len} weights"));
        let at = if index < 0 {
            index + len as isize
        } else {
            index
        };
        let at = usize::try_from(at).map_err(|_| wrong())?;
        if at >= len {
            return Err(wrong());
        }
        Ok((self.0.get().id()?, at))
    }
}

#[pymethods]
impl Weights {
    fn __len__(&self) -> PyResult<usize> {
        self.0.get().weight_count()
    }

    fn __getitem__(&self, index: isize) -> PyResult<f64> {
        let (id, at) = self.index(index)?;
        world::with(|session| Ok(session.structure().netcon_weights(id)[at]))
    }

    fn __setitem__(&self, index: isize, value: f64) -> PyResult<()> {
        let (id, at) = self.index(index)?;
        world::with(|session| Ok(session.connections().set_netcon_weight(id, at, value)?))
    }

    fn __repr__(&self) -> PyResult<String> {
        let id = self.0.get().id()?;
        world::with(|session| Ok(format!("{:?}", session.structure().netcon_weights(id))))
    }
}

/// References to the weights of a NetCon.
#[pyclass(name = "WeightReferences", module = "nmodlrs", frozen)]
pub struct WeightReferences(pub Py<NetCon>);

#[pymethods]
impl WeightReferences {
    fn __len__(&self) -> PyResult<usize> {
        self.0.get().weight_count()
    }

    fn __getitem__(&self, py: Python<'_>, index: isize) -> PyResult<Reference> {
        let (netcon, index) = Weights(self.0.clone_ref(py)).index(index)?;
        Ok(Reference(Variable::to(Target::Weight { netcon, index })))
    }
}
