//! Mechanisms of a session: loading, loading again, and what existing instances do then.

use std::path::Path;

use runtime::library::Repeated;
use runtime::session::Session;
use runtime::{Place, SectionId};

const LEAK: &str = "NEURON {\n  SUFFIX mine\n  NONSPECIFIC_CURRENT i\n  RANGE g, i\n  GLOBAL e\n}\n\
    PARAMETER { g = 0.001 (S/cm2)  e = -70 (mV) }\nASSIGNED { v (mV)  i (mA/cm2) }\n\
    BREAKPOINT { i = g*(v - e) }\n";

/// The same with twice the current, and a variable more.
fn doubled() -> String {
    LEAK.replace("i = g*", "i = factor*g*")
        .replace("RANGE g, i", "RANGE g, i, factor")
        .replace("e = -70", "factor = 2  e = -70")
}

fn load(session: &mut Session, text: &str) -> Vec<String> {
    session
        .load_text("mine.mod", text, Repeated::SameFile)
        .unwrap()
}

fn at(section: SectionId) -> Place {
    Place::Segment { section, x: 0.5 }
}

/// A section with `mine`, at -60 mV.
fn section(session: &mut Session, name: &str) -> SectionId {
    let section = session.add_section(name).unwrap();
    session.insert(section, "mine").unwrap();
    section
}

#[test]
fn what_was_inserted_before_a_second_load_keeps_its_code() {
    let mut session = Session::new().unwrap();
    assert_eq!(load(&mut session, LEAK), ["mine"]);
    let old = section(&mut session, "old");
    session.set(at(old), "g_mine", 0.002).unwrap();
    load(&mut session, &doubled());
    let new = section(&mut session, "new");
    // inserting again changes nothing
    session.insert(old, "mine").unwrap();
    session.initialize(Some(-60.0)).unwrap();
    session.set(at(new), "g_mine", 0.002).unwrap();
    session.initialize(Some(-60.0)).unwrap();
    let current = |session: &Session, section| session.get(at(section), "i_mine").unwrap();
    assert!((current(&session, old) - 0.02).abs() < 1e-15);
    assert!((current(&session, new) - 0.04).abs() < 1e-15);
    assert!(session.get(at(old), "factor_mine").is_err());
}

#[test]
fn migration_takes_the_code_and_keeps_the_values() {
    let mut session = Session::new().unwrap();
    load(&mut session, LEAK);
    let old = section(&mut session, "old");
    session.set(at(old), "g_mine", 0.003).unwrap();
    session.set(Place::Model, "e_mine", -80.0).unwrap();
    load(&mut session, &doubled());
    assert_eq!(session.get(Place::Model, "e_mine").unwrap(), -70.0);
    session.migrate("mine").unwrap();
    assert_eq!(session.get(Place::Model, "e_mine").unwrap(), -80.0);
    assert_eq!(session.get(at(old), "g_mine").unwrap(), 0.003);
    session.initialize(Some(-60.0)).unwrap();
    let i = session.get(at(old), "i_mine").unwrap();
    assert!((i - 2.0 * 0.003 * 20.0).abs() < 1e-15, "{i}");
}

#[test]
fn a_folder_with_a_fault_loads_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mechanisms-with-a-fault");
    std::fs::create_dir_all(&folder).unwrap();
    let good = LEAK.replace("mine", "good");
    std::fs::write(folder.join("a.mod"), good).unwrap();
    let bad = LEAK.replace("mine", "bad").replace("g*(v", "nothing*(v");
    std::fs::write(folder.join("b.mod"), bad).unwrap();
    let mut session = Session::new().unwrap();
    let error = session
        .load_mechanisms(&folder, Repeated::SameFile)
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("b.mod") && text.contains("`nothing`"),
        "{text}"
    );
    assert!(!session.has_mechanism("good"));
    assert!(session.mechanism("good").is_err());
}

#[test]
fn one_name_from_two_files_is_an_error_unless_allowed() {
    let mut session = Session::new().unwrap();
    load(&mut session, LEAK);
    let other = |session: &mut Session, repeated| session.load_text("b.mod", &doubled(), repeated);
    let error = other(&mut session, Repeated::SameFile).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`b.mod` and `mine.mod` both define `mine`"
    );
    assert_eq!(other(&mut session, Repeated::Replace).unwrap(), ["mine"]);
    let new = section(&mut session, "new");
    assert_eq!(session.get(at(new), "factor_mine").unwrap(), 2.0);
}

#[test]
fn names_of_shipped_mechanisms_are_known_before_they_are_used() {
    let mut session = Session::new().unwrap();
    assert!(session.get(Place::Model, "usetable_hh").is_err());
    session.prepare_name("usetable_hh").unwrap();
    assert_eq!(session.get(Place::Model, "usetable_hh").unwrap(), 1.0);
}

#[test]
fn functions_of_an_instance_need_to_know_which() {
    let mut session = Session::new().unwrap();
    let soma = session.add_section("soma").unwrap();
    session.insert(soma, "hh").unwrap();
    let rates = session.function("rates_hh").unwrap();
    let error = session
        .call(&rates, &[(-65.0).into()])
        .unwrap_err()
        .to_string();
    assert!(error.contains("setdata_hh"), "{error}");
    session.set_data("hh", at(soma)).unwrap();
    assert_eq!(session.call(&rates, &[(-40.0).into()]).unwrap(), 1.0);
    let minf = session.get(at(soma), "minf_hh").unwrap();
    session
        .call_at(&rates, at(soma), &[(-65.0).into()])
        .unwrap();
    assert!(session.get(at(soma), "minf_hh").unwrap() < minf);
    let trap = session.function("vtrap_hh").unwrap();
    let value = session.call(&trap, &[1.0.into(), 2.0.into()]).unwrap();
    assert!((value - 1.0 / 0.5_f64.exp_m1()).abs() < 1e-15);
}
