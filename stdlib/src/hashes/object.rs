//! Hash objects: one native state for all classes of them. Each update and each digest is one step, and much data is hashed
//! off the lock.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer;
use argil_interp::types::bytes::hex::{Separator, hex};
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use super::algorithm::{Algorithm, Hash, LONGEST};
use crate::off_lock::Shared;

/// What is at least as long is hashed off the lock.
pub const OFF_LOCK: usize = 2048;

/// A hash object of any class.
pub struct Object {
    /// The function.
    pub algorithm: &'static Algorithm,
    /// How many bytes a digest has; 0 if that is as one likes.
    pub size: usize,
    state: Shared<Box<dyn Hash>>,
}

impl NativeData for Object {}

/// A class of hash objects: what its type stands for in the interpreter's table of classes.
pub struct Mark<const NUMBER: u8>;

impl<const NUMBER: u8> NativeData for Mark<NUMBER> {}

/// The class that a module has defined for a mark.
pub fn class_of<M: NativeData>(cx: &Ctx) -> Slot {
    cx.root(cx.native_class::<M>().map_or(Value::NONE, Value::of))
}

/// A new object.
pub fn object(cx: &Ctx, class: Slot, algorithm: &'static Algorithm, size: usize, hash: Box<dyn Hash>) -> Slot {
    cx.note_external(512);
    cx.new_native(class, Object { algorithm, size, state: Shared::new(hash) })
}

/// What a constructor got as `data`, or by its old name, `string`.
pub fn initial(cx: &Ctx, data: GivenSlot, string: GivenSlot) -> Res<Option<Slot>> {
    match (data.0, string.0) {
        (Some(_), Some(_)) => Err(cx.type_error(
            "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal \
             in a future version.",
        )),
        (data, string) => Ok(data.or(string)),
    }
}

/// A new object of the class `M`, with what it begins with.
pub fn construct<M: NativeData>(
    cx: &mut Ctx,
    algorithm: &'static Algorithm,
    data: GivenSlot,
    string: GivenSlot,
) -> Res<Slot> {
    let data = initial(cx, data, string)?;
    let class = class_of::<M>(cx);
    let this = object(cx, class, algorithm, algorithm.size, (algorithm.begin)());
    if let Some(data) = data {
        update(cx, this, data)?;
    }
    Ok(this)
}

/// How much there is to hash.
pub fn length(cx: &Ctx, data: Slot) -> Res<usize> {
    let value = cx.get(data);
    if value.as_str().is_some() {
        return Err(cx.type_error("Strings must be encoded before hashing"));
    }
    buffer::look(cx, value, <[u8]>::len).or_else(|raised| {
        cx.catch(raised, Builtin::TypeError)?;
        Err(cx.type_error("object supporting the buffer API required"))
    })
}

/// Appends to what an object hashes.
pub fn update(cx: &mut Ctx, this: Slot, data: Slot) -> Res<()> {
    let length = length(cx, data)?;
    let state = cx.state::<Object>(this)?.state.alias();
    if length >= OFF_LOCK {
        return state.with_bytes(cx, data, |hash, bytes| hash.update(bytes));
    }
    let mut copy = [0; OFF_LOCK];
    let bytes = buffer::look(cx, cx.get(data), |bytes| {
        // Another thread may have made it longer; what is hashed is then its beginning, as long as it was.
        let bytes = &bytes[..bytes.len().min(length)];
        copy[..bytes.len()].copy_from_slice(bytes);
        bytes.len()
    })?;
    state.short(cx, |hash| hash.update(&copy[..bytes]));
    Ok(())
}

/// The digest, of so many bytes.
pub fn digest(cx: &mut Ctx, this: Slot, size: usize) -> Res<Vec<u8>> {
    let state = cx.state::<Object>(this)?.state.alias();
    let mut out = memory::zeros(size);
    if size > LONGEST.max(OFF_LOCK) {
        state.with(cx, |hash| hash.digest(&mut out));
    } else {
        state.short(cx, |hash| hash.digest(&mut out));
    }
    Ok(out)
}

/// A bytes object.
pub fn bytes(cx: &mut Ctx, bytes: &[u8]) -> Res<Slot> {
    cx.with_memory(|cx| cx.root(cx.bytes(bytes)))
}

/// A string of hexadecimal digits.
pub fn digits(cx: &mut Ctx, bytes: &[u8]) -> Res<Slot> {
    cx.with_memory(|cx| {
        let digits = hex(bytes, Separator(None), 1);
        cx.root(cx.str(std::str::from_utf8(&digits).unwrap_or_default()))
    })
}

/// A number that CPython reads into an unsigned one of so many bits, which `shown` names.
pub fn unsigned(cx: &mut Ctx, number: Slot, shown: &str) -> Res<u64> {
    let number = number::index(cx, number)?;
    let int = cx.index(cx.get(number))?;
    if number::int::is_negative(int) {
        return Err(cx.value_error("Cannot convert negative int"));
    }
    let big = int.to_big();
    u64::try_from(&big).map_err(|_| cx.overflow_error(format!("Python int too large for C {shown}")))
}

fn size(cx: &Ctx, this: Slot) -> Res<usize> {
    Ok(cx.state::<Object>(this)?.size)
}

natives! {
    /// What all classes have but HMAC's.
    pub static UPDATE = {
        /// Update this hash object's state with the provided bytes-like object.
        call fn update(cx; self_: Slot, obj: Slot) -> () { update(cx, self_, obj) }
    }
}

natives! {
    /// What all classes have.
    pub static COMMON = {
        /// Return a copy of the hash object.
        call fn copy(cx; self_: Slot) -> Slot {
            let (algorithm, size, state) = {
                let object = cx.state::<Object>(self_)?;
                (object.algorithm, object.size, object.state.alias())
            };
            let copy = state.short(cx, |hash| hash.copy());
            let class = cx.root(Value::of(cx.class_of(cx.get(self_))));
            Ok(object(cx, class, algorithm, size, copy))
        }

        get fn block_size(cx; self_: Value<'h>) -> usize { Ok(cx.state::<Object>(cx.root(self_))?.algorithm.block) }

        get fn digest_size(cx; self_: Value<'h>) -> usize { Ok(cx.state::<Object>(cx.root(self_))?.size) }
    }
}

natives! {
    /// What all have but HMAC's, which say more.
    pub static NAME = {
        get fn name(cx; self_: Value<'h>) -> &'static str { Ok(cx.state::<Object>(cx.root(self_))?.algorithm.name) }
    }
}

natives! {
    /// What classes have whose digests have a length.
    pub static FIXED = {
        /// Return the digest value as a bytes object.
        call fn digest(cx; self_: Slot) -> Slot {
            let size = size(cx, self_)?;
            let digest = digest(cx, self_, size)?;
            bytes(cx, &digest)
        }

        /// Return the digest value as a string of hexadecimal digits.
        call fn hexdigest(cx; self_: Slot) -> Slot {
            let size = size(cx, self_)?;
            let digest = digest(cx, self_, size)?;
            digits(cx, &digest)
        }
    }
}
