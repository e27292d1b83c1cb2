//! The front of the compiler: what it accepts, what it says of what it does not, and that
//! it survives everything.
//!
//! Each `.mod` file of `tests/fixtures/syntax/ok` must parse without a word; its tree is a
//! snapshot. Each of `err` must not; what is said of it is a snapshot.

mod accepted;
mod limits;
mod line_ends;
mod mutation;
mod rejected;
mod sources;

use std::path::{Path, PathBuf};

use nmodl::diagnostic::Diagnostic;
use nmodl::source::{Loaded, SourceMap};
use nmodl::syntax::ast::File;

/// A file's name without directory, and its bytes.
struct Fixture {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Fixture {
    fn stem(&self) -> String {
        self.path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    fn name(&self) -> String {
        self.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

/// What parsing gave.
struct Parsed {
    tree: File,
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The `.mod` files of a directory, by name.
fn mod_files(directory: &Path) -> Vec<Fixture> {
    let entries = std::fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("directory entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "mod"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| Fixture {
            bytes: std::fs::read(&path).expect("readable fixture"),
            path,
        })
        .collect()
}

fn fixtures(kind: &str) -> Vec<Fixture> {
    let found = mod_files(&root().join("tests/fixtures/syntax").join(kind));
    assert!(!found.is_empty());
    found
}

/// Parses with INCLUDE from `directory`; messages call the text `name`.
fn parse_in(directory: &Path, name: &str, bytes: &[u8]) -> Parsed {
    let mut loader = |path: &str, _: &str| {
        std::fs::read(directory.join(path))
            .map(|bytes| Loaded {
                name: path.to_owned(),
                bytes,
            })
            .map_err(|_| "no such file".to_owned())
    };
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, bytes);
    let (tree, diagnostics) = nmodl::syntax::parse(&mut sources, file, &mut loader);
    Parsed {
        tree,
        diagnostics,
        sources,
    }
}

fn parse_fixture(fixture: &Fixture) -> Parsed {
    let directory = fixture.path.parent().expect("fixture in a directory");
    parse_in(directory, &fixture.name(), &fixture.bytes)
}

fn parse(text: &str) -> Parsed {
    parse_in(Path::new("/nonexistent"), "text.mod", text.as_bytes())
}

/// Compares with the snapshot `name` of this folder.
fn check_snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}
