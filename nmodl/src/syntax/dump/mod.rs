//! The structure of a syntax tree as text: one line per declaration or statement, blocks
//! indented, expressions in prefix form.
//!
//! For people (`--emit=ast`) and for snapshot tests. Numbers stand as they were written,
//! units in `(...)` behind what has them, `$name` is a DEFINEd name.

mod declaration;
mod statement;

use std::fmt::Write as _;

use super::ast::{
    Argument, Block, Callable, DeclaredNumber, EquationBlock, Expr, File, Ident, Integer, Item,
    Local, Obsolete, Unit, Variable, Verbatim,
};

/// Dumps a file.
///
/// ```
/// let (tree, _, _) = nmodl::syntax::parse_text("BREAKPOINT { i = g*(v - e) }");
/// assert_eq!(
///     nmodl::syntax::dump::file(&tree),
///     "breakpoint\n  assign i = (* g (- v e))\n",
/// );
/// ```
pub fn file(file: &File) -> String {
    let mut dump = Dump::default();
    for item in &file.items {
        dump.item(item);
    }
    dump.out
}

#[derive(Default)]
struct Dump {
    out: String,
    depth: usize,
}

impl Dump {
    fn line(&mut self, text: impl AsRef<str>) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push_str(text.as_ref());
        self.out.push('\n');
    }

    fn nested(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(title) => self.line(format!("title {:?}", title.text)),
            Item::Define(define) => {
                self.line(format!("define {} = {}", define.name.name, define.value));
            }
            Item::Include(include) => {
                self.line(format!("include {:?}", include.path.text));
                self.nested(|d| include.items.iter().for_each(|item| d.item(item)));
            }
            Item::Local(local) => self.local(local),
            Item::Verbatim(verbatim) => self.verbatim(verbatim),
            Item::UnitsSwitch(switch) => self.line(if switch.on { "unitson" } else { "unitsoff" }),
            Item::Neuron(block) => self.neuron(block),
            Item::Units(block) => self.units(block),
            Item::Constant(block) => self.constants(block),
            Item::Parameter(block) => self.parameters(block),
            Item::Independent(block) => self.independents(block),
            Item::Assigned(block) => self.variables("assigned", block),
            Item::State(block) => self.variables("state", block),
            Item::Initial(block) => self.block("initial", &block.body),
            Item::Breakpoint(block) => self.block("breakpoint", &block.body),
            Item::Constructor(block) => self.block("constructor", &block.body),
            Item::Destructor(block) => self.block("destructor", &block.body),
            Item::Derivative(block) => self.equation_block("derivative", block),
            Item::Kinetic(block) => self.equation_block("kinetic", block),
            Item::Linear(block) => self.equation_block("linear", block),
            Item::Nonlinear(block) => self.equation_block("nonlinear", block),
            Item::Discrete(block) => self.equation_block("discrete", block),
            Item::Function(block) => self.callable("function", block),
            Item::Procedure(block) => self.callable("procedure", block),
            Item::FunctionTable(table) => self.line(format!(
                "function_table {}({}){}",
                table.name.name,
                formals(&table.arguments),
                unit(&table.unit)
            )),
            Item::NetReceive(block) => {
                let head = format!("net_receive({})", formals(&block.arguments));
                self.block(&head, &block.body);
            }
            Item::BeforeAfter(block) => {
                let when = if block.before { "before" } else { "after" };
                let event = block.event.keyword().to_lowercase();
                self.block(&format!("{when} {event}"), &block.body);
            }
            Item::Obsolete(obsolete) => self.obsolete(obsolete),
        }
    }

    fn block(&mut self, head: &str, block: &Block) {
        self.line(head);
        self.nested(|d| {
            for statement in &block.statements {
                d.statement(statement);
            }
        });
    }

    fn equation_block(&mut self, keyword: &str, block: &EquationBlock) {
        let mut head = format!("{keyword} {}", block.name.name);
        if !block.solve_for.is_empty() {
            let _ = write!(head, " solvefor {}", names(&block.solve_for));
        }
        self.block(&head, &block.body);
    }

    fn callable(&mut self, keyword: &str, block: &Callable) {
        let head = format!(
            "{keyword} {}({}){}",
            block.name.name,
            formals(&block.arguments),
            unit(&block.unit)
        );
        self.block(&head, &block.body);
    }

    fn local(&mut self, local: &Local) {
        let list: Vec<String> = local
            .names
            .iter()
            .map(|local| format!("{}{}", local.name.name, length(&local.length)))
            .collect();
        self.line(format!("local {}", list.join(", ")));
    }

    fn verbatim(&mut self, verbatim: &Verbatim) {
        self.line("verbatim");
        self.nested(|d| {
            let text = verbatim.text.replace("\r\n", "\n").replace('\r', "\n");
            for line in text.trim().lines() {
                d.line(format!("|{line}"));
            }
        });
    }

    fn obsolete(&mut self, obsolete: &Obsolete) {
        self.line(format!("obsolete {:?}", obsolete.text));
    }
}

fn names(names: &[Ident]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    names.join(", ")
}

fn formals(arguments: &[Argument]) -> String {
    let list: Vec<String> = arguments
        .iter()
        .map(|argument| format!("{}{}", argument.name.name, unit(&argument.unit)))
        .collect();
    list.join(", ")
}

fn unit(unit: &Option<Unit>) -> String {
    match unit {
        Some(unit) => format!(" ({})", unit.text),
        None => String::new(),
    }
}

fn integer(integer: &Integer) -> String {
    match integer {
        Integer::Literal { value, .. } => value.to_string(),
        Integer::Name(name) => format!("${}", name.name),
    }
}

fn length(length: &Option<Integer>) -> String {
    match length {
        Some(length) => format!("[{}]", integer(length)),
        None => String::new(),
    }
}

fn declared_number(number: &DeclaredNumber) -> String {
    match number {
        DeclaredNumber::Literal(number) => number.text.clone(),
        DeclaredNumber::Defined { negative, name, .. } => {
            format!("{}${}", if *negative { "-" } else { "" }, name.name)
        }
    }
}

/// ` key number`, if there is a number.
fn keyed(key: &str, number: &Option<DeclaredNumber>) -> String {
    match number {
        Some(number) => format!(" {key} {}", declared_number(number)),
        None => String::new(),
    }
}

fn variable(variable: &Variable) -> String {
    let mut text = variable.name.name.clone();
    for _ in 0..variable.order {
        text.push('\'');
    }
    if let Some(back) = &variable.back {
        let _ = write!(text, "@{}", integer(back));
    }
    if let Some(index) = &variable.index {
        let _ = write!(text, "[{}]", expr(index));
    }
    text
}

/// An expression in prefix form.
pub fn expr(of: &Expr) -> String {
    match of {
        Expr::Number {
            number,
            unit: of_unit,
            ..
        } => format!("{}{}", number.text, unit(of_unit)),
        Expr::Variable(of) => variable(of),
        Expr::Call(call) => {
            let arguments: Vec<String> = call.arguments.iter().map(expr).collect();
            format!("{}({})", call.name.name, arguments.join(", "))
        }
        Expr::String(string) => format!("{:?}", string.text),
        Expr::Unary { op, operand, .. } => format!("({} {})", op.symbol(), expr(operand)),
        Expr::Binary {
            op, left, right, ..
        } => format!("({} {} {})", op.symbol(), expr(left), expr(right)),
    }
}
