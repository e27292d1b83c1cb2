//! "Did you mean": the known name nearest to a misspelt one.

/// The candidate most like `name`, if any is alike enough to be worth naming. Ties are decided
/// by alphabetical order, so the answer does not depend on the order of candidates.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let longest = name.chars().count().max(1);
    let limit = (longest / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| {
            let distance = if candidate.eq_ignore_ascii_case(name) {
                0
            } else {
                strsim::damerau_levenshtein(name, candidate)
            };
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            // A change of every character is no likeness.
            *distance <= limit && *distance < longest.max(candidate.chars().count())
        })
        .min()
        .map(|(_, candidate)| candidate)
}
