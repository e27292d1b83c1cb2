//! The linked SUNDIALS.

#[test]
fn has_a_version() {
    let version = runtime::sundials::version();
    let major: u32 = version.split('.').next().unwrap().parse().unwrap();
    assert!(major >= 6, "{version}");
}
