//! 3-D points, as methods of sections and as functions of `h` that take the section as `sec=` or
//! as the currently accessed one.

use pyo3::exceptions::{PyIndexError, PyNotImplementedError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::Point3d;

use crate::access;
use crate::hoc::HocObject;
use crate::world;

use super::Section;

/// A point from `[x, y, z, diam]` in µm.
pub fn point([x, y, z, diam]: [f64; 4]) -> Point3d {
    Point3d {
        x_um: x as f32,
        y_um: y as f32,
        z_um: z as f32,
        diam_um: diam as f32,
    }
}

impl Section {
    pub(super) fn points(&self) -> PyResult<Vec<Point3d>> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.points().to_vec()))
    }

    fn point_count(&self) -> PyResult<usize> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.points().len()))
    }

    fn point(&self, index: isize) -> PyResult<Point3d> {
        let id = self.id()?;
        let number = usize::try_from(index).unwrap_or(usize::MAX);
        let found = world::with(|session| {
            let points = session.structure().section(id)?.points();
            Ok(points.get(number).copied().ok_or(points.len()))
        })?;
        found.map_err(|len| no_point(index, len))
    }

    fn arc(&self, index: isize) -> PyResult<f64> {
        self.point(index)?;
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.arc_um()[index as usize]))
    }

    /// An index of a point that exists, or of the place after the last one.
    fn point_index(&self, index: isize, after: usize) -> PyResult<usize> {
        let len = self.point_count()?;
        match usize::try_from(index) {
            Ok(number) if number < len + after => Ok(number),
            _ => Err(no_point(index, len)),
        }
    }

    /// Adds a point, or those of four sequences x, y, z, diam.
    fn add_points(&self, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        let id = self.existing()?;
        if args.len() != 4 {
            return Err(PyTypeError::new_err(format!(
                "pt3dadd takes x, y, z and diam, but got {} arguments",
                args.len()
            )));
        }
        if let Ok(numbers) = args.extract::<(f64, f64, f64, f64)>() {
            let (x, y, z, diam) = numbers;
            return world::with(|session| {
                let index = session.structure().section(id)?.points().len();
                Ok(session
                    .model()
                    .insert_point3d(id, index, point([x, y, z, diam]))?)
            });
        }
        let mut columns = Vec::with_capacity(4);
        for column in args.iter() {
            let numbers: PyResult<Vec<f64>> =
                column.try_iter()?.map(|each| each?.extract()).collect();
            columns.push(numbers?);
        }
        if columns
            .iter()
            .any(|column| column.len() != columns[0].len())
        {
            return Err(PyValueError::new_err(
                "x, y, z and diam must have the same number of elements",
            ));
        }
        let mut points = self.points()?;
        let count = columns[0].len();
        points.extend(
            (0..count).map(|i| point([columns[0][i], columns[1][i], columns[2][i], columns[3][i]])),
        );
        world::with(|session| Ok(session.model().set_points(id, &points)?))
    }

    fn change_points(&self, index: isize, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        let mut changed = self.point(index)?;
        match args.extract::<Vec<f64>>()?.as_slice() {
            [diam] => changed.diam_um = *diam as f32,
            [x, y, z, diam] => changed = point([*x, *y, *z, *diam]),
            _ => {
                return Err(PyTypeError::new_err(
                    "pt3dchange takes an index and a diameter, or an index, x, y, z and diam",
                ));
            }
        }
        let id = self.id()?;
        world::with(|session| {
            Ok(session
                .model()
                .change_point3d(id, index as usize, changed)?)
        })
    }

    fn insert_points(&self, index: isize, at: [f64; 4]) -> PyResult<()> {
        let (id, index) = (self.existing()?, self.point_index(index, 1)?);
        world::with(|session| Ok(session.model().insert_point3d(id, index, point(at))?))
    }

    fn remove_points(&self, index: isize) -> PyResult<()> {
        let (id, index) = (self.existing()?, self.point_index(index, 0)?);
        world::with(|session| Ok(session.model().remove_point3d(id, index)?))
    }

    fn clear_points(&self) -> PyResult<()> {
        let id = self.existing()?;
        world::with(|session| Ok(session.model().set_points(id, &[])?))
    }

    /// Sets or asks for the logical connection.
    fn points_style(&self, args: &Bound<'_, PyTuple>) -> PyResult<bool> {
        let id = self.existing()?;
        let connection = match args.extract::<Vec<f64>>()?.as_slice() {
            [] => {
                return world::with(|session| {
                    let section = session.structure().section(id)?;
                    Ok(section.logical_connection_um().is_some())
                });
            }
            [0.0, ..] => None,
            [1.0, x, y, z] => Some([*x as f32, *y as f32, *z as f32]),
            _ => {
                return Err(PyValueError::new_err(
                    "pt3dstyle takes nothing, 0, or 1 with x, y and z",
                ));
            }
        };
        world::with(|session| Ok(session.model().set_logical_connection(id, connection)?))?;
        Ok(connection.is_some())
    }
}

fn no_point(index: isize, len: usize) -> PyErr {
    PyIndexError::new_err(format!(
        "there is no 3-D point {index}; the section has {len}"
    ))
}

#[pymethods]
impl Section {
    /// Number of 3-D points.
    fn n3d(&self) -> PyResult<usize> {
        self.point_count()
    }

    /// x of a 3-D point in µm.
    fn x3d(&self, index: isize) -> PyResult<f64> {
        Ok(self.point(index)?.x_um.into())
    }

    /// y of a 3-D point in µm.
    fn y3d(&self, index: isize) -> PyResult<f64> {
        Ok(self.point(index)?.y_um.into())
    }

    /// z of a 3-D point in µm.
    fn z3d(&self, index: isize) -> PyResult<f64> {
        Ok(self.point(index)?.z_um.into())
    }

    /// Arc length in µm from the first 3-D point to this one.
    fn arc3d(&self, index: isize) -> PyResult<f64> {
        self.arc(index)
    }

    /// Diameter at a 3-D point in µm.
    fn diam3d(&self, index: isize) -> PyResult<f64> {
        Ok(self.point(index)?.diam_um.into())
    }

    /// Whether a 3-D point has a spine: none has, diameters are not negative here.
    fn spine3d(&self, index: isize) -> PyResult<bool> {
        self.point(index)?;
        Ok(false)
    }

    /// Adds a 3-D point at the end: x, y, z and diameter in µm, or four sequences of them.
    #[pyo3(signature = (*args))]
    fn pt3dadd(&self, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.add_points(args)
    }

    /// Inserts a 3-D point before another one.
    fn pt3dinsert(&self, index: isize, x: f64, y: f64, z: f64, diam: f64) -> PyResult<()> {
        self.insert_points(index, [x, y, z, diam])
    }

    /// Changes a 3-D point: `pt3dchange(i, diam)` or `pt3dchange(i, x, y, z, diam)`.
    #[pyo3(signature = (index, *args))]
    fn pt3dchange(&self, index: isize, args: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.change_points(index, args)
    }

    /// Removes a 3-D point.
    fn pt3dremove(&self, index: isize) -> PyResult<()> {
        self.remove_points(index)
    }

    /// Removes all 3-D points; length and diameters stay. The number of points that space is to
    /// be kept for is given back.
    #[pyo3(signature = (space=0))]
    fn pt3dclear(&self, space: usize) -> PyResult<usize> {
        self.clear_points()?;
        Ok(space)
    }

    /// Where the points are logically connected: `pt3dstyle(1, x, y, z)` sets it, `pt3dstyle(0)`
    /// forgets it. True if it is set.
    #[pyo3(signature = (*args))]
    fn pt3dstyle(&self, args: &Bound<'_, PyTuple>) -> PyResult<bool> {
        self.points_style(args)
    }
}

#[pymethods]
impl HocObject {
    /// Number of 3-D points of the section.
    #[pyo3(signature = (*, sec=None))]
    fn n3d(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        Ok(access::section(py, sec)?.get().point_count()? as f64)
    }

    /// x of a 3-D point in µm.
    #[pyo3(signature = (index, *, sec=None))]
    fn x3d(&self, py: Python<'_>, index: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().x3d(index as isize)
    }

    /// y of a 3-D point in µm.
    #[pyo3(signature = (index, *, sec=None))]
    fn y3d(&self, py: Python<'_>, index: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().y3d(index as isize)
    }

    /// z of a 3-D point in µm.
    #[pyo3(signature = (index, *, sec=None))]
    fn z3d(&self, py: Python<'_>, index: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().z3d(index as isize)
    }

    /// Arc length in µm from the first 3-D point to this one.
    #[pyo3(signature = (index, *, sec=None))]
    fn arc3d(&self, py: Python<'_>, index: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().arc(index as isize)
    }

    /// Diameter at a 3-D point in µm.
    #[pyo3(signature = (index, *, sec=None))]
    fn diam3d(&self, py: Python<'_>, index: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().diam3d(index as isize)
    }

    /// Whether a 3-D point has a spine: none has.
    #[pyo3(signature = (index, *, sec=None))]
    fn spine3d(
        &self,
        py: Python<'_>,
        index: f64,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        access::section(py, sec)?.get().point(index as isize)?;
        Ok(0.0)
    }

    /// Adds a 3-D point at the end: x, y, z and diameter in µm, or four Vectors of them.
    #[pyo3(signature = (*args, sec=None))]
    fn pt3dadd(
        &self,
        py: Python<'_>,
        args: &Bound<'_, PyTuple>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        access::section(py, sec)?.get().add_points(args)?;
        Ok(1.0)
    }

    /// Inserts a 3-D point before another one.
    #[pyo3(signature = (index, x, y, z, diam, *, sec=None))]
    #[expect(clippy::too_many_arguments, reason = "NEURON's")]
    fn pt3dinsert(
        &self,
        py: Python<'_>,
        index: f64,
        x: f64,
        y: f64,
        z: f64,
        diam: f64,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let section = access::section(py, sec)?;
        section
            .get()
            .insert_points(index as isize, [x, y, z, diam])?;
        Ok(0.0)
    }

    /// Changes a 3-D point: `pt3dchange(i, diam)` or `pt3dchange(i, x, y, z, diam)`.
    #[pyo3(signature = (index, *args, sec=None))]
    fn pt3dchange(
        &self,
        py: Python<'_>,
        index: f64,
        args: &Bound<'_, PyTuple>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let section = access::section(py, sec)?;
        section.get().change_points(index as isize, args)?;
        Ok(0.0)
    }

    /// Removes a 3-D point.
    #[pyo3(signature = (index, *, sec=None))]
    fn pt3dremove(
        &self,
        py: Python<'_>,
        index: f64,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        access::section(py, sec)?
            .get()
            .remove_points(index as isize)?;
        Ok(0.0)
    }

    /// Removes all 3-D points; length and diameters stay.
    #[pyo3(signature = (space=0.0, *, sec=None))]
    fn pt3dclear(
        &self,
        py: Python<'_>,
        space: f64,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        access::section(py, sec)?.get().clear_points()?;
        Ok(space)
    }

    /// Where the points are logically connected: `pt3dstyle(1, x, y, z)` sets it, `pt3dstyle(0)`
    /// forgets it. 1.0 if it is set.
    #[pyo3(signature = (*args, sec=None))]
    fn pt3dstyle(
        &self,
        py: Python<'_>,
        args: &Bound<'_, PyTuple>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let set = access::section(py, sec)?.get().points_style(args)?;
        Ok(f64::from(u8::from(set)))
    }

    /// Whether 3-D points stay as they are when L or diam is set: they do not.
    #[pyo3(signature = (keep=None))]
    fn pt3dconst(&self, keep: Option<f64>) -> PyResult<f64> {
        if keep.is_some_and(|keep| keep != 0.0) {
            return Err(PyNotImplementedError::new_err(
                "pt3dconst(1) is not supported: 3-D points follow when L or diam is set",
            ));
        }
        Ok(0.0)
    }

    /// Gives sections without 3-D points some: a straight continuation of their parents.
    fn define_shape(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.model().define_shape()?))?;
        Ok(1.0)
    }
}
