//! A syntax tree as NMODL again, in one canonical layout.
//!
//! Guarantees that the output parses to an equal tree (spans aside). Comments are not in
//! the tree and so are lost; VERBATIM text stays as it was. Of an INCLUDE only the
//! statement is printed, not what it brought in. Parentheses are those that precedence
//! needs, and around a signed right operand.

mod declaration;
mod expression;
mod statement;

use super::ast::{
    Argument, Block, Callable, DeclaredNumber, EquationBlock, Expr, File, Ident, Integer, Item,
    Local, Obsolete, Unit, Verbatim,
};

/// Prints a file.
///
/// ```
/// let (tree, _, _) = nmodl::syntax::parse_text("INITIAL{m=minf h=(a+b)*c}");
/// assert_eq!(
///     nmodl::syntax::print::file(&tree),
///     "INITIAL {\n    m = minf\n    h = (a + b) * c\n}\n",
/// );
/// ```
pub fn file(file: &File) -> String {
    let mut printer = Printer::default();
    for (i, item) in file.items.iter().enumerate() {
        // Lines of a kind stay together; blocks are set apart.
        if i > 0 && !(is_line(item) && is_line(&file.items[i - 1])) {
            printer.out.push('\n');
        }
        printer.item(item);
    }
    printer.out
}

/// Prints an expression on one line.
pub fn expr(expr: &Expr) -> String {
    let mut printer = Printer::default();
    printer.expr(expr);
    printer.out
}

/// What is printed so far, and how deep the braces are.
#[derive(Default)]
struct Printer {
    out: String,
    depth: usize,
}

fn is_line(item: &Item) -> bool {
    matches!(
        item,
        Item::Title(_)
            | Item::Define(_)
            | Item::Include(_)
            | Item::Local(_)
            | Item::UnitsSwitch(_)
            | Item::FunctionTable(_)
    )
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn begin_line(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
    }

    fn end_line(&mut self) {
        self.out.push('\n');
    }

    /// `head {`, the lines of `body` one level in, `}`.
    fn braces(&mut self, body: impl FnOnce(&mut Self)) {
        self.push("{\n");
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.begin_line();
        self.push("}");
    }

    /// `each` for all, with `separator` between.
    fn separated<T>(&mut self, items: &[T], separator: &str, mut each: impl FnMut(&mut Self, &T)) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.push(separator);
            }
            each(self, item);
        }
    }

    fn names(&mut self, names: &[Ident]) {
        self.separated(names, ", ", |p, name| p.push(&name.name));
    }

    fn integer(&mut self, integer: &Integer) {
        match integer {
            Integer::Literal { value, .. } => self.push(&value.to_string()),
            Integer::Name(name) => self.push(&name.name),
        }
    }

    fn length(&mut self, length: &Option<Integer>) {
        if let Some(length) = length {
            self.push("[");
            self.integer(length);
            self.push("]");
        }
    }

    fn declared_number(&mut self, number: &DeclaredNumber) {
        match number {
            DeclaredNumber::Literal(number) => self.push(&number.text),
            DeclaredNumber::Defined { negative, name, .. } => {
                if *negative {
                    self.push("-");
                }
                self.push(&name.name);
            }
        }
    }

    /// ` (unit)`
    fn unit(&mut self, unit: &Option<Unit>) {
        if let Some(unit) = unit {
            self.push(" (");
            self.push(&unit.text);
            self.push(")");
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(title) => {
                self.push("TITLE ");
                self.push(&title.text);
            }
            Item::Define(define) => {
                self.push(&format!("DEFINE {} {}", define.name.name, define.value));
            }
            Item::Include(include) => self.push(&format!("INCLUDE \"{}\"", include.path.text)),
            Item::Local(local) => self.local(local),
            Item::Verbatim(verbatim) => self.verbatim(verbatim),
            Item::UnitsSwitch(switch) => self.push(if switch.on { "UNITSON" } else { "UNITSOFF" }),
            Item::Neuron(block) => self.neuron(block),
            Item::Units(block) => self.units(block),
            Item::Constant(block) => self.constants(block),
            Item::Parameter(block) => self.parameters(block),
            Item::Independent(block) => self.independents(block),
            Item::Assigned(block) => self.variables("ASSIGNED", block),
            Item::State(block) => self.variables("STATE", block),
            Item::Initial(block) => self.code_block("INITIAL", &block.body),
            Item::Breakpoint(block) => self.code_block("BREAKPOINT", &block.body),
            Item::Constructor(block) => self.code_block("CONSTRUCTOR", &block.body),
            Item::Destructor(block) => self.code_block("DESTRUCTOR", &block.body),
            Item::Derivative(block) => self.equation_block("DERIVATIVE", block),
            Item::Kinetic(block) => self.equation_block("KINETIC", block),
            Item::Linear(block) => self.equation_block("LINEAR", block),
            Item::Nonlinear(block) => self.equation_block("NONLINEAR", block),
            Item::Discrete(block) => self.equation_block("DISCRETE", block),
            Item::Function(block) => self.callable("FUNCTION", block),
            Item::Procedure(block) => self.callable("PROCEDURE", block),
            Item::FunctionTable(table) => {
                self.push("FUNCTION_TABLE ");
                self.push(&table.name.name);
                self.formals(&table.arguments);
                self.unit(&table.unit);
            }
            Item::NetReceive(block) => {
                self.push("NET_RECEIVE ");
                self.formals(&block.arguments);
                self.push(" ");
                self.block(&block.body);
            }
            Item::BeforeAfter(block) => {
                self.push(if block.before { "BEFORE " } else { "AFTER " });
                self.code_block(block.event.keyword(), &block.body);
            }
            Item::Obsolete(obsolete) => self.obsolete(obsolete),
        }
        self.end_line();
    }

    fn code_block(&mut self, keyword: &str, body: &Block) {
        self.push(keyword);
        self.push(" ");
        self.block(body);
    }

    fn equation_block(&mut self, keyword: &str, block: &EquationBlock) {
        self.push(keyword);
        self.push(" ");
        self.push(&block.name.name);
        if !block.solve_for.is_empty() {
            self.push(" SOLVEFOR ");
            self.names(&block.solve_for);
        }
        self.push(" ");
        self.block(&block.body);
    }

    fn callable(&mut self, keyword: &str, block: &Callable) {
        self.push(keyword);
        self.push(" ");
        self.push(&block.name.name);
        self.formals(&block.arguments);
        self.unit(&block.unit);
        self.push(" ");
        self.block(&block.body);
    }

    fn formals(&mut self, arguments: &[Argument]) {
        self.push("(");
        self.separated(arguments, ", ", |p, argument| {
            p.push(&argument.name.name);
            p.unit(&argument.unit);
        });
        self.push(")");
    }

    fn local(&mut self, local: &Local) {
        self.push("LOCAL ");
        self.separated(&local.names, ", ", |p, local| {
            p.push(&local.name.name);
            p.length(&local.length);
        });
    }

    fn verbatim(&mut self, verbatim: &Verbatim) {
        self.push("VERBATIM");
        self.push(if verbatim.text.is_empty() {
            " "
        } else {
            &verbatim.text
        });
        self.push("ENDVERBATIM");
    }

    fn obsolete(&mut self, obsolete: &Obsolete) {
        self.push(&obsolete.text);
    }
}
