//! `CVode.netconlist`: NetCons by their source, cell and target.

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::CVode;
use crate::netcon::list;
use crate::world;

#[pymethods]
impl CVode {
    /// NetCons of a source and a target (objects, or "" for any), or of the cells of both.
    #[pyo3(signature = (source, cell, target, _list=None))]
    fn netconlist<'py>(
        &self,
        py: Python<'py>,
        source: &Bound<'py, PyAny>,
        cell: &Bound<'py, PyAny>,
        target: &Bound<'py, PyAny>,
        _list: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let all = world::with(|session| Ok(session.find_netcons(None, None)))?;
        let found = PyList::empty(py);
        for netcon in list(py, &all)? {
            if agrees(&netcon, source, &["pre", "precell"])?
                && agrees(&netcon, cell, &["postcell"])?
                && agrees(&netcon, target, &["syn"])?
            {
                found.append(netcon)?;
            }
        }
        if let Some(into) = _list {
            for netcon in &found {
                into.call_method1("append", (netcon,))?;
            }
        }
        Ok(found)
    }
}

/// Whether one of the objects that a NetCon gives is the one that is wanted: by identity, or by
/// its name as a regular expression.
fn agrees(
    netcon: &Bound<'_, PyAny>,
    wanted: &Bound<'_, PyAny>,
    methods: &[&str],
) -> PyResult<bool> {
    let pattern = wanted.extract::<String>().ok();
    if pattern.as_deref() == Some("") {
        return Ok(true);
    }
    for method in methods {
        let object = netcon.call_method0(*method)?;
        if object.is_none() {
            continue;
        }
        let same = match &pattern {
            None => object.eq(wanted)?,
            Some(pattern) => {
                let name = object.str()?;
                let re = netcon.py().import("re")?;
                !re.call_method1("fullmatch", (pattern, name))?.is_none()
            }
        };
        if same {
            return Ok(true);
        }
    }
    Ok(false)
}
