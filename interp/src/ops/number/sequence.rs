//! What `+` and `*` mean for strings, bytes, lists and tuples.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::object::Kind;
use crate::ops::number::{self, BinOp};
use crate::types::bytearray::ByteArray;
use crate::types::bytes::Bytes;
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Elements or bytes beyond which a result is refused with a MemoryError rather than attempted.
pub(super) const MOST_ELEMENTS: usize = 1 << 34;

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
        let mut values = x.to_vec(cx);
        values.extend(y.to_vec(cx));
        return Some(Value::of(List::from_exact(cx, values.into_iter())));
    }
    if let (Some(x), Some(y)) = (a.cast::<Tuple>(), b.cast::<Tuple>()) {
        let values: Vec<_> = x.iter(cx).chain(y.iter(cx)).collect();
        return Some(cx.tuple(&values));
    }
    if let (Some(x), Some(y)) = (a.as_bytes(), b.as_bytes()) {
        return Some(Value::of(Bytes::concat(cx, [x, y])));
    }
    let (x, y) = (ByteArray::contents(a)?, ByteArray::contents(b)?);
    let joined = [x, y].concat();
    Some(if a.as_bytes().is_some() { cx.bytes(&joined) } else { ByteArray::alloc(cx, joined) })
}

fn repeat<'h>(cx: &'h Ctx, sequence: Value<'h>, count: Int<'h>) -> Res<Value<'h>> {
    let Some(count) = count.to_i64() else {
        return Err(cx.overflow_error("cannot fit 'int' into an index-sized integer"));
    };
    let count = usize::try_from(count).unwrap_or(0);
    let fits = |len: usize| -> Res<usize> {
        match len.checked_mul(count) {
            Some(total) if total <= MOST_ELEMENTS => Ok(total),
            _ => Err(memory_error(cx)),
        }
    };
    if let Some(text) = sequence.cast::<Str>() {
        fits(text.as_str().len())?;
        return Ok(Str::repeat(cx, text, count));
    }
    if let Some(list) = sequence.cast::<List>() {
        let values = list.to_vec(cx);
        fits(values.len())?;
        return Ok(Value::of(List::from_exact(cx, values.repeat(count).into_iter())));
    }
    if let Some(tuple) = sequence.cast::<Tuple>() {
        fits(tuple.len())?;
        let values: Vec<_> = tuple.iter(cx).collect();
        return Ok(cx.tuple(&values.repeat(count)));
    }
    if let Some(bytes) = sequence.cast::<Bytes>() {
        fits(bytes.as_slice().len())?;
        return Ok(cx.bytes(&bytes.as_slice().repeat(count)));
    }
    let bytes = ByteArray::contents(sequence).unwrap_or_default();
    fits(bytes.len())?;
    Ok(ByteArray::alloc(cx, bytes.repeat(count)))
}

fn memory_error(cx: &Ctx) -> Raised {
    cx.raise_with(Builtin::MemoryError, &[])
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
        _ => return None,
    };
    Some(cx.type_error(format!("can only concatenate {class} (not \"{right}\") to {class}")))
}
