//! SQLite for those who know nothing of C: connections, statements, blobs, backups, and what the engine calls back.
//!
//! The engine is in its serialized mode, so a connection may be used by any thread. What a statement, blob or connection calls
//! back goes to the [`Host`] that the thread has named with [`with_host`]; a panic in it goes on when the engine has returned.

mod backup;
mod blob;
mod connection;
mod functions;
mod host;
mod statement;
mod values;

pub use blob::Blob;
pub use connection::{Connection, Failure, complete, version, version_number};
pub use host::{Aggregate, Args, Host, Refusal, with_host};
pub use libsqlite3_sys as raw;
pub use statement::{Statement, Step};
pub use values::Value;
