//! Who answers what the engine calls back.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::values::Value;

/// Arguments of a function.
pub type Args = Vec<Value>;

/// Which aggregate: the function, and the group that it works on, if it has begun.
#[derive(Clone, Copy, Debug)]
pub struct Aggregate {
    /// The number that the function was defined with.
    pub function: u64,
    /// The group's number; 0 before it has one.
    pub group: u64,
}

/// Why there is no result.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// With a message.
    Error(String),
    /// There is no memory for it.
    NoMemory,
    /// It is longer than the engine takes.
    TooBig,
}

/// Answers callbacks. Functions are known by the numbers that they were defined with.
pub trait Host {
    /// The result of a function.
    fn call(&mut self, function: u64, args: Args) -> Result<Value, Refusal>;
    /// Another row of a group.
    fn step(&mut self, aggregate: Aggregate, args: Args) -> Result<(), Refusal>;
    /// A row that leaves a window.
    fn inverse(&mut self, aggregate: Aggregate, args: Args) -> Result<(), Refusal>;
    /// The result so far.
    fn value(&mut self, aggregate: Aggregate) -> Result<Value, Refusal>;
    /// The result.
    fn finish(&mut self, aggregate: Aggregate) -> Result<Value, Refusal>;
    /// How two texts compare.
    fn collate(&mut self, function: u64, a: &[u8], b: &[u8]) -> Ordering;
    /// Whether something may be done: the engine's code.
    fn authorize(&mut self, function: u64, action: i32, args: [Option<String>; 4]) -> i32;
    /// A statement begins.
    fn trace(&mut self, function: u64, sql: String);
    /// Whether to stop.
    fn progress(&mut self, function: u64) -> bool;
}

thread_local! {
    static HOSTS: RefCell<Vec<*mut dyn Host>> = const { RefCell::new(Vec::new()) };
    static PANIC: Cell<Option<Box<dyn Any + Send>>> = const { Cell::new(None) };
}

/// Runs `f`; whatever the engine calls back meanwhile on this thread, `host` answers.
pub fn with_host<R>(host: &mut dyn Host, f: impl FnOnce() -> R) -> R {
    struct Pop;
    impl Drop for Pop {
        fn drop(&mut self) {
            HOSTS.with_borrow_mut(|hosts| hosts.pop());
        }
    }
    let host: *mut (dyn Host + '_) = host;
    // SAFETY: only the lifetime changes; the pointer is gone again before the borrow of `host` ends.
    let host = unsafe { std::mem::transmute::<*mut (dyn Host + '_), *mut dyn Host>(host) };
    HOSTS.with_borrow_mut(|hosts| hosts.push(host));
    let pop = Pop;
    let result = f();
    drop(pop);
    if let Some(panic) = PANIC.take() {
        resume_unwind(panic);
    }
    result
}

/// Asks the thread's host; `None` if it has none, or if it panics: then the engine is to stop.
pub(crate) fn ask<R>(f: impl FnOnce(&mut dyn Host) -> R) -> Option<R> {
    // A host that is asked is not there for what the engine calls back meanwhile; that names its own.
    let host = HOSTS.with_borrow_mut(|hosts| hosts.pop())?;
    // SAFETY: `with_host` holds the host's only borrow for as long as the pointer is in the list, it does nothing with it
    // itself, and the pointer has been taken out of the list, so nobody else makes a reference of it before it is back.
    let result = catch_unwind(AssertUnwindSafe(|| f(unsafe { &mut *host })));
    HOSTS.with_borrow_mut(|hosts| hosts.push(host));
    match result {
        Ok(result) => Some(result),
        Err(panic) => {
            PANIC.set(Some(panic));
            None
        }
    }
}
