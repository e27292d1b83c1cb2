//! The command: model files, morphologies, results, and runs of the program itself.

mod build;
mod demo;
mod failures;
mod fixture;
mod model_file;
mod morphology;
mod names;
mod plot;
mod process;
mod program;
mod results;
mod runs;
mod schema;
