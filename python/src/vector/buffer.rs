//! Python's buffer protocol: numpy arrays and memoryviews that share a Vector's elements.
//!
//! This is one of the places with `unsafe`: a buffer is a C structure that is filled in here, and
//! an address that Python code reads and writes.

use std::ffi::c_int;
use std::ptr;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;

use super::Vector;

/// What the structure points at: the number of elements, and the bytes from one to the next.
struct Layout {
    shape: [isize; 1],
    strides: [isize; 1],
}

const BYTES: isize = size_of::<f64>() as isize;

#[pymethods]
impl Vector {
    /// # Safety
    ///
    /// Python calls it, with a structure to fill in.
    unsafe fn __getbuffer__(
        slf: &Bound<'_, Self>,
        view: *mut ffi::Py_buffer,
        flags: c_int,
    ) -> PyResult<()> {
        if view.is_null() {
            return Err(PyBufferError::new_err("there is no structure to fill in"));
        }
        let mut vector = slf.get().handle.lock();
        let size = vector.size() as isize;
        let address = vector.begin_view();
        let asked = |flag: c_int| flags & flag == flag;
        let layout = Box::into_raw(Box::new(Layout {
            shape: [size],
            strides: [BYTES],
        }));
        // SAFETY: `view` is not null, and Python lends it for this call. `layout` was just made and
        // lives until `__releasebuffer__`. The elements stay at `address` as long as the view that
        // has begun: a Vector does not give them up before, and the reference in `obj` keeps the
        // Vector.
        unsafe {
            (*view).obj = slf.clone().into_any().into_ptr();
            (*view).buf = address.cast();
            (*view).len = size * BYTES;
            (*view).itemsize = BYTES;
            (*view).readonly = 0;
            (*view).ndim = 1;
            (*view).format = match asked(ffi::PyBUF_FORMAT) {
                true => c"d".as_ptr().cast_mut(),
                false => ptr::null_mut(),
            };
            (*view).shape = match asked(ffi::PyBUF_ND) {
                true => (&raw mut (*layout).shape).cast(),
                false => ptr::null_mut(),
            };
            (*view).strides = match asked(ffi::PyBUF_STRIDES) {
                true => (&raw mut (*layout).strides).cast(),
                false => ptr::null_mut(),
            };
            (*view).suboffsets = ptr::null_mut();
            (*view).internal = layout.cast();
        }
        Ok(())
    }

    /// # Safety
    ///
    /// Python calls it, with a structure that `__getbuffer__` filled in.
    unsafe fn __releasebuffer__(&self, view: *mut ffi::Py_buffer) {
        // SAFETY: `internal` is the `Layout` that `__getbuffer__` put there, and Python gives each
        // structure back once.
        drop(unsafe { Box::from_raw((*view).internal.cast::<Layout>()) });
        self.handle.lock().end_view();
    }
}
