//! Source text to verified bytecode. Pure: no I/O, no unsafe, knows nothing of values or threads.
#![forbid(unsafe_code)]

pub mod ast;
pub mod code;
pub mod encoding;
mod lexer;
pub mod opcode;
mod parser;
pub mod report;
pub mod source;

pub use parser::{parse, parse_expression};
