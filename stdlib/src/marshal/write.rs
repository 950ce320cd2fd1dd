//! Writing.

use std::collections::HashMap;

use argil_interp::ctx::{Ctx, Res};
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::code::CodeObject;
use argil_interp::types::complex::Complex;
use argil_interp::types::dict::Dict;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::set::Set;
use argil_interp::types::slice::Slice;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use dashu_int::ops::BitTest;

use super::{DEPTH, REFERABLE, WITH_REFERENCES, WITH_SLICES};
use crate::marshal::read::DIGIT_BITS;

struct Writer<'h> {
    cx: &'h Ctx,
    out: Vec<u8>,
    version: i64,
    allow_code: bool,
    /// For each object that occurs more than once, its number once it was written.
    shared: HashMap<u64, Option<u32>>,
    written: u32,
}

/// The bytes of a value.
///
/// # Errors
/// ValueError for what cannot be written.
pub fn write(cx: &Ctx, value: Value<'_>, version: i64, allow_code: bool) -> Res<Vec<u8>> {
    let mut shared = HashMap::new();
    if version >= WITH_REFERENCES {
        let mut seen = HashMap::new();
        count(cx, value, &mut seen, DEPTH);
        shared.extend(seen.into_iter().filter(|(_, often)| *often).map(|(object, _)| (object, None)));
    }
    let mut writer = Writer { cx, out: Vec::new(), version, allow_code, shared, written: 0 };
    writer.value(value, DEPTH)?;
    Ok(writer.out)
}

/// Notes which objects occur more than once.
fn count(cx: &Ctx, value: Value<'_>, seen: &mut HashMap<u64, bool>, depth: u32) {
    if value.header().is_none() || depth == 0 {
        return;
    }
    if let Some(often) = seen.get_mut(&value.identity()) {
        *often = true;
        return;
    }
    seen.insert(value.identity(), false);
    let mut inner = |value: Value<'_>| count(cx, value, seen, depth - 1);
    if let Some(tuple) = value.cast::<Tuple>() {
        tuple.iter(cx).for_each(inner);
    } else if let Some(list) = value.cast::<List>() {
        list.to_vec(cx).into_iter().for_each(inner);
    } else if let Some(set) = value.cast::<Set>() {
        set.iter(cx).for_each(inner);
    } else if let Some(dict) = value.cast::<Dict>() {
        for (key, value) in dict.iter(cx) {
            inner(key);
            inner(value);
        }
    }
}

impl<'h> Writer<'h> {
    fn size(&mut self, size: usize) -> Res<()> {
        let size = i32::try_from(size).map_err(|_| self.cx.value_error("unmarshallable object"))?;
        self.out.extend(size.to_le_bytes());
        Ok(())
    }

    fn code(&mut self, code: u8, flag: u8) {
        self.out.push(code | flag);
    }

    fn value(&mut self, value: Value<'h>, depth: u32) -> Res<()> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(self.cx.value_error("object too deeply nested to marshal"));
        };
        let mut flag = 0;
        if let Some(number) = self.shared.get_mut(&value.identity()).filter(|_| value.header().is_some()) {
            if let Some(number) = number {
                self.out.push(b'r');
                self.out.extend(number.to_le_bytes());
                return Ok(());
            }
            *number = Some(self.written);
            self.written += 1;
            flag = REFERABLE;
        }
        if value.header().is_some_and(|header| !header.is_exact()) {
            return Err(self.cx.value_error("unmarshallable object"));
        }
        match value {
            Value::NONE => self.code(b'N', flag),
            Value::TRUE => self.code(b'T', flag),
            Value::FALSE => self.code(b'F', flag),
            Value::ELLIPSIS => self.code(b'.', flag),
            _ => return self.object(value, flag, depth),
        }
        Ok(())
    }

    fn object(&mut self, value: Value<'h>, flag: u8, depth: u32) -> Res<()> {
        let cx = self.cx;
        if let Some(int) = value.as_int() {
            return self.int(&int, flag);
        } else if let Some(float) = value.as_float() {
            self.code(b'g', flag);
            self.out.extend(float.to_le_bytes());
        } else if let Some(complex) = value.cast::<Complex>() {
            self.code(b'y', flag);
            self.out.extend(complex.re.to_le_bytes());
            self.out.extend(complex.im.to_le_bytes());
        } else if let Some(text) = value.as_str() {
            return self.text(text, flag);
        } else if let Some(tuple) = value.cast::<Tuple>() {
            match u8::try_from(tuple.len()) {
                Ok(len) if self.version >= WITH_REFERENCES => {
                    self.code(b')', flag);
                    self.out.push(len);
                }
                _ => {
                    self.code(b'(', flag);
                    self.size(tuple.len())?;
                }
            }
            tuple.iter(cx).try_for_each(|item| self.value(item, depth))?;
        } else if let Some(list) = value.cast::<List>() {
            let items = list.to_vec(cx);
            self.code(b'[', flag);
            self.size(items.len())?;
            items.into_iter().try_for_each(|item| self.value(item, depth))?;
        } else if let Some(dict) = value.cast::<Dict>() {
            self.code(b'{', flag);
            for (key, value) in dict.iter(cx) {
                self.value(key, depth)?;
                self.value(value, depth)?;
            }
            self.out.push(b'0');
        } else if let Some(set) = value.cast::<Set>() {
            let frozen = cx.is_instance(value, argil_interp::builtin::Builtin::FrozenSet);
            let items: Vec<_> = set.iter(cx).collect();
            self.code(if frozen { b'>' } else { b'<' }, flag);
            self.size(items.len())?;
            items.into_iter().try_for_each(|item| self.value(item, depth))?;
        } else if let Some(slice) = value.cast::<Slice>().filter(|_| self.version >= WITH_SLICES) {
            self.code(b':', flag);
            for part in [&slice.start, &slice.stop, &slice.step] {
                self.value(part.get_or_none(cx), depth)?;
            }
        } else if let Some(code) = value.cast::<CodeObject>() {
            if !self.allow_code {
                return Err(cx.value_error("marshalling code objects is disallowed"));
            }
            let bytes = code.to_bytes();
            self.code(b'c', flag);
            self.size(bytes.len())?;
            self.out.extend(bytes);
        } else if let Some(bytes) = ByteArray::contents(value) {
            self.code(b's', flag);
            self.size(bytes.len())?;
            self.out.extend(&*bytes);
        } else {
            return Err(cx.value_error("unmarshallable object"));
        }
        Ok(())
    }

    fn int(&mut self, int: &Int<'_>, flag: u8) -> Res<()> {
        if let Some(small) = int.to_i64().and_then(|int| i32::try_from(int).ok()) {
            self.code(b'i', flag);
            self.out.extend(small.to_le_bytes());
            return Ok(());
        }
        let big = int.to_big();
        let (sign, magnitude) = big.into_parts();
        let digits = magnitude.bit_len().div_ceil(DIGIT_BITS);
        let count = i32::try_from(digits).map_err(|_| self.cx.value_error("unmarshallable object"))?;
        self.code(b'l', flag);
        let count = if sign == dashu_int::Sign::Negative { -count } else { count };
        self.out.extend(count.to_le_bytes());
        let bytes = magnitude.to_le_bytes();
        let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 != 0);
        for digit in 0..digits {
            let word: u16 = (0..DIGIT_BITS).map(|at| u16::from(bit(digit * DIGIT_BITS + at)) << at).sum();
            self.out.extend(word.to_le_bytes());
        }
        Ok(())
    }

    fn text(&mut self, text: &str, flag: u8) -> Res<()> {
        if self.version >= WITH_REFERENCES && text.is_ascii() {
            match u8::try_from(text.len()) {
                Ok(len) => {
                    self.code(b'z', flag);
                    self.out.push(len);
                }
                Err(_) => {
                    self.code(b'a', flag);
                    self.size(text.len())?;
                }
            }
        } else {
            self.code(b'u', flag);
            self.size(text.len())?;
        }
        self.out.extend(text.as_bytes());
        Ok(())
    }
}
