//! The methods that bytearrays have beyond those of bytes: the ones that change them, and their operators.

use memchr::memmem;

use super::ByteArray;
use super::octets::Octets;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::natives;
use crate::ops::attr::find_special;
use crate::ops::compare::CmpOp;
use crate::ops::item::index_or_slice;
use crate::ops::number::{index_opt, index_or_none};
use crate::ops::slicing::{Selected, select};
use crate::types::bytes::construct::{byte, bytes_of};
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::slice::{Indices, Slice};
use crate::value::Value;

/// The message about an integer that is no byte.
const RANGE: &str = "byte must be in range(0, 256)";

fn out_of_range(cx: &Ctx) -> Raised {
    cx.index_error("bytearray index out of range")
}

/// The bytes that are assigned to a slice.
fn assigned(cx: &mut Ctx, value: Slot) -> Res<Vec<u8>> {
    let number = cx.get(value).as_int().is_some() || cx.get(value).as_float().is_some();
    if number || cx.get(value).as_str().is_some() {
        return Err(cx.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
    }
    bytes_of(cx, value, "bytearray")
}

/// The bytes with which a bytearray is extended.
fn extension(cx: &mut Ctx, source: Slot) -> Res<Vec<u8>> {
    let class = cx.type_name(cx.get(source));
    if cx.get(source).as_str().is_some() {
        return Err(cx.type_error(format!("expected iterable of integers; got: '{class}'")));
    }
    let value = cx.get(source);
    let iterable = ByteArray::contents(value).is_some()
        || find_special(cx, value, Name::__iter__).is_some()
        || find_special(cx, value, Name::__getitem__).is_some();
    if !iterable {
        return Err(cx.type_error(format!("can't extend bytearray with {class}")));
    }
    bytes_of(cx, source, "bytearray")
}

/// Puts bytes in the place of what a slice selects.
fn replace(cx: &Ctx, bytes: &mut Octets, indices: Indices, new: &[u8]) -> Res<()> {
    if indices.step == 1 {
        let start = indices.start as usize;
        bytes.splice(start..start + indices.count, new);
        return Ok(());
    }
    if new.is_empty() {
        bytes.remove_all(indices);
        return Ok(());
    }
    if new.len() != indices.count {
        let (given, wanted) = (new.len(), indices.count);
        let message = format!("attempt to assign bytes of size {given} to extended slice of size {wanted}");
        return Err(cx.value_error(message));
    }
    for (at, byte) in indices.iter().zip(new) {
        bytes[at] = *byte;
    }
    Ok(())
}

/// Compares with another bytes-like object; `NotImplemented` for anything else.
pub fn compare_contents<'h>(op: CmpOp, a: Value<'h>, b: Value<'h>) -> Value<'h> {
    let len = |value| ByteArray::look(value, <[u8]>::len);
    match (len(a), len(b)) {
        (Some(x), Some(y)) if x != y && matches!(op, CmpOp::Eq | CmpOp::Ne) => Value::bool(op == CmpOp::Ne),
        (Some(_), Some(_)) => {
            // One of them is copied: both may be the same object.
            let b = ByteArray::contents(b).unwrap_or_default();
            let order = ByteArray::look(a, |a| a.cmp(&b));
            Value::bool(op.holds(order))
        }
        _ => Value::NOT_IMPLEMENTED,
    }
}

natives! {
    /// Methods that change the array.
    pub static CHANGE = {
        /// Append a single item to the end.
        call fn append(cx; self_: Slot, item: Slot) -> () {
            let byte = byte(cx, item, RANGE)?;
            ByteArray::write(cx, self_, |bytes| { bytes.push(byte); Ok(()) })
        }
        /// Append all the items from the iterator or sequence to the end.
        call fn extend(cx; self_: Slot, iterable_of_ints: Slot) -> () {
            let more = extension(cx, iterable_of_ints)?;
            ByteArray::write(cx, self_, |bytes| { bytes.extend_from_slice(&more); Ok(()) })
        }
        /// Insert a single item before the given index.
        call fn insert(cx; self_: Slot, index: i64, item: Slot) -> () {
            let byte = byte(cx, item, RANGE)?;
            ByteArray::write(cx, self_, |bytes| {
                let len = bytes.len() as i64;
                let at = if index < 0 { index.saturating_add(len).max(0) } else { index.min(len) };
                bytes.insert(at as usize, byte);
                Ok(())
            })
        }
        /// Remove and return a single item.
        call fn pop(cx; self_: Slot, index: i64 = -1) -> i64 {
            ByteArray::write(cx, self_, |bytes| {
                if bytes.is_empty() {
                    return Err(cx.index_error("pop from empty bytearray"));
                }
                let at = if index < 0 { index.saturating_add(bytes.len() as i64) } else { index };
                match usize::try_from(at).ok().filter(|at| *at < bytes.len()) {
                    Some(at) => Ok(i64::from(bytes.remove(at))),
                    None => Err(cx.index_error("pop index out of range")),
                }
            })
        }
        /// Remove the first occurrence of a value.
        call fn remove(cx; self_: Slot, value: Slot) -> () {
            let byte = byte(cx, value, RANGE)?;
            ByteArray::write(cx, self_, |bytes| match bytes.iter().position(|b| *b == byte) {
                Some(at) => {
                    bytes.remove(at);
                    Ok(())
                }
                None => Err(cx.value_error("value not found in bytearray")),
            })
        }
        /// Reverse the order of the values in place.
        call fn reverse(cx; self_: Slot) -> () {
            ByteArray::write(cx, self_, |bytes| { bytes.reverse(); Ok(()) })
        }
        /// Remove all items.
        call fn clear(cx; self_: Slot) -> () {
            ByteArray::write(cx, self_, |bytes| { bytes.clear(); Ok(()) })
        }
        /// Return a copy.
        call fn copy(cx; self_: Slot) -> Slot {
            let bytes = ByteArray::read(cx, self_)?;
            Ok(cx.root(ByteArray::alloc(cx, bytes)))
        }
        /// Make it longer, with zeros, or shorter.
        call fn resize(cx; self_: Slot, size: i64) -> () {
            let Ok(size) = usize::try_from(size) else {
                return Err(cx.value_error(format!("bytearray.resize(): new size must be >= 0, got {size}")));
            };
            ByteArray::write(cx, self_, |bytes| {
                bytes.resize(size);
                Ok(())
            })
        }
        /// Set self[key] to value.
        slot call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            let key = index_or_slice(cx, self_, key)?;
            let new = match cx.get(key).cast::<Slice>() {
                Some(_) => assigned(cx, value)?,
                None => vec![byte(cx, value, RANGE)?],
            };
            ByteArray::write(cx, self_, |bytes| match select(cx, cx.get(key), bytes.len())? {
                Some(Selected::One(at)) => {
                    bytes[at] = new[0];
                    Ok(())
                }
                Some(Selected::Many(indices)) => replace(cx, bytes, indices, &new),
                None => Err(out_of_range(cx)),
            })
        }
        /// Delete self[key].
        slot call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            let key = index_or_slice(cx, self_, key)?;
            ByteArray::write(cx, self_, |bytes| match select(cx, cx.get(key), bytes.len())? {
                Some(Selected::One(at)) => {
                    bytes.remove(at);
                    Ok(())
                }
                Some(Selected::Many(indices)) => {
                    bytes.remove_all(indices);
                    Ok(())
                }
                None => Err(out_of_range(cx)),
            })
        }
        /// Implement self*=value.
        slot call fn __imul__(cx; self_: Slot, value: Slot) -> Slot {
            let Some(count) = index_opt(cx, value)? else {
                let class = cx.type_name(cx.get(value));
                return Err(cx.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
            };
            let count = cx.index(cx.get(count))?.to_i64().and_then(|count| usize::try_from(count.max(0)).ok());
            ByteArray::write(cx, self_, |bytes| {
                let Some(count) = count else { return Err(cx.memory_error()) };
                *bytes = memory::repeat_all(bytes, count).into();
                Ok(())
            })?;
            Ok(self_)
        }
    }
}

natives! {
    /// Methods that read the array.
    pub static READ = {
        /// Return len(self).
        slot fn __len__(cx; self_: Value<'h>) -> usize {
            Ok(ByteArray::look(self_, <[u8]>::len).unwrap_or(0))
        }
        /// Implement iter(self).
        slot fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            let spec = IterSpec::new(Walk::Sequence, self_);
            Ok(Value::of(Iter::alloc(cx, Builtin::ByteArrayIterator, spec)))
        }
        /// Return self[key].
        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let key = index_or_slice(cx, self_, key)?;
            let cx: &Ctx = cx;
            let value = cx.get(self_);
            let Some(array) = value.native::<ByteArray>() else { return Err(out_of_range(cx)) };
            let part = array.with(|bytes| {
                Ok(select(cx, cx.get(key), bytes.len())?.map(|selected| match selected {
                    Selected::One(at) => cx.int(i64::from(bytes[at])),
                    Selected::Many(indices) => ByteArray::alloc(cx, memory::collect(indices.iter().map(|at| bytes[at]))),
                }))
            })?;
            part.map(|part| cx.root(part)).ok_or_else(|| out_of_range(cx))
        }
        /// Return bool(key in self).
        slot call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            let found = |cx: &Ctx, part: &[u8]| {
                ByteArray::look(cx.get(self_), |bytes| memmem::find(bytes, part).is_some()).unwrap_or(false)
            };
            if let Some(part) = ByteArray::contents(cx.get(key)) {
                return Ok(found(cx, &part));
            }
            if index_or_none(cx, key).is_none() {
                let class = cx.type_name(cx.get(key));
                return Err(cx.type_error(format!("a bytes-like object is required, not '{class}'")));
            }
            let byte = byte(cx, key, RANGE)?;
            Ok(found(cx, &[byte]))
        }
        /// Return self==value.
        slot fn __eq__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Eq, self_, value)) }
        /// Return self!=value.
        slot fn __ne__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Ne, self_, value)) }
        /// Return self<value.
        slot fn __lt__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Lt, self_, value)) }
        /// Return self<=value.
        slot fn __le__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Le, self_, value)) }
        /// Return self>value.
        slot fn __gt__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Gt, self_, value)) }
        /// Return self>=value.
        slot fn __ge__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Ge, self_, value)) }
    }
}
