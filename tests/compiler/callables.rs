//! FUNCTIONs and PROCEDUREs as kernels of their own.

use super::{Model, compile, fixtures};
use nmodl::abi::Failure;
use nmodl::callable;
use nmodl::ir::interpret::Stop;
use nmodl::ir::print;
use nmodl::mechanism::CallableError;
use nmodl::{codegen::Options, pass, source::NoIncludes, source::SourceMap};

fn text() -> String {
    let all = fixtures("ok");
    all.into_iter()
        .find(|(name, _)| name == "callable")
        .unwrap()
        .1
}

#[test]
fn arguments_come_first_and_the_result_behind_them() {
    let mut model = Model::new(&text());
    assert_eq!(model.call("shift", &[1.5]), 4.5);
    assert_eq!(model.call("scaled", &[4.0]), 8.0);
    model.set_v(-60.0);
    assert_eq!(model.call("driving", &[10.0]), -70.0);
    assert_eq!(model.call("count", &[]), 7.0);
    assert_eq!(model.call("both", &[2.0]), 9.0);
    model.call("keep", &[5.0, 2.0]);
    // Of the instance that it was called for, and of no other.
    assert_eq!((model.get("last"), model.get_of("last", 1)), (3.0, 0.0));
    assert_eq!((model.get("gain"), model.get_of("gain", 1)), (3.0, 2.0));
    // What another kernel reads is stored, although nobody outside sees it.
    assert_eq!(model.get("hidden"), 3.0);
    model.call("setbase", &[5.0]);
    assert_eq!(model.get("base"), 5.0);
}

#[test]
fn callables_say_whether_they_need_an_instance() {
    let model = Model::new(&text());
    let needs = model.module.mechanism.callables.iter();
    let needs: Vec<&str> = needs
        .filter(|c| c.needs_instance)
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(needs, ["scaled", "driving", "keep", "both", "later"]);
}

#[test]
fn kernels_of_callables() {
    let compiled = compile("callable.mod", text().as_bytes(), false);
    let whole = compiled.module().unwrap();
    let mut shown = String::new();
    for name in ["keep", "curve", "both", "nothing"] {
        let index = whole.mechanism.callable(name).unwrap();
        let mut module = callable::module(&whole.mechanism, &whole.functions, index).unwrap();
        pass::run(&mut module, &mut |_, _, _| {}).unwrap();
        let kernel = module.kernels.first();
        let text = kernel.map(|kernel| print::kernel(&module, kernel));
        shown += &format!("==== {name}\n{}\n", text.unwrap_or("(nothing)".into()));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_kernel_is_made_at_the_first_request_and_kept() {
    let mut sources = SourceMap::new();
    let file = sources.add("callable.mod", text());
    let options = Options::default();
    let output = nmodl::compile(&mut sources, file, &mut NoIncludes, options, &mut |_| {});
    let mechanism = output.unwrap().mechanism;
    let index = mechanism.description().callable("shift").unwrap();
    let many = std::thread::scope(|scope| {
        let request = || mechanism.callable(index).unwrap().unwrap() as usize;
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(request)).collect();
        threads
            .into_iter()
            .map(|t| t.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(many.iter().all(|&address| address == many[0]));
    let again = mechanism.clone().callable(index).unwrap().unwrap();
    assert_eq!(again as usize, many[0]);
    let nothing = mechanism.description().callable("nothing").unwrap();
    assert!(mechanism.callable(nothing).unwrap().is_none());
    let index = 99;
    assert_eq!(
        mechanism.callable(index),
        Err(CallableError::Missing { index })
    );
}

#[test]
fn a_constructor_is_called_by_the_host_alone() {
    let all = fixtures("ok");
    let (_, text) = all.iter().find(|(n, _)| n == "constructor").unwrap();
    let mut model = Model::at(text, &[0], 1);
    let public = model.module.mechanism.public_callables();
    let names: Vec<String> = public.map(|c| c.name.clone()).collect();
    assert_eq!(names, ["twice"]);
    assert_eq!(model.call("twice", &[-1.0]), 0.0);
    assert_eq!(model.call("twice", &[1.5]), 3.0);
    model.memory.args[0] = 1.0;
    model.call(nmodl::mechanism::CONSTRUCTOR, &[]);
    assert_eq!((model.get("made"), model.get("number")), (1.0, 2.0));
    model.call(nmodl::mechanism::DESTRUCTOR, &[]);
    assert_eq!(model.get("made"), 0.0);
}

#[test]
fn functions_call_themselves() {
    let all = fixtures("ok");
    let (_, text) = all.iter().find(|(n, _)| n == "recursion").unwrap();
    let mut model = Model::at(text, &[0], 1);
    let products: f64 = (1..=20).map(f64::from).rev().product();
    assert_eq!(model.call("product", &[20.0]), products);
    assert_eq!(model.call("fibonacci", &[12.0]), 144.0);
    assert_eq!(model.call("ackermann", &[2.0, 3.0]), 9.0);
    assert_eq!(model.call("even", &[500.0]), 1.0);
    assert_eq!(model.call("odd", &[500.0]), 0.0);
    // 4·leaves(n - 1): twice each subtree and the loop's turns.
    assert_eq!(model.call("leaves", &[3.0]), 64.0);
    // A loop without such calls, whose index stays its own.
    assert_eq!(model.call("sums", &[4.0]), 60.0);
    model.do_run(nmodl::ir::KernelKind::Initial);
    assert_eq!((model.get("y"), model.get("visits")), (9.0, 11.0));
}

#[test]
fn calls_within_calls_are_limited() {
    let all = fixtures("ok");
    let (_, text) = all.iter().find(|(n, _)| n == "recursion").unwrap();
    let mut model = Model::at(text, &[0], 1);
    let Err(Stop::Failed(failure, status)) = model.try_call("endless", &[1.0]) else {
        panic!("does not end");
    };
    assert_eq!(failure, Failure::Stopped);
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "`endless` calls itself too often");
}
