//! Values, heap, lock, threads, the loop, built-in types and functions.
//!
//! Start at `ctx.rs` for the rules that everything else follows, at `value.rs` for what a value is, at `lock/` for how
//! threads share the interpreter, and at `vm/` for how bytecode runs.

#![expect(
    bindings_with_variant_name,
    reason = "a variant of `Name` is spelled as scripts spell the name, some as plain as `name`"
)]

mod append;
pub mod ast;
pub mod audit;
mod barrier;
mod bootstrap;
pub mod builtin;
mod byte_enum;
pub mod codecs;
pub mod collect;
pub mod config;
pub mod ctx;
pub mod exit;
mod finalise;
pub mod functions;
mod heap;
mod hooks;
pub mod image;
pub mod import;
pub mod interp;
mod kind;
pub mod library;
pub mod memory;
pub mod names;
pub mod native;
pub mod object;
pub mod ops;
pub mod options;
pub mod origins;
pub mod process;
pub mod program;
pub mod run;
mod safepoint;
pub mod service;
pub mod shape;
pub mod shared;
pub mod signals;
mod stack;
mod stress;
pub mod struct_sequence;
pub mod threads;
pub mod traceback;
pub mod types;
pub mod value;
pub mod vm;
pub mod watch;

pub use argil_lock as lock;
pub use heap::Tracer;
pub use stack::size_that_leaves_room;
pub use stress::stress;
