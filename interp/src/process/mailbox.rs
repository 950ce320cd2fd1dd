//! A queue of messages in shared memory: what every queue between processes is made of.
//!
//! The messages form a list of blocks, changed under a robust mutex. Waiting is done outside: each `put` counts up one word
//! and each `take` another, and whoever found the mailbox empty (full) sleeps until the count changes. A process that dies
//! while it sleeps leaves nothing behind; one that dies while it holds the mutex leaves at worst a list whose end and length
//! the next one counts anew.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use crate::ctx::{Ctx, Res};
use crate::process::wait::Waited;
use crate::shared::arena::{Arena, Guard};
use crate::shared::cell::SyncCell;

/// Messages ever put. Written under the mutex (Release), read by those who wait for one (Acquire).
const PUTS: usize = 0;
/// Messages ever taken, in the same way, for those who wait for room.
const TAKES: usize = 1;
/// What follows is only used under the mutex, save for a glance at the length.
const LENGTH: usize = 2;
const HEAD: usize = 3;
const TAIL: usize = 4;
/// How many messages there may be, 0 for any number.
const BOUND: usize = 5;
/// Messages put and not done with. Written under the mutex (Release), read by those who wait for none (Acquire).
const UNFINISHED: usize = 6;
const CLOSED: usize = 7;

/// A message's block: the next one's number, then the length in eight bytes, then the content.
const NEXT: usize = 0;
const SIZE: usize = 8;
const CONTENT: usize = 16;

/// A queue of messages.
pub struct Mailbox {
    mutex: SyncCell,
    state: SyncCell,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is in the mailbox.
    Done,
    /// There was no room in time.
    Full,
    /// The mailbox is closed.
    Closed,
    /// The memory that processes share is used up.
    NoMemory,
}

/// What there was to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// A message.
    Message(Vec<u8>),
    /// There was none in time.
    Empty,
    /// The mailbox is closed, and empty.
    Closed,
}

/// Which message is taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The one that was put first.
    First,
    /// The one that was put last.
    Last,
}

impl Mailbox {
    /// An empty mailbox for `bound` messages, 0 for any number; `None` if the memory that processes share is used up.
    pub fn new(bound: u32) -> Option<Mailbox> {
        let mailbox = Mailbox { mutex: SyncCell::new()?, state: SyncCell::new()? };
        Arena::get().init_mutex(mailbox.mutex.index()).ok()?;
        mailbox.state.word(BOUND).store(bound, Ordering::Relaxed);
        Some(mailbox)
    }

    /// What another process finds the mailbox by; from now on it is kept for good.
    pub fn share(&self) -> [u32; 2] {
        [self.mutex.share(), self.state.share()]
    }

    /// The mailbox that another process shares.
    pub fn adopt([mutex, state]: [u32; 2]) -> Mailbox {
        Mailbox { mutex: SyncCell::adopt(mutex), state: SyncCell::adopt(state) }
    }

    /// The same mailbox under another name, which must not outlive this one.
    pub fn alias(&self) -> Mailbox {
        Mailbox::adopt([self.mutex.index(), self.state.index()])
    }

    fn state(&self, word: usize) -> &AtomicU32 {
        self.state.word(word)
    }

    fn load(&self, word: usize) -> u32 {
        self.state(word).load(Ordering::Relaxed)
    }

    fn store(&self, word: usize, value: u32) {
        self.state(word).store(value, Ordering::Relaxed);
    }

    fn lock(&self) -> Guard {
        let guard = Arena::get().lock_mutex(self.mutex.index());
        if guard.holder_died {
            let (mut length, mut tail) = (0, 0);
            let mut block = self.load(HEAD);
            while block != 0 {
                (length, tail) = (length + 1, block);
                block = next(block);
            }
            self.store(LENGTH, length);
            self.store(TAIL, tail);
        }
        guard
    }

    /// Counts up a word that others wait for a change of.
    fn count_up(&self, word: usize) {
        self.state(word).fetch_add(1, Ordering::Release);
        self.state.wake(word, u32::MAX);
    }

    /// How many messages there are at this moment.
    pub fn len(&self) -> usize {
        self.load(LENGTH) as usize
    }

    /// Whether there is no message at this moment.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many messages were put and not done with.
    pub fn unfinished(&self) -> u32 {
        self.state(UNFINISHED).load(Ordering::Acquire)
    }

    /// Why nothing can be put in at this moment.
    fn refusal(&self) -> Option<Put> {
        let (bound, length) = (self.load(BOUND), self.load(LENGTH));
        if self.is_closed() { Some(Put::Closed) } else { (bound > 0 && length >= bound).then_some(Put::Full) }
    }

    fn try_put(&self, message: &[u8]) -> Put {
        // A glance without the mutex saves the copy; what counts is the look under it.
        if let Some(refused) = self.refusal() {
            return refused;
        }
        let Some(block) = make(message) else { return Put::NoMemory };
        let guard = self.lock();
        if let Some(refused) = self.refusal() {
            drop(guard);
            Arena::get().free(block, CONTENT + message.len());
            return refused;
        }
        self.link(block);
        self.state(UNFINISHED).fetch_add(1, Ordering::Relaxed);
        drop(guard);
        self.count_up(PUTS);
        Put::Done
    }

    /// Appends a block; the one store that makes it part of the list comes first. Under the mutex.
    fn link(&self, block: u32) {
        match self.load(TAIL) {
            0 => self.store(HEAD, block),
            tail => Arena::get().word(tail, NEXT).store(block, Ordering::Relaxed),
        }
        self.store(TAIL, block);
        self.store(LENGTH, self.load(LENGTH) + 1);
    }

    fn try_take(&self, order: Order) -> Take {
        let guard = self.lock();
        let head = self.load(HEAD);
        if head == 0 {
            return if self.is_closed() { Take::Closed } else { Take::Empty };
        }
        let taken = match order {
            Order::First => {
                self.store(HEAD, next(head));
                if next(head) == 0 {
                    self.store(TAIL, 0);
                }
                head
            }
            Order::Last => self.unlink_last(head),
        };
        self.store(LENGTH, self.load(LENGTH) - 1);
        drop(guard);
        self.count_up(TAKES);
        let message = content(taken);
        Arena::get().free(taken, CONTENT + message.len());
        Take::Message(message)
    }

    /// Takes the last block off the list. Under the mutex.
    fn unlink_last(&self, head: u32) -> u32 {
        let tail = self.load(TAIL);
        let mut before = head;
        if head == tail {
            self.store(HEAD, 0);
            self.store(TAIL, 0);
            return tail;
        }
        while next(before) != tail {
            before = next(before);
        }
        Arena::get().word(before, NEXT).store(0, Ordering::Relaxed);
        self.store(TAIL, before);
        tail
    }

    /// Puts a message in; waits for room until `deadline`.
    ///
    /// # Errors
    /// KeyboardInterrupt; RuntimeError if a worker died meanwhile.
    pub fn put(&self, cx: &mut Ctx, message: &[u8], deadline: Option<Instant>) -> Res<Put> {
        loop {
            let takes = self.state(TAKES).load(Ordering::Acquire);
            match self.try_put(message) {
                Put::Full => {}
                other => return Ok(other),
            }
            if self.state.wait(cx, TAKES, takes, deadline)? == Waited::TimedOut {
                return Ok(self.try_put(message));
            }
        }
    }

    /// Takes a message; waits for one until `deadline`.
    ///
    /// # Errors
    /// KeyboardInterrupt; RuntimeError if a worker died meanwhile.
    pub fn take(&self, cx: &mut Ctx, order: Order, deadline: Option<Instant>) -> Res<Take> {
        self.take_watching(cx, order, deadline, || ())
    }

    /// The same; `look` is called before each sleep, and may close the mailbox.
    ///
    /// # Errors
    /// KeyboardInterrupt; RuntimeError if a worker died meanwhile.
    pub fn take_watching(&self, cx: &mut Ctx, order: Order, deadline: Option<Instant>, look: impl Fn()) -> Res<Take> {
        loop {
            let puts = self.state(PUTS).load(Ordering::Acquire);
            match self.try_take(order) {
                Take::Empty => {}
                other => return Ok(other),
            }
            look();
            if self.is_closed() {
                return Ok(self.try_take(order));
            }
            if self.state.wait(cx, PUTS, puts, deadline)? == Waited::TimedOut {
                return Ok(self.try_take(order));
            }
        }
    }

    /// All messages, which stay.
    pub fn messages(&self) -> Vec<Vec<u8>> {
        let _guard = self.lock();
        let mut messages = Vec::new();
        let mut block = self.load(HEAD);
        while block != 0 {
            messages.push(content(block));
            block = next(block);
        }
        messages
    }

    /// Puts other messages in the place of the first `count`; `false` if the memory that processes share is used up.
    ///
    /// Only right if nobody takes messages meanwhile.
    pub fn replace(&self, count: usize, messages: &[Vec<u8>]) -> bool {
        let Some(blocks) = messages.iter().map(|message| make(message)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let guard = self.lock();
        let (mut old, mut rest) = (Vec::new(), self.load(HEAD));
        while rest != 0 && old.len() < count {
            old.push(rest);
            rest = next(rest);
        }
        [HEAD, TAIL, LENGTH].into_iter().for_each(|word| self.store(word, 0));
        blocks.into_iter().for_each(|block| self.link(block));
        while rest != 0 {
            let after = next(rest);
            self.link(rest);
            rest = after;
        }
        drop(guard);
        old.into_iter().for_each(|block| Arena::get().free(block, CONTENT + size(block)));
        self.count_up(TAKES);
        true
    }

    /// Waits until there is a message; `false` if there is none by `deadline`, or the mailbox is closed and empty. Before each
    /// sleep `look` is called, which may close it.
    ///
    /// # Errors
    /// KeyboardInterrupt; RuntimeError if a worker died meanwhile.
    pub fn await_message(&self, cx: &mut Ctx, deadline: Option<Instant>, look: impl Fn()) -> Res<bool> {
        loop {
            let puts = self.state(PUTS).load(Ordering::Acquire);
            if self.is_empty() {
                look();
            }
            if !self.is_empty() || self.is_closed() {
                return Ok(!self.is_empty());
            }
            if self.state.wait(cx, PUTS, puts, deadline)? == Waited::TimedOut {
                return Ok(!self.is_empty());
            }
        }
    }

    /// Counts a message as done with; `false` if none is left to count.
    pub fn finish_one(&self) -> bool {
        let _guard = self.lock();
        let left = self.load(UNFINISHED).checked_sub(1);
        if let Some(left) = left {
            self.state(UNFINISHED).store(left, Ordering::Release);
            if left == 0 {
                self.state.wake(UNFINISHED, u32::MAX);
            }
        }
        left.is_some()
    }

    /// Waits until every message is done with.
    ///
    /// # Errors
    /// KeyboardInterrupt; RuntimeError if a worker died meanwhile.
    pub fn join(&self, cx: &mut Ctx) -> Res<()> {
        loop {
            match self.unfinished() {
                0 => return Ok(()),
                left => self.state.wait(cx, UNFINISHED, left, None)?,
            };
        }
    }

    /// Whether nothing more is let in.
    pub fn is_closed(&self) -> bool {
        self.load(CLOSED) != 0
    }

    /// Lets nothing more in, and throws away what is there if `now`.
    pub fn close(&self, now: bool) {
        self.store(CLOSED, 1);
        while now && matches!(self.try_take(Order::First), Take::Message(_)) {
            self.finish_one();
        }
        self.count_up(PUTS);
        self.count_up(TAKES);
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        if !self.state.is_shared() {
            self.replace(usize::MAX, &[]);
        }
    }
}

fn next(block: u32) -> u32 {
    Arena::get().word(block, NEXT).load(Ordering::Relaxed)
}

fn size(block: u32) -> usize {
    let size = Arena::get().read(block, SIZE, 8);
    u64::from_le_bytes(std::array::from_fn(|i| size[i])) as usize
}

fn content(block: u32) -> Vec<u8> {
    Arena::get().read(block, CONTENT, size(block))
}

/// A block that holds a message and has no next; `None` if there is no memory for it.
fn make(message: &[u8]) -> Option<u32> {
    let arena = Arena::get();
    let block = arena.allocate(CONTENT + message.len())?;
    arena.word(block, NEXT).store(0, Ordering::Relaxed);
    arena.write(block, SIZE, &(message.len() as u64).to_le_bytes());
    arena.write(block, CONTENT, message);
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(mailbox: &Mailbox, order: Order) -> Vec<u8> {
        match mailbox.try_take(order) {
            Take::Message(message) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn messages_come_out_in_order() {
        let mailbox = Mailbox::new(3).expect("there is room");
        for message in [b"a".as_slice(), b"", &[9; 3000]] {
            assert_eq!(mailbox.try_put(message), Put::Done);
        }
        assert_eq!(mailbox.try_put(b"more"), Put::Full);
        assert_eq!(mailbox.len(), 3);
        assert_eq!(taken(&mailbox, Order::Last), [9; 3000]);
        assert_eq!(taken(&mailbox, Order::First), b"a");
        assert_eq!(mailbox.try_put(b"b"), Put::Done);
        assert_eq!(mailbox.messages(), [b"".to_vec(), b"b".to_vec()]);
        assert_eq!(mailbox.try_put(b"kept"), Put::Done);
        assert!(mailbox.replace(2, &[b"c".to_vec()]));
        assert_eq!((taken(&mailbox, Order::Last), taken(&mailbox, Order::Last)), (b"kept".to_vec(), b"c".to_vec()));
        assert_eq!(mailbox.try_take(Order::First), Take::Empty);
        mailbox.close(false);
        assert_eq!((mailbox.try_take(Order::First), mailbox.try_put(b"d")), (Take::Closed, Put::Closed));
    }

    #[test]
    fn a_dead_holder_leaves_a_whole_list() {
        let mailbox = Mailbox::new(0).expect("there is room");
        let shared = mailbox.share();
        mailbox.try_put(b"a");
        let holder = std::thread::spawn(move || {
            let mailbox = Mailbox::adopt(shared);
            let guard = mailbox.lock();
            // It dies after the store that makes the block part of the list, before the rest of `link`.
            let block = make(b"b").expect("there is room");
            Arena::get().word(mailbox.load(TAIL), NEXT).store(block, Ordering::Relaxed);
            std::mem::forget(guard);
        });
        holder.join().expect("it only locks");
        assert_eq!((taken(&mailbox, Order::First), taken(&mailbox, Order::First)), (b"a".to_vec(), b"b".to_vec()));
        assert_eq!((mailbox.len(), mailbox.try_take(Order::First)), (0, Take::Empty));
    }
}
