//! How sections are connected.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::{Connection, End, SectionId};

use crate::segment::Segment;
use crate::world;

use super::{Section, section_and_x};

/// The segment of the parent where a connection is.
fn at(py: Python<'_>, connection: Option<Connection>) -> PyResult<Option<Segment>> {
    let Some(connection) = connection else {
        return Ok(None);
    };
    let parent = Section::of(py, connection.parent)?.unbind();
    Ok(Some(Segment::new(
        parent,
        connection.parent,
        connection.parent_x,
    )))
}

impl Section {
    fn connection(&self) -> PyResult<Option<Connection>> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.connection()))
    }

    /// 0 or 1, the end that is nearer to the root.
    pub fn near_end(&self) -> PyResult<f64> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.attached_end().x()))
    }

    /// Position of the parent where it is attached; 0 for a root.
    pub fn parent_x(&self) -> PyResult<f64> {
        Ok(self.connection()?.map_or(0.0, |c| c.parent_x))
    }

    /// Ids of what is attached to it.
    pub fn child_ids(&self) -> PyResult<Vec<SectionId>> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.children().to_vec()))
    }

    /// Makes it a root.
    pub fn detach(&self) -> PyResult<()> {
        let id = self.existing()?;
        if self.connection()?.is_none() {
            return Ok(());
        }
        world::with(|session| Ok(session.model().disconnect(id)?))
    }
}

#[pymethods]
impl Section {
    /// Attaches this section to a parent: `connect(parent)`, `connect(parent(x), end)` or
    /// `connect(parent, x, end)`. Without x the parent's end 1, without `end` this section's end
    /// 0. An earlier attachment is given up.
    #[pyo3(signature = (parent, *args))]
    fn connect<'py>(
        slf: &Bound<'py, Self>,
        parent: &Bound<'py, PyAny>,
        args: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, Self>> {
        let (parent_section, mut x) = section_and_x(parent)
            .map_err(|_| PyTypeError::new_err("first arg not a nrn.Section or nrn.Segment"))?;
        let is_section = parent.is_instance_of::<Self>();
        let numbers: Vec<f64> = args.extract()?;
        let end = match (is_section, numbers.as_slice()) {
            (_, []) => 0.0,
            (false, [end]) => *end,
            (true, [parent_x]) => {
                x = *parent_x;
                0.0
            }
            (true, [parent_x, end]) => {
                x = *parent_x;
                *end
            }
            _ => {
                return Err(PyTypeError::new_err(
                    "connect takes a parent section, x and the end of this section, or a segment \
                     and the end of this section",
                ));
            }
        };
        let end = match end {
            0.0 => End::Zero,
            1.0 => End::One,
            _ => {
                return Err(PyValueError::new_err("child connection end must be 0 or 1"));
            }
        };
        if !(0.0..=1.0).contains(&x) {
            return Err(PyValueError::new_err("out of range 0 <= parentx <= 1"));
        }
        let (child, parent) = (slf.get().existing()?, parent_section.get().id()?);
        world::with(|session| Ok(session.model().connect(child, end, parent, x)?))?;
        Ok(slf.clone())
    }

    /// Makes this section the root of a cell of its own.
    fn disconnect(&self) -> PyResult<()> {
        self.detach()
    }

    /// The segment of the parent where this section is attached; None for a root.
    fn parentseg(&self, py: Python<'_>) -> PyResult<Option<Segment>> {
        at(py, self.connection()?)
    }

    /// The segment where this section leaves the way to the root: that of the parent, or of the
    /// ancestor whose attached end is the same place. None if that is the root's.
    fn trueparentseg(&self, py: Python<'_>) -> PyResult<Option<Segment>> {
        let id = self.id()?;
        let connection = world::with(|session| Ok(session.structure().true_parent(id)?))?;
        at(py, connection)
    }

    /// The end of this section that is nearer to the root: 0.0 or 1.0.
    fn orientation(&self) -> PyResult<f64> {
        self.near_end()
    }

    /// The sections that are attached to this one.
    fn children<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, Self>>> {
        Self::all(py, self.child_ids()?)
    }

    /// This section and all that grows from it, each followed by its own branches.
    fn subtree<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, Self>>> {
        let id = self.id()?;
        Self::all(
            py,
            world::with(|session| Ok(session.structure().subtree_depth_first(id)?))?,
        )
    }

    /// All sections of the cell, from its root.
    fn wholetree<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, Self>>> {
        let id = self.id()?;
        let ids = world::with(|session| {
            let root = session.structure().root(id)?;
            Ok(session.structure().subtree_depth_first(root)?)
        })?;
        Self::all(py, ids)
    }

    /// The root of the cell.
    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Self>> {
        let id = self.id()?;
        Self::of(
            py,
            world::with(|session| Ok(session.structure().root(id)?))?,
        )
    }
}
