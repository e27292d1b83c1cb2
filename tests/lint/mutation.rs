//! Damaged model files: whatever the text, the lints and the check of units end, soon and without
//! a panic. `NMODLRS_MUTATIONS` and `NMODLRS_SEED` set how many and which, as for the compiler.

use super::{check, fixtures};
use crate::compiler::effort::Effort;
use crate::compiler::mutation::mutate;
use crate::ir::generate::Random;
use std::time::Duration;

#[test]
fn damaged_files_end_in_messages() {
    let count = std::env::var("NMODLRS_MUTATIONS").map_or(400, |n| n.parse().unwrap());
    let seed = std::env::var("NMODLRS_SEED").map_or(1, |n| n.parse().unwrap());
    let texts: Vec<Vec<u8>> = ["ok", "err"]
        .iter()
        .flat_map(|kind| fixtures(kind))
        .map(|(_, text)| text.into_bytes())
        .collect();
    for number in 0..count {
        let case: u64 = seed * 1_000_000_007 + number;
        let text = mutate(&texts, &mut Random::new(case));
        let effort = Effort::start();
        let outcome = std::panic::catch_unwind(|| check("mutant.mod", &text, true));
        let text = String::from_utf8_lossy(&text);
        assert!(outcome.is_ok(), "case {case}:\n{text}");
        let took = effort.spent();
        assert!(
            took < Duration::from_secs(5),
            "case {case} took {took:?}:\n{text}"
        );
    }
}
