//! The mechanisms that ship: after `conductance`, no pass changes what their kernels do.

use super::assert_same;
use nmodl::ir::Module;
use nmodl::source::{NoIncludes, SourceMap};
use nmodl::{lower, pass, sema, syntax};

/// The module of a text after each pass, by the pass's name.
pub fn stages(name: &str, text: &[u8]) -> Vec<(&'static str, Module)> {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, text);
    let (tree, _) = syntax::parse(&mut sources, file, &mut NoIncludes);
    let (symbols, _) = sema::analyze(&tree, "text.mod");
    let (module, errors) = lower::lower(
        symbols,
        &sources,
        &nmodl::verbatim::header::Headers::default(),
    );
    let Some(mut module) = module else {
        panic!("{name}: {errors:?}");
    };
    let mut stages = Vec::new();
    pass::run(&mut module, &mut |name, module, _| {
        stages.push((name, module.clone()));
    })
    .unwrap();
    stages
}

#[test]
fn passes_keep_the_meaning_of_real_mechanisms() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("mod");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "mod"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let stages = stages(&path.to_string_lossy(), &std::fs::read(&path).unwrap());
        let low = stages.iter().position(|s| s.0 == "conductance").unwrap();
        for (name, module) in &stages[low + 1..] {
            let what = format!("{} after {name}", path.display());
            assert_same(&stages[low].1, module, &what);
        }
    }
}
