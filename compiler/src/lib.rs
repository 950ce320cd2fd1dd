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
pub mod surrogate;
mod typo;
mod unparse;
pub mod verify;

pub use codegen::{Listed, Place};
pub use compile::{Mode, Settings, Tree, compile, compile_tree, compile_with_settings, compile_with_warnings};
pub use lexer::{ListedToken, Manner, doubtful_escapes, list_tokens};
pub use parser::{expression_text, is_incomplete, parse, parse_expression, parse_function_type, parse_interactive};
pub use scope::table;
