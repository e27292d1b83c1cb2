//! The pages of docs/nmodl: each has an example that compiles without a warning that the page does
//! not name, in the layout of `nmodlrs fmt`; interpreter, scalar code and vector code do the same
//! with it; and its model gives NEURON's numbers. Examples in Python are compared with NEURON by
//! tests/neuron/test_pages.py.

mod examples;
mod tables;

use std::path::{Path, PathBuf};

use nmodl::diagnostic::render::{Style, render_all};
use nmodl::format;
use nmodl::source::{Loaded, SourceMap};
use nmodl::{lower, pass, sema, syntax};

use crate::codegen::mechanisms;
use crate::neuron::agreement::{self, Agreement};
use crate::neuron::{engine, reference};
use examples::Example;

/// Pages without an example: they are about what there is not, or a table of other pages.
const WITHOUT_EXAMPLE: [&str; 1] = ["blocks/obsolete"];

#[test]
fn every_page_has_a_mechanism_and_a_run_and_is_in_the_index() {
    let index = std::fs::read_to_string(examples::folder().join("README.md")).expect("the index");
    let pages = examples::pages();
    assert!(pages.len() > 70);
    for page in &pages {
        let name = &page.name;
        assert!(page.text.starts_with("# "), "{name}: no title");
        assert!(
            index.contains(&format!("({name}.md)")),
            "{name} is not in the index"
        );
        let examples = examples::examples(page);
        let has = |language: &str| examples.iter().any(|e| e.language == language);
        let is_complete = has("nmodl") && (has("toml") || has("python"));
        assert!(
            is_complete || WITHOUT_EXAMPLE.contains(&name.as_str()),
            "{name}: no complete example"
        );
    }
    let mut files: Vec<String> = pages
        .iter()
        .flat_map(examples::examples)
        .map(|e| e.file)
        .collect();
    let count = files.len();
    files.sort();
    files.dedup();
    assert_eq!(files.len(), count, "two examples have one name");
}

fn mechanisms_of_pages() -> Vec<Example> {
    let all = examples::write();
    all.into_iter()
        .filter(|e| e.file.ends_with(".mod"))
        .collect()
}

/// INCLUDEd files are beside the examples.
fn include(folder: &Path, path: &str) -> Result<Loaded, String> {
    let bytes = std::fs::read(folder.join(path)).map_err(|error| error.to_string())?;
    Ok(Loaded {
        name: path.to_owned(),
        bytes,
    })
}

#[test]
fn examples_have_no_warning_that_their_page_does_not_name() {
    let pages = examples::pages();
    let mut faults = String::new();
    for example in mechanisms_of_pages() {
        let page = pages.iter().find(|page| page.name == example.page);
        let folder = example.path().with_file_name("");
        let mut sources = SourceMap::new();
        let file = sources.add(&example.file, &example.text);
        let found = nmodl::check(&mut sources, file, &mut |path: &str, _: &str| {
            include(&folder, path)
        });
        let is_named = |code: &str| page.is_some_and(|page| page.text.contains(code));
        if !found
            .iter()
            .all(|d| d.code.is_warning() && is_named(d.code.text()))
        {
            let shown = render_all(&found, &sources, Style::Plain);
            faults.push_str(&format!("{}:\n{shown}\n", example.page));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn examples_are_laid_out() {
    for example in mechanisms_of_pages() {
        let mut sources = SourceMap::new();
        let file = sources.add(&example.file, &example.text);
        let formatted = format::format(&sources, file).expect("no faults");
        assert_eq!(formatted, example.text, "{}", example.page);
    }
}

#[test]
fn native_code_of_examples_does_what_the_interpreter_does() {
    for example in mechanisms_of_pages() {
        let folder = example.path().with_file_name("");
        let mut sources = SourceMap::new();
        let file = sources.add(&example.file, &example.text);
        let (tree, _) = syntax::parse(&mut sources, file, &mut |path: &str, _: &str| {
            include(&folder, path)
        });
        let (symbols, _) = sema::analyze(&tree, &example.file);
        let (module, problems) = lower::lower(
            symbols,
            &sources,
            &nmodl::verbatim::header::Headers::default(),
        );
        let mut module = module.unwrap_or_else(|| panic!("{}: {problems:?}", example.page));
        pass::run(&mut module, &mut |_, _, _| {}).expect("no errors");
        mechanisms::check(&example.file, &module);
    }
}

#[test]
fn models_of_pages_give_neurons_numbers() {
    let models: Vec<Example> = examples::write()
        .into_iter()
        .filter(|example| example.language == "toml")
        .collect();
    let in_neuron: Vec<PathBuf> = models
        .iter()
        .filter(|model| model.in_neuron())
        .map(Example::path)
        .collect();
    let results = reference::of(&in_neuron, "pages");
    let mut failures = Vec::new();
    for model in &models {
        let compared = (|| {
            let one = engine::run(&model.path(), 1)?;
            let several = engine::run(&model.path(), nmodl::abi::LANES)?;
            agreement::identical(&one, &several)?;
            let (Some(results), true) = (&results, model.in_neuron()) else {
                return Ok(());
            };
            let name = model.file.replace(".toml", ".json");
            let theirs = reference::read(&results.join(name))?;
            Agreement::within(model.relative()).compare(&several, &theirs)?;
            Ok::<(), String>(())
        })();
        if let Err(message) = compared {
            failures.push(format!("{}: {message}", model.page));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
