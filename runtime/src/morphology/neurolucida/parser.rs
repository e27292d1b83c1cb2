//! The grammar of ASC files, by recursive descent.
//!
//! ```text
//! file     = object { object }
//! object   = outline | tree | text | marker | property | set
//! outline  = ( STRING properties point { point } )
//! tree     = ( properties branch )
//! branch   = point { point | marker } { marker } [ ( branch { | branch } ) | LABEL ]
//! point    = ( x y [ z [ diam [ LABEL ] [ ( x y x y ) ] ] ] ) { < properties point > }
//! property = ( LABEL { NUMBER | STRING | LABEL | RGB ( r g b ) } )
//! ```
//!
//! Commas may stand between what is listed. A tree's type is its last property: Axon, Dendrite,
//! Apical, or none of these. Markers, texts, sets and spines are read over.

use super::super::Fault;
use super::super::contour::EPSILON;
use super::lexer::{Kind, Token, tokens};
use super::{Drawing, Outline, TreeSection};

/// Sets within sets.
const DEEPEST: usize = 8;

pub(super) fn parse(text: &str) -> Result<Drawing, Fault> {
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
        drawing: Drawing::default(),
    };
    if parser.kind() != Kind::End {
        parser.objects()?;
    }
    if parser.kind() != Kind::End {
        return Err(parser.expected("an object in parentheses, or the end"));
    }
    Ok(parser.drawing)
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    drawing: Drawing,
}

impl<'t> Parser<'t> {
    fn ahead(&self, by: usize) -> Kind {
        let last = self.tokens.len() - 1;
        self.tokens[(self.at + by).min(last)].kind
    }

    fn kind(&self) -> Kind {
        self.ahead(0)
    }

    /// The text of the current token.
    fn word(&self) -> &'t str {
        &self.text[self.tokens[self.at].span.clone()]
    }

    fn next(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    fn expected(&self, what: &str) -> Fault {
        let found = match self.kind() {
            Kind::End => "the end of the file".to_owned(),
            _ => format!("`{}`", self.word()),
        };
        let span = self.tokens[self.at].span.clone();
        Fault::new(span, format!("expected {what}, but found {found}"))
    }

    fn take(&mut self, kind: Kind, what: &str) -> Result<(), Fault> {
        if self.kind() != kind {
            return Err(self.expected(what));
        }
        self.next();
        Ok(())
    }

    fn open(&mut self) -> Result<(), Fault> {
        self.take(Kind::Open, "`(`")
    }

    fn close(&mut self) -> Result<(), Fault> {
        self.take(Kind::Close, "`)`")
    }

    fn number(&mut self) -> Result<f64, Fault> {
        match self.kind() {
            Kind::Number(number) if number.is_finite() => {
                self.next();
                Ok(number)
            }
            _ => Err(self.expected("a number")),
        }
    }

    fn comma(&mut self) {
        if self.kind() == Kind::Comma {
            self.next();
        }
    }

    fn objects(&mut self) -> Result<(), Fault> {
        self.object()?;
        loop {
            self.comma();
            if self.kind() != Kind::Open {
                return Ok(());
            }
            self.object()?;
        }
    }

    fn object(&mut self) -> Result<(), Fault> {
        match (self.kind(), self.ahead(1)) {
            (Kind::Open, Kind::String) => self.outline(),
            (Kind::Open, Kind::Label) => self.marker_or_property(),
            (Kind::Open, Kind::Open) => {
                // Both begin with properties and a point.
                let start = self.at;
                let drawn = (self.drawing.outlines.len(), self.drawing.trees.len());
                if !self.is_text()? {
                    self.at = start;
                    self.drawing.outlines.truncate(drawn.0);
                    self.drawing.trees.truncate(drawn.1);
                    self.tree()?;
                }
                Ok(())
            }
            (Kind::Open, Kind::Set) => self.set(),
            (Kind::Open, _) => {
                self.next();
                Err(self.expected("a name, a string, a set, or `(`"))
            }
            _ => Err(self.expected("`(`")),
        }
    }

    fn outline(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.open()?;
        let name = self.word().trim_matches('"');
        self.next();
        self.properties()?;
        let points_um = self.points()?;
        self.close()?;
        if ["CellBody", "Cell Body", "Soma"].contains(&name) && points_um.len() > 2 {
            let span = self.tokens[start].span.start..self.tokens[self.at - 1].span.end;
            self.drawing.outlines.push(Outline { points_um, span });
        }
        Ok(())
    }

    fn marker_or_property(&mut self) -> Result<(), Fault> {
        if self.ahead(2) != Kind::Open {
            return self.property().map(|_| ());
        }
        self.open()?;
        self.next();
        self.properties()?;
        self.points()?;
        self.close()
    }

    /// Reads a text object; false if it is something else.
    fn is_text(&mut self) -> Result<bool, Fault> {
        self.open()?;
        self.properties()?;
        self.point()?;
        if self.kind() != Kind::String || self.ahead(1) != Kind::Close {
            return Ok(false);
        }
        self.next();
        self.close()?;
        Ok(true)
    }

    fn set(&mut self) -> Result<(), Fault> {
        self.open()?;
        self.next();
        self.take(Kind::String, "the name of the set")?;
        if self.kind() != Kind::Close {
            self.depth += 1;
            if self.depth > DEEPEST {
                let span = self.tokens[self.at].span.clone();
                return Err(Fault::new(span, "sets are nested too deeply"));
            }
            self.objects()?;
            self.depth -= 1;
        }
        self.close()
    }

    /// The label of the last property.
    fn properties(&mut self) -> Result<&'t str, Fault> {
        let mut last = "";
        while self.kind() == Kind::Open && matches!(self.ahead(1), Kind::Label | Kind::Set) {
            if self.ahead(1) == Kind::Label {
                last = self.property()?;
            } else {
                self.set()?;
            }
            self.comma();
        }
        Ok(last)
    }

    fn property(&mut self) -> Result<&'t str, Fault> {
        self.open()?;
        let label = self.word();
        self.take(Kind::Label, "a name")?;
        while let Kind::Number(_) | Kind::String | Kind::Label | Kind::Rgb = self.kind() {
            let is_color = self.kind() == Kind::Rgb;
            self.next();
            if is_color {
                self.open()?;
                self.number()?;
                self.comma();
                self.number()?;
                self.comma();
                self.number()?;
                self.close()?;
            }
        }
        self.close()?;
        Ok(label)
    }

    fn tree(&mut self) -> Result<(), Fault> {
        self.open()?;
        let kind = match self.properties()? {
            "Axon" => 2,
            "Dendrite" => 3,
            "Apical" => 4,
            _ => 0,
        };
        self.branch(kind)?;
        self.close()
    }

    /// A branch with all that grows from it. Trees can be thousands of branches deep.
    fn branch(&mut self, kind: i64) -> Result<(), Fault> {
        // One for each list of branches that is open.
        let mut parents = Vec::new();
        loop {
            let number = self.section(kind, parents.last().copied())?;
            match self.kind() {
                Kind::Open => {
                    self.next();
                    parents.push(number);
                    continue;
                }
                Kind::Label => self.next(),
                _ => {}
            }
            while !parents.is_empty() && self.kind() != Kind::Bar {
                self.close()?;
                parents.pop();
            }
            if parents.is_empty() {
                return Ok(());
            }
            self.next();
        }
    }

    /// The points of a branch, and the markers after them.
    fn section(&mut self, kind: i64, parent: Option<usize>) -> Result<usize, Fault> {
        let mut points_um = Vec::new();
        self.tree_point(&mut points_um)?;
        loop {
            self.comma();
            if self.kind() != Kind::Open || !matches!(self.ahead(1), Kind::Number(_)) {
                break;
            }
            self.tree_point(&mut points_um)?;
        }
        if points_um.is_empty() {
            return Err(self.expected("a point of the branch"));
        }
        if let Some(parent) = parent
            && let Some(&last) = self.drawing.trees[parent].points_um.last()
            && (0..3).any(|i| (last[i] - points_um[0][i]).abs() > EPSILON)
        {
            // The branch begins where its parent ends, with its own diameter.
            let [x, y, z, _] = last;
            points_um.insert(0, [x, y, z, points_um[0][3]]);
        }
        self.drawing.trees.push(TreeSection {
            kind,
            parent,
            points_um,
        });
        while self.kind() == Kind::Open && self.ahead(1) == Kind::Label {
            self.skip_marker();
        }
        self.comma();
        Ok(self.drawing.trees.len() - 1)
    }

    /// Reads over a list in parentheses, whatever is in it.
    fn skip_marker(&mut self) {
        let mut open = 0;
        loop {
            match self.kind() {
                Kind::Open => open += 1,
                Kind::Close => open -= 1,
                Kind::End => return,
                _ => {}
            }
            self.next();
            if open == 0 {
                return;
            }
        }
    }

    fn tree_point(&mut self, points_um: &mut Vec<[f64; 4]>) -> Result<(), Fault> {
        if self.ahead(1) == Kind::Label {
            return self.marker_or_property();
        }
        points_um.push(self.point()?);
        while self.kind() == Kind::SpineOpen {
            self.next();
            self.properties()?;
            self.point()?;
            self.take(Kind::SpineClose, "`>`")?;
        }
        Ok(())
    }

    fn points(&mut self) -> Result<Vec<[f64; 4]>, Fault> {
        let mut points = vec![self.point()?];
        loop {
            self.comma();
            if self.kind() != Kind::Open {
                return Ok(points);
            }
            points.push(self.point()?);
        }
    }

    /// `[x, y, z, diam]`; what is not there is 0.
    fn point(&mut self) -> Result<[f64; 4], Fault> {
        self.open()?;
        let mut point = [self.number()?, 0.0, 0.0, 0.0];
        self.comma();
        point[1] = self.number()?;
        for coordinate in &mut point[2..] {
            self.comma();
            if !matches!(self.kind(), Kind::Number(_)) {
                break;
            }
            *coordinate = self.number()?;
        }
        self.comma();
        if self.kind() == Kind::Label {
            self.next();
        }
        self.comma();
        if self.kind() == Kind::Open {
            self.next();
            for _ in 0..4 {
                self.number()?;
                self.comma();
            }
            self.close()?;
        }
        self.close()?;
        Ok(point)
    }
}
