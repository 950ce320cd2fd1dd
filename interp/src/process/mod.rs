//! Process mode: object graphs that travel, and the processes they travel between.
//!
//! `codec/` turns a graph into bytes and back. `worker.rs` starts a process of this same program and follows it to its
//! end, `workers.rs` keeps those of an interpreter; `serve.rs` is what such a process does; `frame.rs` is what goes over the wire between them. `arena.rs` is the memory that
//! all of them share, where locks and queues lie: `mailbox.rs` is a queue, `words.rs` are plain words. `ended.rs`
//! asks whether any process has ended.

mod arena;
pub mod codec;
mod ended;
mod frame;
pub mod mailbox;
mod serve;
mod words;
mod worker;
mod workers;

pub(crate) use arena::{Arena, Guard, WORDS, lock_output};
pub use ended::has_ended;
pub use serve::serve;
pub use words::SharedWords;
pub use worker::{Reply, Worker};
pub use workers::{Kind, Spawner, Workers, call_message, crashed, finish, join, reply_value, start, warm};
pub(crate) use workers::{has_others, report_deaths};
