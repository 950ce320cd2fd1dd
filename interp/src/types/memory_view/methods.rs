//! Methods of memoryview.

use std::sync::atomic::Ordering;

use super::window::{MOST, Window};
use super::{MemoryView, pack};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::native::Place;
use crate::natives;
use crate::ops::attr::find_special;
use crate::ops::compare::CmpOp;
use crate::ops::compare::{compare_leaf, eq};
use crate::ops::hash::hash_leaf;
use crate::ops::item::position;
use crate::ops::{hash, number, slicing};
use crate::types::array::item::Item;
use crate::types::bytearray::ByteArray;
use crate::types::bytes::hex::{Separator, hex};
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::types::slice::{Indices, Slice};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The view in a slot, if it is still one.
fn view(cx: &Ctx, slot: Slot) -> Res<&MemoryView> {
    live(cx, cx.get(slot))
}

fn live<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h MemoryView> {
    let Some(view) = value.native::<MemoryView>() else {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("a 'memoryview' object is required, not '{got}'")));
    };
    if view.released.load(Ordering::Relaxed) {
        return Err(cx.value_error("operation forbidden on released memoryview object"));
    }
    Ok(view)
}

fn window<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h Window> {
    live(cx, value).map(|view| &view.window)
}

fn out_of_bounds(cx: &Ctx, dimension: usize) -> Raised {
    cx.index_error(format!("index out of bounds on dimension {dimension}"))
}

fn not_there(cx: &Ctx, message: &str) -> Raised {
    cx.raise(Builtin::NotImplementedError, message)
}

const NO_DIMENSION: &str = "invalid indexing of 0-dim memory";
const NO_KEY: &str = "memoryview: invalid slice key";

/// A view of an object that has bytes, or of what another view shows.
fn make<'h>(cx: &'h Ctx, object: Value<'h>) -> Res<Value<'h>> {
    if object.native::<MemoryView>().is_some() {
        let view = live(cx, object)?;
        return Ok(MemoryView::alloc(cx, view.object.get_or_none(cx), view.window.clone(), view.read_only));
    }
    let Some((window, read_only)) = MemoryView::whole(object) else {
        let got = cx.type_name(object);
        return Err(cx.type_error(format!("memoryview: a bytes-like object is required, not '{got}'")));
    };
    Ok(MemoryView::alloc(cx, object, window, read_only))
}

/// Refuses items that have no value.
fn check_format(cx: &Ctx, window: &Window) -> Res<()> {
    if window.item.is_text() {
        return Err(not_there(cx, &format!("memoryview: format {} not supported", window.format())));
    }
    Ok(())
}

/// What a subscript means.
enum Key {
    /// The whole of a view without dimensions.
    Whole,
    /// An item, by its place in the object.
    Item(i64),
    /// A part of the first dimension.
    Part(Indices),
}

/// Whether a tuple consists of what `is` tells.
fn all_are(cx: &Ctx, tuple: &Tuple, is: impl Fn(Value<'_>) -> bool) -> bool {
    tuple.iter(cx).all(is)
}

fn is_index(cx: &Ctx, value: Value<'_>) -> bool {
    value.as_int().is_some() || find_special(cx, value, Name::__index__).is_some()
}

/// A subscript as an index.
fn index_of(cx: &mut Ctx, key: Slot) -> Res<i64> {
    let index = number::index(cx, key)?;
    let index = cx.index(cx.get(index))?.to_i64();
    index.ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))
}

/// What a subscript of a view means; what is not there yet is said as for reading, or for writing.
fn subscript(cx: &mut Ctx, this: Slot, key: Slot, writes: bool) -> Res<Key> {
    let dimensions = view(cx, this)?.window.shape.len();
    let value = cx.get(key);
    if dimensions == 0 {
        if value.cast::<Tuple>().is_some_and(Tuple::is_empty) {
            return Ok(Key::Item(view(cx, this)?.window.start));
        }
        return if value == Value::ELLIPSIS { Ok(Key::Whole) } else { Err(cx.type_error(NO_DIMENSION)) };
    }
    if is_index(cx, value) {
        let index = index_of(cx, key)?;
        let window = &view(cx, this)?.window;
        check_format(cx, window)?;
        if dimensions > 1 {
            let message = if writes {
                "sub-views are not implemented"
            } else {
                "multi-dimensional sub-views are not implemented"
            };
            return Err(not_there(cx, message));
        }
        let index = position(index, window.shape[0]).ok_or_else(|| out_of_bounds(cx, 1))?;
        return Ok(Key::Item(window.start + index as i64 * window.strides[0]));
    }
    if value.cast::<Slice>().is_some() {
        if writes && dimensions > 1 {
            let message = "memoryview slice assignments are currently restricted to ndim = 1";
            return Err(not_there(cx, message));
        }
        let key = slicing::resolve(cx, key)?;
        let count = view(cx, this)?.window.shape[0];
        let slice = cx.get(key).cast::<Slice>();
        return match slice.and_then(|slice| slicing::indices_leaf(cx, slice, count)) {
            Some(indices) => indices.map(Key::Part),
            None => Err(cx.type_error(NO_KEY)),
        };
    }
    let Some(tuple) = value.cast::<Tuple>() else { return Err(cx.type_error(NO_KEY)) };
    if all_are(cx, tuple, |value| is_index(cx, value)) {
        let given = tuple.len();
        if given < dimensions {
            return Err(not_there(cx, "sub-views are not implemented"));
        }
        if given > dimensions {
            return Err(cx.type_error(format!("cannot index {dimensions}-dimension view with {given}-element tuple")));
        }
        let parts: Vec<Value<'_>> = tuple.iter(cx).collect();
        let parts = cx.root_all(parts);
        let mut at = view(cx, this)?.window.start;
        for (dimension, part) in parts.iter().enumerate() {
            let index = index_of(cx, part)?;
            let window = &view(cx, this)?.window;
            check_format(cx, window)?;
            let index = position(index, window.shape[dimension]).ok_or_else(|| out_of_bounds(cx, dimension + 1))?;
            at += index as i64 * window.strides[dimension];
        }
        return Ok(Key::Item(at));
    }
    if all_are(cx, tuple, |value| value.cast::<Slice>().is_some()) {
        let message = if writes {
            "memoryview slice assignments are currently restricted to ndim = 1"
        } else {
            "multi-dimensional slicing is not implemented"
        };
        return Err(not_there(cx, message));
    }
    Err(cx.type_error(NO_KEY))
}

/// Writes bytes over the item at a place.
fn put(cx: &Ctx, this: Slot, at: i64, bytes: &[u8]) -> Res<()> {
    let object = cx.root(view(cx, this)?.object.get_or_none(cx));
    ByteArray::write_in_place(cx, object, |all| {
        let place = usize::try_from(at).ok().and_then(|at| all.get_mut(at..at + bytes.len()));
        place.ok_or_else(|| out_of_bounds(cx, 1))?.copy_from_slice(bytes);
        Ok(())
    })
}

fn set_part(cx: &mut Ctx, this: Slot, indices: Indices, value: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let source = cx.get(value);
    let from = match source.native::<MemoryView>() {
        Some(_) => live(cx, source)?.window.clone(),
        None => MemoryView::whole(source).map(|(window, _)| window).ok_or_else(|| {
            let got = cx.type_name(source);
            cx.type_error(format!("a bytes-like object is required, not '{got}'"))
        })?,
    };
    let to = view(cx, this)?.window.part(indices);
    if from.format().trim_start_matches('@') != to.format().trim_start_matches('@') || from.shape != to.shape {
        return Err(cx.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    let new = ByteArray::contents(source).unwrap_or_default().into_owned();
    let object = cx.root(view(cx, this)?.object.get_or_none(cx));
    let size = to.item.size();
    ByteArray::write_in_place(cx, object, |all| {
        let mut items = new.chunks_exact(size);
        let mut missing = false;
        to.each(false, |at| {
            let place = usize::try_from(at).ok().and_then(|at| all.get_mut(at..at + size));
            match (place, items.next()) {
                (Some(place), Some(item)) => place.copy_from_slice(item),
                _ => missing = true,
            }
            !missing
        });
        if missing { Err(out_of_bounds(cx, 1)) } else { Ok(()) }
    })
}

/// The shape that `cast` is given.
fn shape_of(cx: &mut Ctx, shape: Slot, size: usize) -> Res<Vec<usize>> {
    let value = cx.get(shape);
    let parts: Vec<Value<'_>> = match (value.cast::<List>(), value.cast::<Tuple>()) {
        (Some(list), _) => list.to_vec(cx),
        (None, Some(tuple)) => tuple.iter(cx).collect(),
        (None, None) => return Err(cx.type_error("shape must be a list or a tuple")),
    };
    if parts.len() > MOST {
        return Err(cx.value_error(format!("memoryview: number of dimensions must not exceed {MOST}")));
    }
    let mut counts = Vec::new();
    let mut all = size as i64;
    for part in parts {
        let Some(int) = part.as_int() else {
            return Err(cx.type_error("memoryview.cast(): elements of shape must be integers"));
        };
        let count = int.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))?;
        if count <= 0 {
            return Err(cx.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        all = all.checked_mul(count).ok_or_else(|| cx.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"))?;
        counts.push(count as usize);
    }
    Ok(counts)
}

fn cast(cx: &mut Ctx, this: Slot, format: &str, shape: Option<Slot>) -> Res<Slot> {
    let from = view(cx, this)?.window.clone();
    if !from.is_contiguous(false) {
        return Err(cx.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if (shape.is_some() || from.shape.len() != 1) && from.shape.contains(&0) {
        return Err(cx.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let wanted = match shape {
        Some(shape) => {
            let value = cx.get(shape);
            let given = value.cast::<List>().map(|list| list.len(cx)).or(value.cast::<Tuple>().map(Tuple::len));
            let given = given.ok_or_else(|| cx.type_error("shape must be a list or a tuple"))?;
            if given <= MOST && from.shape.len() != 1 && given != 1 {
                return Err(cx.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
            }
            Some(shape)
        }
        None => None,
    };
    let marked = format.starts_with('@');
    let letter = match format.strip_prefix('@').unwrap_or(format).as_bytes() {
        &[letter] => Item::of(letter).filter(|item| !item.is_text()),
        _ => None,
    };
    let Some(item) = letter else {
        let message =
            "memoryview: destination format must be a native single character format prefixed with an optional '@'";
        return Err(cx.value_error(message));
    };
    if !from.item.is_byte() && !item.is_byte() {
        return Err(cx.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = from.bytes();
    if !bytes.is_multiple_of(item.size()) {
        return Err(cx.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let shape = match wanted {
        Some(shape) => shape_of(cx, shape, item.size())?,
        None => vec![bytes / item.size()],
    };
    let to = from.reshaped(item, marked, &shape);
    if to.bytes() != bytes {
        return Err(cx.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    let view = view(cx, this)?;
    Ok(cx.root(MemoryView::alloc(cx, view.object.get_or_none(cx), to, view.read_only)))
}

/// The items as lists in lists, one level a dimension.
fn listed<'h>(cx: &'h Ctx, view: &MemoryView, window: &Window) -> Res<Value<'h>> {
    let Some(&count) = window.shape.first() else {
        return view.item(cx, window.start).ok_or_else(|| out_of_bounds(cx, 1));
    };
    let mut items = memory::buffer(count);
    for index in 0..count {
        memory::check();
        items.push(listed(cx, view, &window.row_at(index))?);
    }
    Ok(Value::of(List::from_values(cx, &items)))
}

/// Whether two objects show equal items in the same shape; `None` if the second shows none.
fn equal(cx: &Ctx, a: Value<'_>, b: Value<'_>) -> Option<bool> {
    let shown = |value: Value<'_>| match value.native::<MemoryView>() {
        Some(view) if view.released.load(Ordering::Relaxed) => None,
        Some(view) => Some(view.window.clone()),
        None => MemoryView::whole(value).map(|(window, _)| window),
    };
    let is_view = b.native::<MemoryView>().is_some();
    let (Some(x), y) = (shown(a), shown(b)) else { return Some(a == b) };
    let Some(y) = y else { return is_view.then_some(false) };
    if x.shape != y.shape || x.item.is_text() || y.item.is_text() {
        return Some(false);
    }
    let (bytes, others) = (ByteArray::contents(a)?, ByteArray::contents(b)?);
    let plain = x.item.is_signed() || x.item.is_unsigned() || x.item.letter() == b'c';
    if x.item == y.item && plain {
        return Some(bytes == others);
    }
    let mut pairs = bytes.chunks_exact(x.item.size()).zip(others.chunks_exact(y.item.size()));
    Some(pairs.all(|(v, w)| {
        memory::check();
        compare_leaf(cx, CmpOp::Eq, x.item.unpack(cx, v), y.item.unpack(cx, w)).unwrap_or(false)
    }))
}

/// The place of the first item from `start` to `stop` that is equal to a value, or how many are.
fn search(cx: &mut Ctx, this: Slot, value: Slot, bounds: Option<(Place, Place)>) -> Res<Option<usize>> {
    let window = view(cx, this)?.window.clone();
    check_format(cx, &window)?;
    let count = match &*window.shape {
        [] => return Err(cx.type_error("invalid lookup on 0-dim memory")),
        [count] => *count,
        _ => {
            let what = if bounds.is_some() { "lookup is" } else { "sub-views are" };
            return Err(not_there(cx, &format!("multi-dimensional {what} not implemented")));
        }
    };
    let range = bounds.map_or(0..count as i64, |(start, stop)| start.within(count)..stop.within(count));
    let mut equal = 0;
    for index in range.start..range.end.min(count as i64) {
        let same = cx.scope(|cx| {
            let at = window.start + index * window.strides[0];
            let item = view(cx, this)?.item(cx, at).ok_or_else(|| out_of_bounds(cx, 1))?;
            let item = cx.root(item);
            eq(cx, item, value)
        })?;
        if same && bounds.is_some() {
            return Ok(Some(index as usize));
        }
        equal += usize::from(same);
    }
    Ok(if bounds.is_some() { None } else { Some(equal) })
}

fn numbers<'h>(cx: &'h Ctx, numbers: impl Iterator<Item = i64>) -> Value<'h> {
    let numbers: Vec<Value<'_>> = numbers.map(|number| cx.int(number)).collect();
    cx.tuple(&numbers)
}

/// A format or an order, which must be a string.
fn text(cx: &Ctx, value: Slot, function: &str, argument: &str, wanted: &str) -> Res<String> {
    let value = cx.get(value);
    value.as_str().map(str::to_owned).ok_or_else(|| {
        let got = if value.is_none() { "None" } else { cx.type_name(value) };
        cx.type_error(format!("{function}() argument '{argument}' must be {wanted}, not {got}"))
    })
}

natives! {
    /// Methods of `memoryview`.
    pub static METHODS = {
        /// Create a view of an object's bytes.
        static fn __new__(cx; _cls: Value<'h>; object: Value<'h>) -> Value<'h> { make(cx, object) }
        /// Create a view of an object's bytes, which must suit the flags.
        class fn _from_flags(cx; _cls: Value<'h>; object: Value<'h>, flags: i32) -> Value<'h> {
            let made = make(cx, object)?;
            if flags & 1 != 0 && live(cx, made)?.read_only {
                let message = if object.native::<MemoryView>().is_some() {
                    "memoryview: underlying buffer is not writable"
                } else {
                    "Object is not writable."
                };
                return Err(cx.raise(Builtin::BufferError, message));
            }
            Ok(made)
        }
        /// Return len(self).
        fn __len__(cx; self_: Value<'h>) -> usize {
            let count = window(cx, self_)?.shape.first().copied();
            count.ok_or_else(|| cx.type_error("0-dim memory has no length"))
        }
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            let window = window(cx, self_)?;
            match window.shape.len() {
                0 => return Err(cx.type_error(NO_DIMENSION)),
                1 => {}
                _ => return Err(not_there(cx, "multi-dimensional sub-views are not implemented")),
            }
            check_format(cx, window)?;
            Ok(Value::of(Iter::alloc(cx, Builtin::MemoryIterator, IterSpec::new(Walk::Sequence, self_))))
        }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let key = subscript(cx, self_, key, false)?;
            let cx: &Ctx = cx;
            let view = view(cx, self_)?;
            match key {
                Key::Whole => Ok(self_),
                Key::Item(at) => {
                    check_format(cx, &view.window)?;
                    view.item(cx, at).map(|item| cx.root(item)).ok_or_else(|| out_of_bounds(cx, 1))
                }
                Key::Part(indices) => {
                    let part = view.window.part(indices);
                    Ok(cx.root(MemoryView::alloc(cx, view.object.get_or_none(cx), part, view.read_only)))
                }
            }
        }
        /// Set self[key] to value.
        call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            let target = view(cx, self_)?;
            if target.read_only {
                return Err(cx.type_error("cannot modify read-only memory"));
            }
            let (item, format, start) = (target.window.item, target.window.format(), target.window.start);
            let at = match subscript(cx, self_, key, true)? {
                Key::Whole => start,
                Key::Item(at) => at,
                Key::Part(indices) => return set_part(cx, self_, indices, value),
            };
            let (bytes, size) = pack::pack(cx, item, &format, value)?;
            put(cx, self_, at, &bytes[..size])
        }
        /// Delete self[key]: no memory can be.
        fn __delitem__(cx; self_: Value<'h>, _key: Value<'h>) -> () {
            let message =
                if live(cx, self_)?.read_only { "cannot modify read-only memory" } else { "cannot delete memory" };
            Err(cx.type_error(message))
        }
        /// Return self==value.
        fn __eq__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> {
            Ok(equal(cx, self_, value).map_or(Value::NOT_IMPLEMENTED, Value::bool))
        }
        /// Return self!=value.
        fn __ne__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> {
            Ok(equal(cx, self_, value).map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal)))
        }
        /// Return hash(self).
        call fn __hash__(cx; self_: Slot) -> i64 {
            let seen = view(cx, self_)?;
            if !seen.read_only {
                return Err(cx.value_error("cannot hash writable memoryview object"));
            }
            if !seen.window.item.is_byte() {
                return Err(cx.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
            }
            // What cannot be hashed itself may change below the view.
            let object = cx.root(seen.object.get_or_none(cx));
            hash::hash(cx, object)?;
            let bytes = ByteArray::contents(cx.get(self_)).unwrap_or_default();
            Ok(hash_leaf(cx, cx.bytes(&bytes)).unwrap_or(0))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let word = if live(cx, self_).is_ok() { "memory" } else { "released memory" };
            Ok(format!("<{word} at {:#x}>", crate::ops::identity::identity(self_)))
        }
        /// Refuse to be copied.
        fn __reduce__(cx; _self_: Value<'h>) -> () { Err(cx.type_error("cannot pickle memoryview objects")) }
        /// Refuse to be copied.
        fn __reduce_ex__(cx; _self_: Value<'h>, _protocol: Value<'h>) -> () {
            Err(cx.type_error("cannot pickle memoryview objects"))
        }
        /// Cast to another format or shape.
        call fn cast(cx; self_: Slot; format: Slot, shape: Option<Slot> = None) -> Slot {
            let format = text(cx, format, "cast", "format", "str")?;
            cast(cx, self_, &format, shape)
        }
        /// Return the bytes as a bytes object, in order 'C', 'F' or 'A'.
        call fn tobytes(cx; self_: Slot; order: Option<Slot> = None) -> Slot {
            let order = order.map_or(Ok("C".to_owned()), |order| text(cx, order, "tobytes", "order", "str or None"))?;
            let seen = view(cx, self_)?;
            let fortran = match &*order {
                "C" => false,
                "F" => true,
                "A" => !seen.window.is_contiguous(false) && seen.window.is_contiguous(true),
                _ => return Err(cx.value_error("order must be 'C', 'F' or 'A'")),
            };
            cx.with_memory(|cx| {
                let seen = view(cx, self_)?;
                let bytes = match fortran {
                    false => ByteArray::contents(cx.get(self_)),
                    true => ByteArray::look_at_owner(seen.object.get_or_none(cx), |all| {
                        seen.window.gather(all, true).into()
                    }),
                };
                Ok(cx.root(cx.bytes(&bytes.unwrap_or_default())))
            })?
        }
        /// Return the items as a list, of lists if there are several dimensions.
        call fn tolist(cx; self_: Slot) -> Slot {
            check_format(cx, &view(cx, self_)?.window)?;
            cx.with_memory(|cx| {
                let seen = view(cx, self_)?;
                listed(cx, seen, &seen.window).map(|list| cx.root(list))
            })?
        }
        /// Return the bytes as hexadecimal digits, with separators between groups of bytes.
        fn hex(cx; self_: Value<'h>; sep: Separator = Separator(None), bytes_per_sep: i32 = 1) -> String {
            live(cx, self_)?;
            let digits = hex(&ByteArray::contents(self_).unwrap_or_default(), sep, bytes_per_sep);
            Ok(digits.into_iter().map(char::from).collect())
        }
        /// Count the number of occurrences of a value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            search(cx, self_, value, None).map(|count| count.unwrap_or(0))
        }
        /// Return the index of the first occurrence of a value.
        ///
        /// Raises ValueError if the value is not present.
        call fn index(
            cx; self_: Slot, value: Slot, start: Place = Place(0), stop: Place = Place(i64::MAX)
        ) -> usize {
            let found = search(cx, self_, value, Some((start, stop)))?;
            found.ok_or_else(|| cx.value_error("memoryview.index(x): x not found"))
        }
        /// Return a read-only view of the same bytes.
        fn toreadonly(cx; self_: Value<'h>) -> Value<'h> {
            let view = live(cx, self_)?;
            Ok(MemoryView::alloc(cx, view.object.get_or_none(cx), view.window.clone(), true))
        }
        /// Release the object whose bytes are seen.
        fn release(cx; self_: Value<'h>) -> () {
            if let Ok(view) = live(cx, self_) {
                view.released.store(true, Ordering::Relaxed);
            }
            Ok(())
        }
        /// Enter a `with` block.
        fn __enter__(cx; self_: Value<'h>) -> Value<'h> { live(cx, self_).map(|_| self_) }
        /// Release the object at the end of a `with` block.
        fn __exit__(cx; self_: Value<'h>, *_exception) -> () {
            if let Some(view) = self_.native::<MemoryView>() {
                view.released.store(true, Ordering::Relaxed);
            }
            Ok(())
        }
        /// The object whose bytes are seen.
        get fn obj(cx; self_: Value<'h>) -> Value<'h> { Ok(live(cx, self_)?.object.get_or_none(cx)) }
        /// How many bytes are seen.
        get fn nbytes(cx; self_: Value<'h>) -> usize { Ok(window(cx, self_)?.bytes()) }
        /// Whether the bytes cannot be changed through the view.
        get fn readonly(cx; self_: Value<'h>) -> bool { Ok(live(cx, self_)?.read_only) }
        /// How `struct` writes the type of an item.
        get fn format(cx; self_: Value<'h>) -> String { Ok(window(cx, self_)?.format()) }
        /// The size of an item, in bytes.
        get fn itemsize(cx; self_: Value<'h>) -> usize { Ok(window(cx, self_)?.item.size()) }
        /// The number of dimensions.
        get fn ndim(cx; self_: Value<'h>) -> usize { Ok(window(cx, self_)?.shape.len()) }
        /// The length of each dimension.
        get fn shape(cx; self_: Value<'h>) -> Value<'h> {
            Ok(numbers(cx, window(cx, self_)?.shape.iter().map(|count| *count as i64)))
        }
        /// How far apart items are in each dimension, in bytes.
        get fn strides(cx; self_: Value<'h>) -> Value<'h> {
            Ok(numbers(cx, window(cx, self_)?.strides.iter().copied()))
        }
        /// Empty: no view goes through pointers.
        get fn suboffsets(cx; self_: Value<'h>) -> Value<'h> { window(cx, self_).map(|_| cx.tuple(&[])) }
        /// Whether the items are neighbours in the order of the last index.
        get fn c_contiguous(cx; self_: Value<'h>) -> bool { Ok(window(cx, self_)?.is_contiguous(false)) }
        /// Whether the items are neighbours in the order of the first index.
        get fn f_contiguous(cx; self_: Value<'h>) -> bool { Ok(window(cx, self_)?.is_contiguous(true)) }
        /// Whether the items are neighbours in either order.
        get fn contiguous(cx; self_: Value<'h>) -> bool {
            let window = window(cx, self_)?;
            Ok(window.is_contiguous(false) || window.is_contiguous(true))
        }
    }
}
