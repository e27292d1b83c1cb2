//! SWC files become sections as NEURON's Import3d makes them.

use nmodlrs::swc;

/// Name, parent with position, and number of points of each section.
fn sections(text: &str) -> String {
    let sections = swc::read("cell.swc", text).unwrap_or_else(|problems| panic!("{problems}"));
    let lines: Vec<String> = sections
        .iter()
        .map(|section| {
            let parent = match section.parent {
                Some((parent, x)) => format!("{}({x})", sections[parent].name),
                None => "root".to_owned(),
            };
            let points: Vec<String> = section
                .points_um
                .iter()
                .map(|[x, y, _, diam]| format!("{x},{y}:{diam}"))
                .collect();
            format!("{} on {parent}: {}", section.name, points.join(" "))
        })
        .collect();
    lines.join("\n")
}

fn rejected(text: &str) -> String {
    let problems = swc::read("cell.swc", text).expect_err("the file has problems");
    format!("{text}\n----\n{problems}")
}

#[test]
fn a_soma_of_one_sample_is_a_sphere_with_wires_to_its_middle() {
    let text = "\
# a comment
1 1 0 0 0 5 -1
2 3 5 0 0 1 1
3 3 15 0 0 1 2
4 3 25 5 0 0.5 3
5 3 25 -5 0 0.5 3
6 2 -5 0 0 0.5 1
";
    insta::assert_snapshot!(sections(text), @r"
    soma on root: -5,0:10 0,0:10 5,0:10
    dend[0] on soma(0.5): 5,0:2 15,0:2
    dend[1] on dend[0](1): 15,0:2 25,5:1
    dend[2] on dend[0](1): 15,0:2 25,-5:1
    axon[0] on soma(0.5): 0,0:1 -5,0:1
    ");
}

#[test]
fn a_soma_of_three_samples_as_neuromorpho_writes_it_is_a_sphere() {
    let text = "\
1 1 0 0 0 5 -1
2 1 0 -5 0 5 1
3 1 0 5 0 5 1
4 3 5 0 0 1 1
5 3 15 0 0 1 4
";
    insta::assert_snapshot!(sections(text), @r"
    soma on root: -5,0:10 0,0:10 5,0:10
    dend[0] on soma(0.5): 5,0:2 15,0:2
    ");
}

#[test]
fn a_long_soma_has_dendrites_at_its_ends_and_inside() {
    let text = "\
1 1 0 0 0 5 -1
2 1 10 0 0 6 1
3 1 20 0 0 5 2
4 3 30 0 0 1 3
5 4 10 10 0 1 2
6 4 10 20 0 1 5
7 2 -10 0 0 1 1
";
    insta::assert_snapshot!(sections(text), @r"
    soma on root: 0,0:10 10,0:12 20,0:10
    dend[0] on soma(1): 20,0:2 30,0:2
    apic[0] on soma(0.5): 10,10:2 10,20:2
    axon[0] on soma(0): 0,0:2 -10,0:2
    ");
}

#[test]
fn a_branch_at_the_first_sample_of_a_wired_dendrite_is_at_its_near_end() {
    let text = "\
1 1 0 0 0 5 -1
2 2 -5 0 0 1 1
3 2 -15 0 0 1 2
4 3 5 0 0 1 1
5 3 15 0 0 1 4
6 3 5 10 0 1 4
";
    insta::assert_snapshot!(sections(text), @r"
    soma on root: -5,0:10 0,0:10 5,0:10
    axon[0] on soma(0.5): -5,0:2 -15,0:2
    dend[0] on soma(0.5): 5,0:2 15,0:2
    dend[1] on dend[0](0): 5,0:2 5,10:2
    ");
}

#[test]
fn a_change_of_type_ends_a_section_and_other_types_have_names() {
    let text = "\
1 3 0 0 0 1 -1
2 3 10 0 0 1 1
3 5 20 0 0 1 2
4 5 30 0 0 1 3
";
    insta::assert_snapshot!(sections(text), @r"
    dend[0] on root: 0,0:2 10,0:2
    dend_5[0] on dend[0](1): 10,0:2 20,0:2 30,0:2
    ");
}

#[test]
fn a_section_without_length_is_left_out() {
    let text = "\
1 3 0 0 0 1 -1
2 3 10 0 0 1 1
3 4 10 0 0 1 2
4 3 20 0 0 1 3
";
    insta::assert_snapshot!(sections(text), @r"
    dend[0] on root: 0,0:2 10,0:2
    dend[1] on dend[0](1): 10,0:2 20,0:2
    ");
}

#[test]
fn what_cannot_be_read_says_where() {
    insta::assert_snapshot!(rejected(
        "\
1 1 0 0 0 5 -1
2 3 5 0 zero 1 1
3 3 15 0 0 1
4 3 5 0 0 -1 1
"
    ));
    insta::assert_snapshot!(rejected(
        "\
1 1 0 0 0 5 -1
1 3 5 0 0 1 1
3 3 15 0 0 1 9
4 3 5 0 0 1 5
5 3 5 0 0 1 1
6 3 5 0 0 1 -1
"
    ));
    insta::assert_snapshot!(rejected("# nothing\n"));
}
