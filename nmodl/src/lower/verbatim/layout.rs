//! Types of C as they stand in memory: sizes, and where the members of structures are.
//!
//! What the types of a declaration are is known by its name alone, so that a structure may point at
//! another that is defined later. Sizes and alignment are those of 64-bit machines.

use std::collections::{BTreeMap, BTreeSet};

use super::Kind;
use crate::abi::CellType;
use crate::verbatim::ast::{Base, CType};

/// A type, by its position in [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypeId(u32);

/// What a type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number.
    Number(Kind),
    /// What the host gave for an object, or an address of no known type (`void*`).
    Handle,
    /// `char*`
    Text,
    /// A pointer to others.
    Pointer(TypeId),
    /// So many of a type.
    Array(TypeId, u32),
    /// A structure, by its position in [`Types`].
    Structure(u32),
    /// `void`
    Nothing,
}

#[derive(Debug)]
struct Structure {
    name: String,
    /// `None` while it is not defined.
    layout: Option<Layout>,
}

#[derive(Debug)]
struct Layout {
    size: u32,
    alignment: u32,
    members: Vec<(String, u32, TypeId)>,
}

/// Largest array or structure, in bytes.
const MOST_BYTES: u64 = 1 << 28;

/// The types of a file.
#[derive(Debug, Default)]
pub(in crate::lower) struct Types {
    shapes: Vec<Shape>,
    structures: Vec<Structure>,
    aliases: BTreeMap<String, CType>,
    names: BTreeSet<String>,
}

impl Types {
    /// Names that are types, for the parser.
    pub(in crate::lower) fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// `typedef`
    pub(super) fn alias(&mut self, name: &str, ctype: CType) {
        self.names.insert(name.to_owned());
        // `typedef struct A { … } A;`
        if ctype.stars > 0 || ctype.base != Base::Unknown(name.to_owned()) {
            self.aliases.insert(name.to_owned(), ctype);
        }
    }

    /// Defines a structure; false if a member has no size.
    pub(super) fn define(
        &mut self,
        name: &str,
        members: Vec<(String, TypeId)>,
        is_union: bool,
    ) -> bool {
        self.names.insert(name.to_owned());
        let mut layout = Layout {
            size: 0,
            alignment: 1,
            members: Vec::new(),
        };
        for (member, ty) in members {
            let Some((size, alignment)) = self.size(ty).zip(self.alignment(ty)) else {
                return false;
            };
            let offset = if is_union {
                0
            } else {
                layout.size.next_multiple_of(alignment)
            };
            let end = u64::from(offset) + u64::from(size);
            if end > MOST_BYTES {
                return false;
            }
            layout.size = layout.size.max(end as u32);
            layout.alignment = layout.alignment.max(alignment);
            layout.members.push((member, offset, ty));
        }
        layout.size = layout.size.next_multiple_of(layout.alignment);
        let index = self.structure(name);
        self.structures[index as usize].layout = Some(layout);
        true
    }

    fn structure(&mut self, name: &str) -> u32 {
        let known = self.structures.iter().position(|s| s.name == name);
        let index = known.unwrap_or_else(|| {
            self.structures.push(Structure {
                name: name.to_owned(),
                layout: None,
            });
            self.structures.len() - 1
        });
        index as u32
    }

    /// The type of that shape.
    pub(super) fn intern(&mut self, shape: Shape) -> TypeId {
        let known = self.shapes.iter().position(|s| *s == shape);
        let index = known.unwrap_or_else(|| {
            self.shapes.push(shape);
            self.shapes.len() - 1
        });
        TypeId(index as u32)
    }

    pub(super) fn shape(&self, ty: TypeId) -> Shape {
        self.shapes[ty.0 as usize]
    }

    /// A type without names for types.
    pub(super) fn plain(&self, ctype: &CType) -> CType {
        let mut plain = ctype.clone();
        // Names may stand for each other, in a circle only if the C is wrong.
        for _ in 0..20 {
            let Base::Unknown(name) = &plain.base else {
                break;
            };
            let Some(known) = self.aliases.get(name) else {
                break;
            };
            plain.stars += known.stars;
            plain.base = known.base.clone();
        }
        plain
    }

    /// The type that a declaration says.
    pub(super) fn of(&mut self, ctype: &CType) -> Option<TypeId> {
        let mut plain = self.plain(ctype);
        let shape = if plain.stars > 0 {
            plain.stars -= 1;
            match (&plain.base, plain.stars) {
                (Base::Void | Base::Opaque(_), 0) => Shape::Handle,
                (
                    Base::Integer {
                        bits: 8,
                        signed: true,
                    },
                    0,
                ) => Shape::Text,
                _ => Shape::Pointer(self.of(&plain)?),
            }
        } else {
            match plain.base {
                Base::Void => Shape::Nothing,
                Base::Bool => Shape::Number(Kind::Truth),
                Base::Integer { bits, signed } => Shape::Number(Kind::Integer { bits, signed }),
                Base::Double => Shape::Number(Kind::Double),
                Base::Float => Shape::Number(Kind::Float),
                Base::Unknown(name) | Base::Opaque(name) => Shape::Structure(self.structure(&name)),
                Base::Auto => return None,
            }
        };
        Some(self.intern(shape))
    }

    /// An array of a type, of which the first length is the outermost.
    pub(super) fn array(&mut self, element: TypeId, lengths: &[u32]) -> Option<TypeId> {
        let mut ty = element;
        for &length in lengths.iter().rev() {
            let bytes = u64::from(self.size(ty)?) * u64::from(length);
            if bytes == 0 || bytes > MOST_BYTES {
                return None;
            }
            ty = self.intern(Shape::Array(ty, length));
        }
        Some(ty)
    }

    /// The kind in which a variable of its own holds a value of the type.
    pub(super) fn kind(&self, ty: TypeId) -> Option<Kind> {
        Some(match self.shape(ty) {
            Shape::Number(kind) => kind,
            Shape::Handle => Kind::Handle,
            Shape::Text => Kind::Text,
            Shape::Pointer(to) => Kind::Address(to),
            Shape::Array(..) | Shape::Structure(_) | Shape::Nothing => return None,
        })
    }

    /// Bytes that a value of the type has; `None` if that is not known.
    pub(super) fn size(&self, ty: TypeId) -> Option<u32> {
        Some(match self.shape(ty) {
            Shape::Number(kind) => cell_of(kind)?.size(),
            Shape::Handle | Shape::Text | Shape::Pointer(_) => 8,
            Shape::Array(element, length) => self.size(element)?.checked_mul(length)?,
            Shape::Structure(index) => self.structures[index as usize].layout.as_ref()?.size,
            Shape::Nothing => return None,
        })
    }

    fn alignment(&self, ty: TypeId) -> Option<u32> {
        Some(match self.shape(ty) {
            Shape::Array(element, _) => self.alignment(element)?,
            Shape::Structure(index) => {
                let layout = self.structures[index as usize].layout.as_ref()?;
                layout.alignment
            }
            _ => self.size(ty)?,
        })
    }

    /// How a value of the type stands in memory, if it is no array or structure.
    pub(super) fn cell(&self, ty: TypeId) -> Option<CellType> {
        match self.shape(ty) {
            Shape::Number(kind) => cell_of(kind),
            Shape::Handle | Shape::Text | Shape::Pointer(_) => Some(CellType::Double),
            Shape::Array(..) | Shape::Structure(_) | Shape::Nothing => None,
        }
    }

    /// Where a member is in a structure.
    pub(super) fn member(&self, ty: TypeId, name: &str) -> Option<(u32, TypeId)> {
        let Shape::Structure(index) = self.shape(ty) else {
            return None;
        };
        let layout = self.structures[index as usize].layout.as_ref()?;
        let found = layout.members.iter().find(|(member, ..)| member == name);
        found.map(|&(_, offset, ty)| (offset, ty))
    }

    /// Where the members of a structure are, and their types.
    pub(super) fn members(&self, ty: TypeId) -> Vec<(u32, TypeId)> {
        let Shape::Structure(index) = self.shape(ty) else {
            return Vec::new();
        };
        let layout = self.structures[index as usize].layout.as_ref();
        let members = layout.map_or(&[][..], |layout| &layout.members);
        members
            .iter()
            .map(|&(_, offset, ty)| (offset, ty))
            .collect()
    }

    /// Whether it is `char`.
    pub(super) fn is_character(&self, ty: TypeId) -> bool {
        self.shape(ty)
            == Shape::Number(Kind::Integer {
                bits: 8,
                signed: true,
            })
    }
}

fn cell_of(kind: Kind) -> Option<CellType> {
    Some(match kind {
        Kind::Double => CellType::Double,
        Kind::Float => CellType::Single,
        Kind::Truth => CellType::U8,
        Kind::Integer { bits, signed } => match (bits, signed) {
            (8, true) => CellType::I8,
            (8, false) => CellType::U8,
            (16, true) => CellType::I16,
            (16, false) => CellType::U16,
            (32, true) => CellType::I32,
            (32, false) => CellType::U32,
            (_, true) => CellType::I64,
            (_, false) => CellType::U64,
        },
        Kind::Handle | Kind::Text | Kind::Characters | Kind::Address(_) => return None,
    })
}
