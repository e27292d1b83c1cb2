//! Comparisons, indices, order.

use std::cmp::Ordering;

use super::error::{Result, VectorError};
use super::{EPSILON, equal};

/// What an element is compared with. Numbers closer than [`EPSILON`] count as equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    kind: Kind,
    value: f64,
    second: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    /// Between two values; whether the first and the last one belong to it.
    Between(bool, bool),
}

impl Comparison {
    /// A comparison by its name: `==`, `!=`, `>`, `<`, `>=`, `<=` with one value; `()`, `[]`, `[)`,
    /// `(]` with two, where a bracket includes the value. On behalf of a method of that name.
    pub fn new(
        method: &'static str,
        operator: &str,
        value: f64,
        second: Option<f64>,
    ) -> Result<Self> {
        let kind = match (operator, second) {
            ("==", _) => Kind::Equal,
            ("!=", _) => Kind::NotEqual,
            (">", _) => Kind::Greater,
            ("<", _) => Kind::Less,
            (">=", _) => Kind::GreaterOrEqual,
            ("<=", _) => Kind::LessOrEqual,
            ("()", Some(_)) => Kind::Between(false, false),
            ("[]", Some(_)) => Kind::Between(true, true),
            ("[)", Some(_)) => Kind::Between(true, false),
            ("(]", Some(_)) => Kind::Between(false, true),
            ("()" | "[]" | "[)" | "(]", None) => {
                return Err(VectorError::Undefined {
                    method,
                    reason: "a comparison with a range needs two values",
                });
            }
            _ => {
                return Err(VectorError::Operator {
                    method,
                    operator: operator.to_owned(),
                });
            }
        };
        Ok(Self {
            kind,
            value,
            second: second.unwrap_or(value),
        })
    }

    /// Whether it holds for a number.
    pub fn holds(&self, x: f64) -> bool {
        let above = |included: bool, limit: f64| {
            if included {
                x >= limit - EPSILON
            } else {
                x > limit + EPSILON
            }
        };
        let below = |included: bool, limit: f64| {
            if included {
                x <= limit + EPSILON
            } else {
                x < limit - EPSILON
            }
        };
        match self.kind {
            Kind::Equal => equal(x, self.value),
            Kind::NotEqual => !equal(x, self.value),
            Kind::Greater => above(false, self.value),
            Kind::GreaterOrEqual => above(true, self.value),
            Kind::Less => below(false, self.value),
            Kind::LessOrEqual => below(true, self.value),
            Kind::Between(first, last) => above(first, self.value) && below(last, self.second),
        }
    }
}

/// `where`: the elements for which it holds.
pub fn elements_where(values: &[f64], comparison: Comparison) -> Vec<f64> {
    let holds = |x: &f64| comparison.holds(*x);
    values.iter().copied().filter(holds).collect()
}

/// `indvwhere`: the indices of the elements for which it holds.
pub fn indices_where(values: &[f64], comparison: Comparison) -> Vec<f64> {
    let indices = 0..values.len();
    indices
        .filter(|i| comparison.holds(values[*i]))
        .map(|i| i as f64)
        .collect()
}

/// `indwhere`: the first index of an element for which it holds.
pub fn index_where(values: &[f64], comparison: Comparison) -> Option<usize> {
    values.iter().position(|x| comparison.holds(*x))
}

/// `contains`
pub fn contains(values: &[f64], value: f64) -> bool {
    values.iter().any(|x| equal(*x, value))
}

/// `eq`: sizes and elements are equal.
pub fn equal_elements(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(*a, *b))
}

/// The element at an index that is a double, whose fraction is cut off.
fn element(values: &[f64], index: f64) -> Option<f64> {
    if index.is_nan() {
        return None;
    }
    values.get(usize::try_from(index as i64).ok()?).copied()
}

/// `index`: the elements at indices; 0 where there is none, as in NEURON.
pub fn gather(values: &[f64], indices: &[f64]) -> Vec<f64> {
    let at = |i: &f64| element(values, *i).unwrap_or(0.0);
    indices.iter().map(at).collect()
}

/// `ind`: the elements at those indices that exist.
pub fn gather_existing(values: &[f64], indices: &[f64]) -> Vec<f64> {
    indices.iter().filter_map(|i| element(values, *i)).collect()
}

/// Ascending, not-a-numbers last.
fn ascending(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b)
        .unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// `sort`
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| ascending(*a, *b));
    sorted
}

/// `sortindex`: the indices of the elements in ascending order; of equal elements the first comes
/// first.
pub fn sorted_indices(values: &[f64]) -> Vec<f64> {
    let mut indices: Vec<usize> = (0..values.len()).collect();
    indices.sort_by(|a, b| ascending(values[*a], values[*b]));
    indices.into_iter().map(|i| i as f64).collect()
}
