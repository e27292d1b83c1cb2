//! The syntax tree of the C that is understood.

use super::Fault;
use super::token::Token;
use crate::source::Span;

/// A type: what stands before the names of a declaration, and the stars of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct CType {
    /// Without stars.
    pub base: Base,
    /// Number of stars.
    pub stars: u32,
    /// Where it stands.
    pub span: Span,
}

/// A type without stars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// `void`
    Void,
    /// `bool`
    Bool,
    /// A whole number of so many bits.
    Integer {
        /// 8, 16, 32 or 64.
        bits: u32,
        /// Whether it has a sign.
        signed: bool,
    },
    /// `double`
    Double,
    /// `float`
    Float,
    /// `auto`
    Auto,
    /// A type of NEURON's of which only pointers are passed on (`Rand`, `IvocVect`, `Object`).
    Opaque(String),
    /// Any other name.
    Unknown(String),
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A whole number.
    Integer {
        /// Its value.
        value: i64,
        /// Of an unsigned type.
        unsigned: bool,
    },
    /// A floating point number.
    Real(f64),
    /// A text.
    Text(String),
    /// A name.
    Name(String),
    /// `-a`, `!a`, `*a`, `&a`, `+a`, `~a`
    Unary(&'static str, Box<Expr>),
    /// `++a`, `a++`, `--a`, `a--`
    Step {
        /// The variable.
        target: Box<Expr>,
        /// 1 or -1.
        by: i64,
        /// The value is the one from before.
        postfix: bool,
    },
    /// `a op b`
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a = b`; of `a += b` the operator is `+`.
    Assign(Option<&'static str>, Box<Expr>, Box<Expr>),
    /// `a ? b : c`
    Conditional(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a, b`
    Comma(Box<Expr>, Box<Expr>),
    /// `f(a, b)`
    Call {
        /// The function.
        function: Box<Expr>,
        /// Its arguments; those that are empty (`f(_threadargscomma_ x)`) are left out.
        arguments: Vec<Expr>,
    },
    /// `a[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `a.b`, `a->b`
    Member(Box<Expr>, String),
    /// `(type) a`, `static_cast<type>(a)`, `type(a)`
    Cast(CType, Box<Expr>),
    /// `sizeof(type)`
    SizeOf(CType),
    /// `sizeof x`
    SizeOfValue(Box<Expr>),
    /// `{a, b}`, within the list that an array or structure begins with
    List(Vec<Expr>),
    /// `new type`, or so many of them
    New(CType, Option<Box<Expr>>),
}

/// A name that is declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Declarator {
    /// The name.
    pub name: String,
    /// Its type.
    pub ctype: CType,
    /// The lengths of an array.
    pub lengths: Vec<Option<Expr>>,
    /// What it begins with.
    pub initializer: Option<Initializer>,
    /// It is a function: the parameters, or `None` where they are not understood.
    pub function: Option<Option<Vec<Parameter>>>,
    /// Where the name stands.
    pub span: Span,
}

/// What a variable begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Initializer {
    /// `= a`
    Value(Expr),
    /// `= {a, b}`
    List(Vec<Expr>),
}

/// A parameter of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its type.
    pub ctype: CType,
    /// Its name, if it has one.
    pub name: Option<String>,
}

/// Names that are declared together.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// `extern`
    pub is_extern: bool,
    /// `static`
    pub is_static: bool,
    /// The names.
    pub declarators: Vec<Declarator>,
    /// All of it.
    pub span: Span,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Span,
}

/// What a statement is.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// `;`
    Empty,
    /// `a;`
    Expr(Expr),
    /// `int a;`
    Declare(Declaration),
    /// `{ }`
    Block(Vec<Statement>),
    /// `if`
    If {
        /// The condition.
        cond: Expr,
        /// If it holds.
        then: Box<Statement>,
        /// If not.
        otherwise: Option<Box<Statement>>,
    },
    /// `for`, `while`, `do`
    Loop {
        /// Before the loop, in a scope of its own.
        init: Option<Box<Statement>>,
        /// The condition; none is true.
        cond: Option<Expr>,
        /// After each turn, `continue` or not.
        step: Option<Expr>,
        /// The body.
        body: Box<Statement>,
        /// The first turn is made whatever the condition says.
        first_unasked: bool,
    },
    /// `switch`
    Switch {
        /// What decides.
        value: Expr,
        /// The body, its labels and statements in order.
        body: Vec<SwitchItem>,
    },
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return(Option<Expr>),
    /// `goto name`
    Goto(String),
    /// `name:`
    Label(String),
    /// A statement of NMODL, by its position in the list.
    Nmodl(usize),
}

/// A label or statement of a `switch`.
#[derive(Debug, Clone, PartialEq)]
pub enum SwitchItem {
    /// `case a:`
    Case(Expr),
    /// `default:`
    Default,
    /// A statement.
    Statement(Statement),
}

/// Something that a VERBATIM between the blocks declares.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Variables and prototypes.
    Declaration(Declaration),
    /// A function; its body is read when something calls it.
    Function {
        /// What it gives.
        result: CType,
        /// Its name.
        name: String,
        /// Its parameters, or `None` where they are not understood.
        parameters: Option<Vec<Parameter>>,
        /// The body with its braces.
        body: Vec<Token>,
        /// Where its name stands.
        span: Span,
    },
    /// A structure.
    Structure {
        /// Its name.
        name: String,
        /// What it consists of.
        members: Vec<Declarator>,
        /// They all stand at its beginning (`union`).
        is_union: bool,
    },
    /// A name for a type (`typedef`).
    Alias {
        /// The name.
        name: String,
        /// What it stands for.
        ctype: CType,
    },
    /// The definition of a type, or something that is not understood; neither is looked at before
    /// something uses it.
    Type {
        /// The names that it may declare.
        names: Vec<String>,
        /// What is not understood.
        fault: Option<Fault>,
    },
}

impl Statement {
    /// Calls `f` with each expression that may be executed, those within others after them, and
    /// `declared` with each name that is declared.
    pub fn for_each(&self, f: &mut dyn FnMut(&Expr), declared: &mut dyn FnMut(&Declarator)) {
        match &self.kind {
            StatementKind::Empty
            | StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Return(None)
            | StatementKind::Goto(_)
            | StatementKind::Label(_)
            | StatementKind::Nmodl(_) => {}
            StatementKind::Expr(expr) | StatementKind::Return(Some(expr)) => expr.for_each(f),
            StatementKind::Declare(declaration) => {
                for declarator in &declaration.declarators {
                    declared(declarator);
                    match &declarator.initializer {
                        Some(Initializer::Value(value)) => value.for_each(f),
                        Some(Initializer::List(list)) => list.iter().for_each(|e| e.for_each(f)),
                        None => {}
                    }
                }
            }
            StatementKind::Block(statements) => {
                statements.iter().for_each(|s| s.for_each(f, declared));
            }
            StatementKind::If {
                cond,
                then,
                otherwise,
            } => {
                cond.for_each(f);
                then.for_each(f, declared);
                if let Some(otherwise) = otherwise {
                    otherwise.for_each(f, declared);
                }
            }
            StatementKind::Loop {
                init,
                cond,
                step,
                body,
                ..
            } => {
                if let Some(init) = init {
                    init.for_each(f, declared);
                }
                cond.iter().chain(step).for_each(|e| e.for_each(f));
                body.for_each(f, declared);
            }
            StatementKind::Switch { value, body } => {
                value.for_each(f);
                for item in body {
                    if let SwitchItem::Statement(statement) = item {
                        statement.for_each(f, declared);
                    }
                }
            }
        }
    }
}

impl Expr {
    /// Calls `f` with the expression and those within it that may be executed.
    pub fn for_each(&self, f: &mut dyn FnMut(&Expr)) {
        f(self);
        match &self.kind {
            ExprKind::Integer { .. }
            | ExprKind::Real(_)
            | ExprKind::Text(_)
            | ExprKind::Name(_)
            | ExprKind::SizeOf(_)
            | ExprKind::SizeOfValue(_) => {}
            ExprKind::List(list) => list.iter().for_each(|e| e.for_each(f)),
            ExprKind::New(_, count) => {
                if let Some(count) = count {
                    count.for_each(f);
                }
            }
            ExprKind::Unary(_, operand)
            | ExprKind::Cast(_, operand)
            | ExprKind::Member(operand, _)
            | ExprKind::Step {
                target: operand, ..
            } => operand.for_each(f),
            ExprKind::Assign(_, a, b)
            | ExprKind::Binary(_, a, b)
            | ExprKind::Comma(a, b)
            | ExprKind::Index(a, b) => {
                a.for_each(f);
                b.for_each(f);
            }
            ExprKind::Conditional(a, b, c) => {
                for e in [a, b, c] {
                    e.for_each(f);
                }
            }
            ExprKind::Call {
                function,
                arguments,
            } => {
                function.for_each(f);
                arguments.iter().for_each(|e| e.for_each(f));
            }
        }
    }
}
