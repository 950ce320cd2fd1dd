//! The ends of a `Pipe`: two mailboxes, and a count of who holds each end. When nobody holds an end any more, neither of its
//! mailboxes takes messages: the other end reads what is left, then sees the end of the file.
//!
//! A process that ends, however it ends, may hold ends still. So each holder leaves its process id beside the count, and whoever
//! waits at the other end looks whether those processes are there.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::Slot;
use argil_interp::natives;
use argil_interp::process::codec;
use argil_interp::process::mailbox::{Mailbox, Order, Put, Take};
use argil_interp::shared::cell::SyncCell;
use argil_interp::shared::has_ended;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Native, NativeData};
use argil_interp::value::Value;

use crate::time::Seconds;

/// What an end consists of, whoever holds it.
struct Line {
    inbox: Mailbox,
    outbox: Mailbox,
    /// A word for each side: how many ends like this one are held, or on their way to another process. Whoever takes it to
    /// zero (AcqRel) closes the mailboxes. Then come the process ids of the holders, as many as there is room for.
    holders: SyncCell,
    side: u8,
}

/// One end, as one process holds it.
pub struct End {
    line: Line,
    /// The word that bears this holder's process id, if there was room.
    name: Option<usize>,
    /// Set once. Relaxed: the mailboxes order what matters.
    closed: AtomicBool,
}

/// The words that bear the process ids of a side's holders.
fn names(side: u8) -> Range<usize> {
    let room = (SyncCell::WORDS - 2) / 2;
    let first = 2 + usize::from(side) * room;
    first..first + room
}

/// Leaves this process's id among those of a side's holders. Whoever takes it out again counts the holder off (AcqRel: once).
fn leave_name(holders: &SyncCell, side: u8) -> Option<usize> {
    let take = |word: &usize| {
        let name = holders.word(*word);
        name.compare_exchange(0, std::process::id(), Ordering::AcqRel, Ordering::Relaxed).is_ok()
    };
    names(side).find(take)
}

impl Line {
    /// A holder of a side is gone; the last one closes the mailboxes.
    fn count_off(&self, side: u8) {
        if self.holders.word(side.into()).fetch_sub(1, Ordering::AcqRel) == 1 {
            // Who reads that there will be no more must find that it cannot send either.
            let (to_it, from_it) =
                if side == self.side { (&self.inbox, &self.outbox) } else { (&self.outbox, &self.inbox) };
            to_it.close(false);
            from_it.close(false);
        }
    }

    /// Counts those holders of the other end off whose processes have ended.
    fn bury(&self) {
        let other = 1 - self.side;
        for name in names(other).map(|word| self.holders.word(word)) {
            let holder = name.load(Ordering::Acquire);
            if holder != 0 && holder != std::process::id() && has_ended(holder) && take_name(name, holder) {
                self.count_off(other);
            }
        }
    }

    /// The same line under another name, which must not outlive this one: to wait at, while the caller's slot keeps the end.
    fn alias(&self) -> Line {
        let holders = SyncCell::adopt(self.holders.index());
        Line { inbox: self.inbox.alias(), outbox: self.outbox.alias(), holders, side: self.side }
    }
}

impl End {
    fn new(line: Line) -> End {
        let name = leave_name(&line.holders, line.side);
        End { line, name, closed: AtomicBool::new(false) }
    }

    fn close(&self) {
        if self.closed.swap(true, Ordering::Relaxed) {
            return;
        }
        if self.name.is_none_or(|word| take_name(self.line.holders.word(word), std::process::id())) {
            self.line.count_off(self.line.side);
        }
    }
}

fn take_name(name: &AtomicU32, holder: u32) -> bool {
    name.compare_exchange(holder, 0, Ordering::AcqRel, Ordering::Relaxed).is_ok()
}

impl Drop for End {
    fn drop(&mut self) {
        self.close();
    }
}

impl NativeData for End {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let end = value.native::<End>()?;
            if end.closed.load(Ordering::Relaxed) {
                return None;
            }
            let Line { inbox, outbox, holders, side } = &end.line;
            // The copy holds the end from the moment it leaves.
            holders.word((*side).into()).fetch_add(1, Ordering::AcqRel);
            let ids = [inbox.share(), outbox.share(), [holders.share(), (*side).into()]];
            Some(Saved {
                bytes: ids.as_flattened().iter().flat_map(|id| id.to_le_bytes()).collect(),
                values: Vec::new(),
            })
        },
        restore: |cx, birth, bytes| {
            let ([a, b, c, d, holders, side], []) = bytes.as_chunks().0.split_first_chunk::<6>()? else { return None };
            let id = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
            let (inbox, outbox) = (Mailbox::adopt([id(a), id(b)]), Mailbox::adopt([id(c), id(d)]));
            let (holders, side) = (SyncCell::adopt(id(holders)), u8::from(id(side) != 0));
            Some(Native::alloc(cx, birth, End::new(Line { inbox, outbox, holders, side })))
        },
        fill: |_, _, _| {},
    });
}

/// A new pipe's ends.
fn pair() -> Option<[End; 2]> {
    let (one, other, cell) = (Mailbox::new(0)?, Mailbox::new(0)?, SyncCell::new()?);
    // Both ends use all three, so neither may give them back.
    let (one, other, cell) = (one.share(), other.share(), cell.share());
    Some([(one, other, 0), (other, one, 1)].map(|(inbox, outbox, side)| {
        let holders = SyncCell::adopt(cell);
        holders.word(side.into()).store(1, Ordering::Relaxed);
        End::new(Line { inbox: Mailbox::adopt(inbox), outbox: Mailbox::adopt(outbox), holders, side })
    }))
}

natives! {
    /// Functions about pipes.
    pub static FUNCTIONS = {
        /// Make a pipe; a tuple of its ends.
        call fn _pipe(cx) -> Slot {
            let ends = pair().ok_or_else(|| cx.raise(Builtin::MemoryError, "the memory that processes share is used up"))?;
            let [one, other] = ends.map(|end| cx.new_of_native_class(end));
            Ok(cx.root(cx.tuple(&[cx.get(one), cx.get(other)])))
        }
    }
}

natives! {
    /// Methods of ends.
    pub static METHODS = {
        /// Send an object; False if nobody can receive it.
        call fn send(cx; self_: Slot, item: Slot) -> bool {
            let message = codec::encode(cx, item, 0)?;
            let line = cx.state::<End>(self_)?.line.alias();
            line.bury();
            match line.outbox.put(cx, &message, None)? {
                Put::Done => Ok(true),
                Put::Closed | Put::Full => Ok(false),
                Put::NoMemory => Err(cx.raise(Builtin::MemoryError, "the memory that processes share is used up")),
            }
        }
        /// Wait for an object; a tuple of it, or None if nobody can send one.
        call fn receive(cx; self_: Slot) -> Slot {
            let line = cx.state::<End>(self_)?.line.alias();
            let taken = line.inbox.take_watching(cx, Order::First, None, || line.bury())?;
            let Take::Message(message) = taken else { return Ok(cx.root(Value::NONE)) };
            let item = codec::decode(cx, &message, false)?;
            Ok(cx.root(cx.tuple(&[cx.get(item)])))
        }
        /// Wait until there is something to receive, an object or the end; whether there is.
        call fn poll(cx; self_: Slot, timeout: Option<Seconds>) -> bool {
            let deadline = timeout.map(Seconds::deadline);
            let line = cx.state::<End>(self_)?.line.alias();
            Ok(line.inbox.await_message(cx, deadline, || line.bury())? || line.inbox.is_closed())
        }
        call fn close(cx; self_: Slot) -> () {
            cx.state::<End>(self_)?.close();
            Ok(())
        }
        /// Whether this end was closed.
        call fn is_closed(cx; self_: Slot) -> bool {
            Ok(cx.state::<End>(self_)?.closed.load(Ordering::Relaxed))
        }
    }
}
