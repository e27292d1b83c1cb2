//! Places, variables and patterns.

use nmodlrs::model::name::{self, Element, NameError, Place, Variable};

#[test]
fn places() {
    let place = |text| name::place(text).map(|place| (place.section.to_owned(), place.position));
    assert_eq!(place("soma(0.5)"), Ok(("soma".to_owned(), 0.5)));
    assert_eq!(
        place("ring[5].dend[3](1)"),
        Ok(("ring[5].dend[3]".to_owned(), 1.0))
    );
    assert_eq!(place("soma(1.5)"), Err(NameError::OutOfRange(1.5)));
    assert_eq!(place("soma(x)"), Err(NameError::NotANumber("x".to_owned())));
    assert_eq!(
        place("soma(nan)"),
        Err(NameError::NotANumber("nan".to_owned()))
    );
    assert_eq!(place("soma(0.5"), Err(NameError::Unclosed));
    assert_eq!(place("soma"), Err(NameError::NoPlace("soma".to_owned())));
    assert_eq!(place("soma(0.5).v"), Err(NameError::NotAVariable));
}

#[test]
fn variables() {
    let soma = Place {
        section: "soma",
        position: 0.5,
    };
    assert_eq!(name::variable("t"), Ok(Variable::Time));
    assert_eq!(
        name::variable("soma(0.5).cadifpmp.ca[3]"),
        Ok(Variable::Segment {
            place: soma.clone(),
            mechanism: Some("cadifpmp"),
            element: Element {
                name: "ca",
                index: Some(3)
            },
        })
    );
    assert_eq!(
        name::variable("soma(0.5).v"),
        Ok(Variable::Segment {
            place: soma,
            mechanism: None,
            element: Element {
                name: "v",
                index: None
            },
        })
    );
    assert_eq!(
        name::variable("ring[5].syn[1].g"),
        Ok(Variable::Point {
            point: "ring[5].syn[1]",
            element: Element {
                name: "g",
                index: None
            },
        })
    );
}

#[test]
fn what_is_not_a_variable_says_what_to_write() {
    let said = |text| {
        name::variable(text)
            .map_err(|error| error.to_string())
            .expect_err(text)
    };
    assert_eq!(
        said("soma(0.5)"),
        "is a place, not a variable: write `soma(0.5).v`"
    );
    assert_eq!(said("soma"), "is not a place: write `soma(0.5)`");
    assert_eq!(
        said("soma(0.5).a.b.c"),
        "names no variable behind the place"
    );
    assert_eq!(said("soma(0.5)v"), "names no variable behind the place");
    assert_eq!(said("soma(0.5).ca[x]"), "has a bad index: `ca[x]`");
}

#[test]
fn patterns() {
    for (pattern, name, fits) in [
        ("dend*", "dend[12]", true),
        ("dend[1?]", "dend[12]", true),
        ("dend[1?]", "dend[1]", false),
        ("ring[*].soma", "ring[63].soma", true),
        ("*ab*ab", "xababab", true),
        ("*ab*ab", "xab", false),
        ("*", "", true),
        ("a", "", false),
        ("", "a", false),
    ] {
        assert_eq!(name::matches(pattern, name), fits, "{pattern} on {name}");
    }
}

#[test]
fn the_name_of_an_array_selects_its_elements() {
    assert!(name::selects("dend", "dend[3]"));
    assert!(name::selects("dend[3]", "dend[3]"));
    assert!(!name::selects("dend", "dendrite[3]"));
    assert!(!name::selects("ring", "ring[3].soma"));
}
