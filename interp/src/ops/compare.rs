//! Comparison of any two values.
//!
//! The leaf forms answer for built-in values, nested ones included. Where an element's class has a say, the full forms walk
//! the containers again through slots; both look at the Rust stack before they descend.

use std::cmp::Ordering;

pub use super::hash::{hash, hash_key, hash_leaf};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{call_special, find_special};
use crate::ops::keys::LEAF;
use crate::ops::mapping;
use crate::ops::truth::{is_overridden, truth};
use crate::types::code::CodeObject;
use crate::types::complex::Complex;
use crate::types::dict::{Ask, Dict};
use crate::types::function::BoundMethod;
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::slice::Slice;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CmpOp {
    /// How scripts write it.
    pub fn symbol(self) -> &'static str {
        match self {
            CmpOp::Lt => "<",
            CmpOp::Le => "<=",
            CmpOp::Eq => "==",
            CmpOp::Ne => "!=",
            CmpOp::Gt => ">",
            CmpOp::Ge => ">=",
        }
    }

    /// The special method.
    pub fn name(self) -> Name {
        match self {
            CmpOp::Lt => Name::__lt__,
            CmpOp::Le => Name::__le__,
            CmpOp::Eq => Name::__eq__,
            CmpOp::Ne => Name::__ne__,
            CmpOp::Gt => Name::__gt__,
            CmpOp::Ge => Name::__ge__,
        }
    }

    /// The operator that means the same with the operands exchanged.
    pub fn reflected(self) -> CmpOp {
        match self {
            CmpOp::Lt => CmpOp::Gt,
            CmpOp::Le => CmpOp::Ge,
            CmpOp::Gt => CmpOp::Lt,
            CmpOp::Ge => CmpOp::Le,
            same => same,
        }
    }

    /// The answer for operands in this order; unordered ones (a NaN) are only unequal.
    #[inline(always)]
    pub fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            CmpOp::Lt => order == Some(Ordering::Less),
            CmpOp::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            CmpOp::Eq => order == Some(Ordering::Equal),
            CmpOp::Ne => order != Some(Ordering::Equal),
            CmpOp::Gt => order == Some(Ordering::Greater),
            CmpOp::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        }
    }

    /// Whether it asks for equality only.
    #[inline(always)]
    fn is_equality(self) -> bool {
        matches!(self, CmpOp::Eq | CmpOp::Ne)
    }
}

/// How deep the quick comparisons follow nested containers. What is deeper takes the way that can raise RecursionError;
/// that way asks the quick one at each level again, so this bounds the work on structures that contain themselves.
const LEAF_DEPTH: u32 = 50;

/// `a op b`, if no script code has a say in it and it is not an error.
#[inline]
pub fn compare_leaf(cx: &Ctx, op: CmpOp, a: Value<'_>, b: Value<'_>) -> Option<bool> {
    compare_nested(cx, op, a, b, 0)
}

/// `compare_leaf` within `depth` containers.
#[inline]
fn compare_nested(cx: &Ctx, op: CmpOp, a: Value<'_>, b: Value<'_>, depth: u32) -> Option<bool> {
    let (x, y) = (a.word(), b.word());
    if x.both_int(y) {
        return Some(op.holds(Some(x.as_int().cmp(&y.as_int()))));
    }
    if x.both_float(y) {
        return Some(op.holds(x.as_float().partial_cmp(&y.as_float())));
    }
    if let (Some(s), Some(t)) = (a.as_str(), b.as_str())
        && !is_overridden(cx, a, op.name())
        && !is_overridden(cx, b, op.name())
    {
        let equal = x == y;
        return Some(if op.is_equality() { (equal || s == t) == (op == CmpOp::Eq) } else { op.holds(Some(s.cmp(t))) });
    }
    compare_others(cx, op, a, b, depth)
}

fn compare_others(cx: &Ctx, op: CmpOp, a: Value<'_>, b: Value<'_>, depth: u32) -> Option<bool> {
    for value in [a, b] {
        match value.kind() {
            // Default equality is identity; the class decides whether it is the default.
            Some(Kind::Instance | Kind::Exception | Kind::Native | Kind::Class) => {
                let found = find_special(cx, value, Name::__eq__);
                if !op.is_equality() || found != cx.class(Builtin::Object).special(cx, Name::__eq__) {
                    return None;
                }
                if op == CmpOp::Ne
                    && find_special(cx, value, Name::__ne__) != cx.class(Builtin::Object).special(cx, Name::__ne__)
                {
                    return None;
                }
            }
            Some(_) if is_overridden(cx, value, op.name()) || is_overridden(cx, value, op.reflected().name()) => {
                return None;
            }
            // `__ne__` is by default the contrary of `__eq__`.
            Some(_) if op == CmpOp::Ne && is_overridden(cx, value, Name::__eq__) => return None,
            _ => {}
        }
    }
    match builtin_leaf(cx, op, a, b, depth) {
        Answer::Known(answer) => Some(answer),
        Answer::Unrelated if op.is_equality() => Some((a == b) == (op == CmpOp::Eq)),
        Answer::Unrelated | Answer::Ask => None,
    }
}

/// What two layouts say about a comparison.
enum Answer {
    Known(bool),
    /// They do not compare: `NotImplemented`.
    Unrelated,
    /// An element's class has a say.
    Ask,
}

impl From<Option<bool>> for Answer {
    fn from(answer: Option<bool>) -> Answer {
        answer.map_or(Answer::Ask, Answer::Known)
    }
}

/// Compares by layout, whatever the classes say.
fn builtin_leaf(cx: &Ctx, op: CmpOp, a: Value<'_>, b: Value<'_>, depth: u32) -> Answer {
    if let Some(order) = compare_numbers(a, b) {
        return Answer::Known(op.holds(order));
    }
    let (Some(kind), Some(other)) = (a.kind(), b.kind()) else { return compare_complex(op, a, b) };
    if kind != other {
        return compare_complex(op, a, b);
    }
    match kind {
        Kind::Str => Answer::Known(op.holds(a.as_str().partial_cmp(&b.as_str()))),
        Kind::Bytes => Answer::Known(op.holds(a.as_bytes().partial_cmp(&b.as_bytes()))),
        Kind::List | Kind::Tuple | Kind::Slice if depth == LEAF_DEPTH => Answer::Ask,
        Kind::List => {
            let (Some(x), Some(y)) = (a.cast::<List>(), b.cast::<List>()) else { return Answer::Unrelated };
            if op.is_equality() && x.len(cx) != y.len(cx) {
                return Answer::Known(op == CmpOp::Ne);
            }
            compare_sequences(cx, op, depth + 1, |i| x.get(cx, i), |i| y.get(cx, i)).into()
        }
        Kind::Tuple => {
            let (Some(x), Some(y)) = (a.cast::<Tuple>(), b.cast::<Tuple>()) else { return Answer::Unrelated };
            if op.is_equality() && x.len() != y.len() {
                return Answer::Known(op == CmpOp::Ne);
            }
            compare_sequences(cx, op, depth + 1, |i| x.get(cx, i), |i| y.get(cx, i)).into()
        }
        Kind::Dict | Kind::Range | Kind::BoundMethod | Kind::Code if !op.is_equality() => Answer::Unrelated,
        Kind::Dict if depth == LEAF_DEPTH => Answer::Ask,
        Kind::Dict => equal_dicts(cx, a, b, depth + 1).map(|equal| equal == (op == CmpOp::Eq)).into(),
        Kind::Set => match (a.cast::<Set>(), b.cast::<Set>()) {
            (Some(x), Some(y)) => mapping::compare_sets_leaf(cx, op, x, y).ok().into(),
            _ => Answer::Unrelated,
        },
        Kind::Range => Answer::Known(equal_ranges(a, b) == (op == CmpOp::Eq)),
        Kind::Slice => {
            let (Some(x), Some(y)) = (a.cast::<Slice>(), b.cast::<Slice>()) else { return Answer::Unrelated };
            let (x, y) = ([&x.start, &x.stop, &x.step], [&y.start, &y.stop, &y.step]);
            let part = |of: [&crate::object::Field; 3], i: usize| of.get(i).map(|field| field.get_or_none(cx));
            compare_sequences(cx, op, depth + 1, |i| part(x, i), |i| part(y, i)).into()
        }
        Kind::Complex => compare_complex(op, a, b),
        Kind::Code => match (a.cast::<CodeObject>(), b.cast::<CodeObject>()) {
            (Some(a), Some(b)) => Answer::Known(a.equals(b) == (op == CmpOp::Eq)),
            _ => Answer::Unrelated,
        },
        Kind::BoundMethod => Answer::Known(equal_methods(cx, a, b) == (op == CmpOp::Eq)),
        _ => Answer::Unrelated,
    }
}

/// The order of two real numbers; the inner `None` if one is a NaN, the outer if one is no real number.
fn compare_numbers(a: Value<'_>, b: Value<'_>) -> Option<Option<Ordering>> {
    match (a.as_float(), b.as_float()) {
        (Some(x), Some(y)) => Some(x.partial_cmp(&y)),
        (Some(x), None) => compare_int_float(b.as_int()?, x).map(|order| order.map(Ordering::reverse)),
        (None, Some(y)) => compare_int_float(a.as_int()?, y),
        (None, None) => match (a.as_int()?, b.as_int()?) {
            (Int::Small(x), Int::Small(y)) => Some(Some(x.cmp(&y))),
            (x, y) => Some(Some(x.to_big().cmp(&y.to_big()))),
        },
    }
}

/// Compares exactly: the integer is never rounded.
fn compare_int_float(int: Int<'_>, float: f64) -> Option<Option<Ordering>> {
    if float.is_nan() {
        return Some(None);
    }
    if let Int::Small(i) = int
        && i.abs() < 1 << 53
    {
        return Some((i as f64).partial_cmp(&float));
    }
    if float.is_infinite() {
        return Some(Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater }));
    }
    let whole = dashu_int::IBig::try_from(float.trunc()).ok()?;
    let fraction = float.fract();
    let order = int.to_big().cmp(&whole);
    Some(Some(order.then_with(|| 0.0_f64.partial_cmp(&fraction).unwrap_or(Ordering::Equal))))
}

fn compare_complex(op: CmpOp, a: Value<'_>, b: Value<'_>) -> Answer {
    if !op.is_equality() {
        return Answer::Unrelated;
    }
    let equal = match (a.cast::<Complex>(), b.cast::<Complex>()) {
        (Some(x), Some(y)) => x.re == y.re && x.im == y.im,
        (Some(z), None) => return equals_complex(op, z, b),
        (None, Some(z)) => return equals_complex(op, z, a),
        (None, None) => return Answer::Unrelated,
    };
    Answer::Known(equal == (op == CmpOp::Eq))
}

fn equals_complex(op: CmpOp, z: &Complex, other: Value<'_>) -> Answer {
    let order = match (other.as_float(), other.as_int()) {
        (Some(real), _) => real.partial_cmp(&z.re),
        (None, Some(int)) => compare_int_float(int, z.re).flatten(),
        (None, None) => return Answer::Unrelated,
    };
    Answer::Known((order == Some(Ordering::Equal) && z.im == 0.0) == (op == CmpOp::Eq))
}

/// Finds the first elements that differ and compares those; the same object counts as equal to itself.
fn compare_sequences<'h>(
    cx: &'h Ctx,
    op: CmpOp,
    depth: u32,
    x: impl Fn(usize) -> Option<Value<'h>>,
    y: impl Fn(usize) -> Option<Value<'h>>,
) -> Option<bool> {
    let mut index = 0;
    loop {
        match (x(index), y(index)) {
            (Some(v), Some(w)) => {
                if v != w && !compare_nested(cx, CmpOp::Eq, v, w, depth)? {
                    return match op {
                        CmpOp::Eq => Some(false),
                        CmpOp::Ne => Some(true),
                        _ => compare_nested(cx, op, v, w, depth),
                    };
                }
            }
            (None, None) => return Some(op.holds(Some(Ordering::Equal))),
            (None, Some(_)) => return Some(op.holds(Some(Ordering::Less))),
            (Some(_), None) => return Some(op.holds(Some(Ordering::Greater))),
        }
        index += 1;
    }
}

/// Equality as containers understand it: the same object is equal to itself.
#[inline]
pub fn equal_leaf(cx: &Ctx, a: Value<'_>, b: Value<'_>) -> Option<bool> {
    if a == b { Some(true) } else { compare_leaf(cx, CmpOp::Eq, a, b) }
}

fn equal_dicts(cx: &Ctx, a: Value<'_>, b: Value<'_>, depth: u32) -> Option<bool> {
    let (x, y) = (a.cast::<Dict>()?, b.cast::<Dict>()?);
    if x.len(cx) != y.len(cx) {
        return Some(false);
    }
    let Some(table) = x.table(cx) else { return Some(true) };
    for number in table.bounds() {
        let hash = table.hash(number);
        let (Some(key), Some(value)) = (table.key(cx, number), table.value(cx, number)) else { continue };
        match y.get_hashed(cx, key, hash, &LEAF) {
            Err(Ask) => return None,
            Ok(None) => return Some(false),
            Ok(Some(other)) => {
                if value != other && !compare_nested(cx, CmpOp::Eq, value, other, depth)? {
                    return Some(false);
                }
            }
        }
    }
    Some(true)
}

fn equal_ranges(a: Value<'_>, b: Value<'_>) -> bool {
    let (Some(x), Some(y)) = (a.cast::<Range>(), b.cast::<Range>()) else { return false };
    let count = x.len();
    count == y.len() && (count == 0 || x.start == y.start && (count == 1 || x.step == y.step))
}

fn equal_methods(cx: &Ctx, a: Value<'_>, b: Value<'_>) -> bool {
    let (Some(x), Some(y)) = (a.cast::<BoundMethod>(), b.cast::<BoundMethod>()) else { return false };
    x.receiver.get(cx) == y.receiver.get(cx) && x.function.get(cx) == y.function.get(cx)
}

/// `a op b` for any values, by the full protocol; what a script's method returns is returned as it is.
pub fn compare(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    if let Some(answer) = compare_leaf(cx, op, cx.get(a), cx.get(b)) {
        return Ok(cx.root(Value::bool(answer)));
    }
    cx.scope(|cx| compare_by_protocol(cx, op, a, b))
}

fn compare_by_protocol(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    cx.check_native_stack(" in comparison")?;
    let reflected_first = {
        let (left, right) = (cx.class_of(cx.get(a)), cx.class_of(cx.get(b)));
        !std::ptr::eq(left, right)
            && right.is_subclass(cx, left)
            && find_special(cx, cx.get(b), op.reflected().name()) != find_special(cx, cx.get(a), op.reflected().name())
    };
    if reflected_first && let Some(answer) = ask(cx, op.reflected(), b, a)? {
        return Ok(answer);
    }
    if let Some(answer) = ask(cx, op, a, b)? {
        return Ok(answer);
    }
    if !reflected_first && let Some(answer) = ask(cx, op.reflected(), b, a)? {
        return Ok(answer);
    }
    if op.is_equality() {
        let same = cx.get(a) == cx.get(b);
        return Ok(cx.root(Value::bool(same == (op == CmpOp::Eq))));
    }
    let (left, right) = (cx.type_name(cx.get(a)), cx.type_name(cx.get(b)));
    let symbol = op.symbol();
    Err(cx.type_error(format!("'{symbol}' not supported between instances of '{left}' and '{right}'")))
}

/// Asks the class of `a`; `None` for `NotImplemented`.
fn ask(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    let value = cx.get(a);
    let own_layout = !matches!(value.kind(), Some(Kind::Instance | Kind::Exception | Kind::Native | Kind::Class));
    if own_layout && !is_overridden(cx, value, op.name()) {
        let by_eq = op == CmpOp::Ne && is_overridden(cx, value, Name::__eq__);
        if !by_eq {
            return Ok(builtin_compare(cx, op, a, b)?.map(|answer| cx.root(Value::bool(answer))));
        }
    }
    let object = cx.class(Builtin::Object);
    if matches!(op, CmpOp::Lt | CmpOp::Le | CmpOp::Gt | CmpOp::Ge)
        && find_special(cx, value, op.name()) == object.special(cx, op.name())
    {
        return Ok(None);
    }
    if op == CmpOp::Ne
        && find_special(cx, value, Name::__ne__).is_none_or(|found| found.kind() == Some(Kind::NativeFunction))
    {
        return match ask(cx, CmpOp::Eq, a, b)? {
            Some(equal) => {
                let equal = truth(cx, equal)?;
                Ok(Some(cx.root(Value::bool(!equal))))
            }
            None => Ok(None),
        };
    }
    if op == CmpOp::Eq && find_special(cx, value, Name::__eq__) == object.special(cx, Name::__eq__) {
        let same = cx.get(a) == cx.get(b);
        return Ok(if same { Some(cx.root(Value::TRUE)) } else { None });
    }
    let answer = call_special(cx, a, op.name(), &[b])?;
    Ok(answer.filter(|&answer| cx.get(answer) != Value::NOT_IMPLEMENTED))
}

/// What the comparison method of a value's layout answers, whatever its class says (`None` is `NotImplemented`): for
/// `list.__eq__(a, b)` and its like.
pub fn builtin_compare(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Option<bool>> {
    match builtin_leaf(cx, op, cx.get(a), cx.get(b), 0) {
        Answer::Known(answer) => return Ok(Some(answer)),
        Answer::Unrelated
            if matches!(cx.get(a).kind(), Some(Kind::Instance | Kind::Exception | Kind::Native | Kind::Class)) =>
        {
            return default_compare(cx, op, a, b);
        }
        Answer::Unrelated => return Ok(None),
        Answer::Ask => {}
    }
    cx.check_native_stack(" in comparison")?;
    let kind = cx.get(a).kind();
    cx.scope(|cx| match kind {
        Some(Kind::Dict) => equal_dict_slots(cx, a, b).map(|equal| Some(equal == (op == CmpOp::Eq))),
        Some(Kind::Set) => mapping::compare_sets(cx, op, a, b).map(Some),
        Some(Kind::Slice) => {
            let parts = |cx: &Ctx, slot| {
                let slice = cx.get(slot).cast::<Slice>();
                let fields = slice.map(|s| [&s.start, &s.stop, &s.step].map(|field| field.get_or_none(cx)));
                cx.root(cx.tuple(fields.as_ref().map_or(&[], |f| f.as_slice())))
            };
            let (a, b) = (parts(cx, a), parts(cx, b));
            compare_sequence_slots(cx, op, a, b).map(Some)
        }
        _ => compare_sequence_slots(cx, op, a, b).map(Some),
    })
}

/// `object`'s comparison: identity.
fn default_compare(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Option<bool>> {
    let same = cx.get(a) == cx.get(b);
    match op {
        CmpOp::Eq => Ok(if same { Some(true) } else { None }),
        CmpOp::Ne => match ask(cx, CmpOp::Eq, a, b)? {
            Some(equal) => Ok(Some(!truth(cx, equal)?)),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn compare_sequence_slots(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<bool> {
    let (x, y) = (cx.root(Value::NONE), cx.root(Value::NONE));
    let element = |cx: &Ctx, sequence: Slot, index: usize, into: Slot| {
        let value = cx.get(sequence);
        let element = match value.cast::<List>() {
            Some(list) => list.get(cx, index),
            None => value.cast::<Tuple>().and_then(|tuple| tuple.get(cx, index)),
        };
        element.map(|element| cx.set(into, element)).is_some()
    };
    let mut index = 0;
    loop {
        let order = match (element(cx, a, index, x), element(cx, b, index, y)) {
            (true, true) => {
                if !eq(cx, x, y)? {
                    return match op {
                        CmpOp::Eq => Ok(false),
                        CmpOp::Ne => Ok(true),
                        _ => compare_bool(cx, op, x, y),
                    };
                }
                index += 1;
                continue;
            }
            (false, false) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (true, false) => Ordering::Greater,
        };
        return Ok(op.holds(Some(order)));
    }
}

fn equal_dict_slots(cx: &mut Ctx, a: Slot, b: Slot) -> Res<bool> {
    let len = |cx: &Ctx, slot| cx.get(slot).cast::<Dict>().map_or(0, |dict| dict.len(cx));
    if len(cx, a) != len(cx, b) {
        return Ok(false);
    }
    let (key, value) = (cx.root(Value::NONE), cx.root(Value::NONE));
    let mut number = 0;
    while let Some(next) = mapping::entry_from(cx, a, number, key, value) {
        number = next;
        let equal = cx.scope(|cx| match mapping::dict_get(cx, b, key)? {
            Some(other) => eq(cx, value, other),
            None => Ok(false),
        })?;
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `a op b`, as a condition.
pub fn compare_bool(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<bool> {
    if let Some(answer) = compare_leaf(cx, op, cx.get(a), cx.get(b)) {
        return Ok(answer);
    }
    cx.scope(|cx| {
        let answer = compare_by_protocol(cx, op, a, b)?;
        truth(cx, answer)
    })
}

/// Equality as containers understand it: the same object is equal to itself.
#[inline]
pub fn eq(cx: &mut Ctx, a: Slot, b: Slot) -> Res<bool> {
    if cx.get(a) == cx.get(b) { Ok(true) } else { compare_bool(cx, CmpOp::Eq, a, b) }
}
