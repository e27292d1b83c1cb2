//! Checks a model file against the JSON Schema of its types.
//!
//! Everything that the schema says is checked here and found all at once: unknown and
//! missing keys, types, ranges, lengths. Reading the file into the types cannot fail
//! afterwards. What names stand for is checked when the model is built.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problem, similar_or_all};

/// Everything in `table` that is not as `schema` says.
pub fn check(table: &Spanned<DeTable<'_>>, schema: &Value) -> Vec<Problem> {
    let mut checker = Checker {
        root: schema,
        problems: Vec::new(),
    };
    let place = Place {
        path: "",
        span: table.span(),
    };
    checker.table(table.get_ref(), schema, &place);
    checker.problems
}

/// Where the walk is.
struct Place<'a> {
    /// Keys from the root, joined by dots; empty at the root.
    path: &'a str,
    span: std::ops::Range<usize>,
}

impl Place<'_> {
    fn name(&self) -> String {
        match self.path {
            "" => "the model file".to_owned(),
            path => format!("`{path}`"),
        }
    }

    fn key(&self, key: &str) -> String {
        match self.path {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    fn must(&self, be: &str) -> Problem {
        Problem::at(self.span.clone(), format!("{} must be {be}", self.name()))
    }
}

struct Checker<'a> {
    root: &'a Value,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => self
                .root
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(&Value::Null),
            None => schema,
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, schema: &'a Value, path: &str) {
        let schema = self.resolve(schema);
        let place = Place {
            path,
            span: value.span(),
        };
        let kind = kind_of(value.get_ref());
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            // The choices differ in type.
            let fits = choices
                .iter()
                .map(|choice| self.resolve(choice))
                .find(|choice| accepts(choice, kind));
            match fits {
                Some(choice) => self.value(value, choice, path),
                None => {
                    let wanted: Vec<&str> = choices
                        .iter()
                        .map(|choice| type_name(self.resolve(choice)))
                        .collect();
                    self.problems
                        .push(place.must(&wanted.join(" or ")).label(kind.article()));
                }
            }
            return;
        }
        if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
            self.word(value.get_ref(), choices, &place, kind);
            return;
        }
        if !accepts(schema, kind) {
            self.problems
                .push(place.must(type_name(schema)).label(kind.article()));
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, schema, &place),
            DeValue::Array(items) => self.list(items.iter(), items.len(), schema, &place),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(number) => self.range(number as f64, schema, &place),
                    Err(_) => self
                        .problems
                        .push(place.must("a number that fits in 64 bits")),
                }
            }
            DeValue::Float(float) => {
                let number = float.as_str().parse().unwrap_or(f64::NAN);
                self.range(number, schema, &place);
            }
            _ => {}
        }
    }

    fn table(&mut self, table: &DeTable<'_>, schema: &'a Value, place: &Place<'_>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let known = |key: &str| properties.and_then(|properties| properties.get(key));
        for (key, value) in table.iter() {
            let path = place.key(key.get_ref());
            match (known(key.get_ref()), schema.get("additionalProperties")) {
                (Some(schema), _) => self.value(value, schema, &path),
                (None, Some(schema)) if schema.is_object() => self.value(value, schema, &path),
                (None, _) => {
                    let problem = self.unknown_key(key.get_ref(), schema, place);
                    self.problems.push(Problem {
                        span: key.span(),
                        ..problem
                    });
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if !table.keys().any(|present| present.get_ref() == key) {
                let described = known(key).map(describe).unwrap_or_default();
                self.problems.push(
                    Problem::at(
                        place.span.clone(),
                        format!("{} needs `{key}`", place.name()),
                    )
                    .label(described),
                );
            }
        }
    }

    fn unknown_key(&self, key: &str, schema: &Value, place: &Place<'_>) -> Problem {
        let keys = |schema: &'a Value| {
            let properties = schema.get("properties").and_then(Value::as_object);
            properties
                .into_iter()
                .flat_map(|properties| properties.keys())
                .map(String::as_str)
        };
        let here = schema.get("properties").and_then(Value::as_object);
        let here = here
            .into_iter()
            .flat_map(|properties| properties.keys())
            .map(String::as_str);
        let problem = Problem::at(0..0, format!("unknown key `{key}` in {}", place.name()));
        // A key in the wrong table: name the right one.
        let tables = self.root.get("properties").and_then(Value::as_object);
        let elsewhere = tables.into_iter().flatten().find(|(table, schema)| {
            table.as_str() != place.path && keys(self.resolve(schema)).any(|known| known == key)
        });
        match elsewhere {
            Some((table, _)) => problem.help(format!("`{key}` is a key of `[{table}]`")),
            None => Problem {
                help: similar_or_all(key, here),
                ..problem
            },
        }
    }

    fn list<'v>(
        &mut self,
        items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>,
        length: usize,
        schema: &'a Value,
        place: &Place<'_>,
    ) {
        let bound = |name: &str| {
            schema
                .get(name)
                .and_then(Value::as_u64)
                .map(|bound| bound as usize)
        };
        let (least, most) = (bound("minItems"), bound("maxItems"));
        if least.is_some_and(|least| length < least) || most.is_some_and(|most| length > most) {
            let wanted = match (least, most) {
                (Some(least), Some(most)) if least == most => format!("a list of {least} values"),
                (Some(least), _) => format!("a list of at least {least} values"),
                (None, most) => format!("a list of at most {} values", most.unwrap_or_default()),
            };
            self.problems
                .push(place.must(&wanted).label(format!("{length} here")));
            return;
        }
        if let Some(schema) = schema.get("items") {
            for (index, item) in items.enumerate() {
                self.value(item, schema, &format!("{}[{index}]", place.path));
            }
        }
    }

    fn word(&mut self, value: &DeValue<'_>, choices: &[Value], place: &Place<'_>, kind: Kind) {
        let words = || {
            choices
                .iter()
                .filter_map(|choice| choice.get("const")?.as_str())
        };
        let Some(written) = value.as_str() else {
            self.problems
                .push(place.must("a string").label(kind.article()));
            return;
        };
        if !words().any(|word| word == written) {
            let list: Vec<String> = words().map(|word| format!("\"{word}\"")).collect();
            let problem = place.must(&list.join(" or "));
            let help = similar_or_all(written, words()).filter(|help| help.starts_with("did"));
            self.problems.push(Problem { help, ..problem });
        }
    }

    fn range(&mut self, number: f64, schema: &Value, place: &Place<'_>) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
        let wanted = if !number.is_finite() {
            "a finite number".to_owned()
        } else if let Some(least) = bound("exclusiveMinimum").filter(|least| number <= *least) {
            format!("greater than {least}")
        } else {
            match (bound("minimum"), bound("maximum")) {
                (Some(least), Some(most)) if number < least || number > most => {
                    if most == least + 1.0 {
                        format!("{least} or {most}")
                    } else {
                        format!("from {least} to {most}")
                    }
                }
                (Some(least), None) if number < least => format!("at least {least}"),
                (None, Some(most)) if number > most => format!("at most {most}"),
                _ => return,
            }
        };
        self.problems.push(place.must(&wanted));
    }
}

/// The types of TOML that a schema tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Date,
    Array,
    Object,
}

impl Kind {
    fn article(self) -> &'static str {
        match self {
            Kind::String => "a string",
            Kind::Integer => "an integer",
            Kind::Number => "a number",
            Kind::Boolean => "a truth value",
            Kind::Date => "a date",
            Kind::Array => "a list",
            Kind::Object => "a table",
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> Kind {
    match value {
        DeValue::String(_) => Kind::String,
        DeValue::Integer(_) => Kind::Integer,
        DeValue::Float(_) => Kind::Number,
        DeValue::Boolean(_) => Kind::Boolean,
        DeValue::Datetime(_) => Kind::Date,
        DeValue::Array(_) => Kind::Array,
        DeValue::Table(_) => Kind::Object,
    }
}

/// Whether a schema's `type` includes a kind. A schema without a type includes all.
fn accepts(schema: &Value, kind: Kind) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        None => true,
        Some("string") => kind == Kind::String,
        Some("integer") => kind == Kind::Integer,
        Some("number") => matches!(kind, Kind::Number | Kind::Integer),
        Some("boolean") => kind == Kind::Boolean,
        Some("array") => kind == Kind::Array,
        Some("object") => kind == Kind::Object,
        Some(_) => false,
    }
}

fn type_name(schema: &Value) -> &'static str {
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => "a string",
        Some("integer") => "an integer",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        Some("array") => "a list",
        Some("object") => "a table",
        _ => "another value",
    }
}

/// A schema's description, without its full stop.
fn describe(schema: &Value) -> String {
    let text = schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or("");
    text.trim_end_matches('.').to_owned()
}
