//! `BufferedRWPair`: two raw files, one that is read and one that is written.

use super::{DEFAULT_BUFFER_SIZE, base, birth, both, get, invoke, state};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::object::Field;
use crate::ops::truth::truth;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// The state of a `BufferedRWPair`.
pub struct Pair {
    reader: Field,
    writer: Field,
}

impl NativeData for Pair {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.reader, |s| &s.writer];
}

fn half(cx: &Ctx, pair: Slot, field: fn(&Pair) -> &Field) -> Res<Slot> {
    let state = state::<Pair>(cx, pair, Builtin::BufferedRwPair)?;
    match field(state).get(cx) {
        Some(half) => Ok(cx.root(half)),
        None => Err(cx.value_error("I/O operation on uninitialized object")),
    }
}

fn reader(cx: &Ctx, pair: Slot) -> Res<Slot> {
    half(cx, pair, |pair| &pair.reader)
}

fn writer(cx: &Ctx, pair: Slot) -> Res<Slot> {
    half(cx, pair, |pair| &pair.writer)
}

fn given(size: Option<Slot>) -> Vec<Slot> {
    size.into_iter().collect()
}

natives! {
    /// Methods of `BufferedRWPair`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let state = Pair { reader: Field::unset(), writer: Field::unset() };
            let cx: &Ctx = cx;
            Ok(cx.root(Native::alloc(cx, birth(cx, args.get(0)), state)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot, reader: Slot, writer: Slot, buffer_size: i64 = DEFAULT_BUFFER_SIZE as i64)
            -> () {
            base::check_able(cx, reader, "readable")?;
            base::check_able(cx, writer, "writable")?;
            let size = cx.root(cx.int(buffer_size));
            let class = cx.root(Value::of(cx.class(Builtin::BufferedReader)));
            let reader = cx.call(class, &[reader, size])?;
            let class = cx.root(Value::of(cx.class(Builtin::BufferedWriter)));
            let writer = cx.call(class, &[writer, size])?;
            cx.store(self_, |pair: &Pair| &pair.reader, reader);
            cx.store(self_, |pair: &Pair| &pair.writer, writer);
            Ok(())
        }
        /// Read and return up to size bytes, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "read", &given(size))
        }
        /// Return bytes without moving on.
        call fn peek(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "peek", &given(size))
        }
        /// Read and return up to size bytes, with at most one read of what lies below.
        call fn read1(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "read1", &given(size))
        }
        /// Read bytes into a buffer.
        call fn readinto(cx; self_: Slot, buffer: Slot) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "readinto", &[buffer])
        }
        /// Read bytes into a buffer, with at most one read of what lies below.
        call fn readinto1(cx; self_: Slot, buffer: Slot) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "readinto1", &[buffer])
        }
        /// Write a buffer.
        call fn write(cx; self_: Slot, buffer: Slot) -> Slot {
            let writer = writer(cx, self_)?;
            invoke(cx, writer, "write", &[buffer])
        }
        /// Write what is in the buffer.
        call fn flush(cx; self_: Slot) -> Slot {
            let writer = writer(cx, self_)?;
            invoke(cx, writer, "flush", &[])
        }
        /// Whether the one half can be read.
        call fn readable(cx; self_: Slot) -> Slot {
            let reader = reader(cx, self_)?;
            invoke(cx, reader, "readable", &[])
        }
        /// Whether the other half can be written.
        call fn writable(cx; self_: Slot) -> Slot {
            let writer = writer(cx, self_)?;
            invoke(cx, writer, "writable", &[])
        }
        /// Close both.
        call fn close(cx; self_: Slot) -> () {
            let (reader, writer) = (reader(cx, self_)?, writer(cx, self_)?);
            both(cx, |cx| invoke(cx, writer, "close", &[]).map(|_| ()), |cx| invoke(cx, reader, "close", &[]).map(|_| ()))
        }
        /// Whether either is a terminal.
        call fn isatty(cx; self_: Slot) -> Slot {
            let (reader, writer) = (reader(cx, self_)?, writer(cx, self_)?);
            let answer = invoke(cx, writer, "isatty", &[])?;
            if truth(cx, answer)? {
                return Ok(answer);
            }
            invoke(cx, reader, "isatty", &[])
        }
        /// Whether the half that is written is closed.
        get call fn closed(cx; self_: Slot) -> Slot {
            let state = state::<Pair>(cx, self_, Builtin::BufferedRwPair)?;
            if state.writer.get(cx).is_none() {
                return Err(cx.runtime_error("the BufferedRWPair object is being garbage-collected"));
            }
            let writer = writer(cx, self_)?;
            get(cx, writer, "closed")
        }
    }
}
