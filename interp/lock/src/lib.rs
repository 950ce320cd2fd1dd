//! The switch: how many threads may be attached at once?
//!
//! A thread touches the heap only while it is attached. `attach`, `detach` and `poll` are the whole interface, and the lock
//! mode is nothing but their answer. Blocking calls detach first and attach again after.
//!
//! This crate knows nothing of values, of the heap or of scripts, so that loom checks its protocols as they are. Read
//! `poll.rs` for how a thread is asked to stop, `gil.rs` and `world.rs` for the two ways of sharing, then `domain.rs`,
//! `object_lock.rs` and `slot.rs` for what keeps objects whole where threads run at once.

pub mod domain;
mod gil;
mod mode;
pub mod object_lock;
mod poll;
pub mod slot;
mod sync;
pub mod waiters;
mod world;

use std::ops::Deref;
use std::time::Duration;

pub use gil::DEFAULT_SWITCH_INTERVAL;
pub use mode::LockMode;
pub use poll::{COLLECT, FINALISE, GIVE_UP_LOCK, PollWord, SECOND_TRY, SIGNAL, STOP, STRESS, WATCH};
pub use world::ThreadState;

/// The lock of one interpreter: the only place where the mode decides anything.
pub struct Lock {
    mode: LockMode,
    own_domains: bool,
    gil: gil::Gil,
    world: world::World,
    domains: domain::Domains,
}

/// No other thread is attached while this lives; [`Stopped::resume`] lets them go on.
pub struct Stopped<'a>(Option<world::Stopped<'a>>);

impl Lock {
    /// An open lock. With `own_domains` each thread gets a domain id of its own in every mode, which is what tools need that
    /// watch who writes whose objects; without it only where threads run at once.
    pub fn new(mode: LockMode, own_domains: bool) -> Lock {
        let (gil, world, domains) = (gil::Gil::new(), world::World::new(), domain::Domains::new());
        Lock { mode, own_domains, gil, world, domains }
    }

    /// The mode, to name it or to hand it on. Whoever wants to decide by it asks one of the questions below.
    pub fn mode(&self) -> LockMode {
        self.mode
    }

    /// Whether several threads may be attached at once, so that a plain read may see another's write half way.
    pub fn may_run_at_once(&self) -> bool {
        self.mode == LockMode::None
    }

    /// Whether threads of a script reach each other's objects; otherwise each is a process with copies.
    pub fn threads_share_memory(&self) -> bool {
        self.mode != LockMode::Process
    }

    /// Whether threads differ in their domains, so that what several of them reach must be published.
    pub fn has_own_domains(&self) -> bool {
        self.own_domains || self.may_run_at_once()
    }

    /// The domain of a new thread.
    pub fn new_domain(&self) -> u32 {
        if self.has_own_domains() { self.domains.fresh() } else { domain::LOCAL }
    }

    /// Lets the thread touch the heap.
    pub fn attach(&self, thread: &ThreadState, poll: &PollWord) {
        if self.may_run_at_once() { self.world.attach(thread) } else { self.gil.acquire(poll) }
    }

    /// The thread touches the heap no more.
    pub fn detach(&self, thread: &ThreadState) {
        if self.may_run_at_once() { self.world.detach(thread) } else { self.gil.release() }
    }

    /// At a safepoint: does what the `reasons` of the thread's poll word ask of the lock.
    pub fn serve(&self, thread: &ThreadState, poll: &PollWord, reasons: u32) {
        if reasons & STOP != 0 {
            self.world.park(thread);
        }
        if reasons & GIVE_UP_LOCK != 0 {
            self.gil.hand_over(poll);
        }
    }

    /// At a safepoint: lets another thread run, if one waits for its turn.
    pub fn yield_turn(&self, poll: &PollWord) {
        if self.may_run_at_once() { std::thread::yield_now() } else { self.gil.hand_over(poll) }
    }

    /// Stops every other thread. The caller is attached as `me`; `threads` are all threads that may be attached, with the
    /// words through which they are asked. A global lock has them stopped already.
    pub fn stop<'a, T: Deref<Target = ThreadState>>(
        &'a self,
        me: &ThreadState,
        threads: impl FnOnce() -> Vec<(T, PollWord)>,
    ) -> Stopped<'a> {
        Stopped(self.may_run_at_once().then(|| self.world.stop(me, threads)))
    }

    /// How long a thread waits for the global lock before it asks for it.
    pub fn switch_interval(&self) -> Duration {
        self.gil.interval()
    }

    /// Changes how long a thread waits for the global lock before it asks for it.
    pub fn set_switch_interval(&self, interval: Duration) {
        self.gil.set_interval(interval);
    }
}

impl Stopped<'_> {
    /// Lets every thread go on; the caller's own state, `me`, is attached as before.
    pub fn resume(self, me: &ThreadState) {
        if let Some(stopped) = self.0 {
            stopped.resume(me);
        }
    }
}
