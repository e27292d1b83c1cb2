//! The types of the model file, their schema and the documentation agree.

use nmodlrs::model::{self, ModelText};
use serde_json::Value;

const DOCUMENTATION: &str = include_str!("../../docs/model-file.md");

/// The TOML examples of the documentation that are whole models.
fn examples() -> Vec<&'static str> {
    let mut parts = DOCUMENTATION.split("```toml\n");
    parts.next();
    let examples = parts.filter_map(|part| part.split("```").next());
    examples.filter(|text| text.contains("[run]")).collect()
}

/// Every key of every table that the schema names.
fn keys(schema: &Value, into: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                into.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| keys(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

/// Every key that a file uses, at any depth.
fn used(value: &toml::Value, into: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                into.push(key.clone());
                used(value, into);
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|value| used(value, into)),
        _ => {}
    }
}

#[test]
fn the_documented_examples_are_valid() {
    let examples = examples();
    assert_eq!(examples.len(), 3);
    for text in examples {
        if let Err(problems) = ModelText::new("example.toml", text, &[]).read() {
            panic!("{problems}");
        }
    }
}

#[test]
fn every_key_is_documented() {
    let mut all = Vec::new();
    keys(&model::schema::schema(), &mut all);
    assert!(all.len() > 40);
    for key in all {
        let row = format!("| `{key}` |");
        let listed = format!("`{key}`,");
        let last = format!("`{key}` |");
        assert!(
            [&row, &listed, &last]
                .iter()
                .any(|text| DOCUMENTATION.contains(text.as_str())),
            "docs/model-file.md does not describe `{key}`"
        );
    }
}

#[test]
fn the_last_example_uses_nearly_every_key() {
    let example = *examples().last().expect("there are examples");
    let mut used_keys = Vec::new();
    used(
        &toml::from_str(example).expect("valid TOML"),
        &mut used_keys,
    );
    let mut all = Vec::new();
    keys(&model::schema::schema(), &mut all);
    all.sort();
    all.dedup();
    let missing: Vec<_> = all
        .into_iter()
        .filter(|key| !used_keys.contains(key))
        .collect();
    assert_eq!(missing, [""; 0], "keys without example");
}

#[test]
fn the_schema_needs_no_null_and_allows_no_unknown_keys() {
    fn walk(value: &Value) {
        if let Value::Object(map) = value {
            assert_ne!(map.get("type"), Some(&Value::from("null")));
            if map.contains_key("properties") && map.get("type") == Some(&Value::from("object")) {
                assert_eq!(
                    map.get("additionalProperties"),
                    Some(&Value::from(false)),
                    "{value}"
                );
            }
            map.values().for_each(walk);
        }
        if let Value::Array(items) = value {
            assert!(!items.contains(&Value::from("null")), "{value}");
            items.iter().for_each(walk);
        }
    }
    walk(&model::schema::schema());
}

#[test]
fn the_schema_of_a_section() {
    let schema = model::schema::schema();
    let section = schema
        .pointer("/$defs/Section")
        .expect("sections have a schema");
    insta::assert_snapshot!(serde_json::to_string_pretty(section).expect("JSON"));
}
