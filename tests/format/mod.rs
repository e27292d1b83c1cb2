//! `nmodl::format`: the layout, and that it changes nothing else.

use std::path::{Path, PathBuf};
use std::process::Command;

use nmodl::format::{FormatError, format};
use nmodl::source::{NoIncludes, SourceMap};
use nmodl::syntax::{self, print};

fn try_format(name: &str, bytes: &[u8]) -> Result<String, FormatError> {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, bytes);
    format(&sources, file)
}

/// Text before and after.
fn check(before: &str, after: &str) {
    let formatted = try_format("text.mod", before.as_bytes()).expect("no faults");
    assert_eq!(formatted, after);
    let again = try_format("text.mod", after.as_bytes()).expect("no faults");
    assert_eq!(again, after, "not the same when formatted again");
}

/// Text that is its own layout.
fn keeps(text: &str) {
    check(text, text);
}

#[test]
fn statements_have_lines_and_braces_indent() {
    check(
        "BREAKPOINT{SOLVE s METHOD cnexp ina=g*m^3*h*(v-ena)\n}\n",
        "BREAKPOINT {\n    SOLVE s METHOD cnexp\n    ina = g * m^3 * h * (v - ena)\n}\n",
    );
    check(
        "PROCEDURE p(v(mV)){if(v>-40&&!a){x=-1}\nelse if (v<=2) {x=exp( - v )}\nelse\n{ }}",
        "PROCEDURE p(v (mV)) {\n    if (v > -40 && !a) {\n        x = -1\n    } else if (v <= 2) {\n        \
         x = exp(-v)\n    } else {}\n}\n",
    );
}

#[test]
fn declarations() {
    check(
        "PARAMETER{g=.1(S/cm2)<0,1e9> e= -70 ( mV ) a[N]}STATE{m FROM -1 TO 1 START -.5 <1e-3>}",
        "PARAMETER {\n    g = .1 (S/cm2) <0, 1e9>\n    e = -70 (mV)\n    a[N]\n}\n\n\
         STATE {\n    m FROM -1 TO 1 START -.5 <1e-3>\n}\n",
    );
    check(
        "DEFINE N -5\nNEURON{POINT_PROCESS p USEION ca READ cai,eca WRITE ica VALENCE -2 \
         REPRESENTS  CHEBI:29108\nRANGE a,b}",
        "DEFINE N -5\n\nNEURON {\n    POINT_PROCESS p\n    USEION ca READ cai, eca WRITE ica \
         VALENCE -2 REPRESENTS CHEBI:29108\n    RANGE a, b\n}\n",
    );
    check(
        "UNITS{(mV)=(millivolt) F=(faraday)(coulomb) f=(foot)->(inch) k=1 (/ms)}",
        "UNITS {\n    (mV) = (millivolt)\n    F = (faraday) (coulomb)\n    f = (foot) -> (inch)\n    \
         k = 1 (/ms)\n}\n",
    );
    check(
        "FUNCTION_TABLE f(v(mV))(/ms)\n",
        "FUNCTION_TABLE f(v (mV)) (/ms)\n",
    );
}

#[test]
fn equations() {
    check(
        "KINETIC k{COMPARTMENT i,vol{ca b}~2ca[ 0 ]+b<->c(kf,kb)~ca<<(f*(1e4))~c->(k)CONSERVE a+2b=1}",
        "KINETIC k {\n    COMPARTMENT i, vol { ca b }\n    ~ 2 ca[0] + b <-> c (kf, kb)\n    \
         ~ ca << (f * (1e4))\n    ~ c -> (k)\n    CONSERVE a + 2 b = 1\n}\n",
    );
    check(
        "LINEAR l{~a*x+b=c ~+ - x=1}DERIVATIVE d{m'=(minf-m)/tau x''= -x}",
        "LINEAR l {\n    ~ a * x + b = c\n    ~+ -x = 1\n}\n\nDERIVATIVE d {\n    \
         m' = (minf - m) / tau\n    x'' = -x\n}\n",
    );
    check(
        "NET_RECEIVE(w(uS),u){INITIAL{u=0}WATCH(v>th)2,(v<th) -3\nnet_send(5,1)FROM i=0 TO n-1 BY 2{a[i]=-1}}",
        "NET_RECEIVE (w (uS), u) {\n    INITIAL {\n        u = 0\n    }\n    \
         WATCH (v > th) 2, (v < th) -3\n    net_send(5, 1)\n    FROM i = 0 TO n - 1 BY 2 {\n        \
         a[i] = -1\n    }\n}\n",
    );
}

#[test]
fn comments_stay() {
    check(
        "TITLE   gate : of a channel\n: first\n\n\n\n: second\nINITIAL{ : begins\nm=1:one\nhinf = 2  ? two\n\n: alone\n}: ends\n: after\nSTATE{m}",
        "TITLE gate : of a channel\n: first\n\n: second\nINITIAL {  : begins\n    m = 1     :one\n    \
         hinf = 2  ? two\n\n    : alone\n}  : ends\n\n: after\nSTATE {\n    m\n}\n",
    );
    check(
        "NEURON { RANGE a, : the first\n b, c\n}\nINITIAL { if (a) : why\n { b = 1 } : done\n else { b = 2 }\n}",
        "NEURON {\n    RANGE a,  : the first\n        b, c\n}\n\nINITIAL {\n    if (a)  : why\n    {\n        \
         b = 1\n    }  : done\n    else {\n        b = 2\n    }\n}\n",
    );
    keeps("COMMENT\n  as it\n is\nENDCOMMENT\n\nSTATE {\n    m\n}\n");
}

#[test]
fn raw_text_stays() {
    check(
        "INITIAL { VERBATIM\n  if (x)   {\n\treturn 0; }\n  ENDVERBATIM m = 1\n}",
        "INITIAL {\n    VERBATIM\n  if (x)   {\n\treturn 0; }\n    ENDVERBATIM m = 1\n}\n",
    );
    keeps("UNITSOFF\n\nINITIAL {\n    x = (0.001) * (1e3 (mV))\n    UNITSON\n}\n\nUNITSON\n");
}

#[test]
fn lines_of_a_statement_stay() {
    check(
        "INITIAL { x = a +\n b\n\n + c y = 1 }",
        "INITIAL {\n    x = a +\n        b\n        + c\n    y = 1\n}\n",
    );
}

#[test]
fn line_ends_and_encodings() {
    check(
        "STATE {\r\n  m\r\n  :x \r\n}\r",
        "STATE {\n    m\n    :x\n}\n",
    );
    let latin1 = try_format("text.mod", b"STATE { m } : 37 \xb0C").expect("no faults");
    assert_eq!(latin1, "STATE {\n    m\n}  : 37 \u{b0}C\n");
    assert_eq!(try_format("text.mod", b"").as_deref(), Ok(""));
}

#[test]
fn faulty_files_are_left_alone() {
    assert!(matches!(
        try_format("text.mod", b"INITIAL { x = }"),
        Err(FormatError::Faulty(found)) if found.len() == 1
    ));
}

/// Formats every file that parses: the tree is the same (which `format` itself checks, and this
/// once more by another way), and formatting again changes nothing. Returns how many there were.
fn check_folder(folder: &Path) -> usize {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let mut count = 0;
    for path in files {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).expect("a readable file");
        let formatted = match try_format(&name, &bytes) {
            Ok(formatted) => formatted,
            Err(FormatError::Faulty(_)) => continue,
            Err(FormatError::Changed) => panic!("{name}: the result would be another model"),
        };
        count += 1;
        let again = try_format(&name, formatted.as_bytes());
        assert_eq!(again.as_deref(), Ok(formatted.as_str()), "{name}");
        let text = nmodl::source::decode(&bytes)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        assert_eq!(canonical(&text), canonical(&formatted), "{name}");
        assert!(!formatted.contains('\r'), "{name}");
    }
    count
}

/// The tree printed anew, without INCLUDEs.
fn canonical(text: &str) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("text.mod", text);
    print::file(&syntax::parse(&mut sources, file, &mut NoIncludes).0)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "mod" || e == "inc") {
            files.push(path);
        }
    }
}

#[test]
fn models_of_this_project_keep_their_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(check_folder(&root.join("mod")) > 20);
    assert!(check_folder(&root.join("tests")) > 50);
}

/// With `NMODLRS_NEURON_PYTHON`, all mechanisms that come with NEURON; and those below the
/// folders of `NMODLRS_CORPUS`.
#[test]
fn models_of_others_keep_their_meaning() {
    if let Ok(folders) = std::env::var("NMODLRS_CORPUS") {
        for folder in folders.split(':') {
            let count = check_folder(Path::new(folder));
            println!("{folder}: {count} files");
        }
    }
    let Ok(python) = std::env::var("NMODLRS_NEURON_PYTHON") else {
        eprintln!("skipped: NMODLRS_NEURON_PYTHON names no python that can import neuron");
        return;
    };
    let script = "import neuron, os; print(os.path.dirname(neuron.__file__))";
    let output = Command::new(&python).args(["-c", script]).output();
    let output = output.expect("python runs");
    assert!(output.status.success(), "{python} cannot import neuron");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let package = Path::new(stdout.lines().last().unwrap_or("").trim());
    assert!(check_folder(package) > 20);
}
