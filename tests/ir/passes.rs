//! The passes change no bit: random modules do the same before and after.

use super::{assert_same, generate};
use nmodl::diagnostic::Diagnostic;
use nmodl::ir::Module;
use nmodl::pass::{dce, fold, hoist, promote};

type Run = fn(&mut Module) -> Vec<Diagnostic>;

/// Modules for each pass; `NMODLRS_MODULES` asks for more.
fn seeds() -> std::ops::Range<u64> {
    let more = std::env::var("NMODLRS_MODULES").ok();
    0..more.and_then(|n| n.parse().ok()).unwrap_or(60)
}

fn check(name: &str, passes: &[Run]) {
    for seed in seeds() {
        let before = generate::module(seed);
        let mut after = before.clone();
        for pass in passes {
            assert_eq!(pass(&mut after), []);
        }
        assert_same(&before, &after, &format!("{name}, seed {seed}"));
    }
}

#[test]
fn folding_changes_no_bit() {
    check("fold", &[fold::run]);
}

#[test]
fn promotion_changes_no_bit() {
    check("promote", &[promote::run]);
}

#[test]
fn removal_of_dead_code_changes_no_bit() {
    check("dce", &[dce::run]);
}

#[test]
fn all_passes_change_no_bit() {
    check("all", &[fold::run, promote::run, dce::run, hoist::run]);
}

#[test]
fn all_passes_twice_change_no_bit() {
    let passes: [Run; 4] = [fold::run, promote::run, dce::run, hoist::run];
    check("twice", &[passes, passes].concat());
}
