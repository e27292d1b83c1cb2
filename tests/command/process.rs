//! Runs of the program, and files for them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in the project's folder.
fn nmodlrs(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nmodlrs"))
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("the program starts")
}

/// Exit status, standard output and standard error.
pub fn outcome(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = nmodlrs(arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A file of this test alone, removed when it is dropped.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str, contents: &str) -> Self {
        let scratch =
            Self(std::env::temp_dir().join(format!("nmodlrs-{}-{name}", std::process::id())));
        std::fs::write(&scratch.0, contents).expect("the file can be written");
        scratch
    }

    pub fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
