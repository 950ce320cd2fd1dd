//! Process mode: object graphs that travel, and the processes they travel between.
//!
//! `codec/` turns a graph into bytes and back. `worker.rs` starts processes of this same program and follows them to their
//! end; `serve.rs` is what such a process does; `frame.rs` is what goes over the wire between them. `arena.rs` is the memory that
//! all of them share, where locks and queues lie: `mailbox.rs` is a queue.

mod arena;
pub mod codec;
mod frame;
pub mod mailbox;
mod serve;
mod worker;

pub(crate) use arena::{Arena, WORDS, lock_output};
pub use serve::serve;
pub use worker::{
    Kind, Reply, Worker, Workers, call_message, finish, join, reply_value, start, start_pool_worker, warm,
};
pub(crate) use worker::{has_others, report_deaths};
