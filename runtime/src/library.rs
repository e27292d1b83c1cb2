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
use nmodl::syntax::ast::MechanismKind;

/// Names and texts of the files below `mod/`.
const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Shipped mechanisms that are built into NEURON, in its order.
const BUILT_IN: &[&str] = &[
    "pas",
    "fastpas",
    "IClamp",
    "AlphaSynapse",
    "ExpSyn",
    "Exp2Syn",
    "SEClamp",
    "VClamp",
    "OClamp",
    "APCount",
    "hh",
    "NetStim",
    "IntFire1",
    "IntFire2",
    "IntFire4",
    "PointProcessMark",
    "PatternStim",
];

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
    kind: MechanismKind,
    file: FileId,
    shipped: bool,
    /// Made when the file was loaded, or at the first use.
    compiled: Option<Arc<Compiled>>,
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

/// What a library makes of a mechanism that it has from another file already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeated {
    /// An error, unless the name of the file is the same: then it was edited, and replaces the
    /// earlier one.
    #[default]
    SameFile,
    /// The new file replaces the earlier one.
    Replace,
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
            let mut entries = library.parse(&[((*name).to_owned(), text.to_vec())])?;
            entries.iter_mut().for_each(|entry| entry.shipped = true);
            library.mechanisms.append(&mut entries);
        }
        Ok(library)
    }

    /// The same library with messages in another style; without it, [`Style::Plain`].
    pub fn with_style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// Adds a `.mod` file, or all those of a folder in the order of their names. A mechanism
    /// takes the place of a shipped one of its name. It is compiled when it is first used.
    ///
    /// # Errors
    ///
    /// What cannot be read or parsed, and names that are taken; nothing is added then.
    pub fn add(&mut self, path: &Path) -> Result<(), LibraryError> {
        let entries = self.parse(&read(path)?)?;
        self.check_names(&entries, Repeated::default())?;
        self.commit(entries);
        Ok(())
    }

    /// As [`Library::add`], but compiles at once and gives what it compiled, in the order of the
    /// files. Nothing is added yet: see [`Library::finish`].
    ///
    /// # Errors
    ///
    /// As [`Library::add`], and what the compiler says about any of the files.
    pub fn load(&mut self, path: &Path, repeated: Repeated) -> Result<Loading, LibraryError> {
        self.load_texts(&read(path)?, repeated)
    }

    /// As [`Library::load`], of a text. `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As [`Library::load`].
    pub fn load_text(
        &mut self,
        name: &str,
        text: &[u8],
        repeated: Repeated,
    ) -> Result<Loading, LibraryError> {
        self.load_texts(&[(name.to_owned(), text.to_vec())], repeated)
    }

    fn load_texts(&mut self, texts: &Texts, repeated: Repeated) -> Result<Loading, LibraryError> {
        let mut entries = self.parse(texts)?;
        self.check_names(&entries, repeated)?;
        let mut faults = String::new();
        for entry in &mut entries {
            match self.compile_file(entry.file, Options::default()) {
                Ok(compiled) => entry.compiled = Some(compiled),
                Err(diagnostics) => faults += &self.render(&diagnostics),
            }
        }
        if faults.is_empty() {
            Ok(Loading(entries))
        } else {
            Err(LibraryError::Faulty(faults))
        }
    }

    /// Makes what was loaded known.
    pub fn finish(&mut self, loading: Loading) {
        self.commit(loading.0);
    }

    /// Reads the names of the mechanisms in some texts. Texts without one are left out.
    fn parse(&mut self, texts: &Texts) -> Result<Vec<Entry>, LibraryError> {
        let mut entries = Vec::new();
        let mut faults = String::new();
        for (name, text) in texts {
            let file = self.sources.add_bytes(name.as_str(), text);
            let (tree, diagnostics) =
                nmodl::syntax::parse(&mut self.sources, file, &mut load_include);
            if has_errors(&diagnostics) {
                faults += &self.render(&diagnostics);
            } else if let Some((name, kind)) = nmodl::sema::mechanism_name(&tree, name) {
                entries.push(Entry {
                    name,
                    kind,
                    file,
                    shipped: false,
                    compiled: None,
                });
            }
        }
        if faults.is_empty() {
            Ok(entries)
        } else {
            Err(LibraryError::Faulty(faults))
        }
    }

    /// Checks that no mechanism is in two files.
    fn check_names(&self, entries: &[Entry], repeated: Repeated) -> Result<(), LibraryError> {
        for (position, entry) in entries.iter().enumerate() {
            if entry.name == "nothing" {
                continue;
            }
            let together = entries[..position].iter().find(|e| e.name == entry.name);
            let earlier = self.find(&entry.name).filter(|known| {
                repeated == Repeated::SameFile
                    && !known.shipped
                    && !same_file(self.file_name(known), self.file_name(entry))
            });
            if let Some(first) = together.or(earlier) {
                return Err(LibraryError::Twice {
                    name: entry.name.clone(),
                    first: self.file_name(first).to_owned(),
                    second: self.file_name(entry).to_owned(),
                });
            }
        }
        Ok(())
    }

    fn commit(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            let same = |known: &&mut Entry| known.name == entry.name && entry.name != "nothing";
            match self.mechanisms.iter_mut().find(same) {
                Some(known) => *known = entry,
                None => self.mechanisms.push(entry),
            }
        }
    }

    fn file_name(&self, entry: &Entry) -> &str {
        self.sources.get(entry.file).name()
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.mechanisms.iter().find(|entry| entry.name == name)
    }

    /// The names of all mechanisms: the shipped ones in the order of their files, then the
    /// user's as they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.mechanisms.iter().map(|entry| entry.name.as_str())
    }

    /// Where a shipped mechanism stands in the order of computation ([`crate::Model::set_rank`]): as in
    /// NEURON, before all that users load. `None` for theirs, which come in the order in which they
    /// were loaded.
    pub fn rank(&self, name: &str) -> Option<u32> {
        let position = self.mechanisms.iter().position(|e| e.name == name)?;
        if !self.mechanisms[position].shipped {
            return None;
        }
        let built_in = BUILT_IN.iter().position(|known| *known == name);
        Some(match built_in {
            Some(0) => 0,
            Some(place) => crate::Model::BEFORE_WRITERS + place as u32,
            None => crate::Model::BEFORE_WRITERS + (BUILT_IN.len() + position) as u32,
        })
    }

    /// What the file of a mechanism declares it to be, if there is one.
    pub fn keyword(&self, name: &str) -> Option<MechanismKind> {
        self.find(name).map(|entry| entry.kind)
    }

    /// The name and the text of the file that a mechanism is from.
    pub fn source(&self, name: &str) -> Option<(&str, &str)> {
        let source = self.sources.get(self.find(name)?.file);
        Some((source.name(), source.text()))
    }

    /// Compiles the mechanism of that name, the first time.
    ///
    /// # Errors
    ///
    /// What the compiler says about the file.
    pub fn compile(&mut self, name: &str) -> Result<Arc<Compiled>, LibraryError> {
        if let Some(compiled) = self.find(name).and_then(|entry| entry.compiled.clone()) {
            return Ok(compiled);
        }
        let compiled = self.compile_with(name, Options::default())?;
        if let Some(entry) = self.mechanisms.iter_mut().find(|entry| entry.name == name) {
            entry.compiled = Some(Arc::clone(&compiled));
        }
        Ok(compiled)
    }

    /// Compiles the mechanism of that name with options of one's own.
    ///
    /// # Errors
    ///
    /// As [`Library::compile`].
    pub fn compile_with(
        &mut self,
        name: &str,
        options: Options,
    ) -> Result<Arc<Compiled>, LibraryError> {
        let Some(file) = self.find(name).map(|entry| entry.file) else {
            return Err(LibraryError::Faulty(format!(
                "error: there is no mechanism `{name}`\n"
            )));
        };
        self.compile_file(file, options)
            .map_err(|diagnostics| LibraryError::Faulty(self.render(&diagnostics)))
    }

    fn compile_file(
        &mut self,
        file: FileId,
        options: Options,
    ) -> Result<Arc<Compiled>, Vec<Diagnostic>> {
        let output = nmodl::compile(
            &mut self.sources,
            file,
            &mut load_include,
            options,
            &mut |_| {},
        )?;
        Ok(Arc::new(output.mechanism))
    }

    fn render(&self, diagnostics: &[Diagnostic]) -> String {
        render::render_all(diagnostics, &self.sources, self.style)
    }
}

/// Mechanisms that were compiled and are not in the library yet.
#[derive(Debug)]
pub struct Loading(Vec<Entry>);

impl Loading {
    /// The mechanisms, in the order of their files.
    pub fn mechanisms(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        self.0.iter().filter_map(|entry| entry.compiled.as_ref())
    }
}

/// Names and contents of files.
type Texts = [(String, Vec<u8>)];

/// Reads a file, or all `.mod` files of a folder in the order of their names.
fn read(path: &Path) -> Result<Vec<(String, Vec<u8>)>, LibraryError> {
    let unreadable = |path: &Path, error| LibraryError::Unreadable {
        path: path.to_owned(),
        error,
    };
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = fs::read_dir(path)
            .and_then(|entries| {
                entries
                    .map(|entry| entry.map(|entry| entry.path()))
                    .collect()
            })
            .map_err(|error| unreadable(path, error))?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("mod"))
        });
        files.sort();
        if files.is_empty() {
            return Err(LibraryError::Empty(path.to_owned()));
        }
    }
    files
        .iter()
        .map(|file| match fs::read(file) {
            Ok(bytes) => Ok((file.display().to_string(), bytes)),
            Err(error) => Err(unreadable(file, error)),
        })
        .collect()
}

/// Whether two names are of one file.
fn same_file(first: &str, second: &str) -> bool {
    let path = |name: &str| fs::canonicalize(name).ok();
    first == second || path(first).is_some_and(|first| Some(first) == path(second))
}

/// Finds INCLUDEd files as NEURON does: beside the including file, in the working directory,
/// in its parent, and in the directories of `MODL_INCLUDE`.
pub fn load_include(path: &str, from: &str) -> Result<Loaded, String> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let beside = Path::new(from).parent();
    folders.extend(beside.filter(|f| *f != Path::new("")).map(Path::to_owned));
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
