//! Model files become models; names that mean nothing are found, with their places.

use std::collections::HashMap;

use runtime::{Model, Place};

use super::fixture::{Fixture, build, build_with};

/// The file and what is said about it.
fn rejected(text: &str, sets: &[&str]) -> String {
    match build(text, sets) {
        Ok(_) => panic!("the model has problems:\n{text}"),
        Err(problems) => format!("{text}\n----\n{problems}"),
    }
}

macro_rules! check {
    ($name:ident, $text:expr) => {
        check!($name, $text, &[]);
    };
    ($name:ident, $text:expr, $sets:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(rejected($text, $sets));
        }
    };
}

fn value(model: &Model, section: &str, x: f64, variable: &str) -> f64 {
    let section = model
        .find_section(section)
        .unwrap_or_else(|| panic!("no section {section}"));
    model
        .get(Place::Segment { section, x }, variable)
        .expect(variable)
}

const SOMA: &str = "\
[run]
tstop = 1
[sections.soma]
L = 10
diam = 10
insert.hh = {}
";

fn with_soma(rest: &str) -> String {
    format!("{SOMA}{rest}")
}

// ---- what is built

#[test]
fn regions_apply_in_order_then_the_section_itself_then_the_command_line() {
    let text = "\
[run]
tstop = 1
[segments]
max_length = 30
[sections.soma]
L = 10
diam = 10
insert.hh = { gnabar = 4 }
[sections.dend]
count = 2
L = 100
diam = 2
parent = \"soma(1)\"
[regions.all]
Ra = 100
insert.hh = { gnabar = 1, gkbar = 1 }
[regions.dend]
cm = 2
nseg = 7
insert.hh = { gnabar = 2 }
insert.pas = {}
[regions.first]
sections = [\"dend[0]\"]
insert.hh = { gkbar = 3 }
";
    let built = build(text, &["dend*.hh.gkbar=5", "soma.pas.g=1"]);
    assert!(
        built
            .expect_err("soma has no pas")
            .contains("`pas` is not inserted in `soma`")
    );
    let model = build(text, &["dend[1].hh.gkbar=5"])
        .expect("a good model")
        .model;
    assert_eq!(value(&model, "soma", 0.5, "hh.gnabar"), 4.0);
    assert_eq!(value(&model, "soma", 0.5, "hh.gkbar"), 1.0);
    assert_eq!(value(&model, "dend[0]", 0.5, "hh.gnabar"), 2.0);
    assert_eq!(value(&model, "dend[0]", 0.1, "hh.gkbar"), 3.0);
    assert_eq!(value(&model, "dend[1]", 0.9, "hh.gkbar"), 5.0);
    assert_eq!(value(&model, "dend[1]", 0.9, "cm"), 2.0);
    let dend = model
        .find_section("dend[1]")
        .and_then(|id| model.section(id).ok())
        .expect("dend[1]");
    assert_eq!(dend.segment_count(), 7);
    assert_eq!(dend.axial_resistivity_ohm_cm(), 100.0);
    assert_eq!(
        dend.connection().map(|connection| connection.parent_x),
        Some(1.0)
    );
}

#[test]
fn segments_follow_their_rule() {
    let count = |rule: &str| {
        let text = format!(
            "[run]\ntstop = 1\n[segments]\n{rule}\n[sections.axon]\nL = 1000\ndiam = 1\nRa = 100\n"
        );
        let model = build(&text, &[]).expect("a good model").model;
        model
            .find_section("axon")
            .and_then(|id| model.section(id).ok())
            .map(|axon| axon.segment_count())
    };
    assert_eq!(count("max_length = 1000"), Some(1));
    assert_eq!(count("max_length = 999"), Some(3));
    assert_eq!(count("max_length = 100"), Some(11));
    // lambda = 1e5 sqrt(1/(4 pi 100 100 1)) = 282.09 um
    assert_eq!(count("d_lambda = 0.1"), Some(37));
    assert_eq!(count("frequency = 25"), Some(19));
}

#[test]
fn populations_have_their_names_in_front() {
    let text = "\
record = [\"ring[*].soma(0.5).v\", \"ring[1].syn.tau\", \"alone.soma(1).hh.m\"]
[run]
tstop = 1
[cells.ring]
count = 3
[cells.ring.sections.soma]
L = 10
diam = 10
[cells.ring.points.syn]
class = \"ExpSyn\"
at = \"soma(0.5)\"
set = { tau = 2 }
[cells.alone.sections.soma]
L = 10
diam = 10
insert.hh = {}
[points.start]
class = \"NetStim\"
[[connections]]
from = \"start\"
to = \"ring[*].syn\"
weight = 0.5
[[connections]]
from = \"ring[*].soma(0.5)\"
to = \"ring[*].syn\"
rule = \"ring\"
delay = 5
[spikes]
of = [\"ring[*].soma(0.5)\", \"start\"]
";
    let built = build(text, &[]).expect("a good model");
    let names: Vec<String> = built
        .recorded
        .iter()
        .map(|recorded| format!("{} ({})", recorded.column.name, recorded.column.units))
        .collect();
    assert_eq!(
        names,
        [
            "t (ms)",
            "ring[0].soma(0.5).v (mV)",
            "ring[1].soma(0.5).v (mV)",
            "ring[2].soma(0.5).v (mV)",
            "ring[1].syn.tau (ms)",
            "alone.soma(1).hh.m ()",
        ]
    );
    let spikes: Vec<&str> = built
        .spikes
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(
        spikes,
        [
            "ring[0].soma(0.5)",
            "ring[1].soma(0.5)",
            "ring[2].soma(0.5)",
            "start"
        ]
    );
    assert_eq!(built.model.netcon_count(), 3 + 3 + 4);
}

#[test]
fn points_in_a_list_are_an_array() {
    let text = "\
record = [\"syn[2].tau\", \"one[0].tau\", \"drive[1].number\"]
[run]
tstop = 1
[sections.dend]
count = 3
L = 10
diam = 1
[points.syn]
class = \"ExpSyn\"
at = [\"dend*(0.5)\", \"dend[0](0)\"]
[points.one]
class = \"ExpSyn\"
at = [\"dend[0](0)\"]
[points.drive]
class = \"NetStim\"
count = 2
";
    assert_eq!(
        build(text, &[]).expect("a good model").model.point_count(),
        4 + 1 + 2
    );
}

#[test]
fn ions_and_globals() {
    let text = with_soma(
        "\
ions.na = { reversal = 60 }
[ions.k]
reversal = -80
inside = 100
[ions.na]
reversal = 45
[globals.hh]
usetable = 0
",
    );
    let model = build(&text, &[]).expect("a good model").model;
    assert_eq!(value(&model, "soma", 0.5, "ek"), -80.0);
    assert_eq!(value(&model, "soma", 0.5, "ena"), 60.0);
    assert_eq!(model.get(Place::Model, "ki0_k_ion"), Ok(100.0));
    assert_eq!(model.get(Place::Model, "usetable_hh"), Ok(0.0));
}

#[test]
fn morphologies_have_regions_and_further_sections() {
    let files = HashMap::from([(
        "cell.swc",
        "1 1 0 0 0 5 -1\n2 3 5 0 0 1 1\n3 3 95 0 0 1 2\n",
    )]);
    let text = "\
[run]
tstop = 1
[morphology]
file = \"cell.swc\"
[sections.spine]
L = 1
diam = 0.5
parent = \"dend[0](0.5)\"
[regions.dend]
cm = 2
";
    let model = build_with(text, &[], Fixture { files })
        .expect("a good model")
        .model;
    assert_eq!(model.section_count(), 3);
    assert_eq!(value(&model, "dend[0]", 0.5, "cm"), 2.0);
    assert_eq!(value(&model, "spine", 0.5, "cm"), 1.0);
}

#[test]
fn values_from_the_command_line() {
    let text = with_soma(
        "\
[points.stim]
class = \"IClamp\"
at = \"soma(0.5)\"
[[connections]]
from = \"soma(0.5)\"
to = \"drive\"
[points.drive]
class = \"NetStim\"
",
    );
    let sets = [
        "stim.delay=0.5",
        "run.dt=0.1",
        "sections.soma.L=20",
        "connections[0].delay=3",
        "soma(0.5).hh.gnabar=0.2",
    ];
    let model = build(&text, &sets).expect("a good model").model;
    assert_eq!(model.get(Place::Model, "dt"), Ok(0.1));
    assert_eq!(value(&model, "soma", 0.5, "hh.gnabar"), 0.2);
    let soma = model
        .find_section("soma")
        .and_then(|id| model.section(id).ok())
        .expect("soma");
    assert_eq!(soma.length_um(), 20.0);
}

// ---- what is not

check!(
    unknown_names,
    &with_soma(
        "\
[regions.dendrites]
sections = [\"dend*\", \"some\"]
insert.hhh = {}
[points.stim]
class = \"Iclamp\"
at = \"soma(0.5)\"
[globals.pas]
g = 1
"
    )
);

check!(
    wrong_parameters,
    &with_soma(
        "\
insert.pas = { gbar = 1, e = [1, 2] }
insert.shells = { ca = 1 }
[regions.all]
insert.hh = { gnabarr = 1, usetable = 0, m = 1 }
insert.IClamp = {}
insert.shells = { ca = [1, 2] }
ions.ca = { reversal = 120 }
[globals.hh]
gnabar = 1
[ions.cl]
inside = 5
"
    )
);

check!(
    wrong_geometry,
    "\
[run]
tstop = 1
[segments]
d_lambda = 0.1
max_length = 20
[sections.a]
L = 10
[sections.b]
L = 10
pt3d = [[0, 0, 0, 1], [0, 0, 10, 1]]
[sections.c]
pt3d = [[0, 0, 0, 1], [0, 0, 10, 0]]
[sections.d]
L = 10
diam = 1
parent = \"soma(1)\"
[sections.e]
L = 10
diam = 1
parent = \"d(1.5)\"
[sections.f]
L = 10
diam = 1
parent = \"f(0)\"
[sections.g]
L = 10
diam = 1
end = 1
[sections.\"g[x]\"]
L = 10
diam = 1
[sections.\"2nd\"]
L = 10
diam = 1
"
);

check!(
    wrong_points,
    &with_soma(
        "\
[points.a]
class = \"IClamp\"
[points.b]
class = \"NetStim\"
at = \"soma(0.5)\"
[points.c]
class = \"hh\"
at = \"soma(0.5)\"
[points.d]
class = \"IClamp\"
at = \"som*(0.5)\"
[points.e]
class = \"IClamp\"
at = \"sona(0.5)\"
[points.f]
class = \"IClamp\"
at = \"soma\"
[points.g]
class = \"IClamp\"
at = \"soma(0.5)\"
set = { delai = 1 }
"
    )
);

check!(
    wrong_connections,
    &with_soma(
        "\
[points.syn]
class = \"ExpSyn\"
at = [\"soma(0.5)\", \"soma(1)\"]
[points.stim]
class = \"IClamp\"
at = \"soma(0.5)\"
[points.drive]
class = \"NetStim\"
count = 3
[[connections]]
from = \"drive[*]\"
to = \"syn[*]\"
[[connections]]
from = \"soma\"
to = \"syn[0]\"
[[connections]]
from = \"drive[0]\"
to = \"soma(0.5)\"
[[connections]]
from = \"drive[0]\"
to = \"stim\"
[[connections]]
from = \"drive\"
to = \"syn[*]\"
[[connections]]
from = \"drive[*]\"
to = \"syn[*]\"
pairs = [[0, 1], [3, 0]]
[[connections]]
from = \"drive[*]\"
to = \"syn[0]\"
weight = [1, 2]
threshold = 0
[[connections]]
from = \"soma(0.5)\"
to = \"syn[0]\"
threshold = 0
[spikes]
of = [\"soma(0.5)\"]
threshold = -10
"
    )
);

check!(
    wrong_variables,
    &format!(
        "\
record = [
  \"soma(0.5)\", \"soma\", \"sona(0.5).v\", \"soma(0.5).vv\", \"soma(0.5).hh.x\", \"soma(0.5).pas.g\",
  \"soma(0.5).shells.ca[4]\", \"stm.i\", \"stim.j\", \"soma.v\", \"soma(2).v\", \"soma(0.5).hg.m\",
]
{SOMA}insert.shells = {{}}
[points.stim]
class = \"IClamp\"
at = \"soma(0.5)\"
"
    )
);

const CIRCUIT: &str = "\
[run]
tstop = 1
tstep = 1
method = \"cvode-local\"
[globals.extracellular]
nlayer = 2.5
nlayers = 1
xg = 3
[sections.soma]
L = 10
diam = 10
insert.extracellular = { xg = 1, xc = [1, 2], e_extracellular = 1 }
[linear_mechanisms.clamp]
at = [\"soma(0.5)\", \"soma(0.2)\"]
layers = [0]
g = [[1]]
[linear_mechanisms.wide]
layers = [0]
g = [[1, 2]]
[linear_mechanisms.ragged]
at = \"soma(0.5)\"
layers = [3]
c = [[1, 0], [1]]
g = [[1, 0], [0, 1]]
y0 = [1]
[linear_mechanisms.off]
at = \"some(0.5)\"
c = [[1]]
g = [[1, 0], [0, 1]]
b = [1, 2, 3]
";

check!(wrong_circuits, CIRCUIT);

check!(
    linear_mechanisms_are_solved_implicitly,
    "\
record = [\"clamp.y\", \"clamp.y[2]\", \"clamp.z\", \"clam.y[0]\", \"soma(0.5).i_membrane_\"]
[run]
tstop = 1
secondorder = 2
[sections.soma]
L = 10
diam = 10
[linear_mechanisms.clamp]
g = [[1, 0], [0, 1]]
"
);

check!(
    wrong_couplings,
    &with_soma(
        "\
[cells.other.sections.soma]
L = 10
diam = 10
[points.gap]
class = \"Gap\"
at = [\"soma(0.5)\", \"other.soma(0.5)\"]
[[gap_junctions]]
source_var = \"soma(0.5).v\"
target_var = \"gap[*].vgap\"
[[gap_junctions]]
source_var = \"other.soma(0.5).v\"
target_var = \"gap[0].vgap\"
[[gap_junctions]]
source_var = \"t\"
target_var = \"gap[1].vgab\"
[[gap_junctions]]
source_var = \"soma(0.5).v\"
target_var = \"gap[0].g\"
rule = \"ring\"
pairs = [[0, 1]]
[[pointers]]
pointer = \"gap[0].vother\"
variable = \"soma(0.5)\"
[[pointers]]
pointer = \"gap[0].v_other\"
variable = \"soma(0.5).v\"
[[pointers]]
pointer = \"gap[0].vother\"
variable = \"*soma(0.5).v\"
[[pointers]]
pointer = \"soma(0.5).v\"
variable = \"soma(0.5).v\"
[[pointers]]
pointer = \"gap[1].vother\"
variable = \"soma(0.5).area\"
"
    )
);

check!(
    cells_at_times_of_their_own_read_nothing_of_each_other,
    "\
[run]
tstop = 1
tstep = 1
method = \"cvode-local\"
[cells.cell]
count = 2
[cells.cell.sections.soma]
L = 10
diam = 10
[cells.cell.points.gap]
class = \"Gap\"
at = \"soma(0.5)\"
[[gap_junctions]]
source_var = \"cell[*].soma(0.5).v\"
target_var = \"cell[*].gap.vgap\"
rule = \"ring\"
[[pointers]]
pointer = \"cell[0].gap.vother\"
variable = \"cell[0].soma(0.5).v\"
[[pointers]]
pointer = \"cell[1].gap.vother\"
variable = \"cell[0].soma(0.5).v\"
"
);

#[test]
fn points_at_the_top_may_be_in_any_cell() {
    let text = "\
[run]
tstop = 1
[sections.soma]
L = 10
diam = 10
[cells.ring]
count = 3
[cells.ring.sections.soma]
L = 10
diam = 10
[points.a]
class = \"ExpSyn\"
at = [\"*(0.5)\"]
[points.b]
class = \"ExpSyn\"
at = [\"ring[1].soma(0.5)\", \"ring[*].soma(0)\"]
";
    // A bare pattern is of the model's own cell.
    let model = build(text, &[]).expect("a good model").model;
    assert_eq!(model.point_count(), 1 + 1 + 3);
}

check!(
    wrong_values_from_the_command_line,
    SOMA,
    &[
        "soma.hh.gnabr=1",
        "sona.hh.gnabar=1",
        "soma.hh=1",
        "stim.amp=1"
    ]
);

check!(
    values_from_the_command_line_that_are_none,
    SOMA,
    &[
        "soma.hh.gnabar",
        "soma.hh.gnabar=many",
        "run.tstop=\"long\"",
        "run.dt.x=1",
        "sections.soma.L=-1",
        "=3"
    ]
);
