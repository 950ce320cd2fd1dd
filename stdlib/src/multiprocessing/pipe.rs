//! The ends of a `Pipe`: two mailboxes, and a count of who holds each end. When nobody holds an end any more, neither of its
//! mailboxes takes messages: the other end reads what is left, then sees the end of the file.

use std::sync::atomic::{AtomicBool, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::Slot;
use argil_interp::natives;
use argil_interp::process::codec::{self, Crossing, Saved};
use argil_interp::process::mailbox::{Mailbox, Order, Put, Take};
use argil_interp::sync_cell::SyncCell;
use argil_interp::types::native::{Native, NativeData};
use argil_interp::value::Value;

use crate::time::Seconds;

/// One end, as one process holds it.
pub struct End {
    inbox: Mailbox,
    outbox: Mailbox,
    /// A word for each side: how many ends like this one are held, or on their way to another process. Whoever takes it to
    /// zero (AcqRel) closes the mailboxes.
    holders: SyncCell,
    side: u8,
    /// Set once. Relaxed: the mailboxes order what matters.
    closed: AtomicBool,
}

impl End {
    fn close(&self) {
        let count = self.holders.word(self.side.into());
        if !self.closed.swap(true, Ordering::Relaxed) && count.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.outbox.close(false);
            self.inbox.close(false);
        }
    }
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
            // The copy holds the end from the moment it leaves.
            end.holders.word(end.side.into()).fetch_add(1, Ordering::AcqRel);
            let ids = [end.inbox.share(), end.outbox.share(), [end.holders.share(), end.side.into()]];
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
            let closed = AtomicBool::new(false);
            Some(Native::alloc(cx, birth, End { inbox, outbox, holders, side, closed }))
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
        let (inbox, outbox) = (Mailbox::adopt(inbox), Mailbox::adopt(outbox));
        End { inbox, outbox, holders, side, closed: AtomicBool::new(false) }
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
            let message = codec::encode(cx, cx.get(item), 0)?;
            match cx.state::<End>(self_)?.outbox.alias().put(cx, &message, None)? {
                Put::Done => Ok(true),
                Put::Closed | Put::Full => Ok(false),
                Put::NoMemory => Err(cx.raise(Builtin::MemoryError, "the memory that processes share is used up")),
            }
        }
        /// Wait for an object; a tuple of it, or None if nobody can send one.
        call fn receive(cx; self_: Slot) -> Slot {
            let inbox = cx.state::<End>(self_)?.inbox.alias();
            let Take::Message(message) = inbox.take(cx, Order::First, None)? else { return Ok(cx.root(Value::NONE)) };
            let item = codec::decode(cx, &message, false)?;
            Ok(cx.root(cx.tuple(&[cx.get(item)])))
        }
        /// Wait until there is something to receive, an object or the end; whether there is.
        call fn poll(cx; self_: Slot, timeout: Option<Seconds>) -> bool {
            let deadline = timeout.map(Seconds::deadline);
            let inbox = cx.state::<End>(self_)?.inbox.alias();
            Ok(inbox.await_message(cx, deadline)? || inbox.is_closed())
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
