//! `cargo bench --bench compile`: the time to compile mechanisms of many sizes, by stage.
//!
//! Each figure is the smallest of several repetitions, in milliseconds; the last column is what the
//! states of an instance take for a step, in nanoseconds: code that is made faster must not run slower. Files named on the command
//! line are compiled instead: `cargo bench --bench compile -- file.mod`.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use nmodl::abi::Kernel;
use nmodl::codegen::Options;
use nmodl::ir::memory::Memory;
use nmodl::mechanism::Compiled;
use nmodl::source::{NoIncludes, SourceMap};

mod texts;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` only wants to know that it runs.
    let short = !arguments.iter().any(|argument| argument == "--bench");
    let files: Vec<_> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let mut cases = Vec::new();
    for file in &files {
        cases.push((file.to_string(), std::fs::read(file)?));
    }
    if cases.is_empty() {
        cases = own(short)
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect();
    }
    let mut out = io::stdout();
    writeln!(
        out,
        "{:<20} {:>6} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>9}   ms",
        "", "lines", "parse", "lower", "passes", "codegen", "all", "bytes", "ns/state"
    )?;
    for (name, text) in cases {
        let lines = text.iter().filter(|&&byte| byte == b'\n').count();
        let mut best: Option<Times> = None;
        let start = Instant::now();
        for _ in 0..if short { 1 } else { 15 } {
            let times = compile(&name, &text)?;
            if best.as_ref().is_none_or(|best| times.all < best.all) {
                best = Some(times);
            }
            if start.elapsed() > Duration::from_secs(3) {
                break;
            }
        }
        let Some(times) = best else { continue };
        write!(out, "{name:<20} {lines:>6}")?;
        for time in [
            times.parse,
            times.lower,
            times.passes,
            times.codegen,
            times.all,
        ] {
            write!(out, " {:>8.3}", time.as_secs_f64() * 1e3)?;
        }
        writeln!(out, " {:>9} {:>9.0}", times.bytes, times.state)?;
    }
    Ok(())
}

/// The mechanisms of [`texts`].
fn own(short: bool) -> Vec<(&'static str, String)> {
    if short {
        return vec![("pump, 10 shells", texts::pump(10))];
    }
    vec![
        ("channel", texts::channel()),
        ("scheme, 13 states", texts::markov(13)),
        ("scheme, 60 states", texts::markov(60)),
        ("pump, 4 shells", texts::pump(4)),
        ("pump, 10 shells", texts::pump(10)),
        ("pump, 50 shells", texts::pump(50)),
        ("pump, 100 shells", texts::pump(100)),
        ("pump, 240 shells", texts::pump(240)),
        ("pathway, 20", texts::pathway(20)),
        ("pathway, 150", texts::pathway(150)),
        ("gates, 110", texts::gates(110)),
        ("VERBATIM, 200", texts::verbatim(200)),
        ("VERBATIM, 4000", texts::verbatim(4000)),
    ]
}

struct Times {
    parse: Duration,
    lower: Duration,
    passes: Duration,
    codegen: Duration,
    all: Duration,
    bytes: usize,
    /// Nanoseconds that the state kernel takes for an instance.
    state: f64,
}

fn compile(name: &str, text: &[u8]) -> Result<Times, String> {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, text);
    let start = Instant::now();
    let output = nmodl::compile(
        &mut sources,
        file,
        &mut NoIncludes,
        Options::default(),
        &mut |_| {},
    )
    .map_err(|diagnostics| format!("{name} does not compile: {}", diagnostics[0].message))?;
    let all = start.elapsed();
    let of = |wanted: &dyn Fn(&str) -> bool| -> Duration {
        let stages = output.timings.iter().filter(|t| wanted(t.stage));
        stages.map(|t| t.time).sum()
    };
    let named = ["parse", "lower", "codegen"];
    Ok(Times {
        parse: of(&|stage| stage == "parse"),
        lower: of(&|stage| stage == "lower"),
        passes: of(&|stage| !named.contains(&stage)),
        codegen: of(&|stage| stage == "codegen"),
        all,
        bytes: output.listings.iter().map(|listing| listing.bytes).sum(),
        state: time_state(&output.mechanism),
    })
}

/// Nanoseconds for one of many instances.
fn time_state(mechanism: &Compiled) -> f64 {
    const INSTANCES: usize = 64;
    let node: Vec<u32> = (0..INSTANCES as u32).collect();
    let mut memory = Memory::new(mechanism.description(), &node, INSTANCES);
    memory.nodes[0].fill(-60.0);
    let kernels = mechanism.kernels();
    let mut run = |kernel: Option<Kernel>| {
        if let Some(kernel) = kernel {
            // SAFETY: `with_args` gives pointers to memory of the shape that the description says,
            // and the mechanism is alive.
            memory.with_args(0..INSTANCES, |args| unsafe { kernel(args) });
        }
    };
    run(kernels.initial);
    let mut best = f64::INFINITY;
    for _ in 0..20 {
        let start = Instant::now();
        run(kernels.state);
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / INSTANCES as f64
}
