//! `Vector`: NEURON's numbers, invariants, and what is an error.

use runtime::session::vector::{Answer, Argument, METHODS, Vector, VectorError};
use serde_json::Value;

use super::{assert_same, numbers};

/// Functions of the platform's library may differ by this from those of another one.
const ROUNDING: f64 = 4e-15;

/// Calls a method that exists.
fn call(vector: &mut Vector, method: &str, args: &[Argument<'_>]) -> Result<Answer, VectorError> {
    let answer = vector.call(method, args)?;
    Ok(answer.unwrap_or_else(|| panic!("no method {method}")))
}

/// The elements after a method that gives the vector itself.
fn after(values: &[f64], method: &str, args: &[Argument<'_>]) -> Vec<f64> {
    let mut vector = Vector::from(values.to_vec());
    let answer = call(&mut vector, method, args).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(answer, Answer::Itself, "{method}");
    vector.values().to_vec()
}

fn message(values: &[f64], method: &str, args: &[Argument<'_>]) -> String {
    let mut vector = Vector::from(values.to_vec());
    match call(&mut vector, method, args) {
        Ok(answer) => panic!("{method} gives {answer:?}, {:?}", vector.values()),
        Err(error) => error.to_string(),
    }
}

/// Every method, usual and unusual arguments: the same answers, types of answers and errors.
#[test]
fn methods_have_neurons_answers() {
    let text = include_str!("reference/vector.json");
    let cases: Vec<Value> = serde_json::from_str(text).expect("the reference is JSON");
    let mut covered = Vec::new();
    let mut faults = Vec::new();
    for case in &cases {
        let method = case["method"].as_str().expect("a name");
        covered.push(method);
        if let Err(fault) = std::panic::catch_unwind(|| check(method, case)) {
            let text = fault.downcast_ref::<String>().cloned().unwrap_or_default();
            faults.push(text);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    // NEURON crashes in medfltr.
    let missing: Vec<_> = METHODS
        .iter()
        .filter(|name| !covered.contains(name))
        .collect();
    assert_eq!(missing, [&"medfltr"]);
}

fn check(method: &str, case: &Value) {
    let what = format!("{method}{} of {}", case["args"], case["vector"]);
    let given = case["args"].as_array().unwrap();
    let vectors: Vec<Vec<f64>> = given
        .iter()
        .map(|arg| {
            if arg.is_array() {
                numbers(arg)
            } else {
                Vec::new()
            }
        })
        .collect();
    let args: Vec<Argument<'_>> = given
        .iter()
        .zip(&vectors)
        .map(|(arg, vector)| match arg {
            Value::Array(_) => Argument::Vector(vector),
            Value::String(text) => Argument::Text(text),
            number => Argument::Number(number.as_f64().expect("a number")),
        })
        .collect();
    let mut vector = Vector::from(numbers(&case["vector"]));
    let answer = match call(&mut vector, method, &args) {
        Ok(answer) => answer,
        Err(error) => {
            assert!(case["error"] == true, "{what}: {error}");
            assert!(
                error.to_string().starts_with(&format!("Vector.{method}: ")),
                "{error}"
            );
            return;
        }
    };
    assert!(
        case["error"] != true,
        "{what}: {answer:?}, but NEURON refuses"
    );
    let expected = &case["answer"];
    match (&answer, expected) {
        (Answer::Itself, Value::String(text)) => assert_eq!(text, "itself", "{what}"),
        (Answer::New(values), Value::Array(_)) => {
            assert_same(&what, values, &numbers(expected), ROUNDING);
        }
        (Answer::Number(value), Value::Number(number)) => {
            assert_same(&what, &[*value], &[number.as_f64().unwrap()], ROUNDING);
        }
        (Answer::Integer(value), Value::Number(number)) => {
            assert_eq!(number.as_f64(), Some(*value as f64), "{what}");
        }
        (Answer::Truth(value), Value::Bool(truth)) => assert_eq!(value, truth, "{what}"),
        _ => panic!("{what}: {answer:?}, but NEURON has {expected}"),
    }
    assert_same(&what, vector.values(), &numbers(&case["after"]), ROUNDING);
}

/// Where NEURON's mean of a range is something else, and its other methods crash or read outside
/// of their arrays.
#[test]
fn what_is_right_where_neuron_is_not() {
    use Argument::{Number, Vector as Of};
    let values = [5.0, 1.0, 9.0, 2.0, 8.0, 3.0, 7.0, 4.0, 6.0, 0.0];
    let mut vector = Vector::from(values.to_vec());
    let mean = call(&mut vector, "mean", &[Number(2.0), Number(4.0)]).unwrap();
    assert_eq!(mean, Answer::Number(19.0 / 3.0));
    // Windows of elements i-2 to i+1.
    assert_eq!(
        after(&values, "medfltr", &[Number(2.0)]),
        [5.0, 5.0, 5.0, 8.0, 8.0, 7.0, 7.0, 6.0, 6.0, 6.0]
    );
    // A constant stays, whatever the window.
    assert_eq!(after(&[2.0; 9], "medfltr", &[]), [2.0; 9]);
    let spike = after(
        &[],
        "inf",
        &[
            Of(&[9.0, 0.0]),
            Number(1.0),
            Number(0.1),
            Number(-65.0),
            Number(1.0),
            Number(-60.0),
            Number(-70.0),
        ],
    );
    assert_eq!(spike, [-65.0, 0.0]);
}

#[test]
fn deconvolution_undoes_convolution() {
    use Argument::{Number, Vector as Of};
    let data: Vec<f64> = (0..16).map(|i| f64::from((i * 7) % 16) - 5.0).collect();
    let response = [1.0, 0.4, 0.1, 0.05, 0.2];
    let there = after(&[], "convlv", &[Of(&data), Of(&response)]);
    let back = after(&[], "convlv", &[Of(&there), Of(&response), Number(-1.0)]);
    for (a, b) in back.iter().zip(&data) {
        assert!((a - b).abs() < 1e-12, "{back:?}");
    }
    let zero = [0.5, 0.0, 0.5];
    let text = message(&[], "convlv", &[Of(&data[..4]), Of(&zero), Number(-1.0)]);
    assert!(text.contains("amplitude 0"), "{text}");
}

/// The transform, its inverse and the power are those of the definition.
#[test]
fn the_transform_is_a_fourier_transform() {
    use Argument::{Number, Vector as Of};
    let data: Vec<f64> = (0..32).map(|i| ((i * i) % 13) as f64 - 4.5).collect();
    let spectrum = after(&[], "fft", &[Of(&data), Number(1.0)]);
    for k in 1..16 {
        let angle = |i: usize| 2.0 * std::f64::consts::PI * (i * k) as f64 / 32.0;
        let cos: f64 = data
            .iter()
            .enumerate()
            .map(|(i, x)| x * angle(i).cos())
            .sum();
        let sin: f64 = data
            .iter()
            .enumerate()
            .map(|(i, x)| x * angle(i).sin())
            .sum();
        assert!((spectrum[2 * k] - cos).abs() < 1e-11);
        assert!((spectrum[2 * k + 1] - sin).abs() < 1e-11);
    }
    let back = after(&[], "fft", &[Of(&spectrum), Number(-1.0)]);
    for (a, b) in back.iter().zip(&data) {
        assert!((a / 16.0 - b).abs() < 1e-13);
    }
}

/// Errors where NEURON crashes, loops for ever, or gives NaN for a reason; with method, index, size.
#[test]
fn what_has_no_answer() {
    use Argument::{Number, Text, Vector as Of};
    let three = [1.0, 2.0, 3.0];
    for (method, args, text) in [
        (
            "get",
            &[Number(3.0)][..],
            "Vector.get: index is 3, but must be from 0 to 2",
        ),
        ("get", &[], "Vector.get: argument 1 should be a number"),
        (
            "get",
            &[Number(1.0), Number(2.0)],
            "Vector.get: argument 2 should be nothing more",
        ),
        (
            "get",
            &[Number(f64::NAN)],
            "Vector.get: index is NaN, but must be from 0 to 2",
        ),
        (
            "add",
            &[Of(&[1.0])],
            "Vector.add: the argument has size 1, but 3 is needed",
        ),
        (
            "dot",
            &[Of(&[1.0])],
            "Vector.dot: the argument has size 1, but 3 is needed",
        ),
        (
            "rebin",
            &[Number(0.0)],
            "Vector.rebin: a bin needs at least one element",
        ),
        (
            "sum",
            &[Number(1.0)],
            "Vector.sum: argument 2 should be a number",
        ),
        (
            "where",
            &[Text("=<"), Number(1.0)],
            "Vector.where: \"=<\" is no comparison; those with one value are == != < <= > >=, \
             those with two are () [] [) (]",
        ),
        (
            "where",
            &[Text("()"), Number(1.0)],
            "Vector.where: a comparison with a range needs two values",
        ),
        (
            "convlv",
            &[Of(&three), Of(&[])],
            "Vector.convlv: needs at least 1 elements, the size is 0",
        ),
        (
            "spctrm",
            &[Of(&three), Number(3.0)],
            "Vector.spctrm: needs more elements than frequencies",
        ),
        (
            "psth",
            &[
                Of(&[0.0, 0.0, 0.0, 0.0]),
                Number(1.0),
                Number(1.0),
                Number(2.0),
            ],
            "Vector.psth: there are fewer spikes than the size that is asked for",
        ),
        (
            "histogram",
            &[Number(0.0), Number(1.0), Number(0.0)],
            "Vector.histogram: there would be too many bins",
        ),
        (
            "sumgauss",
            &[Number(0.0), Number(1.0), Number(0.1), Number(0.0)],
            "Vector.sumgauss: variance is 0, but must be from 0.000",
        ),
    ] {
        let found = message(&three, method, args);
        assert!(found.starts_with(text), "{found}");
    }
    let text = message(&[1.0, 0.0], "pow", &[Number(-1.0)]);
    assert_eq!(text, "Vector.pow: element 1 is 0; zero has no reciprocal");
}

#[test]
fn the_size_stays_while_there_are_views() {
    use Argument::Number;
    let mut vector = Vector::from(vec![1.0, 2.0, 3.0]);
    let place = vector.values().as_ptr();
    vector.begin_view();
    call(&mut vector, "reverse", &[]).unwrap();
    vector.copy(&[4.0, 5.0, 6.0]).unwrap();
    assert_eq!(vector.values(), [4.0, 5.0, 6.0]);
    for (method, args) in [
        ("append", &[Number(1.0)][..]),
        ("resize", &[Number(2.0)]),
        ("remove", &[Number(0.0)]),
        ("clear", &[]),
        ("insrt", &[Number(0.0), Number(1.0)]),
        ("deriv", &[Number(1.0), Number(1.0)]),
        ("buffer_size", &[Number(50.0)]),
    ] {
        let text = call(&mut vector, method, args).unwrap_err().to_string();
        assert!(text.contains("1 numpy arrays or buffers share"), "{text}");
    }
    assert_eq!(vector.values(), [4.0, 5.0, 6.0]);
    assert_eq!(vector.values().as_ptr(), place);
    vector.end_view();
    call(&mut vector, "append", &[Number(1.0)]).unwrap();
    assert_eq!(vector.size(), 4);
}

/// Not-a-numbers are sorted to the end, and do not disturb the order of the others.
#[test]
fn order_with_not_a_numbers() {
    let values = [3.0, f64::NAN, -0.0, 1.0, f64::NAN, 0.0];
    let sorted = after(&values, "sort", &[]);
    assert_eq!(sorted[..4], [-0.0, 0.0, 1.0, 3.0]);
    assert!(sorted[4].is_nan() && sorted[5].is_nan());
    let indices = call(&mut Vector::from(values.to_vec()), "sortindex", &[]).unwrap();
    assert_eq!(indices, Answer::New(vec![2.0, 5.0, 3.0, 0.0, 1.0, 4.0]));
}

/// A recording goes on although there are views; they keep what they show.
#[test]
fn recordings_go_on_beside_views() {
    let mut vector = Vector::default();
    vector.begin_recording();
    for i in 0..10 {
        vector.record(f64::from(i));
    }
    let shown = vector.begin_view();
    assert_eq!(shown.cast_const(), vector.values().as_ptr());
    let reserved = vector.buffer_size();
    for i in 10..100 {
        vector.record(f64::from(i));
    }
    assert_eq!(vector.size(), 100);
    assert_eq!(
        vector.values()[..12],
        [0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11.]
    );
    assert_ne!(shown.cast_const(), vector.values().as_ptr());
    vector.begin_recording();
    assert_eq!(vector.size(), 0);
    assert!(vector.buffer_size() >= reserved);
    vector.end_view();
    vector.resize(3).unwrap();
    assert_eq!(vector.values(), [0.0; 3]);
}
