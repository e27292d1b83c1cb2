//! The mechanisms that ship, from text to native code, against the interpreter.

use nmodl::ir::Module;
use nmodl::ir::memory::Memory;
use nmodl::mechanism::Kind;
use nmodl::{lower, pass, sema, syntax};

use super::assert_agree;
use crate::ir::generate::Random;

#[test]
fn native_code_does_what_the_interpreter_does() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/mod");
    let mut compiled = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "mod") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let (file, _, sources) = syntax::parse_text(&text);
        let (symbols, _) = sema::analyze(&file, "text.mod");
        let (module, problems) = lower::lower(
            symbols,
            &sources,
            &nmodl::verbatim::header::Headers::default(),
        );
        let mut module = module.unwrap_or_else(|| panic!("{name}: {problems:?}"));
        pass::run(&mut module, &mut |_, _, _| {}).unwrap();
        check(&name, &module);
        compiled += 1;
    }
    assert!(compiled > 10);
}

/// Asserts that native code of a module does what the interpreter does, at several nodes and from
/// several states.
pub fn check(name: &str, module: &Module) {
    let node: &[u32] = match module.mechanism.kind {
        Kind::Density => &[2, 3, 4, 5, 6],
        _ => &[0, 0, 1, 4, 4],
    };
    for seed in 0..3 {
        let mut random = Random::new(seed);
        let mut number = || random.below(1000) as f64 / 1000.0;
        let mut memory = Memory::new(&module.mechanism, node, 7);
        memory.nodes[0].fill_with(|| 140.0 * number() - 90.0);
        for array in memory.ions.iter_mut().flatten() {
            array.fill_with(|| 10.0 * number());
        }
        for table in &mut memory.tables {
            table.fill_with(&mut number);
        }
        memory.args.fill(0.5);
        // States and the like.
        for (i, value) in memory.data.iter_mut().enumerate() {
            if i % 3 == 0 {
                *value = number();
            }
        }
        assert_agree(module, &memory, &format!("{name}, seed {seed}"));
    }
}
