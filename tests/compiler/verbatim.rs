//! C of VERBATIM blocks.

use super::{Model, compile, fixtures};
use nmodl::abi::{Failure, Request};
use nmodl::ir::KernelKind;
use nmodl::ir::interpret::Stop;
use nmodl::ir::memory::Call;

fn fixture(name: &str) -> Model {
    let all = fixtures("ok");
    let (_, text) = all.into_iter().find(|(n, _)| n == name).unwrap();
    Model::at(&text, &[0], 1)
}

#[test]
fn loops_leave_where_c_says() {
    let mut model = fixture("verbatim");
    // k = 0, 2, 3; the weights are 1, -1, 1 (of 3 % 3), the halves of the squares 0, 2, 4.5.
    let sum = 2.0 + (-4.0 + 2.0) + (5.0 + 4.5);
    assert_eq!(model.call("sum", &[4.0]), sum);
    assert_eq!(model.call("sum", &[1.0]), 2.0);
    assert_eq!(model.call("steps", &[8.0]), 3.0 + 3.0);
    // Calls are counted for all instances, over calls; 7, 3, 1, 0 are three halvings.
    assert_eq!(model.call("count", &[]), 2.0 + 30.0);
}

#[test]
fn nmodl_may_stand_inside_of_c() {
    let mut model = fixture("verbatim");
    let signs = [5.0, -5.0, 0.0].map(|x| model.call("sign", &[x]));
    assert_eq!(signs, [1.0, -1.0, 0.0]);
}

#[test]
fn a_switch_falls_through() {
    let mut model = fixture("verbatim");
    let kinds = [1.0, 2.9, 3.0, 4.0].map(|x| model.call("kind", &[x]));
    assert_eq!(kinds, [12.0, 12.0, 103.0, 100.0]);
}

#[test]
fn a_goto_goes_on_at_its_label() {
    let mut model = fixture("verbatim_goto");
    let firsts = [-1.0, 0.0, 3.0, 8.0, 16.0].map(|x| model.call("first", &[x]));
    assert_eq!(firsts, [-0.5, 1.5, 2.5, 3.5, -0.5]);
    // Three were found, four came to the end.
    assert_eq!(model.memory.column(0)[0], 43.0);
}

#[test]
fn two_failures_at_one_place_say_what_each_is() {
    let model = Model::new(
        "NEURON { SUFFIX x }
        FUNCTION answer() {
        VERBATIM
            _lanswer = hoc_call_func(hoc_lookup(\"f\"), 0);
        ENDVERBATIM
        }",
    );
    let places = &model.module.mechanism.places;
    let of = |what: &str| places.iter().find(|p| p.what.starts_with(what)).unwrap();
    let (looked_up, called) = (of("a function of hoc"), of("a call of a function of hoc"));
    assert!(looked_up.span.same_place(called.span));
}

#[test]
fn a_return_ends_the_procedure_around_it() {
    let mut model = fixture("verbatim");
    model.call("early", &[2.0]);
    assert_eq!(model.get("level"), 1.0);
    model.call("early", &[0.0]);
    assert_eq!(model.get("level"), 2.0);
}

#[test]
fn ions_and_functions_of_c_have_their_names() {
    let mut model = fixture("verbatim");
    let cai = nmodl::ir::IonVar::Ci;
    *model.memory.ion_value(0, cai, 0).unwrap() = 0.5;
    model.do_run(KernelKind::Initial);
    assert_eq!(model.get("kept"), 0.5);
    let a = model.module.mechanism.variable("a").unwrap().offset;
    assert_eq!(model.memory.column(a + 3)[0], 10.0);
}

#[test]
fn a_return_at_the_end_costs_nothing() {
    let with = |verbatim: &str| {
        let text = format!(
            "NEURON {{ SUFFIX x RANGE y }} ASSIGNED {{ v y }}
             BREAKPOINT {{ p(v) }} PROCEDURE p(v) {{ y = 2*v {verbatim} }}"
        );
        let compiled = compile("x.mod", text.as_bytes(), false);
        let (_, module) = compiled.stages.into_iter().next_back().unwrap();
        nmodl::ir::print::module(&module)
    };
    assert_eq!(with("\nVERBATIM\nreturn 0;\nENDVERBATIM\n"), with(""));
}

#[test]
fn requests_name_what_they_are_about() {
    let mut model = fixture("verbatim_host");
    model.call("set", &[]);
    let about = |call: &Call| match call {
        Call::Request { request, values } => (*request, values.clone()),
        other => panic!("{other:?}"),
    };
    let asked: Vec<_> = model.memory.calls.0.iter().map(about).collect();
    use Request as R;
    let expected = [
        (R::ArgumentKind, vec![1.0]),
        (R::ArgumentRandom, vec![1.0]),
        (R::ArgumentKind, vec![2.0]),
        (R::ArgumentNumber, vec![2.0]),
    ];
    assert_eq!(asked[..4], expected);
    let (request, values) = &asked[4];
    assert_eq!((*request, &values[1..]), (R::NewStream, &[7.0, 0.0][..]));
    // The stream is the 5th answer.
    assert_eq!(asked[5], (R::IsStream, vec![5.0]));
    assert_eq!(asked[6].1, [5.0, 4.0, 21.0, 0.0]);
    assert_eq!(asked.len(), 7);
}

#[test]
fn handles_are_kept_in_the_instance() {
    let mut model = fixture("verbatim_host");
    assert_eq!(model.call("pick", &[]), 0.25);
    model.call("set", &[]);
    let asked = model.memory.calls.0.len();
    model.call("pick", &[]);
    let call = &model.memory.calls.0[asked];
    let random = 2.0;
    assert_eq!(
        *call,
        Call::Request {
            request: Request::PickRandom,
            values: vec![random]
        }
    );
    // A vector in a variable: three elements, as the answer says.
    model.call("element", &[1.0]);
    assert_eq!(model.get("x"), 0.0);
    model.call("play", &[]);
    model.call("element", &[2.0]);
    assert!(model.get("x") > 0.0);
    let before = model.get("x");
    model.call("element", &[3.0]);
    assert_eq!(model.get("x"), before);
}

#[test]
fn what_c_refuses_is_a_failure_that_says_why() {
    let mut model = fixture("verbatim_host");
    model.call("refuse", &[]);
    let x = model.module.mechanism.variable("x").unwrap().offset;
    model.memory.column(x)[0] = 2.0;
    let Err(Stop::Failed(failure, status)) = model.try_call("refuse", &[]) else {
        panic!("x is not refused");
    };
    assert_eq!(failure, Failure::Stopped);
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "x is too large");
    let Err(Stop::Failed(failure, _)) = model.try_call("element", &[-1.0]) else {
        return;
    };
    assert_eq!(failure, Failure::IndexOutOfBounds);
}

#[test]
fn deep_or_long_c_is_an_error_and_no_overflow() {
    let cases: [(&str, String); 9] = [
        ("sum", format!("x = 1.{};", "+1.".repeat(3000))),
        (
            "parentheses",
            format!("x = {}1{};", "(".repeat(3000), ")".repeat(3000)),
        ),
        ("returns", "if (x) return 0;\n".repeat(3000)),
        ("signs", format!("x = {}x;", "- ".repeat(3000))),
        ("choices", format!("x = {}x;", "x ? x : ".repeat(3000))),
        ("assignments", format!("{}x;", "x = ".repeat(3000))),
        ("indices", format!("x{};", "[0]".repeat(3000))),
        ("commas", format!("x{};", ", x".repeat(3000))),
        (
            "blocks",
            format!("{}{}", "{".repeat(3000), "}".repeat(3000)),
        ),
    ];
    for (name, code) in cases {
        let faults = faults(&code);
        assert!(!faults.is_empty(), "{name} is accepted");
    }
    // Long arrays are no reason to name all of their elements.
    let long = "char name[268435456] = {1, 2}; char* p = &name[3]; x = *p;";
    assert_eq!(faults(long), [""; 0]);
    // As long as it may be.
    let longest = format!("x = 1.{};", "+1.".repeat(490));
    assert_eq!(faults(&longest), [""; 0]);
}

/// What is reported about C in a PROCEDURE.
fn faults(code: &str) -> Vec<String> {
    let text = format!(
        "NEURON {{ SUFFIX x RANGE x }} ASSIGNED {{ v x }}
        BREAKPOINT {{ SOLVE p }} PROCEDURE p() {{\nVERBATIM\n{code}\nENDVERBATIM\n}}"
    );
    let compiled = compile("x.mod", text.as_bytes(), false);
    let messages = compiled.diagnostics.iter().map(|d| d.message.clone());
    messages.collect()
}

#[test]
fn only_what_is_known_is_accepted() {
    for (code, message) in [
        (
            "x = tgamma(2.0);",
            "the function `tgamma` is not known here",
        ),
        ("v = 3;", "this cannot be assigned"),
        ("t = 3;", "this cannot be assigned"),
        ("x = x & 1;", "`&` is not supported here"),
        ("printf(\"%d\", x);", "this as `%d` of printf"),
        ("int a[2]; a[2] = 1;", "index 2 is outside of an array of 2"),
        (
            "double* p; if (x) p = &x;",
            "the address of a variable as a pointer into memory is not supported",
        ),
        (
            "int a[2]; int* p = a; if (x) p = a + 1; a[2] = 1;",
            "index 2 is outside of an array of 2",
        ),
        (
            "hoc_oc(\"a = 1\"); x = 1;",
            "`hoc_oc` with something behind it that could see what it did",
        ),
        (
            "install_vector_method(\"m\", absent);",
            "this is no function that VERBATIM of the file defines",
        ),
        ("break;", "`break` outside of a loop"),
        (
            "#include \"mine.h\"",
            "an #include of a header that is not known",
        ),
        (
            "again: x = x + 1; if (x < 3) goto again;",
            "`goto` to anything but a label further on, in a block around it",
        ),
    ] {
        let found = faults(code);
        assert_eq!(found.len(), 1, "{code}: {found:?}");
        assert_eq!(found[0], message, "{code}");
    }
}

#[test]
fn a_comment_behind_a_directive_ends_with_it() {
    let text = "
NEURON { SUFFIX x RANGE y, z, g }
ASSIGNED { y z g }
VERBATIM
#if NRNBBCORE /* elsewhere */

#define ONLY(arg) y = -1;

#else /* here */

#define ONLY(arg) if (z == 0) { arg }

#endif /* both */
ENDVERBATIM
BREAKPOINT {
    VERBATIM
    ONLY(y = 3;)
    z = (y >= 3 & y < 4) + 2*(y > 3 | z > 0);
    g = nrn_ghk(20, 0.0001, 2, 2);
    ENDVERBATIM
}
FUNCTION ghk(x) { ghk = nrn_ghk(x, 0.0001, 2, 2) }";
    let mut model = Model::new(text);
    model.do_run(KernelKind::State);
    assert_eq!((model.get("y"), model.get("z")), (3.0, 1.0));
    let ghk = model.call("ghk", &[20.0]);
    assert_eq!(model.get("g"), ghk);
}
