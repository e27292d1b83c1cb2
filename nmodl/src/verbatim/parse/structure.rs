//! Definitions of types: structures and names for types.

use super::Parser;
use crate::verbatim::ast::{Base, CType, Declaration, Declarator, Item};
use crate::verbatim::{Fault, Result};

impl Parser<'_> {
    /// `typedef …;`, `struct name { … };`: what is not understood is left to whoever uses it.
    pub(super) fn type_or_skip(&mut self, items: &mut Vec<Item>) -> Result<()> {
        let begin = self.at;
        let before = items.len();
        if self.defined_type(items).is_ok() {
            return Ok(());
        }
        self.at = begin;
        items.truncate(before);
        self.type_definition(items)
    }

    fn defined_type(&mut self, items: &mut Vec<Item>) -> Result<()> {
        let start = self.here();
        let is_typedef = self.next_word() == Some("typedef");
        self.at += usize::from(is_typedef);
        let ctype = if matches!(self.next_word(), Some("struct" | "union")) && self.defines_struct()
        {
            self.structure(items)?
        } else if is_typedef {
            self.specifiers()?.1
        } else {
            return Err(Fault::new(start, "no definition that is known"));
        };
        let mut declarators: Vec<Declarator> = Vec::new();
        while !self.accept(";") {
            declarators.push(self.declarator(&ctype)?);
            if !self.next_is(";") {
                self.expect(",")?;
            }
        }
        if !is_typedef {
            if !declarators.is_empty() {
                items.push(Item::Declaration(Declaration {
                    is_extern: false,
                    is_static: false,
                    declarators,
                    span: self.since(start),
                }));
            }
            return Ok(());
        }
        for declarator in declarators {
            if declarator.function.is_some() || !declarator.lengths.is_empty() {
                return Err(Fault::new(
                    declarator.span,
                    "a name for a type of this kind is not supported",
                ));
            }
            self.types.insert(declarator.name.clone());
            items.push(Item::Alias {
                name: declarator.name,
                ctype: declarator.ctype,
            });
        }
        Ok(())
    }

    /// `struct name { … }`; gives the type.
    fn structure(&mut self, items: &mut Vec<Item>) -> Result<CType> {
        let start = self.here();
        let is_union = self.next_word() == Some("union");
        self.at += 1;
        let name = match self.next_word() {
            Some(word) => {
                self.at += 1;
                word.to_owned()
            }
            // No name of C has a blank in it.
            None => format!("struct {}", self.at),
        };
        // Its members may point at others of its kind.
        self.types.insert(name.clone());
        self.expect("{")?;
        let mut members = Vec::new();
        while !self.accept("}") {
            let declaration = self.declaration()?;
            self.expect(";")?;
            if let Some(odd) = declaration
                .declarators
                .iter()
                .find(|d| d.function.is_some() || d.initializer.is_some())
            {
                return Err(Fault::new(
                    odd.span,
                    "a member of this kind is not supported",
                ));
            }
            members.extend(declaration.declarators);
        }
        items.push(Item::Structure {
            name: name.clone(),
            members,
            is_union,
        });
        Ok(CType {
            base: Base::Unknown(name),
            stars: 0,
            span: self.since(start),
        })
    }
}
