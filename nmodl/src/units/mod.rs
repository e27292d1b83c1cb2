//! Units: what `(mA/cm2)` means, and how many of one there are in another.
//!
//! [`Units`] holds the units that a model can name: the built-in ones and those that its
//! UNITS block declares. A unit string is read into a [`Quantity`], a factor and the powers
//! of the primitive units (metre, kilogram, second, coulomb, kelvin, and a few that no
//! model needs), and two quantities of equal dimensions have a ratio. That is all a
//! translator needs: `R = (k-mole) (joule/degC)` is [`Units::factor`].
//!
//! The values agree bit for bit with those that the translator of NEURON 9.0.2 computes,
//! in its modern units (2018 CODATA). Where it takes a doubtful string silently, or stops
//! without a word on the cause, there is a [`UnitError`] instead.
//!
//! Three names are not what a physicist expects: `g` is the acceleration of gravity (a
//! gram is `gm`), `k` is Boltzmann's constant and `mole` is a pure number.

mod database;
mod error;
mod parse;
mod quantity;
mod suggest;

use std::collections::BTreeMap;

pub use error::{SyntaxProblem, UnitError};
pub use quantity::{Dimensions, Quantity};

/// Elementary charge (coulomb), 2018 CODATA, exact.
pub const ELEMENTARY_CHARGE: f64 = 1.602176634e-19;
/// Avogadro's number (1/mole), 2018 CODATA, exact.
pub const AVOGADRO: f64 = 6.02214076e23;
/// Boltzmann's constant (joule/kelvin), 2018 CODATA, exact.
pub const BOLTZMANN: f64 = 1.380649e-23;
/// Faraday's constant (coulomb/mole), as in the reversal potentials of ions.
pub const FARADAY: f64 = ELEMENTARY_CHARGE * AVOGADRO;
/// The gas constant (joule/(mole kelvin)), as in the reversal potentials of ions.
pub const GAS_CONSTANT: f64 = BOLTZMANN * AVOGADRO;

/// The units that a model can name.
///
/// # Examples
///
/// ```
/// # use nmodl::units::Units;
/// let mut units = Units::new();
/// units.define("mV", "millivolt")?;
/// units.define("mA", "milliamp")?;
/// assert_eq!(units.factor("mA/cm2", "amp/m2")?, 10.0);
/// assert_eq!(units.parse("mV")?.to_string(), "0.001 m2-kg/sec2-coul");
/// assert!(units.factor("mA", "mV").is_err());
/// # Ok::<(), nmodl::units::UnitError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Units {
    aliases: BTreeMap<String, Quantity>,
}

impl Units {
    /// The built-in units. This allocates nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares `name` to stand for `meaning`, as `(name) = (meaning)` in a UNITS block.
    ///
    /// A name that no unit string can refer to, since it has a digit or a separator in it
    /// (`um3`, `mA/cm2`), has no effect; that it may be declared, and be declared as
    /// `liter/1e15`, is a courtesy to models that do so. To declare the meaning that
    /// a name already has is allowed too.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse) for the meaning, and [`UnitError::Redefined`].
    pub fn define(&mut self, name: &str, meaning: &str) -> Result<(), UnitError> {
        let name = name.trim();
        let new = self.parse(meaning);
        if !parse::is_name(name) {
            return match new {
                Err(UnitError::Syntax { .. }) => Ok(()),
                other => other.map(drop),
            };
        }
        let new = new?;
        match self.exact(name) {
            Some(known) if !same(known, new) => Err(UnitError::Redefined {
                name: name.to_owned(),
                known,
                new,
            }),
            Some(_) => Ok(()),
            None => {
                self.aliases.insert(name.to_owned(), new);
                Ok(())
            }
        }
    }

    /// The meaning of a unit string, without its parentheses. The empty string is the
    /// number one.
    ///
    /// # Errors
    ///
    /// [`UnitError::Unknown`], [`UnitError::Syntax`], [`UnitError::OutOfRange`].
    ///
    /// ```
    /// # use nmodl::units::Units;
    /// let units = Units::new();
    /// assert_eq!(units.parse("1+8 m5/ms")?.factor, 1e11);
    /// assert_eq!(units.parse("joule/mole-K")?, units.parse("joules/mole/K")?);
    /// # Ok::<(), nmodl::units::UnitError>(())
    /// ```
    pub fn parse(&self, text: &str) -> Result<Quantity, UnitError> {
        parse::evaluate(text, &|name| self.exact(name))
            .map_err(|error| suggest::explain(error, self.aliases.keys().map(String::as_str)))
    }

    /// How many `to` there are in `from`: the value of `name = (from) (to)` and of
    /// `name = (from) -> (to)` in a UNITS block.
    ///
    /// To know which of the two a syntax error is in, [`parse`](Self::parse) each and use
    /// [`Quantity::count_of`].
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), and [`UnitError::Incompatible`].
    ///
    /// ```
    /// # use nmodl::units::Units;
    /// let r = Units::new().factor("k-mole", "joule/degC")?;
    /// assert_eq!(format!("{r:.6}"), "8.314463");
    /// # Ok::<(), nmodl::units::UnitError>(())
    /// ```
    pub fn factor(&self, from: &str, to: &str) -> Result<f64, UnitError> {
        self.parse(from)?.count_of(&self.parse(to)?)
    }

    fn exact(&self, name: &str) -> Option<Quantity> {
        let alias = self.aliases.get(name).copied();
        alias.or_else(|| database::exact(name))
    }
}

/// Equal but for the rounding of factors that were multiplied in another order.
fn same(a: Quantity, b: Quantity) -> bool {
    a.dims == b.dims && (a.factor / b.factor - 1.0).abs() < 1e-12
}
