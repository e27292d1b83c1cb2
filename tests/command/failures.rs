//! Runs that fail say where and why, and leave what they recorded.

use super::process::{Scratch, outcome, root};

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
            err.contains("cell[0].after: Gap: a POINTER that points at"),
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
        let message = "no unique solution: nothing determines x.y[1]";
        assert!(err.contains(message), "{err}");
    }
}
