//! Hashes: equal values have equal ones, and they are CPython's wherever CPython's are the same in every run.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{call_special, find_special};
use crate::ops::number::hash_number;
use crate::ops::truth::is_overridden;
use crate::types::code::CodeObject;
use crate::types::exception::Exception;
use crate::types::function::BoundMethod;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::slice::Slice;
use crate::types::str::{Str, hash_text};
use crate::types::tuple::Tuple;
use crate::value::{MAX_INLINE, Value, Word};

/// CPython's `hash(None)`.
const NONE_HASH: i64 = 0xfca8_6420;

/// The hash of a value, if no script code has a say in it and it has one.
#[inline]
pub fn hash_leaf(cx: &Ctx, value: Value<'_>) -> Option<i64> {
    let word = value.word();
    if word.is_int() {
        let number = word.as_int();
        // The modulus of numeric hashes is the largest inline integer; -1 says "error" in CPython's C.
        return match number {
            -1 => Some(-2),
            _ if number.abs() < MAX_INLINE => Some(number),
            _ => hash_number(value),
        };
    }
    if let Some(string) = value.cast::<Str>()
        && !is_overridden(cx, value, Name::__hash__)
    {
        return Some(string.hash());
    }
    hash_other(cx, value)
}

fn hash_other(cx: &Ctx, value: Value<'_>) -> Option<i64> {
    match value.word() {
        Word::NONE => return Some(NONE_HASH),
        Word::ELLIPSIS | Word::NOT_IMPLEMENTED => return Some(hash_identity(value)),
        _ => {}
    }
    let Some(header) = value.header() else { return hash_number(value) };
    match header.kind() {
        Kind::Instance | Kind::Exception | Kind::Native | Kind::Class => {
            let found = find_special(cx, value, Name::__hash__)?;
            (found == cx.class(Builtin::Object).special(cx, Name::__hash__)?).then(|| hash_identity(value))
        }
        _ if is_overridden(cx, value, Name::__hash__) => None,
        _ => builtin_leaf(cx, value),
    }
}

/// The hash that a value's layout gives it, whatever its class says; `None` if it has none or depends on script code.
fn builtin_leaf(cx: &Ctx, value: Value<'_>) -> Option<i64> {
    match value.kind()? {
        Kind::BigInt | Kind::IntBox | Kind::FloatBox | Kind::Complex => hash_number(value),
        Kind::Str => value.cast::<Str>().map(Str::hash),
        Kind::Bytes => value.as_bytes().map(hash_text),
        Kind::Code => value.cast::<CodeObject>().map(CodeObject::hash),
        Kind::Tuple => cx.nested(|| {
            let tuple = value.cast::<Tuple>()?;
            let mut hash = TupleHash::new();
            for element in tuple.iter(cx) {
                hash.add(hash_leaf(cx, element)?);
            }
            Some(hash.finish(tuple.len()))
        }),
        Kind::Set if cx.is_instance(value, Builtin::FrozenSet) => {
            value.cast::<Set>().map(|set| hash_frozenset(cx, set))
        }
        Kind::Set | Kind::List | Kind::Dict => None,
        Kind::Range => {
            let range = value.cast::<Range>()?;
            let mut hash = TupleHash::new();
            let count = range.len();
            hash.add(hash_leaf(cx, cx.uint(count as u64))?);
            hash.add(if count == 0 { NONE_HASH } else { hash_leaf(cx, cx.int(range.start))? });
            hash.add(if count <= 1 { NONE_HASH } else { hash_leaf(cx, cx.int(range.step))? });
            Some(hash.finish(3))
        }
        Kind::Slice => {
            let slice = value.cast::<Slice>()?;
            let mut hash = TupleHash::new();
            for field in [&slice.start, &slice.stop, &slice.step] {
                hash.add(hash_leaf(cx, field.get_or_none(cx))?);
            }
            // CPython's slices end without the length.
            Some(hash.finish_without_length())
        }
        Kind::BoundMethod => {
            let method = value.cast::<BoundMethod>()?;
            let (receiver, function) = (method.receiver.get_or_none(cx), method.function.get_or_none(cx));
            Some(hash_identity(receiver) ^ hash_identity(function))
        }
        _ => Some(hash_identity(value)),
    }
}

/// The hash of any value: what `hash(value)` is.
pub fn hash(cx: &mut Ctx, value: Slot) -> Res<i64> {
    if let Some(hash) = hash_leaf(cx, cx.get(value)) {
        return Ok(hash);
    }
    let current = cx.get(value);
    let plain_layout = !matches!(current.kind(), Some(Kind::Instance | Kind::Exception | Kind::Native | Kind::Class));
    if plain_layout && !is_overridden(cx, current, Name::__hash__) {
        return builtin_hash(cx, value);
    }
    if find_special(cx, current, Name::__hash__).is_none_or(Value::is_none) {
        return Err(unhashable(cx, current));
    }
    cx.scope(|cx| {
        let result = call_special(cx, value, Name::__hash__, &[])?.map(|result| cx.get(result)).unwrap_or(Value::NONE);
        match result.as_int().and_then(|number| number.to_i64()) {
            Some(-1) => Ok(-2),
            Some(number) => Ok(number),
            None => hash_number(result)
                .filter(|_| result.as_int().is_some())
                .ok_or_else(|| cx.type_error("__hash__ method should return an integer")),
        }
    })
}

/// What the `__hash__` of a value's layout answers, whatever its class says: for `tuple.__hash__(t)` and its like.
pub fn builtin_hash(cx: &mut Ctx, value: Slot) -> Res<i64> {
    if matches!(cx.get(value).kind(), Some(Kind::Instance | Kind::Exception | Kind::Native | Kind::Class)) {
        return Ok(hash_identity(cx.get(value)));
    }
    let (elements, is_slice) = {
        let current = cx.get(value);
        if let Some(hash) = builtin_leaf(cx, current) {
            return Ok(hash);
        }
        if current.header().is_none() {
            return hash_leaf(cx, current).ok_or_else(|| unhashable(cx, current));
        }
        if let Some(tuple) = current.cast::<Tuple>() {
            (cx.root_all(tuple.iter(cx)), false)
        } else if let Some(slice) = current.cast::<Slice>() {
            (cx.root_all([&slice.start, &slice.stop, &slice.step].map(|field| field.get_or_none(cx))), true)
        } else {
            return Err(unhashable(cx, current));
        }
    };
    cx.check_native_stack(" while hashing")?;
    let mut combined = TupleHash::new();
    for element in elements.iter() {
        combined.add(hash(cx, element)?);
    }
    Ok(if is_slice { combined.finish_without_length() } else { combined.finish(elements.len()) })
}

/// The TypeError for a value without a hash.
pub fn unhashable(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("unhashable type: '{}'", cx.type_name(value)))
}

/// The hash of a value that is to become a key; `role` is what for: "a dict key" or "a set element".
pub fn hash_key(cx: &mut Ctx, key: Slot, role: &str) -> Res<i64> {
    if let Some(hash) = hash_leaf(cx, cx.get(key)) {
        return Ok(hash);
    }
    hash(cx, key).map_err(|raised| {
        let why = match cx.catch(raised, Builtin::TypeError) {
            Ok(error) if cx.class_of(error).is(Builtin::TypeError) => {
                error.cast::<Exception>().and_then(|e| e.first_arg(cx).as_str()).unwrap_or_default().to_owned()
            }
            Ok(error) => return cx.raise_value(error),
            Err(raised) => return raised,
        };
        cx.type_error(format!("cannot use '{}' as {role} ({why})", cx.type_name(cx.get(key))))
    })
}

/// The hash of a value that is equal to nothing but itself: its word, which never changes while it lives.
#[inline]
pub fn hash_identity(value: Value<'_>) -> i64 {
    (value.word().0 >> 4) as i64
}

/// CPython's hash of a tuple: xxHash's rounds over the elements' hashes.
struct TupleHash(u64);

impl TupleHash {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;

    fn new() -> TupleHash {
        TupleHash(Self::PRIME_5)
    }

    #[inline]
    fn add(&mut self, hash: i64) {
        let round = self.0.wrapping_add((hash as u64).wrapping_mul(Self::PRIME_2));
        self.0 = round.rotate_left(31).wrapping_mul(Self::PRIME_1);
    }

    fn finish(self, len: usize) -> i64 {
        TupleHash(self.0.wrapping_add(len as u64 ^ (Self::PRIME_5 ^ 3_527_539))).finish_without_length()
    }

    fn finish_without_length(self) -> i64 {
        if self.0 == u64::MAX { 1_546_275_796 } else { self.0 as i64 }
    }
}

/// CPython's hash of a frozenset: the order of the elements does not matter.
fn hash_frozenset(cx: &Ctx, set: &Set) -> i64 {
    let shuffle = |bits: u64| ((bits ^ 89_869_747) ^ (bits << 16)).wrapping_mul(3_644_798_167);
    let mut hash = 0;
    if let Some(table) = set.table(cx) {
        for place in 0..table.size() {
            if let Some((_, element)) = table.hashed_at(cx, place) {
                hash ^= shuffle(element as u64);
            }
        }
    }
    hash ^= (set.len(cx) as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash as i64 }
}
