//! What the documents say of themselves: links lead somewhere, each construct has a row in the table
//! of support and in that of tests.

use std::fs;
use std::path::{Path, PathBuf};

use super::WITHOUT_EXAMPLE;
use super::examples;

/// The Markdown files of a folder and of those below it.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of documents") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

/// The targets of links in a text, without what is on the web and within the page itself.
fn links(text: &str) -> Vec<&str> {
    let is_file = |link: &&str| !link.contains("://") && !link.starts_with('#');
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link.split('#').next().unwrap_or(link))
        .filter(|link| !link.is_empty())
        .filter(is_file)
        .collect()
}

/// The cells of the rows of all tables.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").map(str::trim).collect())
        .collect()
}

fn page(name: &str) -> String {
    fs::read_to_string(examples::folder().join(name)).expect("a page")
}

#[test]
fn links_lead_to_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .map(|f| root.join(f))
        .to_vec();
    documents(&root.join("docs"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a document");
        // Code has brackets, too.
        let prose: String = text.split("```").step_by(2).collect();
        for link in links(&prose) {
            let target = file.with_file_name("").join(link);
            assert!(target.exists(), "{}: {link}", file.display());
        }
    }
}

#[test]
fn the_table_of_support_is_that_of_the_pages() {
    let text = page("support.md");
    let rows = rows(&text);
    for page in examples::pages() {
        let name = &page.name;
        if WITHOUT_EXAMPLE.contains(&name.as_str()) {
            continue;
        }
        let row = rows
            .iter()
            .find(|row| row[0].contains(&format!("({name}.md)")));
        let row = row.unwrap_or_else(|| panic!("no row for {name}"));
        // The other tests of this module show that both are true.
        let in_neuron = examples::examples(&page).iter().all(|e| e.in_neuron());
        assert_eq!(row[1], "yes", "{name}");
        assert_eq!(row[2] == "yes", in_neuron, "{name}: NEURON");
    }
}

#[test]
fn each_construct_names_its_fixture_and_its_comparison() {
    let text = page("tests.md");
    let pages = examples::pages();
    let mut count = 0;
    for row in rows(&text).iter().filter(|row| row[0] != "construct") {
        assert_eq!(row.len(), 3, "{row:?}");
        assert!(!links(row[1]).is_empty(), "no fixture or page: {}", row[0]);
        // The example of a page is compared if NEURON does the same.
        let of_page = |link: &&str| {
            let name = link.trim_end_matches(".md");
            let mut own = pages.iter().filter(|page| page.name == name);
            own.any(|page| examples::examples(page).iter().all(|e| e.in_neuron()))
        };
        let compared = links(row[2]).iter().any(|l| l.contains("tests/neuron/"))
            || (row[2].starts_with("the page") && links(row[1]).iter().any(of_page));
        let is_refused = row[2].starts_with("refused by NEURON");
        assert!(compared || is_refused, "not compared: {}", row[0]);
        count += 1;
    }
    assert!(count > 100, "{count} rows");
}
