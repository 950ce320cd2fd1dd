//! The queue in which those sleep who wait for a condition: first come, first woken.
//!
//! Each sleeper has a *place*, a few words of its own. It enters the queue while it still holds the condition's lock, sleeps
//! until the word [`STATE`] of its place changes, and in any case leaves: whether it was notified, its time is up, or it was
//! interrupted. A notification goes to the first place in the queue and takes it out, so it belongs to one who slept before
//! it and to nobody else; a place that was left before hears of none. What is decided is decided under the queue's mutex, so
//! one whose time is up while it is notified was notified.
//!
//! Queue and places are numbers of cells in a memory that several processes may share, and any process may be killed at any
//! instruction. Therefore the mutex tells when its holder died; each change is made by one store, and what would have followed
//! it is done by the next who comes. A place whose process is gone is passed over.

/// Whether a place waits ([`WAITING`]) or was notified. What a sleeper sleeps on. Written under the mutex (Release), read by
/// the sleeper (Acquire).
pub const STATE: usize = 0;
/// The value of [`STATE`] before a notification.
pub const WAITING: u32 = 1;
const NOTIFIED: u32 = 2;
/// The place behind this one, 0 for none.
const NEXT: usize = 1;
/// The process that sleeps here.
const PROCESS: usize = 2;

/// The thread that sleeps here, for tools.
const THREAD: usize = 3;

/// The queue's first place, 0 for none. As all words but [`STATE`], it is used under the mutex only, save for a glance.
const HEAD: usize = 12;
/// The last place; means nothing while the queue is empty.
const TAIL: usize = 13;

/// The memory in which queues and places lie, and what they need of the system. A cell is named by a number above 0.
pub trait Memory {
    /// A locked mutex.
    type Guard<'a>
    where
        Self: 'a;

    /// A word of a cell (Acquire).
    fn load(&self, cell: u32, word: usize) -> u32;

    /// Writes a word of a cell (Release).
    fn store(&self, cell: u32, word: usize, value: u32);

    /// Locks a queue's mutex; also whether its last holder died with it.
    fn lock(&self, queue: u32) -> (Self::Guard<'_>, bool);

    /// Wakes whoever sleeps on a place's [`STATE`].
    fn wake(&self, place: u32);

    /// Whether a process has ended.
    fn has_ended(&self, process: u32) -> bool;
}

/// A queue in a memory. A cell of zeroes is an empty one.
pub struct Waiters<'a, M> {
    memory: &'a M,
    queue: u32,
}

impl<'a, M: Memory> Waiters<'a, M> {
    /// The queue that has this number.
    pub fn new(memory: &'a M, queue: u32) -> Self {
        Waiters { memory, queue }
    }

    /// Makes the place of a `thread` of `process` the last.
    pub fn enter(&self, place: u32, process: u32, thread: u32) {
        let _guard = self.lock();
        self.memory.store(place, NEXT, 0);
        self.memory.store(place, PROCESS, process);
        self.memory.store(place, THREAD, thread);
        self.memory.store(place, STATE, WAITING);
        match self.head() {
            0 => self.memory.store(self.queue, HEAD, place),
            _ => self.memory.store(self.memory.load(self.queue, TAIL), NEXT, place),
        }
        self.memory.store(self.queue, TAIL, place);
    }

    /// Takes a place out of the queue; whether it was notified. From then on the place is its owner's alone.
    pub fn leave(&self, place: u32) -> bool {
        let _guard = self.lock();
        if self.memory.load(place, STATE) == NOTIFIED {
            return true;
        }
        let (mut before, mut at) = (0, self.head());
        while at != 0 && at != place {
            (before, at) = (at, self.next(at));
        }
        if at == place {
            self.unlink(before, place);
        }
        false
    }

    /// Notifies the first who still lives; whether there was one.
    pub fn notify_one(&self) -> bool {
        let _guard = self.lock();
        loop {
            let first = self.head();
            if first == 0 {
                return false;
            }
            let lives = !self.memory.has_ended(self.memory.load(first, PROCESS));
            self.memory.store(first, STATE, NOTIFIED);
            self.unlink(0, first);
            if lives {
                // Under the mutex: its owner passes through there before it gives the place away.
                self.memory.wake(first);
                return true;
            }
        }
    }

    /// How many sleep.
    pub fn len(&self) -> usize {
        let _guard = self.lock();
        self.places().count()
    }

    /// The threads that sleep, first come first.
    pub fn sleepers(&self) -> Vec<u32> {
        let _guard = self.lock();
        self.places().map(|place| self.memory.load(place, THREAD)).collect()
    }

    /// The places in the queue. Under the mutex.
    fn places(&self) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(self.head()), |place| Some(self.next(*place))).take_while(|place| *place != 0)
    }

    /// Whether nobody sleeps at this moment.
    pub fn is_empty(&self) -> bool {
        self.head() == 0
    }

    fn head(&self) -> u32 {
        self.memory.load(self.queue, HEAD)
    }

    fn next(&self, place: u32) -> u32 {
        self.memory.load(place, NEXT)
    }

    /// Takes out a place that follows `before`, or is the first. The one store that does it comes first.
    fn unlink(&self, before: u32, place: u32) {
        let next = self.next(place);
        match before {
            0 => self.memory.store(self.queue, HEAD, next),
            _ => self.memory.store(before, NEXT, next),
        }
        if next == 0 {
            self.memory.store(self.queue, TAIL, before);
        }
    }

    fn lock(&self) -> M::Guard<'_> {
        let (guard, holder_died) = self.memory.lock(self.queue);
        if holder_died {
            self.mend();
        }
        guard
    }

    /// Does what a holder that died has left undone: takes out whom it has notified, and finds the last place.
    fn mend(&self) {
        let (mut before, mut at) = (0, self.head());
        while at != 0 {
            if self.memory.load(at, STATE) == NOTIFIED {
                self.unlink(before, at);
                self.memory.wake(at);
            } else {
                before = at;
            }
            at = self.next(at);
        }
        self.memory.store(self.queue, TAIL, before);
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    /// A memory of one thread, whose mutex always was a dead process's when `broken`.
    #[derive(Default)]
    struct Plain {
        words: RefCell<[[u32; 16]; 8]>,
        broken: Cell<bool>,
        ended: Cell<u32>,
        woken: RefCell<Vec<u32>>,
    }

    impl Memory for Plain {
        type Guard<'a> = ();

        fn load(&self, cell: u32, word: usize) -> u32 {
            self.words.borrow()[cell as usize][word]
        }

        fn store(&self, cell: u32, word: usize, value: u32) {
            self.words.borrow_mut()[cell as usize][word] = value;
        }

        fn lock(&self, _queue: u32) -> ((), bool) {
            ((), self.broken.take())
        }

        fn wake(&self, place: u32) {
            self.woken.borrow_mut().push(place);
        }

        fn has_ended(&self, process: u32) -> bool {
            process == self.ended.get()
        }
    }

    const QUEUE: u32 = 1;
    const PLACES: [u32; 3] = [2, 3, 4];

    fn filled(memory: &Plain) -> Waiters<'_, Plain> {
        let queue = Waiters::new(memory, QUEUE);
        PLACES.iter().for_each(|place| queue.enter(*place, 10 + place, 20 + place));
        queue
    }

    #[test]
    fn the_first_is_notified_first_and_a_place_that_was_left_not_at_all() {
        for left in PLACES {
            let memory = Plain::default();
            let queue = filled(&memory);
            assert_eq!((queue.len(), queue.sleepers()), (3, vec![22, 23, 24]));
            assert!(!queue.leave(left));
            // Whoever comes after that is behind the others, whichever was left.
            queue.enter(5, 15, 25);
            let rest: Vec<u32> = PLACES.into_iter().filter(|place| *place != left).chain([5]).collect();
            while queue.notify_one() {}
            assert_eq!(*memory.woken.borrow(), rest);
            assert!(rest.iter().all(|place| queue.leave(*place)));
            assert!(queue.is_empty());
        }
    }

    #[test]
    fn who_has_ended_takes_no_notification() {
        let memory = Plain::default();
        let queue = filled(&memory);
        memory.ended.set(10 + PLACES[0]);
        assert!(queue.notify_one());
        assert_eq!(*memory.woken.borrow(), PLACES[1..2]);
        memory.ended.set(10 + PLACES[2]);
        assert!(!queue.notify_one());
        assert!(queue.is_empty());
    }

    #[test]
    fn what_a_dead_holder_began_is_finished() {
        // It died in `enter`, before it wrote down the last place.
        let memory = Plain::default();
        let queue = filled(&memory);
        memory.store(QUEUE, TAIL, PLACES[0]);
        memory.broken.set(true);
        queue.enter(5, 15, 25);
        assert_eq!(queue.len(), 4);
        // It died in `notify_one`, before it took the place out.
        memory.store(PLACES[0], STATE, NOTIFIED);
        memory.broken.set(true);
        assert!(queue.leave(PLACES[0]));
        assert_eq!((queue.len(), memory.woken.borrow().clone()), (3, vec![PLACES[0]]));
    }
}

#[cfg(all(test, loom))]
mod loom_models {
    use std::sync::Arc;

    use loom::sync::{Condvar, Mutex, MutexGuard};
    use loom::thread;

    use super::*;
    use crate::sync::{AtomicU32, Ordering, check};

    /// A queue (cell 1), places (2 and 3), the condition's lock, and the system's sleepers.
    struct World {
        cells: [[AtomicU32; 16]; 4],
        mutex: Mutex<()>,
        condition: Mutex<()>,
        asleep: Mutex<()>,
        wakes: Condvar,
    }

    impl Memory for World {
        type Guard<'a> = MutexGuard<'a, ()>;

        fn load(&self, cell: u32, word: usize) -> u32 {
            self.cells[cell as usize][word].load(Ordering::Acquire)
        }

        fn store(&self, cell: u32, word: usize, value: u32) {
            self.cells[cell as usize][word].store(value, Ordering::Release);
        }

        fn lock(&self, _queue: u32) -> (MutexGuard<'_, ()>, bool) {
            (self.mutex.lock().expect("the model does not panic"), false)
        }

        fn wake(&self, _place: u32) {
            let _asleep = self.asleep.lock().expect("the model does not panic");
            self.wakes.notify_all();
        }

        fn has_ended(&self, _process: u32) -> bool {
            false
        }
    }

    impl World {
        fn new() -> Arc<World> {
            Arc::new(World {
                cells: std::array::from_fn(|_| std::array::from_fn(|_| AtomicU32::new(0))),
                mutex: Mutex::new(()),
                condition: Mutex::new(()),
                asleep: Mutex::new(()),
                wakes: Condvar::new(),
            })
        }

        fn queue(&self) -> Waiters<'_, World> {
            Waiters::new(self, 1)
        }

        fn acquire(&self) -> MutexGuard<'_, ()> {
            self.condition.lock().expect("the model does not panic")
        }

        /// Sleeps on a place as the kernel lets one: it compares the word before, and nobody wakes in between.
        fn sleep(&self, place: u32) {
            let mut asleep = self.asleep.lock().expect("the model does not panic");
            while self.load(place, STATE) == WAITING {
                asleep = self.wakes.wait(asleep).expect("the model does not panic");
            }
        }

        /// Waits, with or without patience; whether it was notified.
        fn wait(&self, place: u32, patient: bool) -> bool {
            if patient {
                self.sleep(place);
            }
            self.queue().leave(place)
        }
    }

    /// Runs two who wait beside the model's own thread: `(place, patient)`; whether each was notified.
    fn with_sleepers(world: &Arc<World>, patient: [bool; 2], then: impl FnOnce(&World)) -> [bool; 2] {
        let sleepers = [2, 3].map(|place| {
            let lock = world.acquire();
            world.queue().enter(place, 0, 0);
            drop(lock);
            let (world, patient) = (Arc::clone(world), patient[place as usize - 2]);
            thread::spawn(move || world.wait(place, patient))
        });
        then(world);
        sleepers.map(|sleeper| sleeper.join().expect("the model's threads do not panic"))
    }

    #[test]
    fn a_notification_is_for_who_slept_before_it_and_for_none_that_comes_after() {
        check(|| {
            let world = World::new();
            let lock = world.acquire();
            world.queue().enter(2, 0, 0);
            drop(lock);
            let sleeper = {
                let world = Arc::clone(&world);
                thread::spawn(move || world.wait(2, true))
            };
            let lock = world.acquire();
            assert!(world.queue().notify_one());
            // The one that notifies waits in turn, before the other has run: a turn of two, or a barrier used again.
            world.queue().enter(3, 0, 0);
            drop(lock);
            assert!(!world.wait(3, false));
            assert!(sleeper.join().expect("the model's thread does not panic"));
            assert!(world.queue().is_empty());
        });
    }

    #[test]
    fn a_sleeper_that_enters_meanwhile_is_notified_or_told_of_the_change() {
        check(|| {
            let world = World::new();
            let changed = Arc::new(AtomicU32::new(0));
            let sleeper = {
                let (world, changed) = (Arc::clone(&world), Arc::clone(&changed));
                thread::spawn(move || {
                    let lock = world.acquire();
                    let waits = changed.load(Ordering::Relaxed) == 0;
                    if waits {
                        world.queue().enter(2, 0, 0);
                    }
                    drop(lock);
                    assert!(!waits || world.wait(2, true));
                })
            };
            let lock = world.acquire();
            changed.store(1, Ordering::Relaxed);
            world.queue().notify_one();
            drop(lock);
            sleeper.join().expect("the model's thread does not panic");
            assert!(world.queue().is_empty());
        });
    }

    #[test]
    fn all_who_sleep_are_notified_in_order() {
        check(|| {
            let world = World::new();
            let notified = with_sleepers(&world, [true, true], |world| {
                for _ in 0..world.queue().len() {
                    assert!(world.queue().notify_one());
                }
            });
            assert_eq!(notified, [true, true]);
            assert!(world.queue().is_empty());
        });
    }

    #[test]
    fn who_gives_up_takes_the_notification_or_leaves_it_to_the_next() {
        check(|| {
            let world = World::new();
            let mut told = false;
            let notified = with_sleepers(&world, [false, false], |world| told = world.queue().notify_one());
            assert_eq!(notified.into_iter().filter(|notified| *notified).count(), usize::from(told));
            assert!(world.queue().is_empty());
            assert!(!world.queue().notify_one());
        });
    }

    #[test]
    fn one_that_gives_up_does_not_keep_the_other_asleep() {
        check(|| {
            let world = World::new();
            let notified = with_sleepers(&world, [false, true], |world| {
                // One notification for each who may still be there.
                assert!(world.queue().notify_one());
                world.queue().notify_one();
            });
            assert!(notified[1]);
            assert!(world.queue().is_empty());
        });
    }
}
