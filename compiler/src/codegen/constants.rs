//! The constants of one code object, each held once.

use crate::ast::Constant;
use crate::code::Const;
use std::collections::HashMap;

/// What makes two constants the same: their type and value. Floats compare by bits, so that `0.0` and `-0.0` stay apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    None,
    Bool(bool),
    Ellipsis,
    Int(i64),
    BigInt(Box<str>),
    Float(u64),
    Imaginary(u64),
    Complex(u64, u64),
    Str(Box<str>),
    Bytes(Box<[u8]>),
    Tuple(Vec<Key>),
    FrozenSet(Vec<Key>),
}

impl Key {
    /// The key of `constant`; code has none, each is its own.
    fn of(constant: &Const) -> Option<Key> {
        Some(match constant {
            Const::None => Key::None,
            Const::Bool(value) => Key::Bool(*value),
            Const::Ellipsis => Key::Ellipsis,
            Const::Int(value) => Key::Int(*value),
            Const::BigInt(digits) => Key::BigInt(digits.clone()),
            Const::Float(value) => Key::Float(value.to_bits()),
            Const::Imaginary(value) => Key::Imaginary(value.to_bits()),
            Const::Complex(real, imaginary) => Key::Complex(real.to_bits(), imaginary.to_bits()),
            Const::Str(text) => Key::Str(text.clone()),
            Const::Bytes(bytes) => Key::Bytes(bytes.clone()),
            Const::Tuple(items) => Key::Tuple(items.iter().map(Key::of).collect::<Option<_>>()?),
            Const::FrozenSet(items) => Key::FrozenSet(items.iter().map(Key::of).collect::<Option<_>>()?),
            Const::Code(_) => return None,
        })
    }
}

/// The constants gathered so far.
#[derive(Debug, Default)]
pub(super) struct ConstPool {
    pub consts: Vec<Const>,
    index: HashMap<Key, u16>,
}

impl ConstPool {
    /// The index of `constant`, which is added if need be; `None` if there is no room.
    pub fn index_of(&mut self, constant: Const) -> Option<u16> {
        let key = Key::of(&constant);
        if let Some(&at) = key.as_ref().and_then(|key| self.index.get(key)) {
            return Some(at);
        }
        let at = u16::try_from(self.consts.len()).ok()?;
        self.consts.push(constant);
        if let Some(key) = key {
            self.index.insert(key, at);
        }
        Some(at)
    }
}

/// The constant that a literal stands for.
pub(crate) fn literal(constant: &Constant) -> Const {
    match constant {
        Constant::None => Const::None,
        Constant::True => Const::Bool(true),
        Constant::False => Const::Bool(false),
        Constant::Ellipsis => Const::Ellipsis,
        Constant::Int(value) => Const::Int(*value),
        Constant::BigInt(digits) => Const::BigInt(decimal(digits)),
        Constant::Float(value) => Const::Float(*value),
        Constant::Imaginary(value) => Const::Imaginary(*value),
        Constant::Str(text) => Const::Str((**text).into()),
        Constant::Bytes(bytes) => Const::Bytes((**bytes).into()),
        Constant::Given(value) => (**value).clone(),
    }
}

/// The decimal digits of an integer literal that may have a prefix `0x`, `0o` or `0b`.
fn decimal(literal: &str) -> Box<str> {
    let (digits, radix) = match literal.get(..2) {
        Some("0x") => (&literal[2..], 16),
        Some("0o") => (&literal[2..], 8),
        Some("0b") => (&literal[2..], 2),
        _ => return literal.into(),
    };
    // Little-endian limbs of nine decimal digits.
    const LIMB: u64 = 1_000_000_000;
    let mut limbs: Vec<u32> = vec![0];
    for digit in digits.chars() {
        let mut carry = u64::from(digit.to_digit(radix).expect("the lexer checks digits"));
        for limb in &mut limbs {
            let value = u64::from(*limb) * u64::from(radix) + carry;
            *limb = (value % LIMB) as u32;
            carry = value / LIMB;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut text = limbs.last().expect("there is always a limb").to_string();
    for limb in limbs.iter().rev().skip(1) {
        text.push_str(&format!("{limb:09}"));
    }
    text.into()
}

/// Whether `constant` counts as true.
pub(super) fn truth(constant: &Const) -> bool {
    match constant {
        Const::None => false,
        Const::Bool(value) => *value,
        Const::Int(value) => *value != 0,
        Const::Float(value) | Const::Imaginary(value) => *value != 0.0,
        Const::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Const::Str(text) => !text.is_empty(),
        Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Ellipsis | Const::BigInt(_) | Const::Code(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_of_different_types_are_different_constants() {
        let mut pool = ConstPool::default();
        let all = [Const::Int(1), Const::Float(1.0), Const::Bool(true), Const::Float(0.0), Const::Float(-0.0)];
        let indexes: Vec<_> = all.iter().map(|constant| pool.index_of(constant.clone())).collect();
        assert_eq!(indexes, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(pool.index_of(Const::Tuple(vec![Const::Int(1)])), Some(5));
        assert_eq!(pool.index_of(Const::Tuple(vec![Const::Bool(true)])), Some(6));
        assert_eq!(pool.index_of(Const::Int(1)), Some(0));
    }

    #[test]
    fn large_literals_become_decimal() {
        assert_eq!(&*decimal("0xffffffffffffffffffffffff"), "79228162514264337593543950335");
        assert_eq!(&*decimal("0b1"), "1");
        assert_eq!(&*decimal("0x3b9aca00"), "1000000000");
        assert_eq!(&*decimal("123456789012345678901234567890"), "123456789012345678901234567890");
    }
}
