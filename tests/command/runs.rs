//! `nmodlrs run`: rows, settings, and what results do not depend on.

use super::process::{Scratch, outcome};

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
