//! The program itself: its exit status and its output.

use super::process::{Scratch, outcome, root};

#[test]
fn version_and_help_succeed() {
    let (status, out, _) = outcome(&["--version"]);
    assert_eq!(status, Some(0));
    let start = format!("nmodlrs {} (SUNDIALS ", env!("CARGO_PKG_VERSION"));
    assert!(out.starts_with(&start), "{out}");
    assert_eq!(outcome(&["run", "--help"]).0, Some(0));
}

#[test]
fn wrong_use_is_status_2() {
    for arguments in [
        &["fly"][..],
        &[],
        &["run"],
        &["run", "there/is/no.toml"],
        &["check", "there/is/no.mod"],
        &["compile", "there/is/no.mod"],
        &["compile", "mod/hh.mod", "--emit=assembly"],
        &["compile", "mod/hh.mod", "--lanes=3"],
        &["check", "mod/hh.mod", "--format=xml"],
        &["run", "demo/hh/model.toml", "--plot", "out.pdf"],
    ] {
        let (status, out, err) = outcome(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {err}");
        assert_eq!(out, "", "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn shipped_mechanisms_have_no_errors() {
    let files: Vec<String> = std::fs::read_dir(root().join("mod"))
        .expect("mod/ is there")
        .filter_map(|entry| entry.expect("an entry").path().to_str().map(str::to_owned))
        .filter(|path| path.ends_with(".mod"))
        .collect();
    let mut arguments = vec!["check", "--format=short"];
    arguments.extend(files.iter().map(String::as_str));
    assert_eq!(outcome(&arguments), (Some(0), String::new(), String::new()));
}

const FAULTY: &str = "NEURON { SUFFIX x }\nBREAKPOINT { i = }\n";

#[test]
fn faulty_mechanisms_are_status_1() {
    let file = Scratch::new("faulty.mod", FAULTY);
    let (status, out, _) = outcome(&["check", file.path()]);
    assert_eq!(status, Some(1));
    assert!(out.contains("error[E0001]"), "{out}");
    let (status, out, _) = outcome(&["check", "--format=short", file.path()]);
    assert_eq!(status, Some(1));
    assert!(
        out.lines()
            .next()
            .is_some_and(|line| line.contains("faulty.mod:2:18: error[E0001]")),
        "{out}"
    );
    let (status, _, err) = outcome(&["compile", file.path()]);
    assert_eq!(status, Some(1));
    assert!(err.contains("error[E0001]"), "{err}");
}

#[test]
fn units_are_checked_when_asked_for() {
    let text = "NEURON { SUFFIX x RANGE tau }\nPARAMETER { tau = 1 (ms) }\nINITIAL { tau = v }\n";
    let file = Scratch::new("units.mod", text);
    assert_eq!(outcome(&["check", file.path()]).1.matches("W04").count(), 0);
    let (status, out, _) = outcome(&["check", "--units", "--format=short", file.path()]);
    assert_eq!(status, Some(0));
    assert!(out.contains("units.mod:3:17: warning[W0402]"), "{out}");
}

#[test]
fn codes_are_explained() {
    let (status, out, _) = outcome(&["check", "--explain", "e0102"]);
    assert_eq!(status, Some(0));
    assert!(
        out.starts_with("# E0102: ") && out.contains("Right:"),
        "{out}"
    );
    let (status, _, err) = outcome(&["check", "--explain", "E0103"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("there is no code `E0103`"), "{err}");
    assert_eq!(
        outcome(&["check", "--explain", "E0102", "mod/pas.mod"]).0,
        Some(2)
    );
}

#[test]
fn formatting_in_place() {
    let file = Scratch::new("fmt.mod", "STATE{m} : \u{b0}\r\n");
    let listed = format!("{}\n", file.path());
    assert_eq!(
        outcome(&["fmt", "--check", file.path()]),
        (Some(1), listed, String::new())
    );
    let good = (Some(0), String::new(), String::new());
    assert_eq!(outcome(&["fmt", file.path()]), good);
    let text = std::fs::read_to_string(&file.0).expect("text");
    assert_eq!(text, "STATE {\n    m\n}  : \u{b0}\n");
    assert_eq!(outcome(&["fmt", "--check", file.path()]), good);
    // Latin-1 stays Latin-1, and what stands behind a Control-Z stays.
    std::fs::write(&file.0, b"STATE{m} : \xb0\n\x1a tail").expect("the file can be written");
    assert_eq!(outcome(&["fmt", file.path()]), good);
    let bytes = std::fs::read(&file.0).expect("bytes");
    assert_eq!(bytes, b"STATE {\n    m\n}  : \xb0\n\x1a tail");
    std::fs::write(&file.0, "STATE{").expect("the file can be written");
    let (status, out, err) = outcome(&["fmt", file.path()]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.contains("error[E0002]"), "{err}");
    assert_eq!(std::fs::read(&file.0).expect("bytes"), b"STATE{");
}

#[test]
fn diagnostics_as_json() {
    let file = Scratch::new("json.mod", FAULTY);
    let (status, out, _) = outcome(&["check", "--format=json", file.path()]);
    assert_eq!(status, Some(1));
    let all: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let first = &all[0];
    assert_eq!(first["code"], "E0001");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], file.path());
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64()),
        (Some(2), Some(18))
    );
    let start = FAULTY.find("}\n\0").unwrap_or(FAULTY.len() - 2) as u64;
    assert_eq!(first["span"]["start"], start);
    assert_eq!(first["span"]["end"], start + 1);
    assert_eq!(first["labels"][0]["primary"], true);
    assert!(first["message"].is_string() && first["help"].is_array());
    let (status, out, _) = outcome(&["check", "--format=json", "mod/pas.mod"]);
    assert_eq!((status, out.as_str()), (Some(0), "[]\n"));
}

#[test]
fn trees_are_printed() {
    let (status, out, _) = outcome(&["compile", "--emit=ast", "mod/pas.mod"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("assign i = (* g (- v e))"), "{out}");
    let (status, out, _) = outcome(&["compile", "--emit=nmodl", "mod/pas.mod"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("NONSPECIFIC_CURRENT i"), "{out}");
}

#[test]
fn the_schema_is_printed() {
    let (status, out, _) = outcome(&["schema"]);
    assert_eq!(status, Some(0));
    let schema: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(schema, nmodlrs::model::schema::schema());
}

#[test]
fn faulty_models_are_status_1() {
    let model = Scratch::new("faulty.toml", "[run]\ntstop = -1\nmechanisms = 3\n");
    let (status, out, err) = outcome(&["run", model.path()]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(
        err.contains("`run.tstop` must be at least 0") && err.contains("faulty.toml:2:9"),
        "{err}"
    );
}

#[test]
fn faulty_mechanisms_of_a_model_are_status_1() {
    let file = Scratch::new("of-model.mod", FAULTY);
    let text = format!(
        "mechanisms = [{:?}, \"missing\"]\n[run]\ntstop = 1\n",
        file.path()
    );
    let model = Scratch::new("of-model.toml", &text);
    let (status, _, err) = outcome(&["run", model.path()]);
    assert_eq!(status, Some(1));
    assert!(
        err.contains("error[E0001]") && err.contains("cannot read"),
        "{err}"
    );
}

#[test]
fn stages_of_the_compiler_are_printed() {
    let (status, out, _) = outcome(&["compile", "--emit=ir", "mod/pas.mod"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("kernel current"), "{out}");
    let (status, _, err) = outcome(&["compile", "--emit=ir:after=folt", "mod/pas.mod"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("did you mean `fold`?"), "{err}");
    for what in ["--emit=clif", "--emit=asm"] {
        let (status, out, _) = outcome(&["compile", "--lanes=1", what, "mod/pas.mod"]);
        assert_eq!(status, Some(0));
        assert!(out.starts_with("; Current\n"), "{out}");
    }
}
