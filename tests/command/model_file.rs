//! Model files that cannot be read: every problem is found, and says where it is.
//!
//! Each snapshot shows the file and what is said about it.

use nmodlrs::model::ModelText;

/// The file and the rendered problems.
fn rejected(text: &str) -> String {
    let model = ModelText::new("model.toml", text, &[]);
    let problems = model.read().expect_err("the file has problems");
    format!("{text}\n----\n{problems}")
}

macro_rules! check {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(rejected($text));
        }
    };
}

check!(
    not_toml,
    "\
title = \"broken
[run]
tstop = 
"
);

check!(
    unknown_keys_with_a_guess,
    "\
titel = \"x\"

[run]
tstop = 5
celcius = 37

[sections.soma]
l = 10
diameter = 10
nsegs = 3
"
);

check!(
    keys_in_the_wrong_table,
    "\
tstop = 5
celsius = 37

[run]
tstop = 5
record = [\"soma(0.5).v\"]
"
);

check!(
    wrong_types,
    "\
title = 3
record = \"soma(0.5).v\"

[run]
tstop = \"5 ms\"
dt = true
secondorder = 1.5

[sections]
soma = 3

[points.stim]
class = \"IClamp\"
at = 0.5
set = { amp = \"0.5\", delay = [1, \"2\"] }
"
);

check!(
    values_out_of_range,
    "\
[run]
tstop = -1
dt = 0
tstep = -0.1
secondorder = 3
celsius = nan

[sections.soma]
L = -10
diam = 0
nseg = 0
end = 2
cm = -1
pt3d = [[0, 0, 0, 1]]

[[connections]]
from = \"a\"
to = \"b\"
delay = -1
rule = \"everyone\"
pairs = [[0, 1], [2]]
"
);

check!(
    missing_keys,
    "\
[points.stim]
at = \"soma(0.5)\"

[[connections]]
from = \"soma(0.5)\"
"
);

check!(missing_tstop, "[run]\ndt = 0.025\n");
