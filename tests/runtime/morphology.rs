//! Morphologies that cannot be read say where and why.

use runtime::morphology::{Branch, Fault, neurolucida};

fn read(text: &str) -> String {
    match neurolucida::read(text) {
        Ok(branches) => {
            let line = |branch: &Branch| {
                let points = branch.points_um.len();
                format!("{} on {:?}: {points} points", branch.kind, branch.parent)
            };
            branches.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Err(faults) => {
            let line = |fault: &Fault| fault.in_line("cell.asc", text);
            faults.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn a_tree_without_a_soma_is_a_root() {
    let text = "( (Axon) (0 0 0 1) (9 0 0 1)\n ( (9 0 0 1) (9 9 0 1) | (10 0 0 1) Normal ) )";
    insta::assert_snapshot!(read(text), @r"
    2 on None: 2 points
    2 on Some((0, 1.0)): 2 points
    2 on Some((0, 1.0)): 2 points
    ");
}

#[test]
fn faults_of_asc_files_have_their_lines() {
    let texts = [
        "",
        "; nothing",
        "( (Axon)\n (0 0 0 1) (9 0 0\n",
        "( (Axon)\n (0 0 zero 1) )",
        "( (Axon)\n (0 0 0 1) )\n)",
        "(\"CellBody\"\n (0 0 0 1) (0 0 0 1) (0 0 0 1))",
        "(\"Cell\n",
        "( (Axon) (1e999 0 0 1) )",
        "( (Axon)\n (0 0 0 1) # )",
        "( ( (",
    ];
    let all: Vec<String> = texts.iter().map(|text| read(text)).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    cell.asc:1: there are no trees in this file
    cell.asc:1: there are no trees in this file
    cell.asc:3: expected `)`, but found the end of the file
    cell.asc:2: expected `)`, but found `1`
    cell.asc:3: expected an object in parentheses, or the end, but found `)`
    cell.asc:1: this outline of a soma has no width (a soma is drawn as a closed line around it)
    cell.asc:1: this string does not end in its line
    cell.asc:1: expected a number, but found `1e999`
    cell.asc:2: this character has no meaning here
    cell.asc:1: expected a number, but found `(`
    ");
}

#[test]
fn trees_can_be_deep_and_sets_cannot() {
    let deep = "( (1 0 0 1) ".repeat(100_000);
    let text = format!("( (Axon) (0 0 0 1) {deep}{} )", ")".repeat(100_000));
    let branches = neurolucida::read(&text).expect("a tree");
    assert_eq!(branches.len(), 2, "all but two branches have no length");
    let sets = "( Set \"a\" ".repeat(9);
    insta::assert_snapshot!(read(&sets), @"cell.asc:1: sets are nested too deeply");
}
