//! Syntax errors in words: what was expected, and what was found instead.
//!
//! pest says which rules it tried at the furthest place that it reached; here is the name
//! of each for a modeller.

use pest::Parser;

use super::advice;
use super::parse::{Grammar, Rule};
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
    let at_end = at >= piece.end;
    let span = if at_end {
        Span::new(file, piece.end as u32, piece.end as u32)
    } else {
        Span::new(file, found.start as u32, found.end as u32)
    };
    let wanted = list(&wanted(rules));
    if !at_end
        && is_reserved(found_text)
        && let Some(diagnostic) = keyword(found_text, span, &wanted, rules)
    {
        return diagnostic;
    }
    let found_words = match found_text {
        "" => "the file ends".to_owned(),
        _ => format!("found `{}`", shorten(found_text)),
    };
    let mut diagnostic =
        Diagnostic::new(Code::Syntax, format!("expected {wanted}, {found_words}")).at(span, "");
    if let Some(open) = unclosed(text, piece, at, rules) {
        let start = open as u32;
        diagnostic = diagnostic.see(
            Span::new(file, start, start + 1),
            format!("this `{}` is not closed", &text[open..=open]),
        );
    }
    if let Some(help) = advice::on(text, at, found_text, rules) {
        diagnostic = diagnostic.help(help);
    }
    diagnostic
}

/// What to say of a keyword where a name or a statement should stand.
fn keyword(found: &str, span: Span, wanted: &str, rules: &[Rule]) -> Option<Diagnostic> {
    let statement = rules.contains(&Rule::statement);
    if statement && found.eq_ignore_ascii_case("else") {
        let message = format!("this `{found}` belongs to no `if`");
        return Some(Diagnostic::new(Code::Syntax, message).at(span, ""));
    }
    let name = rules.iter().any(|rule| {
        matches!(
            rule,
            Rule::ident
                | Rule::primed
                | Rule::expr
                | Rule::argument
                | Rule::formal
                | Rule::parameter
                | Rule::constant
                | Rule::variable_declaration
                | Rule::local_name
                | Rule::reactant
                | Rule::reactants
        )
    });
    if !name && !statement {
        return None;
    }
    let message = format!("`{found}` is a keyword of NMODL and cannot stand here");
    let diagnostic =
        Diagnostic::new(Code::ReservedWord, message).at(span, format!("expected {wanted}"));
    Some(if name {
        diagnostic.help("choose another name")
    } else {
        diagnostic
    })
}

/// Where the innermost parenthesis or bracket that is still open at `at` was opened, if
/// closing it was among what was expected and something else closes instead.
fn unclosed(text: &str, piece: Piece, at: usize, rules: &[Rule]) -> Option<usize> {
    let closes_something = text.get(at..)?.starts_with(['}', ']', ')']) || at >= piece.end;
    if !closes_something
        || !rules
            .iter()
            .any(|rule| matches!(rule, Rule::close_paren | Rule::close_bracket))
    {
        return None;
    }
    let mut open = Vec::new();
    let mut from = piece.start;
    loop {
        let token = scan::token_at(text, from);
        if token.is_empty() || token.start >= at {
            break;
        }
        match text.as_bytes()[token.start] {
            b'(' | b'[' | b'{' => open.push(token.start),
            b')' | b']' | b'}' => {
                open.pop();
            }
            _ => {}
        }
        from = token.end;
    }
    let innermost = open.pop()?;
    (text.as_bytes()[innermost] != b'{').then_some(innermost)
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

/// The words for `rules`: each once, without those that only distract, the likeliest
/// first.
fn wanted(rules: &[Rule]) -> Vec<&'static str> {
    let has = |rule: Rule| rules.contains(&rule);
    let operand = has(Rule::expr)
        || has(Rule::argument)
        || (has(Rule::number) && has(Rule::primed) && has(Rule::open_paren));
    let only_optional = rules.iter().all(|rule| is_minor(*rule));
    let mut words: Vec<(u8, &'static str)> = Vec::new();
    for &rule in rules {
        let distracts = match rule {
            // Behind an operand a call or an index might still follow.
            Rule::open_paren => has(Rule::infix) || operand,
            // An operand is named as a whole.
            Rule::primed | Rule::number | Rule::quantity | Rule::argument if operand => true,
            // The reactant before might have been a coefficient.
            Rule::primed => has(Rule::plus),
            _ => false,
        };
        if distracts || (is_minor(rule) && !only_optional) {
            continue;
        }
        words.push((rank(rule), words_of(rule)));
    }
    if operand {
        words.push((0, "an expression"));
    }
    words.sort_by_key(|(rank, _)| *rank);
    let mut unique: Vec<&'static str> = Vec::new();
    for (_, word) in words {
        if !unique.contains(&word) {
            unique.push(word);
        }
    }
    unique
}

/// Where a rule comes in a list of what was expected.
fn rank(rule: Rule) -> u8 {
    match rule {
        Rule::infix => 1,
        Rule::statement
        | Rule::neuron_statement
        | Rule::units_definition
        | Rule::parameter
        | Rule::constant
        | Rule::variable_declaration
        | Rule::independent => 2,
        Rule::comma | Rule::plus | Rule::open_brace => 3,
        Rule::close_brace | Rule::close_paren | Rule::close_bracket | Rule::EOI => 4,
        _ => 0,
    }
}

/// Whether a rule is always optional and seldom what was meant.
fn is_minor(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::unit
            | Rule::index
            | Rule::open_bracket
            | Rule::back
            | Rule::length
            | Rule::limits
            | Rule::tolerance
            | Rule::less
            | Rule::start_value
            | Rule::kw_start
            | Rule::value_range
            | Rule::default_value
            | Rule::compartment_index
            | Rule::kw_sweep
            | Rule::prefix
            | Rule::minus
            | Rule::else_if
            | Rule::otherwise
            | Rule::kw_else
            | Rule::from_by
            | Rule::if_error
            | Rule::kw_iferror
            | Rule::valence
            | Rule::represents
    )
}

fn list(words: &[&str]) -> String {
    match words {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

/// Whether `word` is a keyword.
fn is_reserved(word: &str) -> bool {
    Grammar::parse(Rule::reserved, word)
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
