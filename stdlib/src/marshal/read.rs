//! Reading. Whatever the bytes are, the answer is a value or an exception.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res};
use argil_interp::object::HeapType;
use argil_interp::types::code::CodeObject;
use argil_interp::types::complex::Complex;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::set::Set;
use argil_interp::types::slice::Slice;
use argil_interp::value::Value;
use dashu_int::{IBig, UBig};

use super::{DEPTH, REFERABLE};

/// Bits of a digit of a large integer.
pub const DIGIT_BITS: usize = 15;

/// What is read: a value, or the mark that ends a dict.
enum Item<'h> {
    Value(Value<'h>),
    End,
}

struct Reader<'h, 'b> {
    cx: &'h Ctx,
    bytes: &'b [u8],
    at: usize,
    allow_code: bool,
    /// What can be referred to; `None` for what is not finished.
    known: Vec<Option<Value<'h>>>,
}

/// The value at the beginning of bytes, and how many of them it takes.
///
/// # Errors
/// EOFError, ValueError or TypeError for bytes that are no value.
pub fn read<'h>(cx: &'h Ctx, bytes: &[u8], allow_code: bool) -> Res<(Value<'h>, usize)> {
    let mut reader = Reader { cx, bytes, at: 0, allow_code, known: Vec::new() };
    match reader.item(DEPTH)? {
        Item::Value(value) => Ok((value, reader.at)),
        Item::End => Err(cx.type_error("NULL object in marshal data for object")),
    }
}

impl<'h> Reader<'h, '_> {
    fn bad(&self, what: &str) -> Raised {
        self.cx.value_error(format!("bad marshal data ({what})"))
    }

    fn take(&mut self, count: usize) -> Res<&[u8]> {
        match self.bytes.get(self.at..).and_then(|rest| rest.get(..count)) {
            Some(_) => {
                self.at += count;
                Ok(&self.bytes[self.at - count..self.at])
            }
            None => Err(self.cx.raise(Builtin::EOFError, "marshal data too short")),
        }
    }

    fn number(&mut self) -> Res<i32> {
        let bytes = self.take(4)?;
        Ok(bytes.first_chunk().map_or(0, |bytes| i32::from_le_bytes(*bytes)))
    }

    fn float(&mut self) -> Res<f64> {
        let bytes = self.take(8)?;
        Ok(bytes.first_chunk().map_or(0.0, |bytes| f64::from_le_bytes(*bytes)))
    }

    fn size(&mut self, what: &str) -> Res<usize> {
        usize::try_from(self.number()?).map_err(|_| self.bad(&format!("{what} size out of range")))
    }

    fn value(&mut self, depth: u32, within: &str) -> Res<Value<'h>> {
        match self.item(depth)? {
            Item::Value(value) => Ok(value),
            Item::End => Err(self.cx.type_error(format!("NULL object in marshal data for {within}"))),
        }
    }

    fn values(&mut self, count: usize, depth: u32, within: &str) -> Res<Vec<Value<'h>>> {
        // Each takes at least a byte, so memory is bounded by what there is to read.
        let mut values = Vec::with_capacity(count.min(self.bytes.len() - self.at));
        for _ in 0..count {
            values.push(self.value(depth, within)?);
        }
        Ok(values)
    }

    fn text(&mut self, size: usize, ascii: bool) -> Res<Value<'h>> {
        let cx = self.cx;
        let bytes = self.take(size)?;
        if ascii {
            let text: String = bytes.iter().map(|&byte| byte as char).collect();
            return Ok(cx.str(&text));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(cx.str(text)),
            Err(error) => Err(cx.value_error(format!("bad marshal data (invalid UTF-8 at {})", error.valid_up_to()))),
        }
    }

    fn item(&mut self, depth: u32) -> Res<Item<'h>> {
        let Some(depth) = depth.checked_sub(1) else { return Err(self.bad("recursion limit exceeded")) };
        let Some(&byte) = self.bytes.get(self.at) else {
            return Err(self.cx.raise(Builtin::EOFError, "EOF read where object expected"));
        };
        self.at += 1;
        let code = byte & !REFERABLE;
        if code == b'r' {
            let number = self.number()? as usize;
            let known = self.known.get(number).copied().flatten();
            return known.map(Item::Value).ok_or_else(|| self.bad("invalid reference"));
        }
        if code == b'0' {
            return Ok(Item::End);
        }
        let place = (byte & REFERABLE != 0).then(|| {
            self.known.push(None);
            self.known.len() - 1
        });
        let value = self.object(code, place, depth)?;
        if let Some(place) = place {
            self.known[place] = Some(value);
        }
        Ok(Item::Value(value))
    }

    /// An object of a type; `place` is where others refer to it, which lists, dicts and sets may do from within.
    fn object(&mut self, code: u8, place: Option<usize>, depth: u32) -> Res<Value<'h>> {
        let cx = self.cx;
        Ok(match code {
            b'N' => Value::NONE,
            b'T' => Value::TRUE,
            b'F' => Value::FALSE,
            b'.' => Value::ELLIPSIS,
            b'i' => cx.int(self.number()?.into()),
            b'l' => self.long()?,
            b'g' => cx.float(self.float()?),
            b'y' => {
                let (re, im) = (self.float()?, self.float()?);
                Value::of(Complex::alloc(cx, re, im))
            }
            b's' => {
                let size = self.size("bytes object")?;
                cx.bytes(self.take(size)?)
            }
            b'u' | b't' => {
                let size = self.size("string")?;
                self.text(size, false)?
            }
            b'a' | b'A' => {
                let size = self.size("string")?;
                self.text(size, true)?
            }
            b'z' | b'Z' => {
                let size = usize::from(self.take(1)?[0]);
                self.text(size, true)?
            }
            b')' => {
                let count = usize::from(self.take(1)?[0]);
                cx.tuple(&self.values(count, depth, "tuple")?)
            }
            b'(' => {
                let count = self.size("tuple")?;
                cx.tuple(&self.values(count, depth, "tuple")?)
            }
            b'[' => {
                let list = List::alloc(cx);
                self.note(place, list);
                for _ in 0..self.size("list")? {
                    let value = self.value(depth, "list")?;
                    list.push(cx, value);
                }
                Value::of(list)
            }
            b'{' => self.dict(place, depth)?,
            b'<' | b'>' => self.set(code == b'>', place, depth)?,
            b':' => {
                let mut part = || self.value(depth, "slice");
                let (start, stop, step) = (part()?, part()?, part()?);
                Value::of(Slice::alloc(cx, start, stop, step))
            }
            b'c' => {
                if !self.allow_code {
                    return Err(cx.value_error("unmarshalling code objects is disallowed"));
                }
                let size = self.size("code")?;
                let code = CodeObject::from_bytes(cx, self.take(size)?);
                Value::of(code.ok_or_else(|| self.bad("code of another version"))?)
            }
            _ => return Err(self.bad("unknown type code")),
        })
    }

    fn note<T: HeapType>(&mut self, place: Option<usize>, object: &'h T) {
        if let Some(place) = place {
            self.known[place] = Some(Value::of(object));
        }
    }

    fn long(&mut self) -> Res<Value<'h>> {
        let count = self.number()?;
        let digits = self.take(2 * count.unsigned_abs() as usize)?;
        let digits: Vec<u16> = digits.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        if digits.iter().any(|digit| digit >> DIGIT_BITS != 0) {
            return Err(self.bad("digit out of range in long"));
        }
        if digits.last() == Some(&0) {
            return Err(self.bad("unnormalized long data"));
        }
        let mut bytes = vec![0_u8; (digits.len() * DIGIT_BITS).div_ceil(8)];
        for at in 0..digits.len() * DIGIT_BITS {
            let bit = digits[at / DIGIT_BITS] >> (at % DIGIT_BITS) & 1;
            bytes[at / 8] |= (bit as u8) << (at % 8);
        }
        let magnitude = IBig::from(UBig::from_le_bytes(&bytes));
        Ok(self.cx.big_int(if count < 0 { -magnitude } else { magnitude }))
    }

    fn dict(&mut self, place: Option<usize>, depth: u32) -> Res<Value<'h>> {
        let dict = Dict::alloc(self.cx);
        self.note(place, dict);
        while let Item::Value(key) = self.item(depth)? {
            let Item::Value(value) = self.item(depth)? else { break };
            if dict.set(self.cx, key, value).is_err() {
                return Err(self.unhashable(key, "a dict key"));
            }
        }
        Ok(Value::of(dict))
    }

    fn set(&mut self, frozen: bool, place: Option<usize>, depth: u32) -> Res<Value<'h>> {
        let set = Set::alloc(self.cx, if frozen { Builtin::FrozenSet } else { Builtin::Set });
        if !frozen {
            self.note(place, set);
        }
        for _ in 0..self.size("set")? {
            let value = self.value(depth, "set")?;
            if set.add(self.cx, value).is_err() {
                return Err(self.unhashable(value, "a set element"));
            }
        }
        Ok(Value::of(set))
    }

    fn unhashable(&self, value: Value<'_>, role: &str) -> Raised {
        let class = self.cx.type_name(value);
        self.cx.type_error(format!("cannot use '{class}' as {role} (unhashable type: '{class}')"))
    }
}
