//! Where a queue between processes keeps its items: encoded, in a [`Mailbox`]. Encoding and decoding happen in the process that
//! puts and the one that takes; between them an item is bytes.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::codec;
use argil_interp::process::mailbox::{Mailbox, Order, Put, Take};
use argil_interp::types::list::List;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Native, NativeData};
use argil_interp::value::Value;

use crate::time::Seconds;

/// The items of a queue.
pub struct Store {
    mailbox: Mailbox,
}

impl NativeData for Store {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let ids = value.native::<Store>()?.mailbox.share();
            Some(Saved { bytes: ids.map(u32::to_le_bytes).concat(), values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let (mutex, state) = bytes.split_first_chunk::<4>()?;
            let ids = [*mutex, state.try_into().ok()?].map(u32::from_le_bytes);
            Some(Native::alloc(cx, birth, Store { mailbox: Mailbox::adopt(ids) }))
        },
        fill: |_, _, _| {},
    });
}

/// The mailbox, to wait at: the object that holds it may not be borrowed meanwhile, but its caller's slot keeps it.
fn mailbox(cx: &Ctx, store: Slot) -> Res<Mailbox> {
    Ok(cx.state::<Store>(store)?.mailbox.alias())
}

fn no_memory(cx: &Ctx) -> argil_interp::ctx::Raised {
    cx.raise(Builtin::MemoryError, "the memory that processes share is used up")
}

natives! {
    /// Methods of stores.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, bound: i64) -> Slot {
            let bound = u32::try_from(bound.max(0)).unwrap_or(0);
            let mailbox = Mailbox::new(bound).ok_or_else(|| no_memory(cx))?;
            Ok(cx.new_native(cls, Store { mailbox }))
        }
        /// Append an item, waiting for room: True, False if the time is up, None if the store is closed.
        call fn put(cx; self_: Slot, item: Slot, timeout: Option<Seconds>) -> Option<bool> {
            let deadline = timeout.map(Seconds::deadline);
            let message = codec::encode(cx, item, 0)?;
            match mailbox(cx, self_)?.put(cx, &message, deadline)? {
                Put::Done => Ok(Some(true)),
                Put::Full => Ok(Some(false)),
                Put::Closed => Ok(None),
                Put::NoMemory => Err(no_memory(cx)),
            }
        }
        /// Take the first (or last) item, waiting for one: a tuple of it, False if the time is up, None if the store is closed.
        call fn take(cx; self_: Slot, timeout: Option<Seconds>; last: bool = false) -> Slot {
            let deadline = timeout.map(Seconds::deadline);
            let order = if last { Order::Last } else { Order::First };
            let value = match mailbox(cx, self_)?.take(cx, order, deadline)? {
                Take::Message(message) => {
                    let item = codec::decode(cx, &message, false)?;
                    cx.tuple(&[cx.get(item)])
                }
                Take::Empty => Value::FALSE,
                Take::Closed => Value::NONE,
            };
            Ok(cx.root(value))
        }
        /// A list of all items, which stay.
        call fn items(cx; self_: Slot) -> Slot {
            let messages = cx.state::<Store>(self_)?.mailbox.messages();
            let items = cx.root(Value::of(List::alloc(cx)));
            for message in messages {
                cx.scope(|cx| {
                    let item = codec::decode(cx, &message, false)?;
                    if let Some(items) = cx.get(items).cast::<List>() {
                        items.push(cx, cx.get(item));
                    }
                    Ok(())
                })?;
            }
            Ok(items)
        }
        /// Put the items of a list in the place of the first ones.
        call fn replace(cx; self_: Slot, count: i64, items: Slot) -> () {
            let items = cx.get(items).cast::<List>().map(|items| cx.root_all(items.to_vec(cx)));
            let items = items.ok_or_else(|| cx.type_error("a list is required"))?;
            let messages = items.iter().map(|item| codec::encode(cx, item, 0)).collect::<Res<Vec<_>>>()?;
            let replaced = cx.state::<Store>(self_)?.mailbox.replace(count as usize, &messages);
            if replaced { Ok(()) } else { Err(no_memory(cx)) }
        }
        /// Wait until there is an item; whether there is.
        call fn wait(cx; self_: Slot, timeout: Option<Seconds>) -> bool {
            let deadline = timeout.map(Seconds::deadline);
            mailbox(cx, self_)?.await_message(cx, deadline, || ())
        }
        call fn __len__(cx; self_: Slot) -> i64 {
            Ok(cx.state::<Store>(self_)?.mailbox.len() as i64)
        }
        /// How many items were put and not done with.
        call fn unfinished(cx; self_: Slot) -> i64 {
            Ok(cx.state::<Store>(self_)?.mailbox.unfinished().into())
        }
        /// Count an item as done with; False if none is left to count.
        call fn finish_one(cx; self_: Slot) -> bool {
            Ok(cx.state::<Store>(self_)?.mailbox.finish_one())
        }
        /// Wait until every item is done with.
        call fn join(cx; self_: Slot) -> () {
            mailbox(cx, self_)?.join(cx)
        }
        /// Let nothing more in, and throw away what is there if asked to.
        call fn close(cx; self_: Slot, now: bool) -> () {
            cx.state::<Store>(self_)?.mailbox.close(now);
            Ok(())
        }
        /// Whether nothing more is let in.
        call fn is_closed(cx; self_: Slot) -> bool {
            Ok(cx.state::<Store>(self_)?.mailbox.is_closed())
        }
    }
}
