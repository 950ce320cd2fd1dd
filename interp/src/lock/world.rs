//! Stopping the world.
//!
//! Each thread has a state word. `ATTACHED` means that it may touch the heap. Attaching and stopping are a Dekker pair, all
//! sequentially consistent: a thread stores `ATTACHED`, then reads `stopping`; the stopper stores `stopping`, then reads the
//! states. One of the two must see the other, so no thread runs through a stop.
//!
//! | state      | set by                                          | cleared by                     |
//! |------------|-------------------------------------------------|--------------------------------|
//! | `ATTACHED` | its thread, on attach                            | its thread, on detach or park  |
//! | `stopping` | a stopper that holds the registry                | the same stopper, on resume    |
//!
//! A thread on the fast path touches its own state word and reads `stopping`, which changes only with a stop: nothing is
//! shared and written, however many threads attach.

use super::PollWord;
use crate::sync::{AtomicBool, AtomicU8, Condvar, Mutex, MutexGuard, Ordering};

const DETACHED: u8 = 0;
const ATTACHED: u8 = 1;

/// A thread's state word, on a cache line of its own.
#[repr(align(128))]
pub(crate) struct ThreadState {
    state: AtomicU8,
}

impl ThreadState {
    pub(crate) fn new() -> ThreadState {
        ThreadState { state: AtomicU8::new(DETACHED) }
    }
}

/// The threads of an interpreter and whether they are to stand still.
pub(crate) struct World {
    /// Read after `ATTACHED` is stored, written before the states are read; see the module's head.
    stopping: AtomicBool,
    /// Guards the waiting of both sides; held by a stopper for the whole stop.
    gate: Mutex<()>,
    /// Signalled when a thread detaches or parks during a stop.
    parked: Condvar,
    /// Signalled when a stop ends.
    resumed: Condvar,
    /// Held by whoever stops the world: one at a time.
    stopper: Mutex<()>,
}

/// The world stands still while this lives.
pub(crate) struct Stopped<'a> {
    world: &'a World,
    _stopper: MutexGuard<'a, ()>,
}

impl World {
    pub(crate) fn new() -> World {
        World {
            stopping: AtomicBool::new(false),
            gate: Mutex::new(()),
            parked: Condvar::new(),
            resumed: Condvar::new(),
            stopper: Mutex::new(()),
        }
    }

    /// Lets the thread touch the heap, after any stop in progress.
    pub(crate) fn attach(&self, thread: &ThreadState) {
        loop {
            thread.state.store(ATTACHED, Ordering::SeqCst);
            if !self.stopping.load(Ordering::SeqCst) {
                return;
            }
            self.detach(thread);
            let mut gate = self.gate.lock();
            while self.stopping.load(Ordering::SeqCst) {
                gate = self.resumed.wait(gate);
            }
        }
    }

    /// The thread touches the heap no more.
    pub(crate) fn detach(&self, thread: &ThreadState) {
        thread.state.store(DETACHED, Ordering::SeqCst);
        if self.stopping.load(Ordering::SeqCst) {
            let _gate = self.gate.lock();
            self.parked.notify_all();
        }
    }

    /// Stands still until a stop in progress, if any, is over.
    pub(crate) fn park(&self, thread: &ThreadState) {
        if self.stopping.load(Ordering::SeqCst) {
            self.detach(thread);
            self.attach(thread);
        }
    }

    /// Stops every other thread. The caller is attached as `me`; `threads` are all threads that may be attached, with the
    /// words through which they are asked. If another thread is stopping the world, this one parks first.
    pub(crate) fn stop<'a, T: std::ops::Deref<Target = ThreadState>>(
        &'a self,
        me: &ThreadState,
        threads: impl FnOnce() -> Vec<(T, PollWord)>,
    ) -> Stopped<'a> {
        self.detach(me);
        let stopper = self.stopper.lock();
        self.stopping.store(true, Ordering::SeqCst);
        let threads = threads();
        for (_, poll) in &threads {
            poll.request(super::STOP);
        }
        let mut gate = self.gate.lock();
        while threads.iter().any(|(thread, _)| thread.state.load(Ordering::SeqCst) == ATTACHED) {
            gate = self.parked.wait(gate);
        }
        drop(gate);
        for (_, poll) in &threads {
            poll.clear(super::STOP);
        }
        Stopped { world: self, _stopper: stopper }
    }
}

impl Stopped<'_> {
    /// Lets every thread go on; the caller's own state becomes attached.
    pub(crate) fn resume(self, me: &ThreadState) {
        {
            let _gate = self.world.gate.lock();
            self.world.stopping.store(false, Ordering::SeqCst);
            self.world.resumed.notify_all();
        }
        let world = self.world;
        drop(self);
        world.attach(me);
    }
}
