//! The mechanisms that a model can name: those that ship, and the user's own `.mod` files.
//!
//! A file is parsed when it is added, for the name of its mechanism; it is compiled when a
//! model uses it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use nmodl::codegen::Options;
use nmodl::diagnostic::render::Style;
use nmodl::diagnostic::{Diagnostic, has_errors, render};
use nmodl::mechanism::Compiled;
use nmodl::source::{FileId, Loaded, SourceMap};
use nmodl::syntax::ast::{File, Item, NeuronStatement};

/// Names and texts of the files below `mod/`.
const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// `.mod` files by the names of their mechanisms.
#[derive(Debug, Default)]
pub struct Library {
    sources: SourceMap,
    mechanisms: Vec<Entry>,
    style: Style,
}

#[derive(Debug)]
struct Entry {
    name: String,
    file: FileId,
    shipped: bool,
}

/// Why a file cannot be in the library.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file or a folder cannot be read.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A folder without `.mod` files.
    #[error("there is no .mod file in `{0}`")]
    Empty(PathBuf),
    /// Two of the user's files define one mechanism.
    #[error("`{second}` and `{first}` both define `{name}`")]
    Twice {
        /// The mechanism.
        name: String,
        /// The file that was added first.
        first: String,
        /// The file that was added later.
        second: String,
    },
    /// What the compiler says about a file, ready to be shown.
    #[error("{0}")]
    Faulty(String),
}

impl Library {
    /// The mechanisms that ship.
    ///
    /// # Errors
    ///
    /// None, unless the program was built with a faulty file.
    pub fn shipped() -> Result<Self, LibraryError> {
        let mut library = Self::default();
        for (name, text) in SHIPPED {
            library.add_text(name, text, true)?;
        }
        Ok(library)
    }

    /// The same library with messages in another style; without it, [`Style::Plain`].
    pub fn with_style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// Adds a `.mod` file, or all those of a folder in the order of their names. A mechanism
    /// takes the place of a shipped one of its name.
    ///
    /// # Errors
    ///
    /// What cannot be read or parsed, and names that are taken.
    pub fn add(&mut self, path: &Path) -> Result<(), LibraryError> {
        let unreadable = |error| LibraryError::Unreadable {
            path: path.to_owned(),
            error,
        };
        if !path.is_dir() {
            let bytes = fs::read(path).map_err(unreadable)?;
            return self.add_text(&path.display().to_string(), &bytes, false);
        }
        let mut files: Vec<PathBuf> = fs::read_dir(path)
            .and_then(|entries| {
                entries
                    .map(|entry| entry.map(|entry| entry.path()))
                    .collect()
            })
            .map_err(unreadable)?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("mod"))
        });
        files.sort();
        if files.is_empty() {
            return Err(LibraryError::Empty(path.to_owned()));
        }
        files.iter().try_for_each(|file| self.add(file))
    }

    fn add_text(&mut self, name: &str, text: &[u8], shipped: bool) -> Result<(), LibraryError> {
        let file = self.sources.add_bytes(name, text);
        let (tree, diagnostics) = nmodl::syntax::parse(&mut self.sources, file, &mut load_include);
        if has_errors(&diagnostics) {
            return Err(LibraryError::Faulty(self.render(&diagnostics)));
        }
        let Some(mechanism) = mechanism_name(&tree) else {
            return Ok(());
        };
        let entry = Entry {
            name: mechanism.to_owned(),
            file,
            shipped,
        };
        match self
            .mechanisms
            .iter_mut()
            .find(|known| known.name == entry.name)
        {
            None => self.mechanisms.push(entry),
            Some(known) if known.shipped => *known = entry,
            Some(known) => {
                return Err(LibraryError::Twice {
                    name: entry.name,
                    first: self.sources.get(known.file).name().to_owned(),
                    second: name.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The names of all mechanisms: the shipped ones in the order of their files, then the
    /// user's as they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.mechanisms.iter().map(|entry| entry.name.as_str())
    }

    /// Compiles the mechanism of that name.
    ///
    /// # Errors
    ///
    /// What the compiler says about the file.
    pub fn compile(&mut self, name: &str) -> Result<Arc<Compiled>, LibraryError> {
        self.compile_with(name, Options::default())
    }

    /// The same with options of one's own.
    ///
    /// # Errors
    ///
    /// As [`Library::compile`].
    pub fn compile_with(
        &mut self,
        name: &str,
        options: Options,
    ) -> Result<Arc<Compiled>, LibraryError> {
        let Some(entry) = self.mechanisms.iter().find(|entry| entry.name == name) else {
            return Err(LibraryError::Faulty(format!(
                "error: there is no mechanism `{name}`\n"
            )));
        };
        nmodl::compile(
            &mut self.sources,
            entry.file,
            &mut load_include,
            options,
            &mut |_| {},
        )
        .map(|output| Arc::new(output.mechanism))
        .map_err(|diagnostics| LibraryError::Faulty(self.render(&diagnostics)))
    }

    fn render(&self, diagnostics: &[Diagnostic]) -> String {
        render::render_all(diagnostics, &self.sources, self.style)
    }
}

/// The name after SUFFIX, POINT_PROCESS or ARTIFICIAL_CELL.
fn mechanism_name(tree: &File) -> Option<&str> {
    tree.flat_items().into_iter().find_map(|item| match item {
        Item::Neuron(block) => block
            .statements
            .iter()
            .find_map(|statement| match statement {
                NeuronStatement::Suffix(suffix) => Some(suffix.name.name.as_str()),
                _ => None,
            }),
        _ => None,
    })
}

/// Finds INCLUDEd files as NEURON does: beside the including file, in the working directory,
/// in its parent, and in the directories of `MODL_INCLUDE`.
pub fn load_include(path: &str, from: &str) -> Result<Loaded, String> {
    let mut folders: Vec<PathBuf> = Vec::new();
    folders.extend(Path::new(from).parent().map(Path::to_owned));
    folders.extend([PathBuf::from("."), PathBuf::from("..")]);
    if let Some(list) = env::var_os("MODL_INCLUDE") {
        folders.extend(env::split_paths(&list));
    }
    for folder in &folders {
        let candidate = folder.join(path);
        if let Ok(bytes) = fs::read(&candidate) {
            return Ok(Loaded {
                name: candidate.display().to_string(),
                bytes,
            });
        }
    }
    let tried: Vec<String> = folders
        .iter()
        .map(|folder| format!("`{}`", folder.display()))
        .collect();
    Err(format!("`{path}` is not in {}", tried.join(", ")))
}
