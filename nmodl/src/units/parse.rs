//! The grammar of unit strings, as NEURON reads them.
//!
//! ```text
//! unit     = [number] { separator | name [power] }
//! number   = decimal [("+" | "-") digits] ["|" number]
//! separator= blank | "-" | "/"
//! power    = "1" .. "9"
//! ```
//!
//! A number stands at the start only. Its exponent has a sign but no letter (`1+8` is
//! 1e8) and `|` divides (`5|9`). Factors are multiplied, whether a blank or `-` is between
//! them; everything after the first `/` divides, and a further `/` changes nothing:
//! `joule/mole-K` and `joule/mole/K` are the same.
//!
//! A name is looked up as it stands; then without a prefix (`millivolt`; a prefix alone is
//! a number, `milli/liter`); then without a plural `s`; and so on with what is left. The
//! first prefix that fits is taken, without going back.
//!
//! Products are formed factor by factor from the left, and `cm3` is three of them: the
//! last bit of the result depends on it.

use super::{
    database::PREFIXES,
    error::{SyntaxProblem, UnitError},
    quantity::Quantity,
};

/// Gives the unit of exactly this name.
pub(super) type Lookup<'a> = &'a dyn Fn(&str) -> Option<Quantity>;

/// The meaning of a unit string, whose names `exact` resolves. Of an unknown name, the
/// error has no candidates yet.
pub(super) fn evaluate(text: &str, exact: Lookup<'_>) -> Result<Quantity, UnitError> {
    let mut reader = Reader { text, position: 0 };
    let mut product = Quantity {
        factor: reader.leading_number()?,
        ..Quantity::ONE
    };
    let mut divides = false;
    while let Some(byte) = reader.peek() {
        let offset = reader.position;
        if is_separator(byte) {
            divides |= byte == b'/';
            reader.position += 1;
        } else if byte.is_ascii_digit() || (byte == b'.' && reader.is_digit_at(1)) {
            return Err(syntax(SyntaxProblem::StrayNumber, offset));
        } else {
            let name = reader.take_while(|byte| !ends_name(byte));
            let unit = resolve(name, exact).ok_or_else(|| unknown(name, offset))?;
            for _ in 0..reader.power()? {
                product = multiply(product, unit, divides)?;
            }
        }
    }
    product.factor = Quantity::in_range(product.factor)?;
    Ok(product)
}

/// Whether a unit string can contain this as one name.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.bytes().any(ends_name)
}

fn multiply(product: Quantity, unit: Quantity, divides: bool) -> Result<Quantity, UnitError> {
    let (factor, sign) = if divides {
        (product.factor / unit.factor, -1)
    } else {
        (product.factor * unit.factor, 1)
    };
    let dims = product.dims.combine(unit.dims, sign);
    Ok(Quantity {
        factor,
        dims: dims.ok_or(UnitError::OutOfRange)?,
    })
}

/// The unit `name`, with its prefixes and plural.
fn resolve(name: &str, exact: Lookup<'_>) -> Option<Quantity> {
    let mut scale = 1.0;
    let mut rest = name;
    loop {
        if rest.is_empty() {
            return Some(Quantity {
                factor: scale,
                ..Quantity::ONE
            });
        }
        if let Some(mut unit) = exact(rest) {
            unit.factor *= scale;
            return Some(unit);
        }
        let prefixed = |&(prefix, factor): &(&str, f64)| Some((rest.strip_prefix(prefix)?, factor));
        if let Some((unprefixed, factor)) = PREFIXES.iter().find_map(prefixed) {
            scale *= factor;
            rest = unprefixed;
        } else {
            rest = rest.strip_suffix('s').filter(|stem| !stem.is_empty())?;
        }
    }
}

fn unknown(name: &str, offset: usize) -> UnitError {
    if let Some((at, operator)) = name.char_indices().find(|(_, c)| "*^".contains(*c)) {
        return syntax(SyntaxProblem::Operator(operator), offset + at);
    }
    UnitError::Unknown {
        name: name.to_owned(),
        offset,
        candidates: Vec::new(),
        customary: None,
    }
}

fn syntax(problem: SyntaxProblem, offset: usize) -> UnitError {
    UnitError::Syntax { problem, offset }
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'-' || byte == b'/'
}

/// A zero is part of a name; it cannot be a power.
fn ends_name(byte: u8) -> bool {
    is_separator(byte) || matches!(byte, b'1'..=b'9')
}

/// A position in a unit string, always between two characters: only ASCII is stepped over
/// byte by byte.
struct Reader<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.position + ahead).copied()
    }

    fn is_digit_at(&self, ahead: usize) -> bool {
        self.peek_at(ahead)
            .is_some_and(|byte| byte.is_ascii_digit())
    }

    /// The longest run of bytes that satisfy `wanted`, which must hold for all bytes of a
    /// character that is not ASCII or for none.
    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a str {
        let start = self.position;
        while self.peek().is_some_and(&wanted) {
            self.position += 1;
        }
        &self.text[start..self.position]
    }

    /// The number at the start, one if there is none.
    fn leading_number(&mut self) -> Result<f64, UnitError> {
        self.take_while(|byte| byte.is_ascii_whitespace());
        match self.peek() {
            Some(b'0'..=b'9' | b'.' | b'+' | b'|') => {}
            _ => return Ok(1.0),
        }
        let number = self.number()?;
        let signed = usize::from(matches!(self.peek_at(1), Some(b'+' | b'-')));
        if matches!(self.peek(), Some(b'e' | b'E')) && self.is_digit_at(1 + signed) {
            return Err(syntax(SyntaxProblem::ExponentLetter, self.position));
        }
        Ok(number)
    }

    fn number(&mut self) -> Result<f64, UnitError> {
        let mut fractions = Vec::new();
        loop {
            self.take_while(|byte| byte.is_ascii_whitespace());
            fractions.push(self.decimal()?);
            if self.peek() != Some(b'|') {
                break;
            }
            self.position += 1;
        }
        // `1|2|3` is 1|(2|3).
        let number = fractions
            .into_iter()
            .rev()
            .reduce(|below, above| above / below);
        Quantity::in_range(number.unwrap_or(1.0))
    }

    fn decimal(&mut self) -> Result<f64, UnitError> {
        let offset = self.position;
        let mantissa = self.take_while(|byte| byte.is_ascii_digit() || byte == b'.');
        let mut decimal = mantissa.to_owned();
        // Without digits after it, `-` is a separator: `10-coul`.
        if let Some(sign @ (b'+' | b'-')) = self.peek()
            && self.is_digit_at(1)
        {
            self.position += 1;
            decimal.push('e');
            decimal.push(char::from(sign));
            decimal.push_str(self.take_while(|byte| byte.is_ascii_digit()));
        }
        match decimal.parse::<f64>() {
            Ok(value) if value > 0.0 && value.is_finite() => Ok(value),
            _ => Err(syntax(SyntaxProblem::Number, offset)),
        }
    }

    /// The power after a name, one if there is none.
    fn power(&mut self) -> Result<u8, UnitError> {
        let Some(digit @ b'1'..=b'9') = self.peek() else {
            return Ok(1);
        };
        self.position += 1;
        if self.is_digit_at(0) {
            return Err(syntax(SyntaxProblem::LongPower, self.position));
        }
        Ok(digit - b'0')
    }
}
