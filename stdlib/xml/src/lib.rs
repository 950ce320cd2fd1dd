//! Reads XML 1.0 as expat does: the same events in the same order and pieces, the same errors at the same places. Nothing of
//! interpreters; no input makes it panic or recurse.
//!
//! Whoever uses it pushes bytes with [`Parser::feed`] and pulls events with [`Parser::next_event`]: between two events the
//! parser stands still, so that the user may do what it likes, even make another parser for an external entity.
#![forbid(unsafe_code)]

mod attributes;
mod chars;
mod content;
mod declarations;
mod decode;
mod doctype;
mod dtd;
mod error;
mod events;
mod namespaces;
mod parser;
mod scan;

pub use decode::Encoding;
pub use error::{Code, Failure};
pub use events::{Event, Model, ModelKind, Quantity};
pub use parser::{ExternalKind, Parser, Place, Step};
