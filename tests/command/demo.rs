//! The demonstrations run, and show what their README says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn demo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("demo")
        .join(name)
}

fn run(name: &str, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_nmodlrs"))
        .arg("run")
        .arg(demo(name).join("model.toml"))
        .args(arguments)
        .output()
        .expect("the program starts");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    output
}

/// The columns of a text result.
fn columns(output: &Output) -> Vec<Vec<f64>> {
    let text = String::from_utf8_lossy(&output.stdout);
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for line in text.lines().skip(2) {
        for (index, value) in line.split_whitespace().enumerate() {
            if columns.len() <= index {
                columns.push(Vec::new());
            }
            columns[index].push(value.parse().expect("a number"));
        }
    }
    columns
}

fn greatest(times: &[f64], values: &[f64], from_ms: f64, to_ms: f64) -> f64 {
    let within = times
        .iter()
        .zip(values)
        .filter(|(t, _)| (from_ms..to_ms).contains(*t));
    within
        .map(|(_, value)| *value)
        .fold(f64::NEG_INFINITY, f64::max)
}

#[test]
fn batch_run_prints_what_neurons_documentation_shows() {
    let expected = std::fs::read_to_string(demo("hh").join("expected.dat")).expect("expected.dat");
    assert_eq!(String::from_utf8_lossy(&run("hh", &[]).stdout), expected);
}

#[test]
fn calcium_rises_below_the_membrane_first() {
    let columns = columns(&run("cabpump", &[]));
    let peak = |column: usize| greatest(&columns[0], &columns[column], 0.0, 201.0);
    assert!((peak(1) - 41.1).abs() < 0.2, "{}", peak(1));
    assert!((peak(2) / 2.3e-4 - 1.0).abs() < 0.01, "{}", peak(2));
    assert!((peak(5) / 1.19e-4 - 1.0).abs() < 0.01, "{}", peak(5));
}

#[test]
fn only_both_groups_of_synapses_together_make_the_cell_fire() {
    let columns = columns(&run("tree", &[]));
    let peak = |from, to| greatest(&columns[0], &columns[1], from, to);
    assert!(
        (peak(10.0, 38.0) + 57.1).abs() < 0.1,
        "{}",
        peak(10.0, 38.0)
    );
    assert!(
        (peak(40.0, 68.0) + 56.2).abs() < 0.1,
        "{}",
        peak(40.0, 68.0)
    );
    assert!(peak(70.0, 100.0) > 0.0);
}

#[test]
fn variable_steps_are_few_where_nothing_happens() {
    let columns = columns(&run("cvode", &[]));
    let times = &columns[0];
    let rows = |from_ms: f64, to_ms: f64| {
        times
            .iter()
            .filter(|t| (from_ms..to_ms).contains(*t))
            .count()
    };
    assert_eq!(times.last(), Some(&500.0));
    assert!(times.len() < 4000, "{} rows", times.len());
    // A time of the burst, and one ten times as long.
    assert!(
        rows(20.0, 40.0) > 10 * rows(300.0, 500.0),
        "{} {}",
        rows(20.0, 40.0),
        rows(300.0, 500.0)
    );
    assert!(greatest(times, &columns[1], 0.0, 501.0) > 0.0);
}

#[test]
fn the_spike_goes_around_the_ring() {
    let columns = columns(&run("coupled", &[]));
    let peak = |column: usize| greatest(&columns[0], &columns[column], 0.0, 15.0);
    assert!((1..=4).all(|column| peak(column) > 30.0));
    let weak = [
        "--set",
        "cells.cell.points.before.set.g=4e-4",
        "--set",
        "cells.cell.points.after.set.g=4e-4",
    ];
    let columns = self::columns(&run("coupled", &weak));
    let peak = |column: usize| greatest(&columns[0], &columns[column], 0.0, 15.0);
    assert!(peak(1) > 30.0 && (2..=4).all(|column| peak(column) < -50.0));
}

#[test]
fn a_clamp_with_a_tenth_of_the_gain_holds_less() {
    let farthest = |arguments: &[&str]| {
        let columns = columns(&run("amplifier", arguments));
        let held = columns[0].iter().zip(&columns[1]);
        let held = held.filter(|(t, _)| **t > 0.3);
        held.map(|(_, v)| (v + 10.0).abs()).fold(0.0, f64::max)
    };
    let weak = [
        "--set",
        "linear_mechanisms.clamp.b=[0, 0, -1000, 0]",
        "--set",
        "linear_mechanisms.clamp.g=[[0,0,0,-0.0795775],[-1,1,0,0],[0,100,1,0],[1,0,-1,1]]",
    ];
    assert!(farthest(&[]) < 1.0, "{}", farthest(&[]));
    assert!(
        (5.0..15.0).contains(&farthest(&weak)),
        "{}",
        farthest(&weak)
    );
}

#[test]
fn myelin_speeds_the_spike_up() {
    let reached = |arguments: &[&str]| {
        let columns = columns(&run("myelin", arguments));
        let mut rows = columns[0].iter().zip(&columns[2]);
        rows.find(|(_, v)| **v > -20.0).map(|(t, _)| *t)
    };
    let fast = reached(&[]).expect("the spike arrives");
    assert!(fast < 0.25, "{fast}");
    let thin = [
        "--set",
        "regions.internodes.insert.extracellular.xg=[1e-4]",
        "--set",
        "regions.internodes.insert.extracellular.xc=[0.5]",
    ];
    assert_eq!(reached(&thin), None);
}
