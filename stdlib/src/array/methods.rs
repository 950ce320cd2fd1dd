//! The methods of arrays.

use argil_compiler::surrogate;
use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::names::Name;
use argil_interp::native::Place;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::array::Array;
use argil_interp::types::array::item::Item;
use argil_interp::types::bytes::buffer;
use argil_interp::types::list::List;
use argil_interp::types::memory_view::MemoryView;
use argil_interp::value::Value;

use super::create::{self, characters};
use super::machine;
use super::pack::pack;
use super::sequence::{append_array, find, listed, place};

/// The characters of an array.
pub fn text_of(cx: &Ctx, array: &Array) -> Res<String> {
    array.with(|bytes| {
        let mut text = memory::text(bytes.len());
        for item in bytes.chunks_exact(array.item.size()) {
            let number = u32::from_le_bytes(item.try_into().unwrap_or_default());
            match surrogate::char_of(number) {
                Some(c) => text.push(c),
                None if number > 0x10_ffff => {
                    let message = format!("character U+{number:x} is not in range [U+0000; U+10ffff]");
                    return Err(cx.value_error(message));
                }
                None => {
                    let message = format!("U+{number:x} stands for a surrogate in Argil");
                    return Err(cx.value_error(message));
                }
            }
        }
        Ok(text)
    })
}

fn only_text(cx: &Ctx, item: Item, method: &str) -> Res<()> {
    if item.is_text() {
        return Ok(());
    }
    Err(cx.value_error(format!("{method}() may only be called on unicode type arrays ('u' or 'w')")))
}

/// Adds bytes, which must be whole items.
fn push_bytes(cx: &Ctx, array: Slot, new: &[u8]) -> Res<()> {
    let size = cx.state::<Array>(array)?.item.size();
    if !new.len().is_multiple_of(size) {
        return Err(cx.value_error("bytes length not a multiple of item size"));
    }
    Array::write(cx, array, |bytes| {
        bytes.extend_from_slice(new);
        Ok(())
    })
}

fn extend(cx: &mut Ctx, array: Slot, iterable: Slot) -> Res<()> {
    if cx.get(iterable).native::<Array>().is_some() {
        return append_array(cx, array, iterable, |cx| cx.type_error("can only extend with array of same kind"));
    }
    let item = cx.state::<Array>(array)?.item;
    // What came before an element that is wrong stays.
    argil_interp::ops::iter::for_each(cx, iterable, |cx, element| {
        let packed = pack(cx, item, element)?;
        push_bytes(cx, array, &packed[..item.size()]).map(|()| true)
    })
}

/// Where a search begins or ends.
fn within(place: Place, len: usize) -> usize {
    usize::try_from(place.within(len)).unwrap_or(0).min(len)
}

fn call_file(cx: &mut Ctx, file: Slot, method: &str, arg: Slot) -> Res<Slot> {
    let name = cx.root(cx.intern(method));
    let method = attr::get_attr(cx, file, name)?;
    cx.call(method, &[arg])
}

/// How many bytes `tofile` writes at once.
const BLOCK: usize = 64 * 1024;

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            create::new(cx, args)
        }

        /// the typecode character used to create the array
        get fn typecode(cx; self_: Value<'h>) -> char {
            let array = cx.state::<Array>(cx.root(self_))?;
            Ok(char::from(array.item.letter()))
        }

        /// the size, in bytes, of one array item
        get fn itemsize(cx; self_: Value<'h>) -> usize {
            let array = cx.state::<Array>(cx.root(self_))?;
            Ok(array.item.size())
        }

        /// Append new value v to the end of the array.
        call fn append(cx; self_: Slot, v: Slot) -> () {
            let item = cx.state::<Array>(self_)?.item;
            let packed = pack(cx, item, v)?;
            push_bytes(cx, self_, &packed[..item.size()])
        }

        /// Append items to the end of the array.
        call fn extend(cx; self_: Slot, bb: Slot) -> () {
            extend(cx, self_, bb)
        }

        /// Insert a new item v into the array before position i.
        call fn insert(cx; self_: Slot, i: i64, v: Slot) -> () {
            let item = cx.state::<Array>(self_)?.item;
            let packed = pack(cx, item, v)?;
            Array::write(cx, self_, |bytes| {
                let at = within(Place(i), bytes.len() / item.size()) * item.size();
                bytes.splice(at..at, &packed[..item.size()]);
                Ok(())
            })
        }

        /// Return the i-th element and delete it from the array.
        call fn pop(cx; self_: Slot, i: i64 = -1) -> Slot {
            let item = cx.state::<Array>(self_)?.item;
            let size = item.size();
            let bytes = Array::write(cx, self_, |bytes| {
                if bytes.is_empty() {
                    return Err(cx.index_error("pop from empty array"));
                }
                let at = place(i, bytes.len() / size).ok_or_else(|| cx.index_error("pop index out of range"))?;
                let popped = bytes[at * size..(at + 1) * size].to_vec();
                bytes.splice(at * size..(at + 1) * size, &[]);
                Ok(popped)
            })?;
            Ok(cx.root(item.unpack(cx, &bytes)))
        }

        /// Remove the first occurrence of v in the array.
        call fn remove(cx; self_: Slot, v: Slot) -> () {
            let array = cx.state::<Array>(self_)?;
            let (len, size) = (array.len(), array.item.size());
            let at = find(cx, self_, v, 0..len)?;
            let at = at.ok_or_else(|| cx.value_error("array.remove(x): x not in array"))?;
            Array::write(cx, self_, |bytes| {
                if (at + 1) * size <= bytes.len() {
                    bytes.splice(at * size..(at + 1) * size, &[]);
                }
                Ok(())
            })
        }

        /// Return index of first occurrence of v in the array.
        ///
        /// Raise ValueError if the value is not present.
        call fn index(cx; self_: Slot, v: Slot, start: Place = Place(0), stop: Place = Place(i64::MAX)) -> usize {
            let len = cx.state::<Array>(self_)?.len();
            let found = find(cx, self_, v, within(start, len)..within(stop, len))?;
            found.ok_or_else(|| cx.value_error("array.index(x): x not in array"))
        }

        /// Return number of occurrences of v in the array.
        call fn count(cx; self_: Slot, v: Slot) -> i64 {
            let (mut from, mut count) = (0, 0);
            loop {
                let len = cx.state::<Array>(self_)?.len();
                let Some(at) = cx.scope(|cx| find(cx, self_, v, from..len))? else { return Ok(count) };
                (from, count) = (at + 1, count + 1);
            }
        }

        /// Reverse the order of the items in the array.
        call fn reverse(cx; self_: Slot) -> () {
            let size = cx.state::<Array>(self_)?.item.size();
            Array::write(cx, self_, |bytes| {
                // All bytes backwards, then those of each item.
                bytes.reverse();
                bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
                Ok(())
            })
        }

        /// Byteswap all items of the array.
        call fn byteswap(cx; self_: Slot) -> () {
            let size = cx.state::<Array>(self_)?.item.size();
            Array::write(cx, self_, |bytes| {
                bytes.chunks_exact_mut(size).for_each(<[u8]>::reverse);
                Ok(())
            })
        }

        /// Remove all items from the array.
        call fn clear(cx; self_: Slot) -> () {
            Array::write(cx, self_, |bytes| {
                bytes.clear();
                Ok(())
            })
        }

        /// Return a tuple (address, length) giving the current memory address and the length in items of the buffer.
        fn buffer_info(cx; self_: Value<'h>) -> Value<'h> {
            let array = cx.state::<Array>(cx.root(self_))?;
            let address = array.with(|bytes| bytes.as_ptr() as usize as u64);
            Ok(cx.tuple(&[cx.uint(address), cx.uint(array.len() as u64)]))
        }

        /// Append items from list to array.
        call fn fromlist(cx; self_: Slot, list: Slot) -> () {
            if cx.get(list).cast::<List>().is_none() {
                return Err(cx.type_error("arg must be list"));
            }
            // All or nothing.
            let mut new = Vec::new();
            create::collect(cx, cx.state::<Array>(self_)?.item, list, &mut new)?;
            push_bytes(cx, self_, &new)
        }

        /// Convert array to an ordinary list with the same items.
        call fn tolist(cx; self_: Slot) -> Slot {
            listed(cx, self_)
        }

        /// Appends items from the buffer, as if it were an array of the machine's own values.
        call fn frombytes(cx; self_: Slot, buffer: Slot) -> () {
            let value = cx.get(buffer);
            let wide = match (value.native::<Array>(), value.native::<MemoryView>()) {
                (Some(array), _) => array.item.size() != 1,
                (None, Some(view)) => view.item_size() != 1,
                _ => false,
            };
            if wide {
                return Err(cx.type_error("a bytes-like object is required"));
            }
            let new = buffer::contents(cx, value)?.into_owned();
            push_bytes(cx, self_, &new)
        }

        /// Convert the array to an array of machine values and return the bytes representation.
        call fn tobytes(cx; self_: Slot) -> Slot {
            cx.with_memory(|cx| Ok(cx.root(cx.state::<Array>(self_)?.with(|bytes| cx.bytes(bytes)))))?
        }

        /// Read n objects from the file object f and append them to the end of the array.
        call fn fromfile(cx; self_: Slot, f: Slot, n: i64) -> () {
            let Ok(count) = usize::try_from(n) else { return Err(cx.value_error("negative count")) };
            let size = cx.state::<Array>(self_)?.item.size();
            let wanted = count.checked_mul(size).filter(|wanted| isize::try_from(*wanted).is_ok());
            let Some(wanted) = wanted else { return Err(cx.memory_error()) };
            let number = cx.root(cx.uint(wanted as u64));
            let read = call_file(cx, f, "read", number)?;
            let Some(bytes) = cx.get(read).as_bytes() else { return Err(cx.type_error("read() didn't return bytes")) };
            push_bytes(cx, self_, bytes)?;
            if bytes.len() != wanted {
                return Err(cx.raise(Builtin::EOFError, "read() didn't return enough bytes"));
            }
            Ok(())
        }

        /// Write all items (as machine values) to the file object f.
        call fn tofile(cx; self_: Slot, f: Slot) -> () {
            let mut at = 0;
            loop {
                let block = cx.state::<Array>(self_)?.with(|bytes| {
                    let end = (at + BLOCK).min(bytes.len());
                    cx.root(cx.bytes(bytes.get(at..end).unwrap_or_default()))
                });
                let Some(written) = cx.get(block).as_bytes().map(<[u8]>::len).filter(|written| *written > 0) else {
                    return Ok(());
                };
                at += written;
                cx.scope(|cx| call_file(cx, f, "write", block).map(|_| ()))?;
            }
        }

        /// Extends this array with data from the unicode string ustr.
        call fn fromunicode(cx; self_: Slot, ustr: Slot) -> () {
            let value = cx.get(ustr);
            let Some(text) = value.as_str() else {
                let got = if value.is_none() { "None" } else { cx.type_name(value) };
                return Err(cx.type_error(format!("fromunicode() argument must be str, not {got}")));
            };
            only_text(cx, cx.state::<Array>(self_)?.item, "fromunicode")?;
            push_bytes(cx, self_, &characters(text))
        }

        /// Convert the array to a unicode string.
        fn tounicode(cx; self_: Value<'h>) -> String {
            let array = cx.state::<Array>(cx.root(self_))?;
            only_text(cx, array.item, "tounicode")?;
            text_of(cx, array)
        }

        /// Return a copy of the array.
        call fn __copy__(cx; self_: Slot) -> Slot {
            let array = cx.state::<Array>(self_)?;
            Ok(create::plain(cx, array.item, array.with(memory::copy)))
        }

        /// Return a copy of the array.
        call fn __deepcopy__(cx; self_: Slot, _memo: Slot) -> Slot {
            let array = cx.state::<Array>(self_)?;
            Ok(create::plain(cx, array.item, array.with(memory::copy)))
        }

        /// Return state information for pickling.
        call fn __reduce_ex__(cx; self_: Slot, protocol: Slot) -> Slot {
            let Some(protocol) = cx.get(protocol).as_int() else {
                return Err(cx.type_error("__reduce_ex__ argument should be an integer"));
            };
            let protocol = protocol.to_i64().unwrap_or(0);
            let name = cx.root(cx.name(Name::__dict__));
            let own = attr::get_attr_opt(cx, self_, name)?.unwrap_or_else(|| cx.root(Value::NONE));
            machine::reduced(cx, self_, protocol, own)
        }
    }
}
