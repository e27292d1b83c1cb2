//! The command: model files, morphologies, results, and runs of the program itself.

mod build;
mod fixture;
mod model_file;
mod morphology;
mod names;
mod plot;
mod results;
mod schema;
