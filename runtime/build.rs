//! Lists the mechanisms that ship (`mod/*.mod`), so that whoever links this crate carries them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=../mod");
    let mut files: Vec<PathBuf> = fs::read_dir("../mod")?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "mod"));
    files.sort();
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    let mut list = fs::File::create(Path::new(&out).join("shipped.rs"))?;
    writeln!(list, "&[")?;
    for file in files {
        let path = fs::canonicalize(&file)?;
        let name = Path::new("mod").join(file.file_name().unwrap_or_default());
        writeln!(list, "    ({name:?}, include_bytes!({path:?})),")?;
    }
    writeln!(list, "]")
}
