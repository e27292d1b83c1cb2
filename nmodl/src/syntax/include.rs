//! A whole file: parsing and INCLUDE.

use super::ast::{File, Include, Item, Span};
use super::parse::parse_source;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Loader, SourceMap};

/// How deep INCLUDEs may nest.
const MAX_INCLUDES: usize = 32;

/// Parses `file` and everything that it INCLUDEs, which `loader` finds and `sources`
/// gains.
///
/// The tree holds what could be parsed. It is complete if none of the diagnostics is an
/// error. Diagnostics are in the order of the text.
///
/// ```
/// use nmodl::source::{NoIncludes, SourceMap};
///
/// let mut sources = SourceMap::new();
/// let file = sources.add("leak.mod", "NEURON { SUFFIX leak }");
/// let (tree, diagnostics) = nmodl::syntax::parse(&mut sources, file, &mut NoIncludes);
/// assert!(diagnostics.is_empty());
/// assert_eq!(tree.items.len(), 1);
/// ```
pub fn parse(
    sources: &mut SourceMap,
    file: FileId,
    loader: &mut dyn Loader,
) -> (File, Vec<Diagnostic>) {
    let mut walk = Walk {
        sources,
        loader,
        open: Vec::new(),
        diagnostics: Vec::new(),
    };
    let items = walk.items(file);
    let end = walk.sources.get(file).text().len() as u32;
    let tree = File {
        items,
        span: Span::new(file, 0, end),
    };
    (tree, walk.diagnostics)
}

struct Walk<'a> {
    sources: &'a mut SourceMap,
    loader: &'a mut dyn Loader,
    /// Names of the files being parsed, from the outermost in.
    open: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn items(&mut self, file: FileId) -> Vec<Item> {
        let source = self.sources.get(file);
        let name = source.name().to_owned();
        let (mut items, found) = parse_source(file, source.text());
        self.diagnostics.extend(found);
        self.open.push(name);
        for item in &mut items {
            if let Item::Include(include) = item {
                self.include(include);
            }
        }
        self.open.pop();
        items
    }

    fn include(&mut self, include: &mut Include) {
        let from = self.open.last().cloned().unwrap_or_default();
        let path = &include.path.text;
        let loaded = match self.loader.load(path, &from) {
            Ok(loaded) => loaded,
            Err(reason) => {
                let diagnostic =
                    Diagnostic::new(Code::IncludeNotFound, format!("cannot read \"{path}\""))
                        .at(include.path.span, reason);
                self.diagnostics.push(diagnostic);
                return;
            }
        };
        if self.open.contains(&loaded.name) || self.open.len() >= MAX_INCLUDES {
            let chain = self.open.join(", which INCLUDEs ");
            let diagnostic = Diagnostic::new(
                Code::IncludeCycle,
                format!("{} INCLUDEs itself", loaded.name),
            )
            .at(include.path.span, "already being read")
            .note(format!("being read: {chain}"));
            self.diagnostics.push(diagnostic);
            return;
        }
        let file = self.sources.add_bytes(loaded.name, &loaded.bytes);
        include.items = self.items(file);
    }
}
