//! Plots: one panel for each unit.

use nmodlrs::plot::{PlotError, plot};
use nmodlrs::result::{Column, Table};

/// Two potentials and a current; the second potential has a hole.
fn table(rows: usize) -> Table {
    let column = |name: &str, units: &str| Column {
        name: name.to_owned(),
        units: units.to_owned(),
    };
    let values = (0..rows).flat_map(|row| {
        let t = row as f64 * 0.025;
        let gap = if row % 100 == 50 { f64::NAN } else { t.cos() };
        [
            t,
            -65.0 + 40.0 * t.sin(),
            20.0 * gap - 60.0,
            if t > 5.0 { 0.5 } else { 0.0 },
        ]
    });
    Table {
        columns: vec![
            column("t", "ms"),
            column("soma(0.5).v", "mV"),
            column("dend[3](0.5).v", "mV"),
            column("stim.i", "nA"),
        ],
        values: values.collect(),
    }
}

#[test]
fn svg_has_axes_with_units_a_legend_and_a_title() {
    let file = std::env::temp_dir().join(format!("nmodlrs-plot-{}.svg", std::process::id()));
    plot(&file, "A test & more", &table(400)).expect("the plot is written");
    let text = std::fs::read_to_string(&file).expect("the plot is there");
    for part in [
        "A test &amp; more",
        "t (ms)",
        "v (mV)",
        "stim.i (nA)",
        "dend[3](0.5).v",
        "<polyline",
    ] {
        assert!(text.contains(part), "no {part}");
    }
    std::fs::remove_file(file).expect("the plot can be removed");
}

#[test]
fn long_traces_are_reduced() {
    let file = std::env::temp_dir().join(format!("nmodlrs-long-{}.svg", std::process::id()));
    plot(&file, "", &table(400_000)).expect("the plot is written");
    let length = std::fs::metadata(&file).expect("the plot is there").len();
    assert!(length < 1_000_000, "{length} bytes");
    std::fs::remove_file(file).expect("the plot can be removed");
}

#[test]
fn png_is_written() {
    let file = std::env::temp_dir().join(format!("nmodlrs-plot-{}.png", std::process::id()));
    plot(&file, "A test", &table(400)).expect("the plot is written");
    let bytes = std::fs::read(&file).expect("the plot is there");
    assert!(bytes.starts_with(b"\x89PNG"));
    std::fs::remove_file(file).expect("the plot can be removed");
}

#[test]
fn other_endings_and_empty_tables_are_errors() {
    let error = plot("out.pdf".as_ref(), "", &table(4)).expect_err("not a format");
    assert!(matches!(error, PlotError::Format(_)));
    let error = plot("out.svg".as_ref(), "", &Table::default()).expect_err("nothing");
    assert!(matches!(error, PlotError::Empty));
}
