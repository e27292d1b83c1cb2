//! `printf` of mechanisms: C's conversions for doubles.

use std::fmt::Write;

/// Formats `text` with `values`, as C's `printf` would with the numbers converted to what each
/// conversion asks for. A conversion without a value, or one that is not numeric, stays as it is.
pub(crate) fn format_c(text: &str, values: &[f64]) -> String {
    format_with_texts(text, values, &|_| None)
}

/// The same with texts: `word` has the one that the value of a `%s` stands for.
pub(crate) fn format_with_texts(
    text: &str,
    values: &[f64],
    word: &dyn Fn(f64) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut values = values.iter();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("%%") {
            out.push('%');
            rest = after;
            continue;
        }
        let Some((conversion, len)) = Conversion::parse(rest) else {
            out.push('%');
            rest = &rest[1..];
            continue;
        };
        match values.next() {
            Some(&value) if conversion.letter == 's' => {
                conversion.write_text(&mut out, &word(value).unwrap_or_default());
            }
            Some(&value) if conversion.letter == 'c' => {
                let letter = char::from(value as u8).to_string();
                conversion.write_text(&mut out, &letter);
            }
            Some(&value) => conversion.write(&mut out, value),
            None => out.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

/// One `%…` of a format.
struct Conversion {
    left: bool,
    plus: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    letter: char,
}

impl Conversion {
    /// Reads the conversion at the beginning of `text`, which is a `%`; also its length.
    fn parse(text: &str) -> Option<(Self, usize)> {
        let mut this = Self {
            left: false,
            plus: false,
            zero: false,
            width: 0,
            precision: None,
            letter: 'g',
        };
        let mut chars = text.char_indices().skip(1).peekable();
        while let Some(&(_, c)) = chars.peek() {
            match c {
                '-' => this.left = true,
                '+' => this.plus = true,
                '0' => this.zero = true,
                ' ' | '#' => {}
                _ => break,
            }
            chars.next();
        }
        let mut digits = |limit: usize| {
            let mut number = 0;
            while let Some(digit) = chars.peek().and_then(|c| c.1.to_digit(10)) {
                number = (number * 10 + digit as usize).min(limit);
                chars.next();
            }
            (number, chars.peek().copied())
        };
        let (width, next) = digits(200);
        this.width = width;
        if next.is_some_and(|c| c.1 == '.') {
            chars.next();
            let mut precision = 0;
            while let Some(digit) = chars.peek().and_then(|c| c.1.to_digit(10)) {
                precision = (precision * 10 + digit as usize).min(100);
                chars.next();
            }
            this.precision = Some(precision);
        }
        for (at, c) in chars {
            match c {
                'l' | 'h' | 'L' => {}
                'd' | 'i' | 'u' | 'x' | 's' | 'c' | 'f' | 'e' | 'g' | 'E' | 'G' | 'F' => {
                    this.letter = c;
                    return Some((this, at + 1));
                }
                _ => return None,
            }
        }
        None
    }

    /// `%s`, `%c`
    fn write_text(&self, out: &mut String, text: &str) {
        let text: String = match self.precision {
            Some(most) => text.chars().take(most).collect(),
            None => text.to_owned(),
        };
        let fill = self.width.saturating_sub(text.len());
        // Writing to a String cannot fail.
        let _ = if self.left {
            write!(out, "{text}{:fill$}", "")
        } else {
            write!(out, "{:fill$}{text}", "")
        };
    }

    fn write(&self, out: &mut String, value: f64) {
        let precision = self.precision.unwrap_or(6);
        let mut body = match self.letter.to_ascii_lowercase() {
            _ if !value.is_finite() => format!("{value}").to_lowercase(),
            'd' | 'i' | 'u' => format!("{}", value as i64),
            'x' => format!("{:x}", value as i64),
            'f' => format!("{value:.precision$}"),
            'e' => exponential(value, precision),
            _ => general(value, precision.max(1)),
        };
        if self.plus && !body.starts_with('-') {
            body.insert(0, '+');
        }
        if self.letter.is_ascii_uppercase() {
            body.make_ascii_uppercase();
        }
        let fill = self.width.saturating_sub(body.len());
        // Writing to a String cannot fail.
        let _ = if self.left {
            write!(out, "{body}{:fill$}", "")
        } else if self.zero && value.is_finite() {
            let sign = body.len() - body.trim_start_matches(['-', '+']).len();
            write!(
                out,
                "{}{}{}",
                &body[..sign],
                "0".repeat(fill),
                &body[sign..]
            )
        } else {
            write!(out, "{:fill$}{body}", "")
        };
    }
}

/// `%e`: at least two digits of exponent.
fn exponential(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    format!("{mantissa}e{sign}{digits:0>2}")
}

/// `%g`: `precision` significant digits, no zeros at the end.
fn general(value: f64, precision: usize) -> String {
    let scientific = format!("{value:.*e}", precision - 1);
    let exponent: i32 = scientific
        .split_once('e')
        .map_or(0, |e| e.1.parse().unwrap_or(0));
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if exponent < -4 || exponent >= precision as i32 {
        let text = exponential(value, precision - 1);
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
        format!("{}e{exponent}", trim(mantissa))
    } else {
        trim(&format!(
            "{value:.*}",
            (precision as i32 - 1 - exponent) as usize
        ))
    }
}
