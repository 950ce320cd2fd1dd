//! What arrays do as sequences: subscripts, `+` and `*`, comparison.

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::attr::find_special;
use argil_interp::ops::compare::{CmpOp, compare_leaf, eq};
use argil_interp::ops::{number, repr, slicing};
use argil_interp::types::array::Array;
use argil_interp::types::bytearray::octets::Octets;
use argil_interp::types::list::List;
use argil_interp::types::slice::{Indices, Slice};
use argil_interp::value::Value;

use super::create;
use super::iterate::iterate;
use super::methods::text_of;
use super::pack::pack;

/// What a subscript of an array means.
enum Key {
    /// An index, which counts from the end if it is negative.
    Index(i64),
    /// A slice, resolved.
    Slice(Slot),
}

fn key_of(cx: &mut Ctx, key: Slot) -> Res<Key> {
    let value = cx.get(key);
    if value.cast::<Slice>().is_some() {
        return slicing::resolve(cx, key).map(Key::Slice);
    }
    let Some(index) = number::index_opt(cx, key)? else { return Err(cx.type_error("array indices must be integers")) };
    let index = cx.index(cx.get(index))?.to_i64();
    index.map(Key::Index).ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))
}

/// The place that an index means among `len` items.
pub fn place(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add(len as i64)? } else { index };
    usize::try_from(index).ok().filter(|index| *index < len)
}

fn selected(cx: &Ctx, slice: Slot, len: usize) -> Res<Indices> {
    let slice = cx.get(slice).cast::<Slice>();
    let indices = slice.and_then(|slice| slicing::indices_leaf(cx, slice, len));
    indices.unwrap_or_else(|| Err(cx.type_error("array indices must be integers")))
}

/// Removes the items at some indices.
fn delete(bytes: &mut Octets, indices: Indices, size: usize) {
    if indices.step == 1 {
        let start = indices.start as usize * size;
        return bytes.splice(start..start + indices.count * size, &[]);
    }
    let (Some(first), Some(last)) = (indices.iter().min(), indices.iter().max()) else { return };
    let step = indices.step.unsigned_abs() as usize;
    let mut to = first;
    for from in first..bytes.len() / size {
        if from > last || !(from - first).is_multiple_of(step) {
            bytes.copy_within(from * size..(from + 1) * size, to * size);
            to += 1;
        }
    }
    bytes.resize(to * size);
}

fn set_slice(cx: &Ctx, array: Slot, slice: Slot, value: Slot) -> Res<()> {
    let item = cx.state::<Array>(array)?.item;
    let source = cx.get(value);
    let Some(other) = source.native::<Array>() else {
        let got = cx.type_name(source);
        return Err(cx.type_error(format!("can only assign array (not \"{got}\") to array slice")));
    };
    if other.item != item {
        return Err(wrong_kind(cx));
    }
    let (new, size) = (other.with(memory::copy), item.size());
    Array::write(cx, array, |bytes| {
        let indices = selected(cx, slice, bytes.len() / size)?;
        let count = new.len() / size;
        if indices.step == 1 {
            let start = indices.start as usize * size;
            bytes.splice(start..start + indices.count * size, &new);
        } else if count == 0 {
            delete(bytes, indices, size);
        } else if count != indices.count {
            let wanted = indices.count;
            let message = format!("attempt to assign array of size {count} to extended slice of size {wanted}");
            return Err(cx.value_error(message));
        } else {
            for (at, item) in indices.iter().zip(new.chunks_exact(size)) {
                bytes[at * size..(at + 1) * size].copy_from_slice(item);
            }
        }
        Ok(())
    })
}

/// The TypeError for an array of other items.
fn wrong_kind(cx: &Ctx) -> Raised {
    cx.type_error("bad argument type for built-in operation")
}

/// Bytes so many times over, or `None` if that is no number.
fn repeated(cx: &mut Ctx, array: Slot, times: Slot) -> Res<Vec<u8>> {
    if find_special(cx, cx.get(times), Name::__index__).is_none() {
        let got = cx.type_name(cx.get(times));
        return Err(cx.type_error(format!("can't multiply sequence by non-int of type '{got}'")));
    }
    let times = number::index(cx, times)?;
    let times = cx.index(cx.get(times))?.to_i64();
    let times = times.ok_or_else(|| cx.overflow_error("cannot fit 'int' into an index-sized integer"))?;
    let bytes = cx.state::<Array>(array)?.with(memory::copy);
    Ok(memory::repeat_all(&bytes, usize::try_from(times).unwrap_or(0)))
}

/// Adds the items of another array.
pub fn append_array(cx: &Ctx, array: Slot, other: Slot, wrong: impl FnOnce(&Ctx) -> Raised) -> Res<()> {
    let item = cx.state::<Array>(array)?.item;
    let other = cx.state::<Array>(other)?;
    if other.item != item {
        return Err(wrong(cx));
    }
    let new = other.with(memory::copy);
    Array::write(cx, array, |bytes| {
        bytes.extend_from_slice(&new);
        Ok(())
    })
}

/// Compares two arrays; `NotImplemented` for anything else.
fn compare(cx: &Ctx, op: CmpOp, a: Value<'_>, b: Value<'_>) -> Value<'static> {
    let (Some(x), Some(y)) = (a.native::<Array>(), b.native::<Array>()) else { return Value::NOT_IMPLEMENTED };
    let (v, w) = (x.with(memory::copy), y.with(memory::copy));
    let (m, n) = (v.len() / x.item.size(), w.len() / y.item.size());
    if m != n && matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Value::bool(op == CmpOp::Ne);
    }
    let plain = x.item == y.item && !matches!(x.item.letter(), b'f' | b'd');
    if plain && matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Value::bool((v == w) == (op == CmpOp::Eq));
    }
    for (v, w) in v.chunks_exact(x.item.size()).zip(w.chunks_exact(y.item.size())) {
        memory::check();
        let (v, w) = (x.item.unpack(cx, v), y.item.unpack(cx, w));
        if compare_leaf(cx, CmpOp::Eq, v, w) != Some(true) {
            return match op {
                CmpOp::Eq => Value::FALSE,
                CmpOp::Ne => Value::TRUE,
                _ => compare_leaf(cx, op, v, w).map_or(Value::NOT_IMPLEMENTED, Value::bool),
            };
        }
    }
    Value::bool(op.holds(Some(m.cmp(&n))))
}

/// The place of the first item from `start` to `stop` that is equal to a value.
pub fn find(cx: &mut Ctx, array: Slot, value: Slot, range: std::ops::Range<usize>) -> Res<Option<usize>> {
    cx.scope(|cx| {
        let slot = cx.root(Value::NONE);
        for index in range {
            let Some(item) = cx.state::<Array>(array)?.get(cx, index) else { break };
            cx.set(slot, item);
            if eq(cx, slot, value)? {
                return Ok(Some(index));
            }
        }
        Ok(None)
    })
}

natives! {
    pub static METHODS = {
        /// Return len(self).
        fn __len__(cx; self_: Value<'h>) -> usize {
            let array = cx.state::<Array>(cx.root(self_))?;
            Ok(array.len())
        }

        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let key = key_of(cx, key)?;
            let cx: &Ctx = cx;
            let array = cx.state::<Array>(self_)?;
            match key {
                Key::Index(index) => {
                    let item = place(index, array.len()).and_then(|index| array.get(cx, index));
                    item.map(|item| cx.root(item)).ok_or_else(|| cx.index_error("array index out of range"))
                }
                Key::Slice(slice) => {
                    let size = array.item.size();
                    let part = array.with(|bytes| {
                        let indices = selected(cx, slice, bytes.len() / size)?;
                        let mut part = memory::buffer(indices.count * size);
                        if indices.step == 1 {
                            let start = indices.start as usize * size;
                            part.extend_from_slice(&bytes[start..start + indices.count * size]);
                        } else {
                            indices.iter().for_each(|at| part.extend_from_slice(&bytes[at * size..(at + 1) * size]));
                        }
                        Ok(part)
                    })?;
                    Ok(create::plain(cx, array.item, part))
                }
            }
        }

        /// Set self[key] to value.
        call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            let index = match key_of(cx, key)? {
                Key::Index(index) => index,
                Key::Slice(slice) => return set_slice(cx, self_, slice, value),
            };
            let array = cx.state::<Array>(self_)?;
            let (item, size) = (array.item, array.item.size());
            let outside = |cx: &Ctx| cx.index_error("array assignment index out of range");
            if place(index, array.len()).is_none() {
                return Err(outside(cx));
            }
            let packed = pack(cx, item, value)?;
            Array::write(cx, self_, |bytes| {
                let at = place(index, bytes.len() / size).ok_or_else(|| outside(cx))?;
                bytes[at * size..(at + 1) * size].copy_from_slice(&packed[..size]);
                Ok(())
            })
        }

        /// Delete self[key].
        call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            let key = key_of(cx, key)?;
            let size = cx.state::<Array>(self_)?.item.size();
            Array::write(cx, self_, |bytes| {
                let len = bytes.len() / size;
                match key {
                    Key::Slice(slice) => delete(bytes, selected(cx, slice, len)?, size),
                    Key::Index(index) => {
                        let outside = || cx.index_error("array assignment index out of range");
                        let at = place(index, len).ok_or_else(outside)?;
                        bytes.splice(at * size..(at + 1) * size, &[]);
                    }
                }
                Ok(())
            })
        }

        /// Return bool(key in self).
        call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            let len = cx.state::<Array>(self_)?.len();
            find(cx, self_, key, 0..len).map(|found| found.is_some())
        }

        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            Ok(iterate(cx, self_))
        }

        /// Return self+value.
        call fn __add__(cx; self_: Slot, value: Slot) -> Slot {
            if cx.get(value).native::<Array>().is_none() {
                let got = cx.type_name(cx.get(value));
                return Err(cx.type_error(format!("can only append array (not \"{got}\") to array")));
            }
            let array = cx.state::<Array>(self_)?;
            let sum = create::plain(cx, array.item, array.with(memory::copy));
            append_array(cx, sum, value, wrong_kind)?;
            Ok(sum)
        }

        /// Implement self+=value.
        call fn __iadd__(cx; self_: Slot, value: Slot) -> Slot {
            if cx.get(value).native::<Array>().is_none() {
                let got = cx.type_name(cx.get(value));
                return Err(cx.type_error(format!("can only extend array with array (not \"{got}\")")));
            }
            append_array(cx, self_, value, |cx| cx.type_error("can only extend with array of same kind"))?;
            Ok(self_)
        }

        /// Return self*value.
        call fn __mul__(cx; self_: Slot, value: Slot) -> Slot {
            let bytes = repeated(cx, self_, value)?;
            Ok(create::plain(cx, cx.state::<Array>(self_)?.item, bytes))
        }

        /// Return value*self.
        call fn __rmul__(cx; self_: Slot, value: Slot) -> Slot {
            let bytes = repeated(cx, self_, value)?;
            Ok(create::plain(cx, cx.state::<Array>(self_)?.item, bytes))
        }

        /// Implement self*=value.
        call fn __imul__(cx; self_: Slot, value: Slot) -> Slot {
            let new = repeated(cx, self_, value)?;
            Array::write(cx, self_, |bytes| {
                let len = bytes.len();
                bytes.splice(0..len, &new);
                Ok(())
            })?;
            Ok(self_)
        }

        fn __eq__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Eq, self_, other)) }

        fn __ne__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Ne, self_, other)) }

        fn __lt__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Lt, self_, other)) }

        fn __le__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Le, self_, other)) }

        fn __gt__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Gt, self_, other)) }

        fn __ge__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> { Ok(compare(cx, CmpOp::Ge, self_, other)) }

        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let class = cx.class_of(cx.get(self_)).plain_name(cx).to_owned();
            let array = cx.state::<Array>(self_)?;
            let letter = char::from(array.item.letter());
            if array.is_empty() {
                return Ok(format!("{class}('{letter}')"));
            }
            let items = if array.item.is_text() {
                repr::str_repr(&text_of(cx, array)?)
            } else {
                let items = listed(cx, self_)?;
                repr::repr(cx, items)?
            };
            Ok(format!("{class}('{letter}', {items})"))
        }
    }
}

/// The items as a list.
pub fn listed(cx: &mut Ctx, array: Slot) -> Res<Slot> {
    cx.with_memory(|cx| {
        let array = cx.state::<Array>(array)?;
        let (bytes, item) = (array.with(memory::copy), array.item);
        let items = memory::collect(bytes.chunks_exact(item.size()).map(|bytes| {
            memory::check();
            item.unpack(cx, bytes)
        }));
        Ok(cx.root(Value::of(List::from_values(cx, &items))))
    })?
}
