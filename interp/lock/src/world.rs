//! Stopping the world.
//!
//! Each thread has a state word. `ATTACHED` means that it may touch the heap. Attaching and stopping are a Dekker pair: a
//! thread stores `ATTACHED`, then reads `stopping`; the stopper stores `stopping`, then reads the states. A sequentially
//! consistent fence stands between store and read on both sides, so one of the two must see the other, and no thread runs
//! through a stop. Detaching is such a pair too: either the stopper sees `DETACHED`, or the thread sees that it has to wake
//! the stopper. What is done to the heap while attached, and during the stop, passes on by Release and Acquire.
//!
//! | state      | set by                                          | cleared by                     |
//! |------------|-------------------------------------------------|--------------------------------|
//! | `ATTACHED` | its thread, on attach                            | its thread, on detach or park  |
//! | `stopping` | a stopper that holds the registry                | the same stopper, on resume    |
//!
//! A thread on the fast path touches its own state word and reads `stopping`, which changes only with a stop: nothing is
//! shared and written, however many threads attach.

use crate::PollWord;
use crate::sync::{AtomicBool, AtomicU8, Condvar, Mutex, MutexGuard, Ordering, fence};

const DETACHED: u8 = 0;
const ATTACHED: u8 = 1;

/// A thread's state word, on a cache line of its own.
#[repr(align(128))]
pub struct ThreadState {
    /// Stored by its thread (Release), read by a stopper (Acquire).
    state: AtomicU8,
}

impl Default for ThreadState {
    fn default() -> Self {
        Self::new()
    }
}

impl ThreadState {
    /// The state of a thread that is not attached.
    pub fn new() -> ThreadState {
        ThreadState { state: AtomicU8::new(DETACHED) }
    }
}

/// The threads of an interpreter and whether they are to stand still.
pub(crate) struct World {
    /// Written by the stopper (Release), read by every thread that attaches or detaches (Acquire); the module's head says
    /// between which fences.
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
            thread.state.store(ATTACHED, Ordering::Release);
            fence(Ordering::SeqCst);
            if !self.stopping.load(Ordering::Acquire) {
                return;
            }
            self.detach(thread);
            let mut gate = self.gate.lock();
            while self.stopping.load(Ordering::Acquire) {
                gate = self.resumed.wait(gate);
            }
        }
    }

    /// The thread touches the heap no more.
    pub(crate) fn detach(&self, thread: &ThreadState) {
        thread.state.store(DETACHED, Ordering::Release);
        fence(Ordering::SeqCst);
        if self.stopping.load(Ordering::Acquire) {
            let _gate = self.gate.lock();
            self.parked.notify_all();
        }
    }

    /// Stands still until a stop in progress, if any, is over.
    pub(crate) fn park(&self, thread: &ThreadState) {
        if self.stopping.load(Ordering::Acquire) {
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
        self.stopping.store(true, Ordering::Release);
        fence(Ordering::SeqCst);
        let threads = threads();
        for (_, poll) in &threads {
            poll.request(crate::STOP);
        }
        let mut gate = self.gate.lock();
        while threads.iter().any(|(thread, _)| thread.state.load(Ordering::Acquire) == ATTACHED) {
            gate = self.parked.wait(gate);
        }
        drop(gate);
        for (_, poll) in &threads {
            poll.clear(crate::STOP);
        }
        Stopped { world: self, _stopper: stopper }
    }
}

impl Stopped<'_> {
    /// Lets every thread go on; the caller's own state becomes attached.
    pub(crate) fn resume(self, me: &ThreadState) {
        {
            let _gate = self.world.gate.lock();
            self.world.stopping.store(false, Ordering::Release);
            self.world.resumed.notify_all();
        }
        let world = self.world;
        drop(self);
        world.attach(me);
    }
}

#[cfg(all(test, loom))]
mod loom_models {
    use loom::cell::UnsafeCell;
    use loom::sync::Arc;
    use loom::thread;

    use super::{ThreadState, World};
    use crate::PollWord;
    use crate::sync::check;

    /// A world of two threads and its heap. Loom's cell fails the model when one thread writes it while another uses it, or
    /// when the later does not see what the earlier wrote.
    struct Model {
        world: World,
        threads: [(Arc<ThreadState>, PollWord); 2],
        heap: UnsafeCell<u32>,
    }

    impl Model {
        fn new() -> Arc<Model> {
            let thread = || (Arc::new(ThreadState::new()), PollWord::new());
            Arc::new(Model { world: World::new(), threads: [thread(), thread()], heap: UnsafeCell::new(0) })
        }

        fn touch_heap(&self) {
            // SAFETY: loom itself checks that nobody else has the pointer.
            self.heap.with_mut(|heap| unsafe { *heap += 1 });
        }

        /// Touches the heap while the world is stopped by thread `me`, which is attached before and after.
        fn collect(&self, me: usize) {
            let me = &self.threads[me].0;
            let stopped = self.world.stop(me, || self.threads.to_vec());
            self.touch_heap();
            stopped.resume(me);
        }
    }

    #[test]
    fn no_thread_runs_through_a_stop() {
        check(|| {
            let model = Model::new();
            let other = {
                let model = Arc::clone(&model);
                thread::spawn(move || {
                    let (me, poll) = &model.threads[1];
                    model.world.attach(me);
                    model.touch_heap();
                    if poll.is_set() {
                        model.world.park(me);
                    }
                    model.touch_heap();
                    model.world.detach(me);
                })
            };
            model.world.attach(&model.threads[0].0);
            model.collect(0);
            model.world.detach(&model.threads[0].0);
            other.join().expect("the model's thread does not panic");
            // SAFETY: as above.
            assert_eq!(model.heap.with(|heap| unsafe { *heap }), 3);
        });
    }

    #[test]
    fn two_stops_follow_each_other() {
        check(|| {
            let model = Model::new();
            let other = {
                let model = Arc::clone(&model);
                thread::spawn(move || {
                    model.world.attach(&model.threads[1].0);
                    model.collect(1);
                    model.world.detach(&model.threads[1].0);
                })
            };
            model.world.attach(&model.threads[0].0);
            model.collect(0);
            model.world.detach(&model.threads[0].0);
            other.join().expect("the model's thread does not panic");
        });
    }

    #[test]
    fn a_stop_is_seen_by_who_attaches_after_it() {
        check(|| {
            let model = Model::new();
            let other = {
                let model = Arc::clone(&model);
                thread::spawn(move || {
                    for _ in 0..2 {
                        model.world.attach(&model.threads[1].0);
                        model.touch_heap();
                        model.world.detach(&model.threads[1].0);
                    }
                })
            };
            model.world.attach(&model.threads[0].0);
            model.collect(0);
            model.world.detach(&model.threads[0].0);
            other.join().expect("the model's thread does not panic");
        });
    }
}
