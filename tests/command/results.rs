//! Result files: `%g`, `batch_run`'s text, CSV and NumPy's format.

use nmodlrs::result::number::general;
use nmodlrs::result::{Column, Format, Head, Table};

/// Values with what C's `printf("%g")` prints for them.
const GENERAL: &[(f64, &str)] = &[
    (0.0, "0"),
    (-0.0, "-0"),
    (1.0, "1"),
    (-65.0, "-65"),
    (0.1, "0.1"),
    (0.30000000000000004, "0.3"),
    (-64.9971234, "-64.9971"),
    (100000.0, "100000"),
    (999999.4, "999999"),
    (999999.5, "1e+06"),
    (1000000.0, "1e+06"),
    (1234567.0, "1.23457e+06"),
    (0.0001, "0.0001"),
    (0.00001, "1e-05"),
    (0.000099999951, "0.0001"),
    (0.00012345678, "0.000123457"),
    (0.5, "0.5"),
    // Ties go to even digits, as the exact binary value says.
    (2.5, "2.5"),
    (1000002.5, "1e+06"),
    (1.000005, "1.00001"),
    (100000.5, "100000"),
    (1000015.0, "1.00002e+06"),
    (1.0000151, "1.00002"),
    (f64::MAX, "1.79769e+308"),
    (f64::MIN_POSITIVE, "2.22507e-308"),
    (5e-324, "4.94066e-324"),
    (f64::INFINITY, "inf"),
    (f64::NEG_INFINITY, "-inf"),
    (f64::NAN, "nan"),
];

#[test]
fn numbers_are_written_as_printf_does() {
    for (value, text) in GENERAL {
        assert_eq!(general(*value), *text, "{value:e}");
    }
}

fn table() -> Table {
    let column = |name: &str, units: &str| Column {
        name: name.to_owned(),
        units: units.to_owned(),
    };
    Table {
        columns: vec![
            column("t", "ms"),
            column("soma(0.5).v", "mV"),
            column("a,\"b\"", ""),
        ],
        values: vec![0.0, -65.0, 1.0, 0.1, -64.99712345678901, 1e-30],
    }
}

fn written(name: &str) -> Vec<u8> {
    let head = Head {
        title: "My HH sim".to_owned(),
        t_start_ms: 0.0,
        tstop_ms: 2.0,
        tstep_ms: 0.1,
        dt_ms: 0.025,
    };
    let mut out = Vec::new();
    Format::of(name.as_ref())
        .write(&head, &table(), &mut out)
        .expect("a vector takes everything");
    out
}

#[test]
fn text_is_that_of_batch_run() {
    let text = String::from_utf8(written("out.dat")).expect("text");
    assert_eq!(
        text,
        "My HH sim\n\
         batch_run from t = 0 to 2 in steps of 0.1 with dt = 0.025\n \
         0 -65 1\n \
         0.1 -64.9971 1e-30\n"
    );
}

#[test]
fn csv_has_units_and_every_digit() {
    let text = String::from_utf8(written("out.CSV")).expect("text");
    assert_eq!(
        text,
        "t (ms),soma(0.5).v (mV),\"a,\"\"b\"\"\"\n\
         0,-65,1\n\
         0.1,-64.99712345678901,1e-30\n"
    );
}

#[test]
fn npy_is_an_array_of_rows_by_columns() {
    let bytes = written("out.npy");
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let length = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!((10 + length) % 64, 0, "the data are aligned");
    let head = std::str::from_utf8(&bytes[10..10 + length]).expect("text");
    assert!(head.starts_with("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"));
    assert!(head.ends_with('\n'));
    let values: Vec<f64> = bytes[10 + length..]
        .chunks_exact(8)
        .map(|bytes| f64::from_le_bytes(bytes.try_into().expect("eight bytes")))
        .collect();
    assert_eq!(values, table().values);
}
