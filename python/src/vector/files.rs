//! Methods that read and write.
//!
//! A file is anything with Python's methods `read` or `write` of bytes: what `open(path, "rb")` or
//! `"wb"` gives.

use std::io::{self, BufRead, Read, Write};

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session::vector::binary::{self, Compression, Stored};
use runtime::session::vector::text::{self, Column, Destination};
use runtime::session::vector::{Span, VectorError};

use super::{Vector, convert, exception};

/// A Python file.
struct File<'py> {
    file: Bound<'py, PyAny>,
    /// What was read and not yet used.
    ahead: Vec<u8>,
    at: usize,
    /// What Python raised.
    raised: Option<PyErr>,
}

impl<'py> File<'py> {
    fn new(method: &str, file: &Bound<'py, PyAny>, needs: &str) -> PyResult<Self> {
        if !file.hasattr(needs)? {
            return Err(PyTypeError::new_err(format!(
                "Vector.{method}: {} is no file that is open for this",
                file.repr()?
            )));
        }
        Ok(Self {
            file: file.clone(),
            ahead: Vec::new(),
            at: 0,
            raised: None,
        })
    }

    fn note(&mut self, error: PyErr) -> io::Error {
        let text = error.to_string();
        self.raised = Some(error);
        io::Error::other(text)
    }

    /// The exception for an error: what Python raised, if it did.
    fn exception(&mut self, error: VectorError) -> PyErr {
        self.raised.take().unwrap_or_else(|| exception(error))
    }

    /// Gives what was read too far back to the file.
    fn give_back(&mut self) -> PyResult<()> {
        let left = self.ahead.len() - self.at;
        if left > 0 {
            self.file.call_method1("seek", (-(left as isize), 1))?;
        }
        self.ahead.clear();
        self.at = 0;
        Ok(())
    }

    fn fetch(&mut self, size: usize) -> io::Result<()> {
        let found = self.file.call_method1("read", (size,));
        match found.and_then(|bytes| bytes.extract::<Vec<u8>>()) {
            Ok(bytes) => {
                (self.ahead, self.at) = (bytes, 0);
                Ok(())
            }
            Err(error) => Err(self.note(error)),
        }
    }
}

impl Read for File<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ahead.len() {
            // No more than is wanted, so that nothing has to be given back.
            self.fetch(into.len())?;
        }
        let size = into.len().min(self.ahead.len() - self.at);
        into[..size].copy_from_slice(&self.ahead[self.at..self.at + size]);
        self.at += size;
        Ok(size)
    }
}

impl BufRead for File<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.ahead.len() {
            self.fetch(1 << 16)?;
        }
        Ok(&self.ahead[self.at..])
    }

    fn consume(&mut self, size: usize) {
        self.at = (self.at + size).min(self.ahead.len());
    }
}

impl Write for File<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.file.call_method1("write", (bytes,)) {
            Ok(_) => Ok(bytes.len()),
            Err(error) => Err(self.note(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whole numbers among the arguments from one on.
fn counts(method: &str, args: &Bound<'_, PyTuple>, from: usize) -> PyResult<Vec<usize>> {
    args.iter()
        .skip(from)
        .map(|arg| match convert::number(&arg) {
            Some(number) if (0.0..=1e10).contains(&number) => Ok(number as usize),
            _ => Err(PyRuntimeError::new_err(format!(
                "Vector.{method}: {} is no size or index",
                arg.repr()?
            ))),
        })
        .collect()
}

/// The first and the last index, or neither.
fn span(method: &str, indices: &[usize]) -> PyResult<Span> {
    match indices {
        [] => Ok(None),
        &[start, end] => Ok(Some((start, end))),
        _ => Err(PyRuntimeError::new_err(format!(
            "Vector.{method}: a range has a first and a last index"
        ))),
    }
}

#[pymethods]
impl Vector {
    /// printf([file,] [format,] [start, end]): prints elements, each by the format. Gives their
    /// number.
    #[pyo3(signature = (*args))]
    fn printf(&self, args: &Bound<'_, PyTuple>) -> PyResult<usize> {
        let mut next = 0;
        let mut file = None;
        if let Ok(first) = args.get_item(0)
            && !first.is_instance_of::<PyString>()
            && convert::number(&first).is_none()
        {
            file = Some(File::new("printf", &first, "write")?);
            next += 1;
        }
        let mut format = None;
        if let Ok(word) = args.get_item(next)
            && let Ok(word) = word.extract::<String>()
        {
            format = Some(word);
            next += 1;
        }
        let range = span("printf", &counts("printf", args, next)?)?;
        let destination = match file {
            Some(_) => Destination::File,
            None => Destination::Terminal,
        };
        let printed = text::print(&self.values(), format.as_deref(), range, destination);
        let (text, count) = printed.map_err(exception)?;
        match file {
            Some(file) => file.file.call_method1("write", (text.as_bytes(),))?,
            None => args
                .py()
                .import("sys")?
                .getattr("stdout")?
                .call_method1("write", (text,))?,
        };
        Ok(count)
    }

    /// scanf(file [, size] [, column, columns]): reads the numbers of a column. Gives how many.
    #[pyo3(signature = (file, *args))]
    fn scanf(&self, file: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<usize> {
        let mut file = File::new("scanf", file, "read")?;
        let (most, column) = match counts("scanf", args, 0)?[..] {
            [] => (None, Column::ONLY),
            [most] => (Some(most), Column::ONLY),
            [column, columns] => (None, Column { column, columns }),
            [most, column, columns] => (Some(most), Column { column, columns }),
            _ => return Err(PyRuntimeError::new_err("Vector.scanf: too many arguments")),
        };
        let found = text::scan(&mut file, most, column);
        let values = found.map_err(|error| file.exception(error))?;
        file.give_back()?;
        self.take("scanf", values)
    }

    /// scantil(file, end [, column, columns]): reads the numbers of a column up to a row with the
    /// number `end`. Gives how many.
    #[pyo3(signature = (file, end, *args))]
    fn scantil(
        &self,
        file: &Bound<'_, PyAny>,
        end: f64,
        args: &Bound<'_, PyTuple>,
    ) -> PyResult<usize> {
        let mut file = File::new("scantil", file, "read")?;
        let column = match counts("scantil", args, 0)?[..] {
            [] => Column::ONLY,
            [column, columns] => Column { column, columns },
            _ => {
                return Err(PyRuntimeError::new_err(
                    "Vector.scantil: a column has two numbers",
                ));
            }
        };
        let found = text::scan_until(&mut file, end, column);
        let values = found.map_err(|error| file.exception(error))?;
        file.give_back()?;
        self.take("scantil", values)
    }

    /// fwrite(file [, start, end]): writes elements in double precision. Gives how many.
    #[pyo3(signature = (file, *args))]
    fn fwrite(&self, file: &Bound<'_, PyAny>, args: &Bound<'_, PyTuple>) -> PyResult<usize> {
        let mut file = File::new("fwrite", file, "write")?;
        let range = span("fwrite", &counts("fwrite", args, 0)?)?;
        let written = binary::write_doubles(&self.values(), range, &mut file);
        written.map_err(|error| file.exception(error))
    }

    /// fread(file [, size [, type=4]]): reads so many elements, as char (1), unsigned short (2),
    /// float (3), double (4) or short (5).
    #[pyo3(signature = (file, size=None, stored=4))]
    fn fread(&self, file: &Bound<'_, PyAny>, size: Option<f64>, stored: i32) -> PyResult<f64> {
        let mut file = File::new("fread", file, "read")?;
        let size = match size {
            Some(size) => runtime::session::argument::count("fread", "size", size, 0)
                .map_err(|error| exception(error.into()))?,
            None => self.size(),
        };
        let stored = Stored::new(stored)
            .ok_or_else(|| PyRuntimeError::new_err("Vector.fread: types are from 1 to 5"))?;
        let found = binary::read_elements(&mut file, size, stored);
        let values = found.map_err(|error| file.exception(error))?;
        self.take("fread", values)?;
        Ok(1.0)
    }

    /// vwrite(file [, type=4]): writes size, type and elements, compressed to 8 bits (1), 16 bits (2),
    /// float (3), double (4) or int (5).
    #[pyo3(signature = (file, compression=4))]
    fn vwrite(&self, file: &Bound<'_, PyAny>, compression: i32) -> PyResult<f64> {
        let mut file = File::new("vwrite", file, "write")?;
        let compression = Compression::new(compression)
            .ok_or_else(|| PyRuntimeError::new_err("Vector.vwrite: types are from 1 to 5"))?;
        let written = binary::write_vector(&self.values(), compression, &mut file);
        written.map_err(|error| file.exception(error))?;
        Ok(1.0)
    }

    /// vread(file): reads what vwrite wrote. Gives 1, or 0 where there is nothing.
    fn vread(&self, file: &Bound<'_, PyAny>) -> PyResult<f64> {
        let mut file = File::new("vread", file, "read")?;
        let found = binary::read_vector(&mut file);
        match found.map_err(|error| file.exception(error))? {
            Some(values) => {
                self.take("vread", values)?;
                Ok(1.0)
            }
            None => Ok(0.0),
        }
    }
}

impl Vector {
    /// New elements, and their number.
    fn take(&self, method: &'static str, values: Vec<f64>) -> PyResult<usize> {
        let size = values.len();
        let assigned = self.handle.lock().assign(method, values);
        assigned.map_err(exception)?;
        Ok(size)
    }
}
