//! CVODE's operations on vectors, in place of those of SUNDIALS' serial vectors.
//!
//! A step of CVODE goes over its vectors more often than the model's equations do. The loops here are
//! compiled for vector instructions, also where the C of SUNDIALS is not, and do the same operations in
//! the same order for each element. The norm adds up in [`LANES`] partial sums, on every machine the
//! same ones.

use sundials_sys as sys;

/// Partial sums of the norm.
const LANES: usize = 8;

/// Has a serial vector, and all that are cloned from it, use these operations.
///
/// # Safety
///
/// `vector` is a live serial vector.
pub(super) unsafe fn use_own_operations(vector: sys::N_Vector) {
    // SAFETY: a live vector has its table of operations, of its own.
    let operations = unsafe { &mut *(*vector).ops };
    operations.nvlinearsum = Some(linear_sum);
    operations.nvconst = Some(fill);
    operations.nvscale = Some(scale);
    operations.nvwrmsnorm = Some(weighted_norm);
}

/// Has a serial vector, and all that are cloned from it, add up norms with twice the digits: their last
/// bit then hardly depends on the order of the elements (NEURON's `use_long_double`).
///
/// # Safety
///
/// `vector` is a live serial vector.
pub(super) unsafe fn use_long_sums(vector: sys::N_Vector) {
    // SAFETY: a live vector has its table of operations, of its own.
    unsafe { (*(*vector).ops).nvwrmsnorm = Some(long_weighted_norm) };
}

/// Where a vector's elements are, and how many there are.
///
/// # Safety
///
/// `vector` is a live serial vector.
unsafe fn elements(vector: sys::N_Vector) -> (*mut f64, usize) {
    // SAFETY: by the above; the content of a serial vector is this struct.
    unsafe {
        let content = (*vector).content.cast::<sys::_N_VectorContent_Serial>();
        ((*content).data, (*content).length as usize)
    }
}

/// A vector's elements.
///
/// # Safety
///
/// `vector` is a live serial vector, which nothing changes meanwhile.
unsafe fn values<'a>(vector: sys::N_Vector) -> &'a [f64] {
    // SAFETY: by the above.
    unsafe {
        let (first, n) = elements(vector);
        std::slice::from_raw_parts(first, n)
    }
}

/// `z = f(x, z)` element by element, or `z = f(x, x)` where they are the same.
///
/// # Safety
///
/// Live serial vectors of one length, the same or without common elements.
unsafe fn change(x: sys::N_Vector, z: sys::N_Vector, f: impl Fn(f64, f64) -> f64) {
    // SAFETY: by the above both have n elements, and the slices do not overlap: where the vectors are
    // the same there is only one.
    unsafe {
        let ((x, n), (z, _)) = (elements(x), elements(z));
        let result = std::slice::from_raw_parts_mut(z, n);
        if x == z {
            for z in result {
                *z = f(*z, *z);
            }
        } else {
            let x = std::slice::from_raw_parts(x, n);
            for (z, x) in result.iter_mut().zip(x) {
                *z = f(*x, *z);
            }
        }
    }
}

/// `z = a·x + b·y`.
unsafe extern "C" fn linear_sum(
    a: f64,
    x: sys::N_Vector,
    b: f64,
    y: sys::N_Vector,
    z: sys::N_Vector,
) {
    // SAFETY: CVODE passes live vectors of one length that it cloned from ours; of the three, any may
    // be the same.
    unsafe {
        if z == y {
            match (a, b) {
                (1.0, 1.0) => change(x, z, |x, y| x + y),
                (-1.0, 1.0) => change(x, z, |x, y| y - x),
                (_, 1.0) => change(x, z, |x, y| a * x + y),
                _ => change(x, z, |x, y| a * x + b * y),
            }
        } else if z == x {
            match (b, a) {
                (1.0, 1.0) => change(y, z, |y, x| x + y),
                (-1.0, 1.0) => change(y, z, |y, x| x - y),
                (_, 1.0) => change(y, z, |y, x| x + b * y),
                _ => change(y, z, |y, x| a * x + b * y),
            }
        } else {
            let ((x, n), (y, _), (z, _)) = (elements(x), elements(y), elements(z));
            let x = std::slice::from_raw_parts(x, n);
            let y = std::slice::from_raw_parts(y, n);
            let z = std::slice::from_raw_parts_mut(z, n);
            let both = z.iter_mut().zip(x.iter().zip(y));
            match (a, b) {
                (1.0, 1.0) => both.for_each(|(z, (x, y))| *z = x + y),
                (1.0, -1.0) => both.for_each(|(z, (x, y))| *z = x - y),
                _ => both.for_each(|(z, (x, y))| *z = a * x + b * y),
            }
        }
    }
}

/// `z = c`.
unsafe extern "C" fn fill(c: f64, z: sys::N_Vector) {
    // SAFETY: CVODE passes a live vector that it cloned from ours.
    unsafe {
        let (z, n) = elements(z);
        std::slice::from_raw_parts_mut(z, n).fill(c);
    }
}

/// `z = c·x`.
unsafe extern "C" fn scale(c: f64, x: sys::N_Vector, z: sys::N_Vector) {
    // SAFETY: CVODE passes live vectors of one length that it cloned from ours.
    unsafe {
        if c == 1.0 {
            change(x, z, |x, _| x);
        } else {
            change(x, z, |x, _| c * x);
        }
    }
}

/// `√(Σ (x·w)² / n)`.
unsafe extern "C" fn weighted_norm(x: sys::N_Vector, w: sys::N_Vector) -> f64 {
    // SAFETY: CVODE passes live vectors of one length that it cloned from ours and does not change
    // now.
    let (x, w) = unsafe { (values(x), values(w)) };
    let (rows, rest) = x.as_chunks::<LANES>();
    let (row_weights, rest_weights) = w.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (x, w) in rows.iter().zip(row_weights) {
        for lane in 0..LANES {
            let product = x[lane] * w[lane];
            sums[lane] += product * product;
        }
    }
    let mut sum: f64 = sums.iter().sum();
    for (x, w) in rest.iter().zip(rest_weights) {
        let product = x * w;
        sum += product * product;
    }
    (sum / x.len() as f64).sqrt()
}

/// The same, where the sum is one of two numbers: what is lost when a square is added is added up by
/// itself (Neumaier 1974).
unsafe extern "C" fn long_weighted_norm(x: sys::N_Vector, w: sys::N_Vector) -> f64 {
    // SAFETY: SUNDIALS passes live vectors of one length that it cloned from ours and does not change
    // now.
    let (x, w) = unsafe { (values(x), values(w)) };
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for (x, w) in x.iter().zip(w) {
        let product = x * w;
        let square = product * product;
        let next = sum + square;
        lost += match sum >= square {
            true => (sum - next) + square,
            false => (square - next) + sum,
        };
        sum = next;
    }
    ((sum + lost) / x.len() as f64).sqrt()
}
