//! The switch: how many threads may be attached at once?
//!
//! A thread touches the heap only while it is attached. `attach`, `detach` and `poll` are the whole interface, and the lock
//! mode is nothing but their answer. Blocking calls detach first and attach again after.

pub mod domain;
pub(crate) mod gil;
pub mod object_lock;
pub(crate) mod slot;
pub(crate) mod world;

use std::str::FromStr;

use crate::sync::{AtomicU32, Ordering};

pub use gil::DEFAULT_SWITCH_INTERVAL;

/// How threads share the interpreter.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub enum LockMode {
    /// A global lock: threads take turns.
    Gil,
    /// No lock: all threads run at once.
    None,
    /// A process per worker: nothing is shared.
    Process,
}

impl LockMode {
    /// All modes, in the order in which they are compared.
    pub const ALL: [LockMode; 3] = [LockMode::Gil, LockMode::None, LockMode::Process];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            LockMode::Gil => "gil",
            LockMode::None => "none",
            LockMode::Process => "process",
        }
    }
}

impl std::fmt::Display for LockMode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for LockMode {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        LockMode::ALL
            .into_iter()
            .find(|mode| mode.name() == name)
            .ok_or_else(|| format!("unknown lock mode '{name}': choose gil, none or process"))
    }
}

/// Another thread waits for the lock: hand it over.
pub(crate) const GIVE_UP_LOCK: u32 = 1;
/// Stand still.
pub(crate) const STOP: u32 = 2;
/// This thread's allocation passed the limit: collect.
pub(crate) const COLLECT: u32 = 4;
/// A signal arrived: the main thread handles it.
pub(crate) const SIGNAL: u32 = 8;
/// A stress mode is on: never clear.
pub(crate) const STRESS: u32 = 16;

/// The one word that a thread reads at every safepoint: why it should leave the fast path, or zero.
///
/// Set by anyone (Release: what the request refers to was written before), read by its thread (Relaxed on the fast path,
/// then Acquire), each bit cleared by whoever serves it.
#[derive(Clone)]
pub(crate) struct PollWord(std::sync::Arc<PollCell>);

#[repr(align(128))]
struct PollCell(AtomicU32);

impl PollWord {
    pub(crate) fn new() -> PollWord {
        PollWord(std::sync::Arc::new(PollCell(AtomicU32::new(0))))
    }

    /// Asks the thread to serve `reason`.
    pub(crate) fn request(&self, reason: u32) {
        self.0.0.fetch_or(reason, Ordering::AcqRel);
    }

    /// `reason` is served.
    pub(crate) fn clear(&self, reason: u32) {
        self.0.0.fetch_and(!reason, Ordering::AcqRel);
    }

    /// The reasons.
    pub(crate) fn reasons(&self) -> u32 {
        self.0.0.load(Ordering::Acquire)
    }

    /// Whether there is any reason.
    #[inline(always)]
    pub(crate) fn is_set(&self) -> bool {
        self.0.0.load(Ordering::Relaxed) != 0
    }
}

/// The lock of one interpreter.
pub(crate) struct Lock {
    pub(crate) mode: LockMode,
    pub(crate) gil: gil::Gil,
    pub(crate) world: world::World,
    pub(crate) domains: domain::Domains,
}

impl Lock {
    pub(crate) fn new(mode: LockMode) -> Lock {
        Lock { mode, gil: gil::Gil::new(), world: world::World::new(), domains: domain::Domains::new() }
    }

    /// Lets the thread touch the heap.
    pub(crate) fn attach(&self, thread: &world::ThreadState, poll: &PollWord) {
        match self.mode {
            LockMode::None => self.world.attach(thread),
            LockMode::Gil | LockMode::Process => self.gil.acquire(poll),
        }
    }

    /// The thread touches the heap no more.
    pub(crate) fn detach(&self, thread: &world::ThreadState) {
        match self.mode {
            LockMode::None => self.world.detach(thread),
            LockMode::Gil | LockMode::Process => self.gil.release(),
        }
    }

    /// The domain of a new thread.
    pub(crate) fn new_domain(&self) -> u32 {
        match self.mode {
            LockMode::None => self.domains.fresh(),
            LockMode::Gil | LockMode::Process => domain::LOCAL,
        }
    }
}
