//! The memory that the processes of a program share, where locks, queues and plain words lie. It knows of no value and no
//! thread: only of words, futexes and whether a process has ended.

pub(crate) mod arena;
pub mod cell;
mod ended;
mod words;

pub use ended::has_ended;
pub use words::SharedWords;
