//! Advice on what people often write where NMODL wants something else.
//!
//! A row of advice looks at the text on both sides of the place where parsing stopped and at what was
//! expected there; the first one that fits is given.

use super::parse::Rule;

/// The help for a fault of syntax at byte `at`, where `found` stands.
pub(super) fn on(text: &str, at: usize, found: &str, rules: &[Rule]) -> Option<String> {
    let place = Place {
        rest: text.get(at..).unwrap_or(""),
        before: text.get(..at).unwrap_or("").trim_end(),
        found,
        rules,
    };
    place
        .of_characters()
        .or_else(|| place.of_declarations())
        .or_else(|| place.of_statements())
        .or_else(|| place.of_operators())
}

/// Advice on text that begins no block.
pub(super) fn on_block(rest: &str) -> Option<&'static str> {
    (rest.starts_with(['#', '%', '!']) || rest.starts_with("//") || rest.starts_with("/*"))
        .then_some(COMMENTS)
}

const COMMENTS: &str = "comments begin with `:` or `?`, or stand between COMMENT and ENDCOMMENT";

struct Place<'t> {
    /// From the place on.
    rest: &'t str,
    /// Up to it, without blanks.
    before: &'t str,
    found: &'t str,
    rules: &'t [Rule],
}

impl<'t> Place<'t> {
    fn wants(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }

    /// Whether a name stands here.
    fn finds_name(&self) -> bool {
        self.found.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// The words before, the last one first; whatever stands between them is skipped.
    fn words_before(&self) -> impl Iterator<Item = &'t str> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words = self.before.rsplit(move |c: char| !is_word(c));
        words.filter(|word| !word.is_empty())
    }

    fn word_before(&self, nth: usize) -> &'t str {
        self.words_before().nth(nth).unwrap_or("")
    }

    fn of_characters(&self) -> Option<String> {
        let (rest, before) = (self.rest, self.before);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let advice = if self.found == ";" {
            "NMODL has no semicolons; a statement ends where the next begins"
        } else if rest.starts_with("/*")
            || rest.starts_with('#')
            || (rest.starts_with('/') && before.ends_with('/'))
        {
            COMMENTS
        } else if self.found == ","
            && digit(before.chars().next_back())
            && digit(rest.chars().nth(1))
        {
            "the decimal point of a number is `.`"
        } else if self.found.starts_with('_') {
            "a name begins with a letter"
        } else if self.found.starts_with(|c: char| !c.is_ascii()) {
            "outside comments only ASCII characters may stand"
        } else {
            return None;
        };
        Some(advice.to_owned())
    }

    fn of_declarations(&self) -> Option<String> {
        let last = self.word_before(0);
        let kind = self.word_before(1);
        let advice = if self.rest.starts_with('(') && self.wants(Rule::unit) {
            "a unit ends with `)` on the line on which it begins".to_owned()
        } else if self.finds_name()
            && self.found.contains(|c: char| c.is_ascii_lowercase())
            && self.wants(Rule::kw_read)
        {
            format!(
                "name variables of the ion behind READ or WRITE: `USEION {last} READ {}`",
                self.found
            )
        } else if self.finds_name()
            && self.wants(Rule::neuron_statement)
            && ["SUFFIX", "POINT_PROCESS", "ARTIFICIAL_CELL"].contains(&kind)
        {
            "the name of a mechanism is one word".to_owned()
        } else if self.finds_name() && self.wants(Rule::comma) && self.wants(Rule::neuron_statement)
        {
            "names of a list have commas between them".to_owned()
        } else if self.found == "{" && self.wants(Rule::open_paren) && last == "NET_RECEIVE" {
            "the first argument is the weight: `NET_RECEIVE (w) {`".to_owned()
        } else if self.found == "{"
            && self.wants(Rule::open_paren)
            && ["FUNCTION", "PROCEDURE"].contains(&kind)
        {
            format!("parentheses stand there without arguments, too: `{kind} {last}() {{`")
        } else if self.found == "(" && self.wants(Rule::open_brace) {
            format!("{last} has no arguments")
        } else {
            return None;
        };
        Some(advice)
    }

    fn of_statements(&self) -> Option<String> {
        let last = self.word_before(0);
        let assigns = self.wants(Rule::equals);
        let is_assignment = self.rest.starts_with('=') && !self.rest.starts_with("==");
        // Of the line, which is enough for a LOCAL.
        let line = self.before.rsplit('\n').next().unwrap_or("");
        let local = line.rfind("LOCAL ").map(|start| &line[start + 6..]);
        let declares = local.is_some_and(|names| !names.contains(['=', '{', '}', '(']));
        let head = self.before.strip_suffix(last).map(str::trim_end);
        let in_for = head.is_some_and(|head| head.ends_with('(')) && self.word_before(1) == "for";
        let advice = if is_assignment && declares && self.wants(Rule::comma) {
            "LOCAL declares names; values are assigned by statements of their own".to_owned()
        } else if is_assignment && in_for {
            "loops are written `FROM i = 0 TO n - 1 { }` or `while (condition) { }`".to_owned()
        } else if assigns
            && ["<->", "->", "<"].contains(&self.found)
            && !self.rest.starts_with("<=")
        {
            "a reaction begins with `~`".to_owned()
        } else if assigns && last == "return" {
            "the value of a FUNCTION is what is assigned to its name: `f = x`".to_owned()
        } else if assigns && self.word_before(2) == "SOLVE" {
            format!(
                "METHOD is missing: `SOLVE {} METHOD {last}`",
                self.word_before(1)
            )
        } else if self.wants(Rule::kw_with) && self.wants(Rule::infix) {
            "TABLE ends with the number of its intervals: `WITH 200`".to_owned()
        } else if self.found == ")" && self.wants(Rule::comma) && self.in_rates() {
            "a reversible reaction has two rates: `(forward, backward)`".to_owned()
        } else if self.in_rates() && self.wants(Rule::open_paren) && self.wants(Rule::plus) {
            "the rates stand in parentheses: `(forward, backward)`".to_owned()
        } else if assigns && self.follows_product_without_sign() {
            "a product is written with `*`".to_owned()
        } else {
            return None;
        };
        Some(advice)
    }

    fn of_operators(&self) -> Option<String> {
        let rest = self.rest;
        let in_expression = self.wants(Rule::infix);
        let advice = if rest.starts_with("==") && self.wants(Rule::equals) {
            "an assignment is written with a single `=`"
        } else if rest.starts_with('=') && in_expression {
            "equality is written `==`"
        } else if rest.starts_with('*') && self.before.ends_with('*') {
            "powers are written `a^b`"
        } else if rest.starts_with('%') {
            "remainders are written `fmod(a, b)`"
        } else if rest.starts_with(['&', '|']) && in_expression {
            "the logical operators are `&&` and `||`"
        } else if rest.starts_with(['+', '-', '*', '/'])
            && rest[1..].starts_with('=')
            && self.wants(Rule::equals)
        {
            "write the assignment out: `x = x + 1`"
        } else if self.wants(Rule::open_brace) && !in_expression && !self.found.is_empty() {
            "NMODL wants braces here even around a single statement"
        } else {
            return None;
        };
        Some(advice.to_owned())
    }

    /// Whether the place is behind the arrow of a reaction.
    fn in_rates(&self) -> bool {
        let reaction = self.before.rsplit('~').next().unwrap_or("");
        self.before.contains('~') && reaction.contains("<->") && !reaction.contains(['{', '}'])
    }

    /// Whether the name before begins right behind a number: `2g`.
    fn follows_product_without_sign(&self) -> bool {
        let word = self.word_before(0);
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        !digits.is_empty() && digits.len() < word.len()
    }
}
