//! The examples of the pages below docs/nmodl, as files.
//!
//! An example is a fenced block whose line before is its file's name in backquotes, alone:
//!
//! ````text
//! `gate.mod`
//!
//! ```nmodl
//! ...
//! ````
//!
//! Words after the language: `not-in-neuron`, which NEURON 9.0.2 refuses or does otherwise, as the
//! page explains; `relative=1e-5`, the agreement that is asked for where currents are not linear in
//! v. `tests/neuron/pages.py` reads the same.

use std::fs;
use std::path::{Path, PathBuf};

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path below docs/nmodl, without its ending.
    pub name: String,
    pub text: String,
}

/// A file of a page.
#[derive(Debug, Clone)]
pub struct Example {
    pub page: String,
    pub file: String,
    pub language: String,
    /// Words after the language.
    pub words: Vec<String>,
    pub text: String,
}

impl Example {
    /// Whether NEURON does the same.
    pub fn in_neuron(&self) -> bool {
        !self.words.iter().any(|word| word == "not-in-neuron")
    }

    /// Where it is written: a folder for each folder of pages, and one more for what is not in
    /// NEURON, so that what goes to NEURON is a folder.
    pub fn path(&self) -> PathBuf {
        let folder = self.page.split('/').next().unwrap_or_default();
        let folder = match self.in_neuron() {
            true => folder.to_owned(),
            false => format!("{folder}-here"),
        };
        root().join("target/pages").join(folder).join(&self.file)
    }

    /// The largest relative difference from NEURON.
    pub fn relative(&self) -> f64 {
        let given = self.words.iter().find_map(|w| w.strip_prefix("relative="));
        given.map_or(1e-9, |text| text.parse().expect("a number"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of all pages.
pub fn folder() -> PathBuf {
    root().join("docs/nmodl")
}

/// All pages that are in a folder, by name.
pub fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder()).expect("docs/nmodl") {
        let path = entry.expect("an entry").path();
        if !path.is_dir() {
            continue;
        }
        let group = path.file_name().unwrap_or_default().to_string_lossy();
        for entry in fs::read_dir(&path).expect("a folder of pages") {
            let path = entry.expect("an entry").path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            pages.push(Page {
                name: format!("{group}/{stem}"),
                text: fs::read_to_string(&path).expect("a page"),
            });
        }
    }
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// The examples of a page.
pub fn examples(page: &Page) -> Vec<Example> {
    let mut found = Vec::new();
    let lines: Vec<&str> = page.text.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let name = line.strip_prefix('`').and_then(|l| l.strip_suffix('`'));
        let fence = lines.get(i + 2).and_then(|line| line.strip_prefix("```"));
        let (Some(file), Some(""), Some(fence)) = (name, lines.get(i + 1).copied(), fence) else {
            continue;
        };
        let body = lines[i + 3..].iter().take_while(|line| **line != "```");
        let mut words = fence.split_whitespace().map(str::to_owned);
        found.push(Example {
            page: page.name.clone(),
            file: file.to_owned(),
            language: words.next().unwrap_or_default(),
            words: words.collect(),
            text: body.map(|line| format!("{line}\n")).collect(),
        });
    }
    found
}

/// Writes all examples to their places, and removes what is none. Gives all.
pub fn write() -> Vec<Example> {
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _writing = WRITING.lock();
    let all: Vec<Example> = pages().iter().flat_map(examples).collect();
    let paths: Vec<PathBuf> = all.iter().map(Example::path).collect();
    for path in &paths {
        let folder = path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        for entry in fs::read_dir(folder).expect("a folder") {
            let there = entry.expect("an entry").path();
            let ending = there.extension().unwrap_or_default().to_string_lossy();
            if ["mod", "inc", "toml", "py"].contains(&&*ending) && !paths.contains(&there) {
                fs::remove_file(&there).expect("an old file can be removed");
            }
        }
    }
    for (example, path) in all.iter().zip(&paths) {
        if fs::read_to_string(path).ok().as_deref() != Some(&example.text) {
            fs::write(path, &example.text).expect("a file can be written");
        }
    }
    all
}
