//! The program itself: its exit status and its output.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in the project's folder.
fn nmodlrs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nmodlrs"))
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("the program starts")
}

/// Exit status, standard output and standard error.
fn outcome(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = nmodlrs(arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A file of this test alone, removed when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, contents: &str) -> Self {
        let scratch =
            Self(std::env::temp_dir().join(format!("nmodlrs-{}-{name}", std::process::id())));
        std::fs::write(&scratch.0, contents).expect("the file can be written");
        scratch
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

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
fn a_passive_cable_without_mechanisms_runs() {
    let model = Scratch::new(
        "bare.toml",
        "title = \"bare\"\nrecord = [\"soma(0.5).v\"]\n[run]\ntstop = 0.1\ntstep = 0.05\nv_init = -70\n\
         [sections.soma]\nL = 10\ndiam = 10\n",
    );
    let expected = "bare\nbatch_run from t = 0 to 0.1 in steps of 0.05 with dt = 0.025\n 0 -70\n 0.05 -70\n 0.1 -70\n";
    assert_eq!(
        outcome(&["run", model.path()]),
        (Some(0), expected.to_owned(), String::new())
    );
    let csv = Scratch::new("bare.csv", "");
    let plot = Scratch::new("bare.svg", "");
    let (status, out, err) = outcome(&[
        "run",
        model.path(),
        "-o",
        csv.path(),
        "--plot",
        plot.path(),
        "--set",
        "run.v_init=-60",
    ]);
    assert_eq!((status, out.as_str(), err.as_str()), (Some(0), "", ""));
    let text = std::fs::read_to_string(&csv.0).expect("the result is there");
    assert!(
        text.starts_with("t (ms),soma(0.5).v (mV)\n0,-60\n"),
        "{text}"
    );
    assert!(
        std::fs::read_to_string(&plot.0)
            .expect("the plot is there")
            .contains("soma(0.5).v (mV)")
    );
}

#[test]
fn a_run_that_fails_keeps_what_it_recorded() {
    let out = Scratch::new("failed.csv", "");
    let (status, _, err) = outcome(&[
        "run",
        "demo/hh/model.toml",
        "--set",
        "stim.amp=1e308",
        "-o",
        out.path(),
    ]);
    assert_eq!(status, Some(1), "{err}");
    assert!(
        err.starts_with("error: t = 0.3") && err.contains("soma("),
        "{err}"
    );
    assert!(err.contains("the 4 rows up to there are in"), "{err}");
    let rows = std::fs::read_to_string(&out.0).expect("the result is there");
    assert_eq!(rows.lines().count(), 1 + 4, "{rows}");
}

#[test]
fn steps_of_variable_length_have_rows_at_the_times_that_are_asked_for() {
    let small = Scratch::new("small.csv", "");
    let variable = Scratch::new("variable.csv", "");
    let common = ["run", "demo/hh/model.toml", "--quiet", "-o"];
    let fixed = [small.path(), "--set", "run.dt=0.0005"];
    let (status, _, err) = outcome(&[&common[..], &fixed].concat());
    assert_eq!(status, Some(0), "{err}");
    let numbers = |file: &Scratch| -> Vec<f64> {
        let text = std::fs::read_to_string(&file.0).expect("the result is there");
        let rows = text.lines().skip(1).flat_map(|line| line.split(','));
        rows.map(|number| number.parse().expect("a number"))
            .collect()
    };
    let small = numbers(&small);
    assert_eq!(small.len(), 2 * 21);
    for method in ["run.method=cvode", "run.method=ida"] {
        let arguments = [
            variable.path(),
            "--stats",
            "--set",
            method,
            "--set",
            "run.atol=1e-5",
            "--set",
            "run.atolscale.m_hh=0.1",
        ];
        let (status, _, err) = outcome(&[&common[..], &arguments].concat());
        assert_eq!(status, Some(0), "{err}");
        let lines: Vec<&str> = err.lines().collect();
        assert!(lines[0].starts_with("integrator  states  steps"), "{err}");
        assert!(lines[1].starts_with("all cells "), "{err}");
        let variable = numbers(&variable);
        assert_eq!(variable.len(), small.len());
        for (row, (fixed, variable)) in small.chunks(2).zip(variable.chunks(2)).enumerate() {
            assert_eq!(variable[0], (0.1 * row as f64).min(2.0), "{method}");
            // What is left is the error of the fixed steps.
            assert!(
                (fixed[1] - variable[1]).abs() < 0.2,
                "{method}: {fixed:?} {variable:?}"
            );
        }
    }
}

#[test]
fn without_tstep_there_is_a_row_for_each_step() {
    let model = Scratch::new(
        "steps.toml",
        "record = [\"soma(0.5).v\"]\n[run]\ntstop = 3\nmethod = \"cvode\"\nmaxstep = 0.5\n\
         [sections.soma]\nL = 10\ndiam = 10\ninsert.hh = {}\n",
    );
    let out = Scratch::new("steps.csv", "");
    let (status, _, err) = outcome(&["run", model.path(), "-o", out.path()]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    let text = std::fs::read_to_string(&out.0).expect("the result is there");
    let times = text.lines().skip(1).map(|line| line.split(',').next());
    let times: Vec<f64> = times
        .map(|t| t.and_then(|t| t.parse().ok()).expect("t"))
        .collect();
    assert_eq!((times[0], times[times.len() - 1]), (0.0, 3.0));
    let longest = times.windows(2).map(|pair| pair[1] - pair[0]);
    let longest = longest.fold(0.0, f64::max);
    assert!(longest > 0.1 && longest < 0.5 + 1e-9, "{longest}");
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
}

#[test]
fn an_integration_that_fails_says_where_and_keeps_what_it_recorded() {
    // y = 1/(1 - t) has no value at 1 ms.
    let file = Scratch::new(
        "blow.mod",
        "NEURON { SUFFIX blow RANGE y }\nSTATE { y }\nINITIAL { y = 1 }\n\
         BREAKPOINT { SOLVE states METHOD derivimplicit }\nDERIVATIVE states { y' = y*y }\n",
    );
    let text = format!(
        "mechanisms = [{:?}]\nrecord = [\"soma(0.5).blow.y\"]\n[run]\ntstop = 2\ntstep = 0.25\n\
         method = \"cvode\"\natol = 1e-6\nrtol = 1e-6\n[sections.soma]\nL = 10\ndiam = 10\n\
         insert.blow = {{}}\n",
        file.path()
    );
    let model = Scratch::new("blow.toml", &text);
    let out = Scratch::new("blow.csv", "");
    let (status, _, err) = outcome(&["run", model.path(), "-o", out.path()]);
    assert_eq!(status, Some(1), "{err}");
    assert!(
        err.starts_with("error: t = 1") || err.starts_with("error: t = 0.99"),
        "{err}"
    );
    for part in [
        "soma(0.5)",
        "y_blow",
        "the integrator cannot go on: ",
        "the 4 rows up to there",
    ] {
        assert!(err.contains(part), "{part} is not in {err}");
    }
    let text = std::fs::read_to_string(&out.0).expect("the result is there");
    let last = text.lines().last().unwrap_or_default();
    let y: f64 = last
        .trim_start_matches("0.75,")
        .parse()
        .expect("y at 0.75 ms");
    assert!((y - 4.0).abs() < 1e-3, "{text}");
}

#[test]
fn what_is_no_number_is_named_under_every_method() {
    // One cell has a current that is none from 1 ms on, the other is well.
    let file = Scratch::new(
        "root.mod",
        "NEURON { SUFFIX root NONSPECIFIC_CURRENT i RANGE stop }\nPARAMETER { stop = 1 }\n\
         ASSIGNED { i (mA/cm2) v (mV) }\nBREAKPOINT { i = 0.001*(v + 65)*sqrt(stop - t) }\n",
    );
    let text = format!(
        "mechanisms = [{:?}]\nrecord = [\"well.soma(0.5).v\"]\n[run]\ntstop = 2\ntstep = 0.25\n\
         [cells.well.sections.soma]\nL = 10\ndiam = 10\ninsert.hh = {{}}\n\
         [cells.ill.sections.soma]\nL = 10\ndiam = 10\ninsert.root = {{}}\n[spikes]\n\
         of = [\"well.soma(0.5)\"]\n",
        file.path()
    );
    let model = Scratch::new("root.toml", &text);
    let failed = |method: &str, more: &[&str]| {
        let out = Scratch::new("root.csv", "");
        let plot = Scratch::new("root.svg", "");
        let spikes = Scratch::new("root.txt", "there");
        let method = format!("run.method={method}");
        let run = ["run", model.path(), "--set", &method, "-o", out.path()];
        let also = ["--plot", plot.path(), "--spikes", spikes.path()];
        let (status, _, err) = outcome(&[&run[..], &also, more].concat());
        assert_eq!(status, Some(1), "{err}");
        let read = |file: &Scratch| std::fs::read_to_string(&file.0).expect("the result is there");
        let rows = read(&out);
        // One row alone is no line.
        let is_drawn = rows.lines().count() > 2;
        assert_eq!(read(&plot).contains("well.soma(0.5).v"), is_drawn);
        assert_eq!(read(&spikes), "");
        (err, rows)
    };
    for method in ["fixed", "cvode", "cvode-local", "ida"] {
        let (err, rows) = failed(method, &[]);
        assert!(err.starts_with("error: t = 1"), "{err}");
        for part in [
            "ms, ill.soma(0.5): ",
            "i of root is NaN",
            "the 5 rows up to there",
        ] {
            assert!(err.contains(part), "{part} is not in {err}");
        }
        assert_eq!(rows.lines().count(), 1 + 5, "{rows}");
        let both = failed(method, &["--threads", "2"]);
        assert!(
            both.0.starts_with(err.lines().next().unwrap_or_default()),
            "{}",
            both.0
        );
        assert_eq!(both.1, rows, "{method}");
    }
    // Where the run begins.
    for method in ["fixed", "cvode", "cvode-local", "ida"] {
        let (err, rows) = failed(method, &["--set", "ill.soma.root.stop=-1"]);
        assert!(err.contains("i of root is NaN"), "{err}");
        assert!(rows.lines().count() <= 1 + 1, "{rows}");
    }
}

#[test]
fn mechanisms_that_cannot_be_integrated_are_found_before_the_run() {
    let file = Scratch::new(
        "stepped.mod",
        "NEURON { SUFFIX stepped RANGE x }\nSTATE { x }\nBREAKPOINT { SOLVE f }\n\
         PROCEDURE f() { x = x + dt }\n",
    );
    let text = format!(
        "mechanisms = [{:?}]\n[run]\ntstop = 1\ntstep = 1\n[sections.soma]\nL = 10\ndiam = 10\n\
         insert.stepped = {{}}\n",
        file.path()
    );
    let model = Scratch::new("stepped.toml", &text);
    assert_eq!(outcome(&["run", model.path()]).0, Some(0));
    for method in ["cvode", "cvode-local", "ida"] {
        let set = format!("run.method={method}");
        let (status, out, err) = outcome(&["run", model.path(), "--set", &set]);
        assert_eq!((status, out.as_str()), (Some(1), ""), "{err}");
        let message = "`stepped` cannot be integrated with steps of variable length";
        assert!(err.contains(message), "{err}");
        assert!(
            err.contains("stepped.toml:8:8") && err.contains("W0302"),
            "{err}"
        );
    }
}

#[test]
fn what_may_help_is_said() {
    let text = std::fs::read_to_string(root().join("demo/coupled/model.toml")).expect("text");
    let text = text.replace(
        "gap.mod",
        &root().join("demo/coupled/gap.mod").to_string_lossy(),
    );
    let model = Scratch::new(
        "unset.toml",
        &text.replace("cell[*].after.vgap", "cell[*].before.vgap"),
    );
    let (status, _, err) = outcome(&["run", model.path()]);
    assert!(
        status == Some(1) && err.contains("points at two variables"),
        "{err}"
    );
    let first = text.find("[[pointers]]").expect("pointers");
    let rest = text.find("[points.stim]").expect("a stimulus");
    let model = Scratch::new(
        "unset.toml",
        &format!("{}{}", &text[..first], &text[rest..]),
    );
    for method in ["fixed", "cvode", "cvode-local", "ida"] {
        let method = format!("run.method={method}");
        let (status, _, err) = outcome(&["run", model.path(), "--set", &method]);
        assert_eq!(status, Some(1), "{err}");
        assert!(
            err.contains("Gap 0 at cell[0].soma(0.5): Gap: a POINTER that points at"),
            "{err}"
        );
        assert!(err.contains("help: `[[pointers]]` says"), "{err}");
    }
    let case = root().join("tests/neuron/cases/circuit-extracellular.toml");
    let case = case.to_str().expect("text");
    let sets = [
        "--set",
        "run.method=ida",
        "--set",
        "run.dae_init_dteps=1e-9",
    ];
    let (status, _, err) = outcome(&[&["run", case], &sets[..]].concat());
    assert_eq!(status, Some(1), "{err}");
    assert!(
        err.contains("the largest is that of vext[") && err.contains("dae_init_dteps"),
        "{err}"
    );
}

#[test]
fn equations_without_a_solution_are_named() {
    let text = "record = [\"x.y[1]\"]\n[run]\ntstop = 1\n[sections.soma]\nL = 10\ndiam = 10\n\
                [linear_mechanisms.x]\ng = [[1, 0], [0, 0]]\n";
    let model = Scratch::new("singular.toml", text);
    for method in ["run.method=fixed", "run.method=ida"] {
        let (status, _, err) = outcome(&["run", model.path(), "--set", method]);
        assert_eq!(status, Some(1), "{err}");
        let message = "no unique solution: nothing determines y[1] of a LinearMechanism";
        assert!(err.contains(message), "{err}");
    }
}

#[test]
fn each_cell_has_its_own_counts_where_it_has_its_own_steps() {
    let cell =
        |name: &str| format!("[cells.{name}.sections.soma]\nL = 10\ndiam = 10\ninsert.hh = {{}}\n");
    let text = format!(
        "record = [\"busy.soma(0.5).v\", \"quiet.soma(0.5).v\"]\n[run]\ntstop = 20\n\
         method = \"cvode-local\"\ntstep = 5\n{}[cells.busy.points.stim]\nclass = \"IClamp\"\n\
         at = \"soma(0.5)\"\nset = {{ delay = 1, dur = 1, amp = 0.1 }}\n{}",
        cell("busy"),
        cell("quiet")
    );
    let model = Scratch::new("local.toml", &text);
    let (status, out, err) = outcome(&["run", model.path(), "--stats"]);
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(out.lines().count(), 2 + 5, "{out}");
    let lines: Vec<Vec<&str>> = err
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    let steps = |line: usize| -> u32 { lines[line][2].parse().expect("steps") };
    assert_eq!(
        (lines[1][0], lines[2][0], lines[3][0]),
        ("busy.soma", "quiet.soma", "all")
    );
    assert_eq!(steps(1) + steps(2), steps(3));
    // The one that spikes needs more.
    assert!(steps(1) > 2 * steps(2), "{err}");
    let without = Scratch::new("without.toml", &text.replace("tstep = 5\n", ""));
    let (status, _, err) = outcome(&["run", without.path()]);
    assert_eq!(status, Some(1));
    assert!(err.contains("needs `tstep`"), "{err}");
}

#[test]
fn settings_of_the_integrator_that_cannot_be() {
    let run = |sets: &[&str]| {
        let sets: Vec<&str> = sets.iter().flat_map(|set| ["--set", set]).collect();
        outcome(&[&["run", "demo/hh/model.toml"], &sets[..]].concat())
    };
    for (set, message) in [
        ("run.atolscale.m_hhh=0.1", "did you mean `m_hh`?"),
        ("run.atolscale.m_hh=0", "must be greater than 0"),
        ("run.method=cvod", "did you mean `cvode`?"),
        ("run.atol=-1", "`run.atol` must be at least 0"),
        ("run.atol=0", "`run.atol` and `run.rtol` cannot both be 0"),
        ("run.threads=0", "`run.threads` must be from 1 to 1024"),
        ("run.threads=2000", "`run.threads` must be from 1 to 1024"),
        ("run.maxorder=13", "`run.maxorder` must be from 0 to 12"),
    ] {
        let (status, _, err) = run(&[set]);
        assert_eq!(status, Some(1), "{set}: {err}");
        assert!(err.contains(message), "{set}: {err}");
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    // Three parts of the model.
    let text = "record = [\"ring[*].soma(0.5).v\"]\n[run]\ntstop = 3\ntstep = 0.5\n\
         [cells.ring]\ncount = 12\n[cells.ring.sections.soma]\nL = 15\ndiam = 15\n\
         [cells.ring.sections.dend]\nL = 300\ndiam = 2\nnseg = 99\nparent = \"soma(1)\"\n\
         [cells.ring.regions.all]\nRa = 100\ninsert.hh = {}\n\
         [cells.ring.points.syn]\nclass = \"ExpSyn\"\nat = \"soma(0.5)\"\nset = { tau = 1 }\n\
         [points.start]\nclass = \"NetStim\"\nset = { number = 1, start = 0 }\n\
         [[connections]]\nfrom = \"start\"\nto = \"ring[*].syn\"\npairs = [[0, 0], [0, 7]]\n\
         weight = 0.05\n\
         [[connections]]\nfrom = \"ring[*].soma(0.5)\"\nto = \"ring[*].syn\"\nrule = \"ring\"\n\
         delay = 0.5\nweight = 0.05\n[spikes]\nof = [\"ring[*].soma(0.5)\"]\n";
    let model = Scratch::new("threads.toml", text);
    for method in ["fixed", "cvode", "ida", "cvode-local"] {
        let run = |more: &[&str]| {
            let spikes = Scratch::new("threads.csv", "");
            let method = format!("run.method={method}");
            let first = ["run", model.path(), "--set", &method];
            let last = ["--spikes", spikes.path()];
            let (status, out, err) = outcome(&[&first, more, &last].concat());
            assert_eq!(status, Some(0), "{err}");
            let spikes = std::fs::read_to_string(spikes.path()).expect("spikes");
            (out, spikes)
        };
        let one = run(&[]);
        assert!(one.1.lines().count() > 4, "{one:?}");
        assert!(run(&["--threads", "2"]) == one, "{method}");
        assert!(run(&["--set", "run.threads=5"]) == one, "{method}");
    }
}

#[test]
fn times_are_played_under_every_method() {
    let text = |class: &str, times: &str| {
        format!(
            "record = [\"soma(0.5).v\"]\n[run]\ntstop = 14\ntstep = 1\n\
             [sections.soma]\nL = 20\ndiam = 20\ninsert.hh = {{}}\n\
             [points.syn]\nclass = \"ExpSyn\"\nat = \"soma(0.5)\"\n\
             [points.train]\nclass = \"{class}\"\nplay = [{times}]\n\
             [[connections]]\nfrom = \"train\"\nto = \"syn\"\nweight = 0.02\n\
             [spikes]\nof = [\"soma(0.5)\", \"train\"]\n"
        )
    };
    let model = Scratch::new("played.toml", &text("VecStim", "3, 4.5, 12.01"));
    for method in ["fixed", "cvode", "ida", "cvode-local"] {
        let spikes = Scratch::new("played.txt", "");
        let set = format!("run.method={method}");
        let command = [
            "run",
            model.path(),
            "--set",
            &set,
            "--spikes",
            spikes.path(),
        ];
        let (status, _, err) = outcome(&command);
        assert_eq!(status, Some(0), "{err}");
        let spikes = std::fs::read_to_string(spikes.path()).expect("spikes");
        let (played, of_cell): (Vec<&str>, Vec<&str>) =
            spikes.lines().partition(|line| line.ends_with(" train"));
        assert_eq!(played, ["3 train", "4.5 train", "12.01 train"], "{method}");
        assert!(
            of_cell.len() == 1 && of_cell[0].starts_with("5."),
            "{spikes}"
        );
    }
    for (class, times, message) in [
        ("NetStim", "1", "`NetStim` cannot play times"),
        ("VecStim", "2, 1", "times ascend"),
        ("VecStim", "-2, 1", "not negative"),
    ] {
        let model = Scratch::new("refused.toml", &text(class, times));
        let (status, _, err) = outcome(&["run", model.path()]);
        assert_eq!(status, Some(1), "{err}");
        assert!(err.contains(message), "{err}");
    }
}

#[test]
fn mechanisms_of_the_user_come_first() {
    let file = Scratch::new(
        "pas.mod",
        "NEURON { SUFFIX pas NONSPECIFIC_CURRENT i RANGE g, e, twice }\n\
         PARAMETER { g = 0.002 (S/cm2) e = -50 (mV) twice = 2 }\n\
         ASSIGNED { v (mV) i (mA/cm2) }\n\
         BREAKPOINT { i = twice*g*(v - e) }\n",
    );
    let text = format!(
        "mechanisms = [{:?}]\nrecord = [\"soma(0.5).pas.twice\", \"soma(0.5).v\"]\n[run]\ntstop = 100\n\
         tstep = 100\n[sections.soma]\nL = 10\ndiam = 10\ninsert.pas = {{}}\n",
        file.path()
    );
    let model = Scratch::new("own.toml", &text);
    let (status, out, err) = outcome(&["run", model.path()]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.ends_with(" 100 2 -50\n"), "{out}");
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
