//! The global lock: one thread at a time, handed over on request.
//!
//! A thread that waits longer than the switch interval asks the holder to let go, through the holder's poll word; the holder
//! then waits until another thread has really taken the lock, as CPython's does, so that a busy thread cannot starve the
//! others by being quick to come back.

use std::time::Duration;

use crate::PollWord;
use crate::sync::{Condvar, Mutex};

/// How long a thread waits before it asks for the lock: CPython's `sys.getswitchinterval()`.
pub const DEFAULT_SWITCH_INTERVAL: Duration = Duration::from_millis(5);

struct State {
    /// The poll word of the thread that holds the lock.
    holder: Option<PollWord>,
    /// Counts hand-overs, so that a thread that let go can see that another has run.
    switches: u64,
    /// Threads that wait.
    waiting: usize,
    interval: Duration,
}

/// The lock.
pub(crate) struct Gil {
    state: Mutex<State>,
    /// Signalled when the lock becomes free.
    freed: Condvar,
    /// Signalled when a thread takes the lock.
    taken: Condvar,
}

impl Gil {
    pub(crate) fn new() -> Gil {
        Gil {
            state: Mutex::new(State { holder: None, switches: 0, waiting: 0, interval: DEFAULT_SWITCH_INTERVAL }),
            freed: Condvar::new(),
            taken: Condvar::new(),
        }
    }

    /// Sets how long a waiting thread leaves the holder alone.
    pub(crate) fn set_interval(&self, interval: Duration) {
        self.state.lock().interval = interval;
    }

    /// The interval that [`Gil::set_interval`] set.
    pub(crate) fn interval(&self) -> Duration {
        self.state.lock().interval
    }

    /// Takes the lock for the thread with this poll word.
    pub(crate) fn acquire(&self, poll: &PollWord) {
        let mut state = self.state.lock();
        if state.holder.is_some() {
            state.waiting += 1;
            while state.holder.is_some() {
                let (seen, interval) = (state.switches, state.interval);
                let (locked, timed_out) = self.freed.wait_for(state, interval);
                state = locked;
                if timed_out
                    && state.switches == seen
                    && let Some(holder) = &state.holder
                {
                    holder.request(crate::GIVE_UP_LOCK);
                }
            }
            state.waiting -= 1;
        }
        state.holder = Some(poll.clone());
        state.switches += 1;
        poll.clear(crate::GIVE_UP_LOCK);
        self.taken.notify_all();
    }

    /// Lets go.
    pub(crate) fn release(&self) {
        self.state.lock().holder = None;
        self.freed.notify_one();
    }

    /// Lets another thread run, if one waits, and takes the lock again.
    pub(crate) fn hand_over(&self, poll: &PollWord) {
        let mut state = self.state.lock();
        if state.waiting == 0 {
            poll.clear(crate::GIVE_UP_LOCK);
            return;
        }
        let seen = state.switches;
        state.holder = None;
        self.freed.notify_one();
        while state.switches == seen && state.waiting > 0 {
            state = self.taken.wait(state);
        }
        drop(state);
        self.acquire(poll);
    }
}

#[cfg(all(test, loom))]
mod loom_models {
    use loom::cell::UnsafeCell;
    use loom::sync::Arc;
    use loom::thread;

    use super::Gil;
    use crate::PollWord;
    use crate::sync::check;

    /// A lock and what it protects. Loom's cell fails the model when two threads are inside at once.
    struct World {
        gil: Gil,
        heap: UnsafeCell<u32>,
    }

    impl World {
        fn new() -> Arc<World> {
            Arc::new(World { gil: Gil::new(), heap: UnsafeCell::new(0) })
        }

        fn touch_heap(&self) {
            // SAFETY: loom itself checks that nobody else has the pointer.
            self.heap.with_mut(|heap| unsafe { *heap += 1 });
        }

        fn touches(&self) -> u32 {
            // SAFETY: as above.
            self.heap.with(|heap| unsafe { *heap })
        }
    }

    #[test]
    fn who_asked_has_run_when_the_hand_over_returns() {
        check(|| {
            let world = World::new();
            let mine = PollWord::new();
            world.gil.acquire(&mine);
            let other = {
                let world = Arc::clone(&world);
                thread::spawn(move || {
                    world.gil.acquire(&PollWord::new());
                    world.touch_heap();
                    world.gil.release();
                })
            };
            world.touch_heap();
            let asked = mine.is_set();
            if asked {
                world.gil.hand_over(&mine);
                assert_eq!(world.touches(), 2);
                assert!(!mine.is_set());
            }
            world.gil.release();
            other.join().expect("the model's thread does not panic");
        });
    }

    #[test]
    fn threads_that_hand_over_to_each_other_exclude_each_other_and_end() {
        check(|| {
            let world = World::new();
            let turns = |world: &World| {
                let poll = PollWord::new();
                world.gil.acquire(&poll);
                world.touch_heap();
                world.gil.hand_over(&poll);
                world.touch_heap();
                world.gil.release();
            };
            let other = {
                let world = Arc::clone(&world);
                thread::spawn(move || turns(&world))
            };
            turns(&world);
            other.join().expect("the model's thread does not panic");
            assert_eq!(world.touches(), 4);
        });
    }
}
