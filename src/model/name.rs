//! Names of things in a model: sections, places, variables, and patterns of them.
//!
//! ```text
//! soma   dend[3]   ring[5].soma        sections (of a population)
//! soma(0.5)                            a place
//! soma(0.5).v  soma(0.5).hh.m          a variable of a segment
//! soma(0.5).cadifpmp.ca[3]             an element of an array variable
//! stim.i   ring[5].syn.g               a variable of a point process
//! t                                    the time
//! ```
//!
//! In a [pattern](matches()) `*` stands for any run of characters and `?` for one;
//! brackets stand for themselves.

use std::fmt;

/// What is wrong with a name, in words that follow the name.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NameError {
    /// Neither a place nor anything else.
    #[error("is not a place: write `{0}(0.5)`")]
    NoPlace(String),
    /// The parentheses do not hold a number.
    #[error("is not a place: `{0}` is not a number")]
    NotANumber(String),
    /// A relative position outside 0 to 1.
    #[error("is not a place: {0} is not from 0 to 1")]
    OutOfRange(f64),
    /// A parenthesis that is not closed.
    #[error("lacks `)`")]
    Unclosed,
    /// An index that is no number, or is not closed.
    #[error("has a bad index: `{0}`")]
    BadIndex(String),
    /// A place without a variable.
    #[error("is a place, not a variable: write `{0}.v`")]
    NoVariable(String),
    /// Something behind the parenthesis that is no variable.
    #[error("names no variable behind the place")]
    NotAVariable,
}

/// A section, or a pattern of sections, and a relative position in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place<'a> {
    /// The section's full name or a pattern.
    pub section: &'a str,
    /// From 0 to 1.
    pub position: f64,
}

/// A name with an element's index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The name without index.
    pub name: &'a str,
    /// The index, if there is one.
    pub index: Option<usize>,
}

/// A variable, or a pattern of variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Variable<'a> {
    /// The time.
    Time,
    /// Of a segment.
    Segment {
        /// Which segment.
        place: Place<'a>,
        /// `hh` in `soma(0.5).hh.m`.
        mechanism: Option<&'a str>,
        /// `m` in `soma(0.5).hh.m`.
        element: Element<'a>,
    },
    /// Of a point process or an artificial cell.
    Point {
        /// Its full name or a pattern.
        point: &'a str,
        /// `i` in `stim.i`.
        element: Element<'a>,
    },
}

impl fmt::Display for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "{}[{index}]", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// Whether a text is written as a place rather than as a name.
pub fn is_place(text: &str) -> bool {
    text.contains('(')
}

/// Reads `soma(0.5)`.
///
/// # Errors
///
/// If it is not of that form, or the position is outside 0 to 1.
pub fn place(text: &str) -> Result<Place<'_>, NameError> {
    match split_place(text)? {
        (place, "") => Ok(place),
        _ => Err(NameError::NotAVariable),
    }
}

/// Reads a variable.
///
/// # Errors
///
/// If the text is of none of the forms of this module's head.
pub fn variable(text: &str) -> Result<Variable<'_>, NameError> {
    if text == "t" {
        return Ok(Variable::Time);
    }
    if !is_place(text) {
        let (point, last) = text
            .rsplit_once('.')
            .ok_or_else(|| NameError::NoPlace(text.to_owned()))?;
        return Ok(Variable::Point {
            point,
            element: element(last)?,
        });
    }
    let (place, rest) = split_place(text)?;
    if rest.is_empty() {
        return Err(NameError::NoVariable(text.to_owned()));
    }
    let rest = rest.strip_prefix('.').ok_or(NameError::NotAVariable)?;
    let (mechanism, last) = match rest.split_once('.') {
        Some((mechanism, last)) => (Some(mechanism), last),
        None => (None, rest),
    };
    if last.is_empty() || last.contains('.') {
        return Err(NameError::NotAVariable);
    }
    Ok(Variable::Segment {
        place,
        mechanism,
        element: element(last)?,
    })
}

fn split_place(text: &str) -> Result<(Place<'_>, &str), NameError> {
    let (section, rest) = text
        .split_once('(')
        .ok_or_else(|| NameError::NoPlace(text.to_owned()))?;
    let (position, rest) = rest.split_once(')').ok_or(NameError::Unclosed)?;
    let position = match position.trim().parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => number,
        Ok(number) if number.is_finite() => return Err(NameError::OutOfRange(number)),
        _ => return Err(NameError::NotANumber(position.to_owned())),
    };
    Ok((Place { section, position }, rest))
}

/// Reads `ca` or `ca[3]`.
///
/// # Errors
///
/// If there is a bracket without a number, or anything behind it.
pub fn element(text: &str) -> Result<Element<'_>, NameError> {
    let bad = || NameError::BadIndex(text.to_owned());
    match text.split_once('[') {
        None => Ok(Element {
            name: text,
            index: None,
        }),
        Some((name, rest)) => {
            let digits = rest.strip_suffix(']').ok_or_else(bad)?;
            let index = digits.parse().map_err(|_| bad())?;
            Ok(Element {
                name,
                index: Some(index),
            })
        }
    }
}

/// Whether a text stands for several names.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Whether a name fits a pattern.
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n) = (0, 0);
    // Where to go on if what follows the last star does not fit.
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p + 1, n));
                p += 1;
            }
            Some(&byte) if byte == b'?' || byte == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match retry {
                Some((after_star, from)) => {
                    p = after_star;
                    n = from + 1;
                    retry = Some((after_star, n));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

/// Whether a section belongs to what a region lists: a name, a pattern, or the name of an
/// array for all its elements.
pub fn selects(pattern: &str, section: &str) -> bool {
    matches(pattern, section)
        || section
            .rsplit_once('[')
            .is_some_and(|(array, index)| !index.contains('.') && matches(pattern, array))
}

/// What is wrong with a name that the user gives to a section, a point or a population;
/// `None` if nothing is.
pub fn reject_new_name(name: &str, index_allowed: bool) -> Option<&'static str> {
    let (base, index) = match name.split_once('[') {
        Some((base, rest)) => (base, Some(rest)),
        None => (name, None),
    };
    let mut letters = base.chars();
    let begins_well = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    if !begins_well || !letters.all(|c| c.is_alphanumeric() || c == '_') {
        return Some("a name is made of letters, digits and `_`, and begins with a letter");
    }
    match index {
        None => None,
        Some(_) if !index_allowed => Some("a name with an index is made with `count`"),
        Some(rest) => {
            let digits = rest.strip_suffix(']').unwrap_or("");
            let fits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            (!fits).then_some("an index is a whole number in brackets, as in `dend[3]`")
        }
    }
}
