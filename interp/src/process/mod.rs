//! Process mode: object graphs that travel, and the processes they travel between.
//!
//! `codec/` turns a graph into bytes and back. `worker.rs` starts a process of this same program and follows it to its
//! end, `workers.rs` keeps those of an interpreter; `serve.rs` is what such a process does; `frame.rs` is what goes over the wire between them. `mailbox.rs`
//! is a queue in the memory that all of them share (`shared/`), `wait.rs` and `wait_queue.rs` sleep there.

pub mod codec;
mod frame;
pub mod mailbox;
mod serve;
pub mod wait;
pub mod wait_queue;
mod worker;
mod workers;

pub use serve::serve;
pub use worker::{Reply, Worker};
pub use workers::{Kind, Spawner, Workers, call_message, crashed, finish, join, reply_value, start, warm};
pub(crate) use workers::{has_others, report_deaths};

use std::sync::Arc;

use crate::heap::Tracer;
use crate::interp::Interpreter;
use crate::service::Service;

/// What an interpreter keeps of other processes.
#[derive(Default)]
pub(crate) struct Processes {
    /// What crossed, so that it is recognised when it comes back.
    pub(crate) homes: codec::Homes,
    /// Its worker processes.
    pub(crate) workers: Arc<Workers>,
}

impl Service for Processes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if self.workers.may_answer() {
            self.homes.trace(tracer);
        }
    }

    fn forget_dead(&self) {
        self.homes.forget_dead();
    }
}

impl Interpreter {
    /// What it keeps of other processes.
    pub(crate) fn processes(&self) -> &Processes {
        self.service()
    }
}
