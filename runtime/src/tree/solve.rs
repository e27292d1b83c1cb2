//! The inner loops over the nodes of a group: `W` cells at a time.

/// `&[f64]` as rows of `W` lanes.
fn rows<const W: usize>(values: &[f64]) -> &[[f64; W]] {
    values.as_chunks::<W>().0
}

fn rows_mut<const W: usize>(values: &mut [f64]) -> &mut [[f64; W]] {
    values.as_chunks_mut::<W>().0
}

/// `rhs` = the current into each node from its parent and children.
pub(super) fn axial_currents<const W: usize>(
    parents: &[u32],
    v: &[f64],
    a: &[f64],
    b: &[f64],
    rhs: &mut [f64],
) {
    let n = parents.len();
    let (v, a, b) = (&rows::<W>(v)[..n], &rows::<W>(a)[..n], &rows::<W>(b)[..n]);
    let rhs = &mut rows_mut::<W>(rhs)[..n];
    rhs[0] = [0.0; W];
    for i in 1..n {
        let parent = parents[i] as usize;
        let mut into_parent = rhs[parent];
        let mut into_node = [0.0; W];
        for lane in 0..W {
            // The couplings are negative.
            let dv = v[parent][lane] - v[i][lane];
            into_node[lane] = -(b[i][lane] * dv);
            into_parent[lane] += a[i][lane] * dv;
        }
        rhs[i] = into_node;
        rhs[parent] = into_parent;
    }
}

/// Hines elimination from the leaves to the root and back substitution from the root, with the
/// update of `v` if there is one. One division for each node.
pub(super) fn hines<const W: usize>(
    parents: &[u32],
    a: &[f64],
    b: &[f64],
    d: &mut [f64],
    rhs: &mut [f64],
    update: Option<(&mut [f64], f64)>,
) {
    let n = parents.len();
    let (a, b) = (&rows::<W>(a)[..n], &rows::<W>(b)[..n]);
    let (d, rhs) = (&mut rows_mut::<W>(d)[..n], &mut rows_mut::<W>(rhs)[..n]);
    eliminate(parents, a, b, d, rhs);
    match update {
        Some((v, factor)) => {
            let v = &mut rows_mut::<W>(v)[..n];
            substitute(parents, b, d, rhs, |i, lane, x| v[i][lane] += factor * x);
        }
        None => substitute(parents, b, d, rhs, |_, _, _| {}),
    }
}

#[inline(always)]
fn eliminate<const W: usize>(
    parents: &[u32],
    a: &[[f64; W]],
    b: &[[f64; W]],
    d: &mut [[f64; W]],
    rhs: &mut [[f64; W]],
) {
    let n = parents.len();
    let (a, b) = (&a[..n], &b[..n]);
    let (d, rhs) = (&mut d[..n], &mut rhs[..n]);

    for i in (1..n).rev() {
        let parent = parents[i] as usize;
        let (mut d_parent, mut rhs_parent) = (d[parent], rhs[parent]);
        let mut inverse = [0.0; W];
        for lane in 0..W {
            inverse[lane] = 1.0 / d[i][lane];
            let ratio = a[i][lane] * inverse[lane];
            d_parent[lane] -= ratio * b[i][lane];
            rhs_parent[lane] -= ratio * rhs[i][lane];
        }
        d[i] = inverse;
        d[parent] = d_parent;
        rhs[parent] = rhs_parent;
    }

    for d in &mut d[0] {
        *d = 1.0 / *d;
    }
}

#[inline(always)]
fn substitute<const W: usize>(
    parents: &[u32],
    b: &[[f64; W]],
    d: &[[f64; W]],
    rhs: &mut [[f64; W]],
    mut solved: impl FnMut(usize, usize, f64),
) {
    let n = parents.len();
    let (b, d, rhs) = (&b[..n], &d[..n], &mut rhs[..n]);
    for lane in 0..W {
        rhs[0][lane] *= d[0][lane];
        solved(0, lane, rhs[0][lane]);
    }
    for i in 1..n {
        let above = rhs[parents[i] as usize];
        for lane in 0..W {
            let x = (rhs[i][lane] - b[i][lane] * above[lane]) * d[i][lane];
            rhs[i][lane] = x;
            solved(i, lane, x);
        }
    }
}
