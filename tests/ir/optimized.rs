//! Source and IR after all passes, side by side.

use super::mechanisms;
use nmodl::ir::{KernelKind, print};

/// The text of one kernel of `source` after all passes, below the source.
fn check(kind: KernelKind, source: &str) -> String {
    let stages = mechanisms::stages("test.mod", source.as_bytes());
    let (_, module) = stages.last().unwrap();
    let kernel = module.kernels.iter().find(|k| k.kind == kind).unwrap();
    format!("{source}\n---\n{}", print::kernel(module, kernel))
}

#[test]
fn cheap_branches_become_selects() {
    insta::assert_snapshot!(check(
        KernelKind::Current,
        "NEURON { SUFFIX a NONSPECIFIC_CURRENT i RANGE g, e, low }
ASSIGNED { v (mV) i (mA/cm2) }
PARAMETER { g = 1 e = -65 low = 0.1 }
BREAKPOINT {
    LOCAL x
    IF (v > e) { x = g } ELSE { x = low * g }
    i = x * (v - e)
}"
    ));
}

#[test]
fn costly_branches_that_all_instances_share_stay() {
    insta::assert_snapshot!(check(
        KernelKind::State,
        "NEURON { SUFFIX a GLOBAL slow RANGE m }
ASSIGNED { v (mV) }
PARAMETER { slow = 1 }
STATE { m }
BREAKPOINT { SOLVE s METHOD euler }
DERIVATIVE s {
    LOCAL rate
    IF (slow) {
        rate = exp(v / 10) + exp(v / 20) + exp(v / 30)
    } ELSE {
        rate = v
    }
    m' = -rate * m * exp(slow)
}"
    ));
}

#[test]
fn short_loops_are_unrolled_and_indices_become_names() {
    insta::assert_snapshot!(check(
        KernelKind::Initial,
        "NEURON { SUFFIX a RANGE x, sum }
DEFINE N 3
ASSIGNED { x[N] sum }
INITIAL {
    sum = 0
    FROM i = 0 TO N - 1 {
        x[i] = 2 * i
        sum = sum + x[i]
    }
}"
    ));
}

#[test]
fn loops_carry_what_they_change_in_locals() {
    insta::assert_snapshot!(check(
        KernelKind::Initial,
        "NEURON { SUFFIX a RANGE x, n, c }
ASSIGNED { x n }
PARAMETER { c = 2 }
INITIAL {
    x = 100
    n = 0
    WHILE (x > 1) {
        x = x / (c * c)
        n = n + 1
    }
}"
    ));
}

#[test]
fn scratch_columns_are_not_stored() {
    insta::assert_snapshot!(check(
        KernelKind::State,
        "NEURON { SUFFIX a RANGE tau }
ASSIGNED { v (mV) minf last }
PARAMETER { tau = 5 }
STATE { m }
INITIAL { last = 0 }
BREAKPOINT { SOLVE s METHOD cnexp }
DERIVATIVE s {
    minf = v * last
    last = m
    m' = (minf - m) / tau
}"
    ));
}

#[test]
fn stores_come_before_services() {
    insta::assert_snapshot!(check(
        KernelKind::NetReceive,
        "NEURON { POINT_PROCESS A RANGE n }
ASSIGNED { n }
NET_RECEIVE (w) {
    n = n + w
    IF (flag == 1) {
        net_event(t)
        n = 0
    }
}"
    ));
}
