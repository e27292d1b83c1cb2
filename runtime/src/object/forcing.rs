//! Courses that files give: SCoP's `force` (a natural cubic spline) and `stepforce` (steps).
//!
//! A file has six lines that are not looked at, then a point in each line, `x` and `y`, which SCoP
//! keeps in single precision. Points may be in any order. Values a tenth of the first or last
//! interval outside are still given, on a straight line; there is none further out.

use std::fs;

/// A course.
#[derive(Debug, Clone)]
pub(super) struct Forcing {
    x: Vec<f64>,
    y: Vec<f64>,
    /// From one point to the next.
    width: Vec<f64>,
    /// Second derivatives at the points.
    curvature: Vec<f64>,
}

impl Forcing {
    /// Reads a file; `None` if that fails or there are fewer than two points.
    pub fn read(name: &str) -> Option<Self> {
        let text = fs::read(name).ok()?;
        let text = String::from_utf8_lossy(&text);
        let points: String = text.lines().skip(6).flat_map(|line| [line, " "]).collect();
        let mut numbers = points
            .split_whitespace()
            .map_while(|word| word.parse::<f32>().ok());
        let mut points = Vec::new();
        while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
            points.push((f64::from(x), f64::from(y)));
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if points.len() < 2 {
            return None;
        }
        let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
        let width: Vec<f64> = x.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let curvature = curvature(&y, &width);
        Some(Self {
            x,
            y,
            width,
            curvature,
        })
    }

    /// `force`: NaN too far outside.
    pub fn spline(&self, x: f64) -> f64 {
        let (first, last) = (0, self.x.len() - 1);
        if x < self.x[first] {
            let below = self.x[first] - x;
            if below > 0.1 * self.width[0] {
                return f64::NAN;
            }
            return self.y[0] - below * (self.y[1] - self.y[0]) / self.width[0];
        }
        if x > self.x[last] {
            let (above, width) = (x - self.x[last], self.width[last - 1]);
            if above > 0.1 * width {
                return f64::NAN;
            }
            return self.y[last] + above * (self.y[last] - self.y[last - 1]) / width;
        }
        let inside = (0..last).find(|&i| x >= self.x[i] && x <= self.x[i + 1]);
        let Some(i) = inside else { return f64::NAN };
        let (h, left, right) = (self.width[i], self.curvature[i], self.curvature[i + 1]);
        let (from, to) = (x - self.x[i], self.x[i + 1] - x);
        let mut y = (left * to * to * to) / (6.0 * h);
        y += (right * from * from * from) / (6.0 * h);
        y += (self.y[i + 1] / h - right * h / 6.0) * from;
        y += (self.y[i] / h - left * h / 6.0) * to;
        y
    }

    /// `stepforce`: NaN too far outside.
    pub fn step(&self, x: f64) -> f64 {
        let last = self.x.len() - 1;
        if x.is_nan()
            || x < self.x[0] - 0.1 * self.width[0]
            || x > self.x[last] + 0.1 * self.width[last - 1]
        {
            return f64::NAN;
        }
        let behind = (0..last).find(|&i| x < self.x[i + 1]);
        self.y[behind.unwrap_or(last)]
    }
}

/// Second derivatives of the natural spline at the points: a tridiagonal system, solved in SCoP's
/// order of operations.
fn curvature(y: &[f64], h: &[f64]) -> Vec<f64> {
    let mut second = vec![0.0; y.len()];
    let n = y.len() - 2;
    let slope: Vec<f64> = (0..h.len()).map(|i| (y[i + 1] - y[i]) / h[i]).collect();
    let upper: Vec<f64> = (0..n).map(|i| h[i + 1] / (h[i] + h[i + 1])).collect();
    let mut diagonal = vec![2.0; n];
    let mut right: Vec<f64> = (0..n)
        .map(|i| 6.0 * (slope[i + 1] - slope[i]) / (h[i] + h[i + 1]))
        .collect();
    for k in 1..n {
        let lower = (1.0 - upper[k]) / diagonal[k - 1];
        diagonal[k] -= lower * upper[k - 1];
        right[k] -= lower * right[k - 1];
    }
    for k in (0..n).rev() {
        let next = if k + 1 < n {
            upper[k] * second[k + 2]
        } else {
            0.0
        };
        second[k + 1] = (right[k] - next) / diagonal[k];
    }
    second
}
