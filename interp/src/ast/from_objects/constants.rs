//! Constants.

use std::rc::Rc;

use argil_compiler::ast::Constant;
use argil_compiler::code::Const;

use super::Reader;
use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::object::Header;
use crate::types::complex::Complex;
use crate::types::int::Int;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How deep tuples may lie in each other.
const MAX_NESTING: u32 = 100;

impl Reader {
    /// The constant that a value is; a note, if code can have no such constant.
    pub(super) fn constant(&mut self, cx: &Ctx, value: Value<'_>) -> Constant {
        match of_value(cx, value, MAX_NESTING) {
            Ok(constant) => literal(constant),
            Err(class) => {
                self.note(Builtin::TypeError, format!("got an invalid type in Constant: {class}"));
                Constant::None
            }
        }
    }
}

/// The constant as the compiler's tree has it.
fn literal(constant: Const) -> Constant {
    match constant {
        Const::None => Constant::None,
        Const::Bool(true) => Constant::True,
        Const::Bool(false) => Constant::False,
        Const::Ellipsis => Constant::Ellipsis,
        Const::Int(number) => Constant::Int(number),
        Const::Float(number) => Constant::Float(number),
        Const::Imaginary(number) => Constant::Imaginary(number),
        Const::Str(text) => Constant::Str(text.into()),
        Const::Bytes(bytes) => Constant::Bytes(bytes.into()),
        other => Constant::Given(Rc::new(other)),
    }
}

/// The constant, or the name of a class that no constant is of.
fn of_value(cx: &Ctx, value: Value<'_>, nesting: u32) -> Result<Const, String> {
    let odd = || cx.type_name(value).to_owned();
    match value {
        Value::NONE => return Ok(Const::None),
        Value::TRUE | Value::FALSE => return Ok(Const::Bool(value == Value::TRUE)),
        Value::ELLIPSIS => return Ok(Const::Ellipsis),
        _ => {}
    }
    if !value.header().is_none_or(Header::is_exact) || nesting == 0 {
        return Err(odd());
    }
    let all = |values: &mut dyn Iterator<Item = Value<'_>>| -> Result<Vec<Const>, String> {
        values.map(|value| of_value(cx, value, nesting - 1)).collect()
    };
    if let Some(number) = value.as_int() {
        return Ok(match number {
            Int::Small(number) => Const::Int(number),
            Int::Big(number) => {
                i64::try_from(number).map_or_else(|_| Const::BigInt(number.to_string().into()), Const::Int)
            }
        });
    }
    if let Some(number) = value.as_float() {
        return Ok(Const::Float(number));
    }
    if let Some(number) = value.cast::<Complex>() {
        let is_imaginary = number.re.to_bits() == 0;
        return Ok(if is_imaginary { Const::Imaginary(number.im) } else { Const::Complex(number.re, number.im) });
    }
    if let Some(text) = value.as_str() {
        return Ok(Const::Str(text.into()));
    }
    if let Some(bytes) = value.as_bytes() {
        return Ok(Const::Bytes(bytes.into()));
    }
    if let Some(tuple) = value.cast::<Tuple>() {
        return all(&mut tuple.iter(cx)).map(Const::Tuple);
    }
    match value.cast::<Set>().filter(|_| cx.class_of(value).is(Builtin::FrozenSet)) {
        Some(set) => all(&mut set.iter(cx)).map(Const::FrozenSet),
        None => Err(odd()),
    }
}
