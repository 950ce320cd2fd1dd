//! Process mode: object graphs that travel, and the processes they travel between.
//!
//! `codec/` turns a graph into bytes and back. `worker.rs` starts processes of this same program and follows them to their
//! end; `serve.rs` is what such a process does; `frame.rs` is what goes over the wire between them.

pub mod codec;
mod frame;
mod serve;
mod worker;

pub use serve::serve;
pub use worker::{Kind, Reply, Worker, Workers, call_message, finish, reply_value, start, start_pool_worker, warm};
