//! Source text to verified bytecode. Pure: no I/O, no unsafe, knows nothing of values or threads.
#![forbid(unsafe_code)]

pub mod ast;
pub mod code;
mod codegen;
mod compile;
pub mod dis;
pub mod encoding;
pub mod image;
mod lexer;
pub mod marshal;
pub mod opcode;
mod parser;
mod registers;
pub mod report;
mod scope;
pub mod source;
pub mod suggestion;
mod typo;
pub mod verify;

pub use compile::{Mode, compile, compile_with_warnings};
pub use parser::{parse, parse_expression};
