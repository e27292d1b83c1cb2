//! The command: model files, morphologies, results, and runs of the program itself.

mod build;
mod demo;
mod fixture;
mod model_file;
mod morphology;
mod names;
mod plot;
mod program;
mod results;
mod schema;
