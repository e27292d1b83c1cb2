//! Texts of C: numbers in them.

/// The number that a text begins with, blanks left out, as C's `strtod` reads it, and where it ends.
pub(super) fn leading_number(text: &str) -> Option<(f64, usize)> {
    let blanks = text.len() - text.trim_start().len();
    let rest = &text.as_bytes()[blanks..];
    let digits = |from: usize| {
        let counted = rest[from.min(rest.len())..].iter();
        counted.take_while(|b| b.is_ascii_digit()).count()
    };
    let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if rest.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        end += usize::from(whole + fraction > 0) + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(rest.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(rest.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let number = std::str::from_utf8(&rest[..end]).ok()?.parse().ok()?;
    Some((number, blanks + end))
}
