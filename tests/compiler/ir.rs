//! The IR of small models, as lowered and after each pass that takes NMODL apart.

use super::{compile, fixtures, mod_files};
use nmodl::ir::{Module, print};

/// The passes shown for every fixture, if they change anything.
const SHOWN: &[&str] = &[
    "inline",
    "cnexp",
    "euler",
    "runge",
    "derivimplicit",
    "sparse",
    "linear",
    "nonlinear",
    "conductance",
];

#[test]
fn small_models_pass_by_pass() {
    for (name, text) in fixtures("ok") {
        let compiled = compile(&format!("{name}.mod"), text.as_bytes(), true);
        let Some(lowered) = &compiled.lowered else {
            panic!("{}", compiled.messages());
        };
        let mut shown = format!("{text}\n{}", compiled.messages());
        shown += &format!("==== lowered\n{}", print::module(lowered));
        let mut before = lowered;
        for pass in SHOWN {
            let after = compiled.after(pass);
            let changed = changed_kernels(before, after);
            if !changed.is_empty() {
                shown += &format!("\n==== after {pass}\n{}", changed.join("\n"));
            }
            before = after;
        }
        insta::assert_snapshot!(name, shown);
    }
}

/// The kernels that a pass changed. (Functions do not matter any more once they are inlined.)
fn changed_kernels(before: &Module, after: &Module) -> Vec<String> {
    let before: Vec<String> = kernels(before);
    let after = kernels(after).into_iter();
    after.filter(|text| !before.contains(text)).collect()
}

fn kernels(module: &Module) -> Vec<String> {
    let kernels = module.kernels.iter();
    kernels.map(|k| print::kernel(module, k)).collect()
}

#[test]
fn whole_mechanisms_after_conductance() {
    for (name, bytes) in mod_files(concat!(env!("CARGO_MANIFEST_DIR"), "/mod")) {
        if ["hh", "cabpump"].contains(&name.as_str()) {
            let compiled = compile(&name, &bytes, true);
            insta::assert_snapshot!(name, kernels(compiled.after("conductance")).join("\n"));
        }
    }
}
