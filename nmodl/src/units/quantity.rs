//! What a unit string means: a factor and the powers of the primitive units.

use std::fmt;

use super::{database::PRIMITIVES, error::UnitError};

/// Powers of the primitive units: metre, kilogram, second, coulomb, candela, dollar, bit,
/// erlang, kelvin.
///
/// Amounts and angles are pure numbers: `mole` is 6.02214076e23 and `radian` 0.5/π.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimensions(pub [i8; Dimensions::COUNT]);

impl Dimensions {
    /// Number of primitive units.
    pub const COUNT: usize = 9;
    /// Those of a pure number.
    pub const NONE: Self = Self([0; Self::COUNT]);

    /// `self + sign * other`, or nothing if a power leaves -128..=127.
    pub(super) fn combine(self, other: Self, sign: i8) -> Option<Self> {
        let mut powers = self.0;
        for (power, added) in powers.iter_mut().zip(other.0) {
            *power = power.checked_add(added.checked_mul(sign)?)?;
        }
        Some(Self(powers))
    }
}

/// As a unit string, `m2-kg/sec2-coul`; a pure number is the empty string.
impl fmt::Display for Dimensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (sign, opening) in [(1, ""), (-1, "/")] {
            let mut separator = opening;
            for (name, &power) in PRIMITIVES.iter().zip(&self.0) {
                let mut left = i32::from(power) * sign;
                while left > 0 {
                    // The grammar has powers of one digit.
                    let power = left.min(9);
                    write!(f, "{separator}{name}")?;
                    if power > 1 {
                        write!(f, "{power}")?;
                    }
                    left -= power;
                    separator = "-";
                }
            }
        }
        Ok(())
    }
}

/// A number of primitive units.
///
/// # Examples
///
/// ```
/// # use nmodl::units::Units;
/// let volt = Units::new().parse("volt")?;
/// assert_eq!(volt.factor, 1.0);
/// assert_eq!(volt.to_string(), "1 m2-kg/sec2-coul");
/// # Ok::<(), nmodl::units::UnitError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// How many; positive and finite.
    pub factor: f64,
    /// Of what.
    pub dims: Dimensions,
}

impl Quantity {
    /// The number one.
    pub const ONE: Self = Self {
        factor: 1.0,
        dims: Dimensions::NONE,
    };

    /// One of the primitive unit at this position of [`Dimensions`].
    pub(super) fn primitive(axis: usize) -> Self {
        let mut one = Self::ONE;
        one.dims.0[axis] = 1;
        one
    }

    /// This quantity counted in `unit`.
    ///
    /// # Errors
    ///
    /// [`UnitError::Incompatible`] if the two differ in dimensions, and
    /// [`UnitError::OutOfRange`] if the ratio is not a positive finite number.
    ///
    /// ```
    /// # use nmodl::units::Units;
    /// let units = Units::new();
    /// let hour = units.parse("hour")?;
    /// assert_eq!(hour.count_of(&units.parse("minute")?)?, 60.0);
    /// # Ok::<(), nmodl::units::UnitError>(())
    /// ```
    pub fn count_of(&self, unit: &Self) -> Result<f64, UnitError> {
        if self.dims != unit.dims {
            return Err(UnitError::Incompatible {
                from: *self,
                to: *unit,
            });
        }
        Self::in_range(self.factor / unit.factor)
    }

    /// The product of the two, unless that is out of range.
    pub fn times(&self, other: &Self) -> Option<Self> {
        Some(Self {
            factor: Self::in_range(self.factor * other.factor).ok()?,
            dims: self.dims.combine(other.dims, 1)?,
        })
    }

    /// The quotient of the two, unless that is out of range.
    pub fn over(&self, other: &Self) -> Option<Self> {
        Some(Self {
            factor: Self::in_range(self.factor / other.factor).ok()?,
            dims: self.dims.combine(other.dims, -1)?,
        })
    }

    /// The power of this quantity, unless that is out of range or has powers of units that are
    /// not whole.
    ///
    /// ```
    /// # use nmodl::units::Units;
    /// let units = Units::new();
    /// let area = units.parse("micron2")?;
    /// assert_eq!(area.power(0.5).map(|length| length.dims), Some(units.parse("m")?.dims));
    /// assert_eq!(area.power(0.25), None);
    /// # Ok::<(), nmodl::units::UnitError>(())
    /// ```
    pub fn power(&self, exponent: f64) -> Option<Self> {
        let mut dims = self.dims;
        for power in &mut dims.0 {
            let raised = f64::from(*power) * exponent;
            if raised.fract() != 0.0 || raised.abs() > f64::from(i8::MAX) {
                return None;
            }
            *power = raised as i8;
        }
        Some(Self {
            factor: Self::in_range(crate::math::pow(self.factor, exponent)).ok()?,
            dims,
        })
    }

    /// A factor that is positive and finite.
    pub(super) fn in_range(factor: f64) -> Result<f64, UnitError> {
        if factor > 0.0 && factor.is_finite() {
            Ok(factor)
        } else {
            Err(UnitError::OutOfRange)
        }
    }
}

/// As a unit string that reads back to the same quantity: `1-6 m3/sec` (a millionth of a
/// cubic metre per second).
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if (1e-4..1e7).contains(&self.factor) {
            write!(f, "{}", self.factor)?;
        } else {
            let scientific = format!("{:e}", self.factor);
            let number = scientific.replace("e-", "-").replace('e', "+");
            f.write_str(&number)?;
        }
        if self.dims != Dimensions::NONE {
            write!(f, " {}", self.dims)?;
        }
        Ok(())
    }
}
