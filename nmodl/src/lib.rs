//! NMODL compiler: `.mod` text in, native mechanism kernels out.
//!
//! Each module is a stage, in this order:
//!
//! 1. [`source`] holds the texts and turns byte offsets into lines and columns.
//! 2. [`syntax`] parses a text with pest into a [tree](syntax::ast) in NMODL's words.
//!    The C of VERBATIM blocks is read by [`verbatim`] when it is lowered.
//! 3. [`sema`] reads the declarations: what each name means, and the
//!    [description](mechanism::Mechanism) of the mechanism with its storage laid out.
//! 4. [`lower`] turns blocks into the [IR](ir), which still has calls, SOLVEs and reactions.
//! 5. [`pass`] removes those one after the other and then makes the code fast; the list of
//!    passes is [`pass::PASSES`].
//! 6. [`codegen`] makes native code of the IR with Cranelift: [kernels](mechanism::Kernels) that
//!    follow the [contract](abi) with whoever calls them. The [interpreter](ir::interpret)
//!    gives the same bits, slowly.
//!
//! FUNCTIONs and PROCEDUREs that are called by name take steps 5 and 6 when they are called for
//! the first time ([`callable`]), differential equations when an integrator with variable steps
//! asks for their derivatives ([`ode`]).
//!
//! What is wrong with a text is [plain data](diagnostic) from every stage. [`units`] knows
//! NEURON's units, [`math`] the elementary functions. [`lint`] says what compiles but is
//! probably not meant; [`mod@format`] lays a text out anew.
//!
//! [`check()`] and [`compile()`] go the whole way. The crate reads no files, knows no simulator, and
//! does not panic on any text.

pub mod abi;
pub mod callable;
pub mod codegen;
mod compile;
pub mod diagnostic;
pub mod format;
pub mod function_table;
pub mod ir;
pub mod lint;
pub mod lower;
pub mod math;
pub mod mechanism;
pub mod ode;
pub mod pass;
pub mod sema;
pub mod source;
pub mod syntax;
pub mod units;
pub mod verbatim;

pub use compile::{Observer, Output, Stage, Timing, check, check_with_units, compile};
