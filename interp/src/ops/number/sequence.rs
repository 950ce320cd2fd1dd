//! What `+` and `*` mean for strings, bytes, lists and tuples.

use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::object::Kind;
use crate::ops::number::{self, BinOp};
use crate::types::bytearray::ByteArray;
use crate::types::bytes::Bytes;
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::str::Str;
use crate::types::template::Template;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `a + b` and `a * n` of built-in sequences; `None` if it is something else.
pub(super) fn leaf<'h>(cx: &'h Ctx, op: BinOp, a: Value<'h>, b: Value<'h>) -> Option<Res<Value<'h>>> {
    match op {
        BinOp::Add => concat(cx, a, b).map(Ok),
        BinOp::Mul => match (a.as_int(), b.as_int()) {
            (None, Some(count)) if is_sequence(a) => Some(repeat(cx, a, count)),
            (Some(count), None) if is_sequence(b) => Some(repeat(cx, b, count)),
            _ => None,
        },
        _ => None,
    }
}

fn is_sequence(value: Value<'_>) -> bool {
    matches!(value.kind(), Some(Kind::Str | Kind::Bytes | Kind::List | Kind::Tuple))
        || value.native::<ByteArray>().is_some()
}

fn concat<'h>(cx: &'h Ctx, a: Value<'h>, b: Value<'h>) -> Option<Value<'h>> {
    if let (Some(x), Some(y)) = (a.cast::<List>(), b.cast::<List>()) {
        let values = memory::concat(&[&x.to_vec(cx), &y.to_vec(cx)]);
        return Some(Value::of(List::from_exact(cx, values.into_iter())));
    }
    if let (Some(x), Some(y)) = (a.cast::<Tuple>(), b.cast::<Tuple>()) {
        let values = memory::collect(x.iter(cx).chain(y.iter(cx)));
        return Some(cx.tuple(&values));
    }
    if let (Some(x), Some(y)) = (a.cast::<Bytes>(), b.cast::<Bytes>()) {
        return Some(Value::of(Bytes::append(cx, x, y)));
    }
    if a.as_bytes().is_none() && a.native::<ByteArray>().is_none() {
        return None;
    }
    let (x, y) = (ByteArray::contents(a)?, ByteArray::contents(b)?);
    let joined = memory::concat(&[&x, &y]);
    Some(if a.as_bytes().is_some() { cx.bytes(&joined) } else { ByteArray::alloc(cx, joined) })
}

fn repeat<'h>(cx: &'h Ctx, sequence: Value<'h>, count: Int<'h>) -> Res<Value<'h>> {
    let Some(count) = count.to_i64() else {
        return Err(cx.overflow_error("cannot fit 'int' into an index-sized integer"));
    };
    let count = usize::try_from(count).unwrap_or(0);
    let fits = |len: usize| len.checked_mul(count).is_some_and(|len| isize::try_from(len).is_ok());
    if let Some(text) = sequence.cast::<Str>() {
        if !fits(text.len()) {
            return Err(cx.overflow_error("repeated string is too long"));
        }
        return Ok(Str::repeat(cx, text, count));
    }
    if let Some(list) = sequence.cast::<List>() {
        let values = memory::repeat_all(&list.to_vec(cx), count);
        return Ok(Value::of(List::from_values(cx, &values)));
    }
    if let Some(tuple) = sequence.cast::<Tuple>() {
        let values = memory::collect(tuple.iter(cx));
        return Ok(cx.tuple(&memory::repeat_all(&values, count)));
    }
    if let Some(bytes) = sequence.cast::<Bytes>() {
        if !fits(bytes.as_slice().len()) {
            return Err(cx.overflow_error("repeated bytes are too long"));
        }
        return Ok(cx.bytes(&memory::repeat_all(bytes.as_slice(), count)));
    }
    let bytes = ByteArray::contents(sequence).unwrap_or_default();
    Ok(ByteArray::alloc(cx, memory::repeat_all(&bytes, count)))
}

/// What remains of `+` and `*` when no number method answered: repetition by something with `__index__`, and the errors.
pub(super) fn fallback(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    let (left, right) = (cx.get(a), cx.get(b));
    match op {
        BinOp::Add => match concat_error(cx, left, right) {
            Some(raised) => Err(raised),
            None => Ok(None),
        },
        BinOp::Mul => {
            let (sequence, count) = match (is_sequence(left), is_sequence(right)) {
                (true, _) => (a, b),
                (_, true) => (b, a),
                _ => return Ok(None),
            };
            let Some(index) = number::index_opt(cx, count)? else {
                let class = cx.type_name(cx.get(count));
                return Err(cx.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
            };
            let count = cx.index(cx.get(index))?;
            repeat(cx, cx.get(sequence), count).map(|result| Some(cx.root(result)))
        }
        _ => Ok(None),
    }
}

fn concat_error(cx: &Ctx, a: Value<'_>, b: Value<'_>) -> Option<Raised> {
    let (left, right) = (cx.type_name(a), cx.type_name(b));
    let class = match a.kind()? {
        Kind::Str => "str",
        Kind::List => "list",
        Kind::Tuple => "tuple",
        Kind::Bytes => return Some(cx.type_error(format!("can't concat {right} to {left}"))),
        _ if a.native::<ByteArray>().is_some() => {
            return Some(cx.type_error(format!("can't concat {right} to {left}")));
        }
        _ if a.native::<Template>().is_some() => left,
        _ => return None,
    };
    Some(cx.type_error(format!("can only concatenate {class} (not \"{right}\") to {class}")))
}
