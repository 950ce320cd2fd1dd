//! Operators: the numbers' own arithmetic, sequences' `+` and `*`, and the protocol that picks who computes.
//!
//! [`binary_leaf`] answers for exact built-in operands without running script code. [`binary`] is the whole protocol:
//! the right operand's reflected method first if its class is a proper subclass that overrides it, then the left one's,
//! then the right one's, and at last what sequences mean by `+` and `*`, which CPython keeps in slots of their own.

mod complex;
pub mod division;
pub mod float;
mod hash;
mod in_place;
pub mod int;
pub mod parse;
mod sequence;

pub use hash::{hash_float, hash_number};
pub use in_place::method as builtin_in_place;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::call_special;
use crate::ops::mapping;
use crate::ops::set_algebra::{self, SetOp};
use crate::ops::warn::deprecated;
use crate::types::bytearray::ByteArray;
use crate::types::complex::Complex;
use crate::types::dict::Dict;
use crate::types::int::Int;
use crate::types::str::Str;
use crate::value::Value;

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    TrueDiv,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `@`
    MatMul,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `divmod()`
    DivMod,
}

impl BinOp {
    /// How error messages spell it.
    pub fn symbol(self) -> &'static str {
        match self {
            BinOp::Add => "+",
            BinOp::Sub => "-",
            BinOp::Mul => "*",
            BinOp::TrueDiv => "/",
            BinOp::FloorDiv => "//",
            BinOp::Mod => "%",
            BinOp::Pow => "** or pow()",
            BinOp::MatMul => "@",
            BinOp::LShift => "<<",
            BinOp::RShift => ">>",
            BinOp::And => "&",
            BinOp::Or => "|",
            BinOp::Xor => "^",
            BinOp::DivMod => "divmod()",
        }
    }

    /// How error messages spell its in-place form.
    fn in_place_symbol(self) -> String {
        if self == BinOp::Pow { "**=".into() } else { format!("{}=", self.symbol()) }
    }

    /// The special methods: normal, reflected, in place.
    pub fn names(self) -> (Name, Name, Option<Name>) {
        use Name::*;
        match self {
            BinOp::Add => (__add__, __radd__, Some(__iadd__)),
            BinOp::Sub => (__sub__, __rsub__, Some(__isub__)),
            BinOp::Mul => (__mul__, __rmul__, Some(__imul__)),
            BinOp::TrueDiv => (__truediv__, __rtruediv__, Some(__itruediv__)),
            BinOp::FloorDiv => (__floordiv__, __rfloordiv__, Some(__ifloordiv__)),
            BinOp::Mod => (__mod__, __rmod__, Some(__imod__)),
            BinOp::Pow => (__pow__, __rpow__, Some(__ipow__)),
            BinOp::MatMul => (__matmul__, __rmatmul__, Some(__imatmul__)),
            BinOp::LShift => (__lshift__, __rlshift__, Some(__ilshift__)),
            BinOp::RShift => (__rshift__, __rrshift__, Some(__irshift__)),
            BinOp::And => (__and__, __rand__, Some(__iand__)),
            BinOp::Or => (__or__, __ror__, Some(__ior__)),
            BinOp::Xor => (__xor__, __rxor__, Some(__ixor__)),
            BinOp::DivMod => (__divmod__, __rdivmod__, None),
        }
    }
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
    /// `abs()`
    Abs,
}

impl UnaryOp {
    /// The special method.
    pub fn name(self) -> Name {
        match self {
            UnaryOp::Neg => Name::__neg__,
            UnaryOp::Pos => Name::__pos__,
            UnaryOp::Invert => Name::__invert__,
            UnaryOp::Abs => Name::__abs__,
        }
    }
}

/// A number of a built-in type.
#[derive(Clone, Copy)]
enum Number<'h> {
    Int(Int<'h>),
    Float(f64),
    Complex(f64, f64),
}

impl<'h> Number<'h> {
    #[inline]
    fn of(value: Value<'h>) -> Option<Number<'h>> {
        if let Some(float) = value.as_float() {
            return Some(Number::Float(float));
        }
        if let Some(int) = value.as_int() {
            return Some(Number::Int(int));
        }
        value.cast::<crate::types::complex::Complex>().map(|c| Number::Complex(c.re, c.im))
    }
}

/// Whether a value is no instance of a subclass.
#[inline(always)]
pub(crate) fn is_exact(value: Value<'_>) -> bool {
    value.header().is_none_or(crate::object::Header::is_exact)
}

/// What an operator makes of two exact built-in operands; `None` if it takes script code, or an error, to tell.
#[inline]
pub fn binary_leaf<'h>(cx: &'h Ctx, op: BinOp, a: Value<'h>, b: Value<'h>) -> Option<Res<Value<'h>>> {
    if let (Some(x), Some(y)) = (a.as_small_int(), b.as_small_int())
        && let Some(result) = int::small(cx, op, x, y)
    {
        return Some(Ok(result));
    }
    if a.word().both_float(b.word())
        && let Some(result) = float::quick(op, a.word().as_float(), b.word().as_float())
    {
        return Some(Ok(cx.float(result)));
    }
    if op == BinOp::Add
        && let (Some(x), Some(y)) = (a.cast::<Str>(), b.cast::<Str>())
        && is_exact(a)
        && is_exact(b)
    {
        return Some(Ok(Value::of(Str::append(cx, x, y))));
    }
    if is_exact(a) && is_exact(b) { builtin_leaf(cx, op, a, b) } else { None }
}

/// The same for operands that are taken for plain built-in values, whatever their class overrides.
pub fn builtin_leaf<'h>(cx: &'h Ctx, op: BinOp, a: Value<'h>, b: Value<'h>) -> Option<Res<Value<'h>>> {
    if let (Some(x), Some(y)) = (Number::of(a), Number::of(b)) {
        return match (x, y) {
            (Number::Int(x), Number::Int(y)) => {
                if a.is_bool() && b.is_bool() {
                    let (x, y) = (a == Value::TRUE, b == Value::TRUE);
                    match op {
                        BinOp::And => return Some(Ok(Value::bool(x & y))),
                        BinOp::Or => return Some(Ok(Value::bool(x | y))),
                        BinOp::Xor => return Some(Ok(Value::bool(x ^ y))),
                        _ => {}
                    }
                }
                int::binary(cx, op, x, y)
            }
            (Number::Complex(..), _) | (_, Number::Complex(..)) => complex::binary(cx, op, x, y),
            (x, y) => {
                let both = float::of_number(cx, x).and_then(|x| Ok((x, float::of_number(cx, y)?)));
                both.map_or_else(|raised| Some(Err(raised)), |(x, y)| float::binary(cx, op, x, y))
            }
        };
    }
    match a.kind()? {
        Kind::Str if op == BinOp::Add => {
            let (x, y) = (a.cast::<Str>()?, b.cast::<Str>()?);
            Some(Ok(Value::of(Str::append(cx, x, y))))
        }
        _ => sequence::leaf(cx, op, a, b),
    }
}

/// What the built-in type of `a` makes of `a op b`, script code included; `None` for `NotImplemented`.
fn builtin(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    if let Some(result) = builtin_leaf(cx, op, cx.get(a), cx.get(b)) {
        return result.map(|value| Some(cx.root(value)));
    }
    let (left, right) = (cx.get(a).kind(), cx.get(b).kind());
    match (left, op) {
        (Some(Kind::Str), BinOp::Mod) => crate::ops::format::percent(cx, a, b).map(Some),
        (Some(Kind::Bytes), BinOp::Mod) => crate::ops::format::percent_bytes(cx, a, b).map(Some),
        (Some(Kind::Native), BinOp::Mod) if cx.get(a).native::<ByteArray>().is_some() => {
            crate::ops::format::percent_bytes(cx, a, b).map(Some)
        }
        (Some(Kind::Set), _) if right == Some(Kind::Set) => match set_operator(op) {
            Some(op) => set_algebra::binary(cx, op, a, b).map(Some),
            None => Ok(None),
        },
        (Some(Kind::Dict), BinOp::Or) if right == Some(Kind::Dict) => {
            let union = cx.root(Value::of(Dict::alloc(cx)));
            mapping::dict_update(cx, union, a)?;
            mapping::dict_update(cx, union, b)?;
            Ok(Some(union))
        }
        _ => Ok(None),
    }
}

/// The operator on sets that an operator means.
fn set_operator(op: BinOp) -> Option<SetOp> {
    match op {
        BinOp::And => Some(SetOp::And),
        BinOp::Or => Some(SetOp::Or),
        BinOp::Sub => Some(SetOp::Sub),
        BinOp::Xor => Some(SetOp::Xor),
        _ => None,
    }
}

/// What a special method of a built-in type returns: `type(a).__op__(a, b)`, or `__rop__` if `reflected`, where `a` has
/// the layout of that type. The value may be `NotImplemented`.
pub fn builtin_method(cx: &mut Ctx, op: BinOp, reflected: bool, a: Slot, b: Slot) -> Res<Slot> {
    let (left, right) = if reflected { (b, a) } else { (a, b) };
    if let Some(result) = builtin(cx, op, left, right)? {
        return Ok(result);
    }
    match sequence::fallback(cx, op, left, right)? {
        Some(result) => Ok(result),
        None => Ok(cx.root(Value::NOT_IMPLEMENTED)),
    }
}

/// The result of a special method, unless the class lacks it or it returned `NotImplemented`.
fn try_special(cx: &mut Ctx, on: Slot, name: Name, args: &[Slot]) -> Res<Option<Slot>> {
    Ok(call_special(cx, on, name, args)?.filter(|&result| cx.get(result) != Value::NOT_IMPLEMENTED))
}

/// Whether the right operand's class is a proper subclass of the left one's that has a reflected method of its own.
fn right_goes_first(cx: &Ctx, a: Slot, b: Slot, reflected: Name) -> bool {
    let (left, right) = (cx.class_of(cx.get(a)), cx.class_of(cx.get(b)));
    if std::ptr::eq(left, right) || !right.is_subclass(cx, left) {
        return false;
    }
    let own = right.special(cx, reflected);
    own.is_some() && own != left.special(cx, reflected)
}

/// A binary operator, for any operands.
pub fn binary(cx: &mut Ctx, op: BinOp, in_place: bool, a: Slot, b: Slot) -> Res<Slot> {
    if in_place && let Some(result) = in_place::builtin(cx, op, a, b)? {
        return Ok(result);
    }
    if let Some(result) = binary_leaf(cx, op, cx.get(a), cx.get(b)) {
        return result.map(|value| cx.root(value));
    }
    let (normal, reflected, in_place_name) = op.names();
    if in_place
        && let Some(name) = in_place_name
        && let Some(result) = try_special(cx, a, name, &[b])?
    {
        return Ok(result);
    }
    let right_first = right_goes_first(cx, a, b, reflected);
    if right_first && let Some(result) = try_special(cx, b, reflected, &[a])? {
        return Ok(result);
    }
    let left = if is_builtin(cx.get(a)) { builtin(cx, op, a, b)? } else { special_left(cx, op, normal, a, b)? };
    if let Some(result) = left {
        return Ok(result);
    }
    let same = std::ptr::eq(cx.class_of(cx.get(a)), cx.class_of(cx.get(b)));
    if !same
        && !right_first
        && !is_builtin(cx.get(b))
        && let Some(result) = try_special(cx, b, reflected, &[a])?
    {
        return Ok(result);
    }
    if let Some(result) = sequence::fallback(cx, op, a, b)? {
        return Ok(result);
    }
    let symbol = if in_place { op.in_place_symbol() } else { op.symbol().to_owned() };
    Err(unsupported(cx, &symbol, &[a, b]))
}

/// The left operand's own method. A sequence's `+` and `*`, reached through a subclass, come only after the right
/// operand's reflected method, as in CPython, where they are not number methods.
fn special_left(cx: &mut Ctx, op: BinOp, name: Name, a: Slot, b: Slot) -> Res<Option<Slot>> {
    let is_sequence = matches!(cx.get(a).kind(), Some(Kind::Str | Kind::Bytes | Kind::List | Kind::Tuple));
    if is_sequence && matches!(op, BinOp::Add | BinOp::Mul) {
        let method = cx.class_of(cx.get(a)).special(cx, name);
        if method.is_none_or(|method| method.kind() == Some(Kind::NativeFunction)) {
            return builtin(cx, op, a, b);
        }
    }
    try_special(cx, a, name, &[b])
}

/// Whether a value is an instance of a built-in type whose operators are all here.
fn is_builtin(value: Value<'_>) -> bool {
    use Kind::*;
    match value.kind() {
        None => true,
        Some(BigInt | FloatBox | Complex | Str | Bytes | List | Tuple | Dict | Set | Range | Slice | Function) => {
            is_exact(value)
        }
        Some(NativeFunction | BoundMethod | Module | Generator | Iter) => true,
        _ => false,
    }
}

fn unsupported(cx: &Ctx, symbol: &str, operands: &[Slot]) -> Raised {
    let names: Vec<_> = operands.iter().map(|&slot| format!("'{}'", cx.type_name(cx.get(slot)))).collect();
    let joined = if names.len() == 2 { names.join(" and ") } else { names.join(", ") };
    cx.type_error(format!("unsupported operand type(s) for {symbol}: {joined}"))
}

/// `pow(base, exponent, modulus)`.
pub fn power_mod(cx: &mut Ctx, base: Slot, exponent: Slot, modulus: Slot) -> Res<Slot> {
    let numbers = (Number::of(cx.get(base)), Number::of(cx.get(exponent)), Number::of(cx.get(modulus)));
    if let (Some(x), Some(y), Some(z)) = numbers {
        let (Number::Int(x), Number::Int(y), Number::Int(z)) = (x, y, z) else {
            let complex = [x, y, z].iter().any(|n| matches!(n, Number::Complex(..)));
            return Err(if complex {
                cx.value_error("complex modulo")
            } else {
                cx.type_error("pow() 3rd argument not allowed unless all arguments are integers")
            });
        };
        let result = int::power_mod(cx, x, y, z)?;
        return Ok(cx.root(result));
    }
    if Number::of(cx.get(base)).is_none()
        && let Some(result) = try_special(cx, base, Name::__pow__, &[exponent, modulus])?
    {
        return Ok(result);
    }
    if Number::of(cx.get(exponent)).is_none()
        && let Some(result) = try_special(cx, exponent, Name::__rpow__, &[base, modulus])?
    {
        return Ok(result);
    }
    Err(unsupported(cx, BinOp::Pow.symbol(), &[base, exponent, modulus]))
}

/// A unary operator on a number of a built-in type; `None` for anything else.
pub fn unary_leaf<'h>(cx: &'h Ctx, op: UnaryOp, a: Value<'h>) -> Option<Value<'h>> {
    if is_exact(a) { builtin_unary(cx, op, a) } else { None }
}

/// The same for instances of subclasses, whatever these override.
pub fn builtin_unary<'h>(cx: &'h Ctx, op: UnaryOp, a: Value<'h>) -> Option<Value<'h>> {
    match Number::of(a)? {
        Number::Int(x) => Some(int::unary(cx, op, x)),
        Number::Float(x) => Some(cx.float(match op {
            UnaryOp::Neg => -x,
            UnaryOp::Pos => x,
            UnaryOp::Abs => x.abs(),
            UnaryOp::Invert => return None,
        })),
        Number::Complex(re, im) => complex::unary(cx, op, re, im),
    }
}

/// A unary operator, for any operand.
pub fn unary(cx: &mut Ctx, op: UnaryOp, a: Slot) -> Res<Slot> {
    if let Some(result) = unary_leaf(cx, op, cx.get(a)) {
        return Ok(cx.root(result));
    }
    if op == UnaryOp::Abs && is_exact(cx.get(a)) && cx.get(a).cast::<Complex>().is_some() {
        return Err(cx.overflow_error("absolute value too large"));
    }
    if let Some(result) = call_special(cx, a, op.name(), &[])? {
        return Ok(result);
    }
    let what = match op {
        UnaryOp::Neg => "unary -",
        UnaryOp::Pos => "unary +",
        UnaryOp::Invert => "unary ~",
        UnaryOp::Abs => "abs()",
    };
    Err(cx.type_error(format!("bad operand type for {what}: '{}'", cx.type_name(cx.get(a)))))
}

/// A plain integer from an int, an instance of a subclass, or anything with `__index__`.
pub fn index(cx: &mut Ctx, a: Slot) -> Res<Slot> {
    if let Some(plain) = plain_int(cx, cx.get(a)) {
        return Ok(cx.root(plain));
    }
    let Some(result) = call_special(cx, a, Name::__index__, &[])? else {
        return Err(not_an_integer(cx, cx.get(a)));
    };
    plain_result(cx, result, "__index__", "int", plain_int)
}

/// What a conversion returned, as an object of exactly the class that it is for.
///
/// # Errors
/// TypeError for an object of another class, and what comes of the warning about one of a subclass.
pub fn plain_result(
    cx: &mut Ctx,
    result: Slot,
    method: &str,
    wanted: &str,
    plain: impl for<'h> Fn(&'h Ctx, Value<'h>) -> Option<Value<'h>>,
) -> Res<Slot> {
    let got = |cx: &Ctx| cx.type_name(cx.get(result)).to_owned();
    if plain(cx, cx.get(result)).is_none() {
        let got = got(cx);
        return Err(cx.type_error(format!("{method} returned non-{wanted} (type {got})")));
    }
    if cx.get(result).header().is_some_and(|header| !header.is_exact()) || cx.get(result).is_bool() {
        let got = got(cx);
        deprecated(
            cx,
            &format!(
                "{method} returned non-{wanted} (type {got}).  The ability to return an instance of a strict subclass \
                 of {wanted} is deprecated, and may be removed in a future version of Python."
            ),
        )?;
    }
    let cx: &Ctx = cx;
    Ok(cx.root(plain(cx, cx.get(result)).unwrap_or(Value::NONE)))
}

/// The same, or `None` for what has no `__index__`.
pub fn index_opt(cx: &mut Ctx, a: Slot) -> Res<Option<Slot>> {
    let value = cx.get(a);
    if value.as_int().is_none() && cx.class_of(value).special(cx, Name::__index__).is_none() {
        return Ok(None);
    }
    index(cx, a).map(Some)
}

/// The same, where a TypeError of `__index__` means that there is none.
pub fn try_index(cx: &mut Ctx, a: Slot) -> Res<Option<Slot>> {
    index_opt(cx, a).or_else(|raised| cx.catch(raised, Builtin::TypeError).map(|_| None))
}

/// The same, where whatever `__index__` raises means that there is none.
pub fn index_or_none(cx: &mut Ctx, a: Slot) -> Option<Slot> {
    match index_opt(cx, a) {
        Ok(index) => index,
        Err(raised) => {
            let _ = cx.take_raised(raised);
            None
        }
    }
}

/// A float from a float, an int, or anything with `__float__` or `__index__`.
pub fn to_float(cx: &mut Ctx, a: Slot) -> Res<f64> {
    let value = cx.get(a);
    if value.as_float().is_some() || value.as_int().is_some() {
        return cx.real(value);
    }
    if let Some(result) = call_special(cx, a, Name::__float__, &[])? {
        let method = format!("{}.__float__", cx.type_name(cx.get(a)));
        let plain = plain_result(cx, result, &method, "float", |cx, value| value.as_float().map(|x| cx.float(x)))?;
        return cx.real(cx.get(plain));
    }
    match index_opt(cx, a)? {
        Some(integer) => cx.real(cx.get(integer)),
        None => Err(not_real(cx, cx.get(a))),
    }
}

/// The integer without class of its own: itself, or what a bool or an instance of a subclass stands for.
pub fn plain_int<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    if value.kind() == Some(Kind::BigInt) {
        return Some(value);
    }
    Some(match value.as_int()? {
        Int::Small(small) => cx.int(small),
        Int::Big(big) => cx.big_int(big.clone()),
    })
}

fn not_an_integer(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("'{}' object cannot be interpreted as an integer", cx.type_name(value)))
}

fn not_real(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("must be real number, not {}", cx.type_name(value)))
}

impl Ctx {
    /// The integer that a value is; a TypeError if it is none.
    pub fn index<'h>(&'h self, value: Value<'h>) -> Res<Int<'h>> {
        value.as_int().ok_or_else(|| not_an_integer(self, value))
    }

    /// The float that a value is or that an integer converts to; a TypeError for anything else.
    pub fn real(&self, value: Value<'_>) -> Res<f64> {
        match (value.as_float(), value.as_int()) {
            (Some(float), _) => Ok(float),
            (_, Some(int)) => float::of_int(self, int),
            _ => Err(not_real(self, value)),
        }
    }

    /// Raises a ZeroDivisionError.
    #[cold]
    pub fn zero_division(&self, message: &str) -> Raised {
        self.raise(Builtin::ZeroDivisionError, message)
    }
}
