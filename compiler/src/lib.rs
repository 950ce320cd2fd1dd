//! Source text to verified bytecode. Pure: no I/O, no unsafe, knows nothing of values or threads.
#![forbid(unsafe_code)]

pub mod ast;
pub mod code;
pub mod encoding;
pub mod opcode;
pub mod report;
pub mod source;
