//! What `nmodlrs compile` says of a mechanism: its description, the size of its kernels, and the
//! time of each stage.

use std::fmt::Write;
use std::time::Duration;

use nmodl::Output;
use nmodl::mechanism::{IonFields, IonUse, Kind, Mechanism, Role, Storage, Variable};

use crate::result::number::general;

/// Stages quicker than this are not listed by themselves.
const WORTH_NAMING: Duration = Duration::from_micros(50);

/// The summary of a compiled file.
pub(super) fn summary(path: &str, output: &Output) -> String {
    let mechanism = output.mechanism.description();
    let mut text = String::new();
    let name = if mechanism.name.is_empty() {
        "functions"
    } else {
        &mechanism.name
    };
    let _ = writeln!(text, "{name}: {}, {path}", kind(mechanism.kind));
    if let Some(title) = &mechanism.title {
        let _ = writeln!(text, "  {title}");
    }
    let mut rows = Vec::new();
    for ion in &mechanism.ions {
        rows.push(row(
            "ion",
            [ion.name.clone(), ion_use(ion), String::new(), String::new()],
        ));
    }
    for currents in [
        &mechanism.nonspecific_currents,
        &mechanism.electrode_currents,
    ] {
        for current in currents {
            rows.push(row(
                "current",
                [current.clone(), String::new(), String::new(), String::new()],
            ));
        }
    }
    for (role, title) in [
        (Role::Parameter, "parameter"),
        (Role::State, "state"),
        (Role::Assigned, "variable"),
    ] {
        rows.extend(visible(mechanism, role).map(|v| variable(title, v)));
    }
    for callable in mechanism.public_callables() {
        let title = if callable.returns_value {
            "function"
        } else {
            "procedure"
        };
        let call = format!("{}({})", callable.name, callable.arguments.join(", "));
        rows.push(row(
            title,
            [call, String::new(), String::new(), String::new()],
        ));
    }
    for table in &mechanism.tables {
        let size = format!("{} values at {} points", table.columns, table.intervals + 1);
        rows.push(row(
            "table",
            [table.procedure.clone(), size, String::new(), String::new()],
        ));
    }
    for listing in &output.listings {
        let lanes = match &listing.scalar {
            None => "vector code".to_owned(),
            Some(reason) => format!("scalar code: {reason}"),
        };
        let size = format!("{} bytes", listing.bytes);
        rows.push(row(
            "kernel",
            [listing.kind.name().to_owned(), size, lanes, String::new()],
        ));
    }
    write_rows(&mut text, &rows);
    let _ = writeln!(text, "  compiled in {}", times(output));
    text
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Density => "density mechanism",
        Kind::PointProcess => "point process",
        Kind::ArtificialCell => "artificial cell",
        Kind::Nothing => "no mechanism",
    }
}

fn ion_use(ion: &IonUse) -> String {
    let mut parts = Vec::new();
    for (verb, fields) in [("reads", &ion.read), ("writes", &ion.write)] {
        let names = field_names(&ion.name, fields);
        if !names.is_empty() {
            parts.push(format!("{verb} {}", names.join(", ")));
        }
    }
    if let Some(valence) = ion.valence {
        parts.push(format!("valence {}", general(valence)));
    }
    parts.join("; ")
}

fn field_names(ion: &str, fields: &IonFields) -> Vec<String> {
    [
        (fields.erev, format!("e{ion}")),
        (fields.ci, format!("{ion}i")),
        (fields.co, format!("{ion}o")),
        (fields.cur, format!("i{ion}")),
    ]
    .into_iter()
    .filter_map(|(named, name)| named.then_some(name))
    .collect()
}

fn visible(mechanism: &Mechanism, role: Role) -> impl Iterator<Item = &Variable> {
    mechanism
        .variables
        .iter()
        .filter(move |v| v.visible && v.role == role)
}

fn variable(title: &'static str, v: &Variable) -> Row {
    let name = match v.array_len {
        Some(len) => format!("{}[{len}]", v.name),
        None => v.name.clone(),
    };
    let value = match v.role {
        Role::Parameter => format!("{} {}", general(v.default), v.units),
        _ => v.units.clone(),
    };
    let storage = match (v.role, v.storage) {
        (Role::Parameter | Role::Assigned, Storage::Global) => "global",
        _ => "",
    };
    let mut limits = String::new();
    if let Some((low, high)) = v.limits {
        limits = format!("{} to {}", general(low), general(high));
    }
    if let Some(tolerance) = v.tolerance {
        limits = format!("tolerance {}", general(tolerance));
    }
    row(
        title,
        [name, value.trim().to_owned(), storage.to_owned(), limits],
    )
}

/// A line of the summary: its title, and columns.
struct Row {
    title: &'static str,
    columns: [String; 4],
}

fn row(title: &'static str, columns: [String; 4]) -> Row {
    Row { title, columns }
}

/// Writes the rows in aligned columns; the title only where it changes.
fn write_rows(text: &mut String, rows: &[Row]) {
    let title_width = rows.iter().map(|r| r.title.len()).max().unwrap_or(0);
    for group in rows.chunk_by(|a, b| a.title == b.title) {
        let mut widths = [0; 4];
        for row in group {
            for (width, column) in widths.iter_mut().zip(&row.columns) {
                *width = column.chars().count().max(*width);
            }
        }
        for (index, row) in group.iter().enumerate() {
            let title = if index == 0 { row.title } else { "" };
            let mut line = format!("  {title:title_width$}");
            for (column, width) in row.columns.iter().zip(widths) {
                if width > 0 {
                    let _ = write!(line, "  {column:width$}");
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}

fn times(output: &Output) -> String {
    let total: Duration = output.timings.iter().map(|t| t.time).sum();
    let slow = output.timings.iter().filter(|t| t.time >= WORTH_NAMING);
    let parts: Vec<String> = slow
        .map(|t| format!("{} {}", t.stage, milliseconds(t.time)))
        .collect();
    format!("{} ms ({})", milliseconds(total), parts.join(", "))
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}
