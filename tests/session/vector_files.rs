//! `Vector` as text and bytes, and fits: what NEURON 9.0.2 wrote, read and found.

use runtime::session::vector::VectorError;
use runtime::session::vector::binary::{self, Compression, Stored};
use runtime::session::vector::fit::{self, Function};
use runtime::session::vector::text::{self, Column, Destination};
use serde_json::Value;

use super::{assert_same, numbers};

fn reference() -> Value {
    let text = include_str!("reference/files.json");
    let mut cases: Value = serde_json::from_str(text).expect("the reference is JSON");
    cases[0].take()
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().expect("digits").as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    hex.chunks(2).map(byte).collect()
}

#[test]
fn vwrite_and_vread() {
    let all = reference();
    for (code, case) in all["vwrite"].as_object().unwrap() {
        let code: i32 = code.parse().unwrap();
        let values = numbers(&all[if code == 5 { "whole" } else { "values" }]);
        let mut file = Vec::new();
        let compression = Compression::new(code).unwrap();
        binary::write_vector(&values, compression, &mut file).unwrap();
        let expected = bytes(&case["bytes"]);
        assert_eq!(file, expected, "type {code}");
        let found = binary::read_vector(&mut &file[..]).unwrap().unwrap();
        assert_same(
            &format!("type {code}"),
            &found,
            &numbers(&case["read"]),
            0.0,
        );
        // What is cut off is an error; the end of the file, or something else, is not.
        let short = binary::read_vector(&mut &file[..file.len() - 1]).unwrap_err();
        assert!(
            short
                .to_string()
                .starts_with("Vector.vread: the file ends after"),
            "{short}"
        );
    }
    assert_eq!(binary::read_vector(&mut &[][..]).unwrap(), None);
    assert_eq!(binary::read_vector(&mut &[7; 20][..]).unwrap(), None);
    let swapped = bytes(&all["swapped"]["bytes"]);
    let found = binary::read_vector(&mut &swapped[..]).unwrap().unwrap();
    assert_same("swapped", &found, &numbers(&all["swapped"]["read"]), 0.0);
    let too_large = binary::write_vector(&[0.0, 3e9], Compression::Integer, &mut Vec::new());
    assert!(matches!(
        too_large,
        Err(VectorError::Element { index: 1, .. })
    ));
    // A size that is nonsense takes no memory.
    let nonsense = [i32::MAX.to_ne_bytes(), 4i32.to_ne_bytes()].concat();
    assert!(binary::read_vector(&mut &nonsense[..]).is_err());
}

#[test]
fn fwrite_and_fread() {
    let all = reference();
    let mut file = Vec::new();
    let count = binary::write_doubles(&numbers(&all["values"]), Some((1, 3)), &mut file).unwrap();
    assert_eq!((count, file), (3, bytes(&all["fwrite"])));
    let content = bytes(&all["fread"]["bytes"]);
    for (code, expected) in all["fread"]["read"].as_object().unwrap() {
        let stored = Stored::new(code.parse().unwrap()).unwrap();
        let found = binary::read_elements(&mut &content[..], 6, stored).unwrap();
        assert_same(&format!("type {code}"), &found, &numbers(expected), 0.0);
    }
    let short = binary::read_elements(&mut &content[..], 7, Stored::Double).unwrap_err();
    assert_eq!(
        short.to_string(),
        "Vector.fread: the file ends after 6 of 7 elements"
    );
}

#[test]
fn printf() {
    let all = reference();
    let values = numbers(&all["values"]);
    for case in all["printf"].as_array().unwrap() {
        let mut args = case[0].as_array().unwrap().as_slice();
        let mut format = None;
        if let [Value::String(text), rest @ ..] = args {
            (format, args) = (Some(text.as_str()), rest);
        }
        let index = |i: usize| args[i].as_u64().unwrap() as usize;
        let range = (!args.is_empty()).then(|| (index(0), index(1)));
        let (text, count) = text::print(&values, format, range, Destination::File).unwrap();
        assert_eq!(text, case[1], "{case}");
        assert_eq!(
            count,
            range.map_or(values.len(), |(first, last)| last - first + 1)
        );
    }
    let (text, _) = text::print(&[1.5; 7], None, None, Destination::Terminal).unwrap();
    assert_eq!(text, "1.5\t1.5\t1.5\t1.5\t1.5\t\n1.5\t1.5\t\n");
    let (text, _) = text::print(&[1.5; 2], Some("%g "), None, Destination::Terminal).unwrap();
    assert_eq!(text, "1.5 1.5 ");
    let two = text::print(&values, Some("%g %g"), None, Destination::Terminal);
    assert!(matches!(two, Err(VectorError::Format { .. })));
}

#[test]
fn scanf_and_scantil() {
    let all = reference();
    let content = all["text"].as_str().unwrap().as_bytes();
    let column = |args: &[f64]| match args {
        &[column, columns] => Column {
            column: column as usize,
            columns: columns as usize,
        },
        _ => Column::ONLY,
    };
    for case in all["scanf"].as_array().unwrap() {
        let args = numbers(&case[0]);
        let (most, rest) = match args.len() {
            1 | 3 => (Some(args[0] as usize), &args[1..]),
            _ => (None, &args[..]),
        };
        let found = text::scan(&mut &content[..], most, column(rest)).unwrap();
        assert_same(&case.to_string(), &found, &numbers(&case[2]), 0.0);
    }
    for case in all["scantil"].as_array().unwrap() {
        let args = numbers(&case[0]);
        let found = text::scan_until(&mut &content[..], args[0], column(&args[1..])).unwrap();
        assert_same(&case.to_string(), &found, &numbers(&case[2]), 0.0);
    }
    let missing = text::scan_until(&mut &content[..], -1.0, Column::ONLY).unwrap_err();
    let expected = "Vector.scantil: the file ends where a number was expected";
    assert_eq!(missing.to_string(), expected);
    // The last row is not complete: its element is not made up.
    let column = Column {
        column: 2,
        columns: 2,
    };
    assert_eq!(text::scan(&mut &b"1 2 3"[..], None, column).unwrap(), [2.0]);
}

/// The search takes NEURON's path: hundreds of steps, none of them different.
#[test]
fn fits() {
    for case in reference()["fit"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let function = Function::new(name).unwrap();
        let (data, x) = (numbers(&case["data"]), numbers(&case["x"]));
        let found = fit::fit(&data, &x, function, &numbers(&case["start"])).unwrap();
        let expected = numbers(&case["parameters"]);
        assert_same(name, &found.parameters, &expected, 1e-12);
        assert_same(name, &found.fitted, &numbers(&case["fitted"]), 1e-12);
        assert_same(
            name,
            &[found.error],
            &[case["error"].as_f64().unwrap()],
            1e-12,
        );
    }
    let too_few = fit::fit(&[1.0], &[1.0], Function::Quadratic, &[1.0]).unwrap_err();
    let expected = "Vector.fit: the list of parameters has size 1, but 3 is needed";
    assert_eq!(too_few.to_string(), expected);
    let failed = fit::fit_with(&[1.0], &[1.0], &[1.0], |_, _| {
        Err(VectorError::Undefined {
            method: "fit",
            reason: "no",
        })
    });
    assert!(failed.is_err());
}
