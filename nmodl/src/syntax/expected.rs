//! Syntax errors in words: what was expected, and what was found instead.
//!
//! pest says which rules it tried at the furthest place that it reached; here is the name
//! of each for a modeller.

use super::parse::Rule;
use super::scan::{self, Piece};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The error for a piece of `text` that stopped matching at byte `at`.
pub(super) fn diagnostic(
    file: FileId,
    text: &str,
    piece: Piece,
    at: usize,
    rules: &[Rule],
) -> Diagnostic {
    let found = scan::token_at(text, at);
    let found_text = text.get(found.clone()).unwrap_or("");
    // At the end of the piece, point behind its last token rather than at the next item.
    let span = if at >= piece.end {
        Span::new(file, piece.end as u32, piece.end as u32)
    } else {
        Span::new(file, found.start as u32, found.end as u32)
    };
    let found_words = match found_text {
        "" => "the file ends".to_owned(),
        _ => format!("found `{}`", shorten(found_text)),
    };
    let names_wanted = rules
        .iter()
        .any(|rule| matches!(rule, Rule::ident | Rule::primed | Rule::statement))
        || wanted(rules).iter().any(|words| words.contains("name"));
    if at < piece.end && names_wanted && is_reserved(found_text) {
        let mut diagnostic = Diagnostic::new(
            Code::ReservedWord,
            format!("`{found_text}` is a keyword of NMODL and cannot stand here"),
        )
        .at(span, format!("expected {}", list(&wanted(rules))));
        if !rules.contains(&Rule::statement) {
            diagnostic = diagnostic.help("choose another name");
        }
        return diagnostic;
    }
    let mut diagnostic = Diagnostic::new(
        Code::Syntax,
        format!("expected {}, {found_words}", list(&wanted(rules))),
    )
    .at(span, "");
    if let Some(help) = help(text, at, found_text, rules) {
        diagnostic = diagnostic.help(help);
    }
    diagnostic
}

fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() > 30 {
        let head: String = line.chars().take(30).collect();
        format!("{head}...")
    } else {
        line.to_owned()
    }
}

/// Advice on what people often write.
fn help(text: &str, at: usize, found: &str, rules: &[Rule]) -> Option<String> {
    let rest = text.get(at..).unwrap_or("");
    if found == ";" {
        return Some("NMODL has no semicolons; a statement ends where the next begins".to_owned());
    }
    if rest.starts_with("==") && rules.contains(&Rule::equals) {
        return Some("an assignment is written with a single `=`".to_owned());
    }
    if rest.starts_with("=") && rules.contains(&Rule::infix) {
        return Some("equality is written `==`".to_owned());
    }
    if rest.starts_with("**") || rest.starts_with("%") {
        return Some("powers are written `a^b`, remainders `fmod(a, b)`".to_owned());
    }
    if (rest.starts_with('&') || rest.starts_with('|')) && rules.contains(&Rule::infix) {
        return Some("the logical operators are `&&` and `||`".to_owned());
    }
    if found.starts_with('_') {
        return Some("a name begins with a letter".to_owned());
    }
    if rules.contains(&Rule::open_brace) && found != "{" && !found.is_empty() {
        return Some("NMODL wants braces here even around a single statement".to_owned());
    }
    if found.starts_with(|c: char| !c.is_ascii()) {
        return Some("outside comments only ASCII characters may stand".to_owned());
    }
    None
}

/// The words for `rules`, each once, in order, without those that only distract.
fn wanted(rules: &[Rule]) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    let only_optional = rules.iter().all(|rule| is_minor(*rule));
    for rule in rules {
        if is_minor(*rule) && !only_optional {
            continue;
        }
        let word = words_of(*rule);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Whether a rule is always optional and seldom what was meant.
fn is_minor(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::unit
            | Rule::index
            | Rule::back
            | Rule::length
            | Rule::limits
            | Rule::tolerance
            | Rule::start_value
            | Rule::value_range
            | Rule::default_value
            | Rule::compartment_index
            | Rule::kw_sweep
            | Rule::prefix
            | Rule::else_if
            | Rule::otherwise
            | Rule::kw_else
            | Rule::from_by
            | Rule::if_error
            | Rule::kw_iferror
    )
}

fn list(words: &[&str]) -> String {
    match words {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

fn is_reserved(word: &str) -> bool {
    use pest::Parser;
    super::parse::Grammar::parse(Rule::reserved, word)
        .is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == word))
}

fn words_of(rule: Rule) -> &'static str {
    match rule {
        Rule::EOI => "the start of a block",
        Rule::ident | Rule::primed | Rule::names => "a name",
        Rule::whole | Rule::define_value => "a whole number",
        Rule::integer => "a whole number or a DEFINEd name",
        Rule::number | Rule::declared_number | Rule::quantity => "a number",
        Rule::string => "a text in double quotes",
        Rule::unit => "a unit in parentheses",
        Rule::open_brace => "`{`",
        Rule::close_brace => "`}`",
        Rule::open_paren => "`(`",
        Rule::close_paren => "`)`",
        Rule::open_bracket | Rule::index | Rule::length => "`[`",
        Rule::close_bracket => "`]`",
        Rule::comma => "`,`",
        Rule::equals | Rule::default_value | Rule::assignment => "`=`",
        Rule::less => "`<`",
        Rule::greater => "`>`",
        Rule::minus => "`-`",
        Rule::plus => "`+`",
        Rule::arrow => "`->`",
        Rule::back => "`@`",
        Rule::kw_from | Rule::value_range => "FROM",
        Rule::kw_to => "TO",
        Rule::kw_by | Rule::from_by => "BY",
        Rule::kw_with => "WITH",
        Rule::kw_start | Rule::start_value => "START",
        Rule::kw_sweep => "SWEEP",
        Rule::kw_depend | Rule::table_depend => "DEPEND",
        Rule::kw_useion => "USEION",
        Rule::kw_read | Rule::read_list => "READ",
        Rule::kw_write | Rule::write_list => "WRITE",
        Rule::kw_valence | Rule::valence => "VALENCE",
        Rule::kw_solvefor | Rule::solve_for => "SOLVEFOR",
        Rule::kw_if => "`if`",
        Rule::kw_else | Rule::else_if | Rule::otherwise => "`else`",
        Rule::solve_method | Rule::method_word => "METHOD",
        Rule::represents => "REPRESENTS",
        Rule::ontology_id => "an identifier such as NCIT:C17145",
        Rule::before_after_event => "BREAKPOINT, SOLVE, INITIAL or STEP",
        Rule::neuron_statement => "a statement such as RANGE or USEION",
        Rule::units_definition => "a definition such as `(mV) = (millivolt)`",
        Rule::units_alias => "a unit",
        Rule::units_factor => "a name",
        Rule::parameter => "a parameter name",
        Rule::constant => "a constant name",
        Rule::variable_declaration => "a variable name",
        Rule::independent => "`t FROM 0 TO 1 WITH 1`",
        Rule::limits => "limits `<low, high>`",
        Rule::tolerance => "a tolerance `<number>`",
        Rule::formals => "arguments in parentheses",
        Rule::formal | Rule::argument => "an argument",
        Rule::arguments => "`(`",
        Rule::block => "`{`",
        Rule::statement => "a statement",
        Rule::action => "an assignment or a call",
        Rule::expr | Rule::reference | Rule::paren => "an expression",
        Rule::prefix => "`-`",
        Rule::infix => "an operator",
        Rule::reaction | Rule::reactants | Rule::reactant => "a reactant",
        Rule::reversible => "`<->`",
        Rule::outflow => "`->`",
        Rule::influx => "`<<`",
        Rule::equation => "an equation",
        Rule::variable | Rule::coefficient | Rule::local_name => "a name",
        Rule::watch_condition => "a condition in parentheses",
        Rule::table_names => "a name",
        Rule::verbatim => "VERBATIM",
        _ => "something else",
    }
}
