//! `cargo bench`: what the compiler and the simulation cost in this process.
//!
//! Two tables: the time to compile each of ten mechanisms, by stage, and the time per compartment
//! and step of the ring in `bench/ring.toml`. Each figure is the median of several repetitions.
//! `./x bench` sets the same work beside NEURON's.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use nmodl::codegen::Options;
use nmodl::mechanism::Compiled;
use nmodl::source::{NoIncludes, SourceMap};
use nmodlrs::build::{self, Surroundings};
use nmodlrs::model::ModelText;
use runtime::Simulation;
use runtime::library::Library;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TEN: [&str; 10] = [
    "cabpump", "cachan1", "camchan", "capmpr", "capump", "invlfire", "khhchan", "nacaex", "nachan",
    "release",
];
const COMPARTMENTS: usize = 64 * 91;
const REPETITIONS: usize = 7;
const STEPS: usize = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo test --benches` only wants to know that it runs.
    let short = !std::env::args().any(|argument| argument == "--bench");
    compile_ten(if short { 1 } else { REPETITIONS })?;
    run_ring(if short { 1 } else { REPETITIONS })
}

fn compile_ten(repetitions: usize) -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "{:<12} {:>9} {:>9} {:>9} {:>9}   ms",
        "compile", "parse", "IR", "codegen", "all"
    );
    let mut sums = [Duration::ZERO; 4];
    for name in TEN {
        let path = Path::new(ROOT).join("mod").join(name).with_extension("mod");
        let text = std::fs::read(&path)?;
        let mut runs = Vec::new();
        for _ in 0..repetitions {
            runs.push(compile(name, &text)?);
        }
        let medians: [Duration; 4] =
            std::array::from_fn(|i| median(runs.iter().map(|run| run[i]).collect()));
        for (sum, time) in sums.iter_mut().zip(medians) {
            *sum += time;
        }
        print_times(name, &medians);
    }
    print_times("all ten", &sums);
    Ok(())
}

/// Parse, IR, codegen, all.
fn compile(name: &str, text: &[u8]) -> Result<[Duration; 4], String> {
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
    .map_err(|_| format!("{name} does not compile"))?;
    let all = start.elapsed();
    let of = |stage: &str| -> Duration {
        output
            .timings
            .iter()
            .filter(|t| t.stage == stage)
            .map(|t| t.time)
            .sum()
    };
    let (parse, codegen) = (of("parse"), of("codegen"));
    let total: Duration = output.timings.iter().map(|t| t.time).sum();
    Ok([parse, total - parse - codegen, codegen, all])
}

fn print_times(name: &str, times: &[Duration]) {
    print!("{name:<12}");
    for time in times {
        print!(" {:>9.3}", time.as_secs_f64() * 1e3);
    }
    println!();
}

fn run_ring(repetitions: usize) -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "\n{:<28} {:>9}   ns per compartment and step",
        "ring of 64 hh cells", ""
    );
    for (name, set) in [
        ("hh's TABLE", None),
        ("exact rates", Some("globals.hh.usetable=0")),
    ] {
        let mut simulation = ring(set)?;
        let mut times = Vec::new();
        for _ in 0..repetitions {
            simulation.initialize(Some(-65.0))?;
            let start = Instant::now();
            for _ in 0..STEPS {
                simulation.advance()?;
            }
            times.push(start.elapsed());
        }
        let per_step = median(times).as_secs_f64() * 1e9 / (STEPS * COMPARTMENTS) as f64;
        println!("{name:<28} {per_step:>9.2}");
    }
    Ok(())
}

fn ring(set: Option<&str>) -> Result<Simulation, Box<dyn std::error::Error>> {
    let path = Path::new(ROOT).join("bench/ring.toml");
    let sets: Vec<String> = set.map(str::to_owned).into_iter().collect();
    let text = ModelText::new("ring.toml", &std::fs::read_to_string(path)?, &sets);
    let file = text.read().map_err(|problems| problems.to_string())?;
    let mut shipped = Shipped(Library::shipped()?);
    let built = build::build(&file, &mut shipped).map_err(|error| format!("{error:?}"))?;
    Ok(Simulation::new(built.model)?)
}

/// The mechanisms that ship, and no files.
struct Shipped(Library);

impl Surroundings for Shipped {
    fn mechanism_names(&self) -> Vec<String> {
        self.0.names().map(str::to_owned).collect()
    }

    fn mechanism(&mut self, name: &str) -> Result<Arc<Compiled>, String> {
        self.0.compile(name).map_err(|error| error.to_string())
    }

    fn read(&mut self, _: &str) -> io::Result<String> {
        Err(io::ErrorKind::NotFound.into())
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
