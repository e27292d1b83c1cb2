//! The command: model files, morphologies, results, and runs of the program itself.

mod model_file;
mod morphology;
mod names;
mod plot;
mod results;
mod schema;
