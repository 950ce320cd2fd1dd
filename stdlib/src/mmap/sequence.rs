//! What maps do as sequences of bytes.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::{number, slicing};
use argil_interp::types::bytes::buffer;
use argil_interp::types::mapped::Memory;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::types::slice::Slice;
use argil_interp::value::Value;

use super::{bytes_mut, changing, with};

/// What a subscript means.
enum Key {
    /// An index, which counts from the end if it is negative.
    Index(i64),
    /// A slice, resolved.
    Slice(Slot),
}

fn key_of(cx: &mut Ctx, key: Slot, wanted: &str) -> Res<Key> {
    if cx.get(key).cast::<Slice>().is_some() {
        return slicing::resolve(cx, key).map(Key::Slice);
    }
    let Some(index) = number::index_opt(cx, key)? else {
        return Err(cx.type_error(format!("mmap indices must be {wanted}")));
    };
    let index = cx.index(cx.get(index))?.to_i64();
    index.map(Key::Index).ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))
}

/// The place that an index means among `len` bytes.
fn place(cx: &Ctx, index: i64, len: usize) -> Res<usize> {
    let index = if index < 0 { index.saturating_add(len as i64) } else { index };
    let index = usize::try_from(index).ok().filter(|&index| index < len);
    index.ok_or_else(|| cx.index_error("mmap index out of range"))
}

/// The places that a resolved slice means among `len` bytes.
fn places(cx: &Ctx, slice: Slot, len: usize) -> Res<Vec<usize>> {
    let slice = cx.get(slice).cast::<Slice>();
    let indices = slice.and_then(|slice| slicing::indices_leaf(cx, slice, len));
    let indices = indices.unwrap_or_else(|| Err(cx.type_error("mmap indices must be integers")))?;
    Ok(memory::collect(indices.iter()))
}

/// Goes through the bytes of a map, each as a bytes object.
struct Bytes {
    /// The map.
    map: Field,
    /// The next index. Each caller takes one at once (Relaxed: nothing else hangs on it).
    at: AtomicUsize,
}

impl NativeData for Bytes {
    const FIELDS: &'static [FieldOf<Self>] = &[|bytes| &bytes.map];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let Some(map) = cx.load::<Bytes>(this, |bytes| &bytes.map) else { return Ok(None) };
        let cx: &Ctx = cx;
        let at = cx.state::<Bytes>(this)?.at.fetch_add(1, Ordering::Relaxed);
        let byte = with(cx, map, |map| Ok(map.bytes().get(at).copied()))?;
        Ok(byte.map(|byte| cx.root(cx.bytes(&[byte]))))
    });
}

/// Defines the class of iterators.
pub fn define(cx: &Ctx, module: Slot) {
    cx.define_native_class::<Bytes>(module, &NativeClass::nameless("builtins.iterator", &[ITERATOR]));
}

natives! {
    pub static METHODS = {
        slot fn __len__(cx; self_: Value<'h>) -> usize {
            with(cx, cx.root(self_), |map| Ok(map.mapping.as_ref().map_or(0, |mapping| mapping.len())))
        }

        slot call fn __iter__(cx; self_: Slot) -> Slot {
            Ok(cx.new_of_native_class(Bytes { map: Field::of(self_), at: AtomicUsize::new(0) }))
        }

        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            with(cx, self_, |_| Ok(()))?;
            let key = key_of(cx, key, "integers")?;
            let cx: &Ctx = cx;
            with(cx, self_, |map| {
                let bytes = map.bytes();
                match key {
                    Key::Index(index) => {
                        let at = place(cx, index, bytes.len())?;
                        Ok(cx.root(cx.int(bytes[at].into())))
                    }
                    Key::Slice(slice) => {
                        let indices = cx.get(slice).cast::<Slice>().and_then(|slice| slicing::indices_leaf(cx, slice, bytes.len()));
                        match indices.transpose()? {
                            Some(part) if part.step == 1 => {
                                let start = part.start as usize;
                                let part = memory::copy(&bytes[start..start + part.count]);
                                Ok(cx.root(cx.bytes(&part)))
                            }
                            _ => {
                                let places = places(cx, slice, bytes.len())?;
                                let part = memory::collect(places.iter().map(|&at| bytes[at]));
                                Ok(cx.root(cx.bytes(&part)))
                            }
                        }
                    }
                }
            })
        }

        /// Set self[key] to value.
        call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            changing(cx, self_, |_| Ok(()))?;
            match key_of(cx, key, "integer")? {
                Key::Index(index) => {
                    with(cx, self_, |map| place(cx, index, map.bytes().len()))?;
                    let Some(value) = number::index_opt(cx, value)? else {
                        return Err(cx.type_error("mmap item value must be an int"));
                    };
                    let byte = cx.index(cx.get(value))?.to_i64().and_then(|byte| u8::try_from(byte).ok());
                    let byte = byte.ok_or_else(|| cx.value_error("mmap item value must be in range(0, 256)"))?;
                    let cx: &Ctx = cx;
                    changing(cx, self_, |map| {
                        let bytes = bytes_mut(map);
                        let at = place(cx, index, bytes.len())?;
                        bytes[at] = byte;
                        Ok(())
                    })
                }
                Key::Slice(slice) => {
                    let cx: &Ctx = cx;
                    let new = buffer::look(cx, cx.get(value), memory::copy)?;
                    changing(cx, self_, |map| {
                        let bytes = bytes_mut(map);
                        let places = places(cx, slice, bytes.len())?;
                        if places.len() != new.len() {
                            return Err(cx.index_error("mmap slice assignment is wrong size"));
                        }
                        places.iter().zip(&new).for_each(|(&at, &byte)| bytes[at] = byte);
                        Ok(())
                    })
                }
            }
        }

        /// Refuses: bytes cannot be taken out of a map.
        call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            with(cx, self_, |_| Ok(()))?;
            Err(cx.type_error("mmap doesn't support item deletion"))
        }
    }
}
