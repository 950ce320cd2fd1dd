//! The constructor and methods of integers and of `bool`.

use dashu_int::ops::{BitTest, UnsignedAbs};
use dashu_int::{IBig, UBig};

use super::{Int, IntBox};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::ops::attr::call_special;
use crate::ops::number::int;
use crate::ops::number::parse::{self, NotAnInt};
use crate::ops::number::{index, plain_int, plain_result};
use crate::ops::{repr, truth};
use crate::types::bytearray::ByteArray;
use crate::types::bytes::construct::bytes_of;
use crate::types::class::Class;
use crate::types::int::big_floor_div_rem;
use crate::value::Value;

/// Reads an integer; `shown` is what an error shows of the text.
fn from_text<'h>(cx: &'h Ctx, text: &str, base: u32, shown: impl Fn() -> String) -> Res<Value<'h>> {
    let limit = cx.interp().max_str_digits();
    match parse::int(text, base, limit) {
        Ok(number) => Ok(cx.big_int(number)),
        Err(NotAnInt::Invalid) => {
            Err(cx.value_error(format!("invalid literal for int() with base {base}: {}", shown())))
        }
        Err(NotAnInt::TooLong(digits)) => Err(cx.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))),
    }
}

/// Reads the text that a string or bytes object holds; `None` for anything else.
fn from_text_value<'h>(cx: &'h Ctx, value: Value<'h>, base: u32) -> Option<Res<Value<'h>>> {
    if let Some(text) = value.as_str() {
        if base == 10
            && let Some(number) = parse::few_digits(text)
        {
            return Some(Ok(cx.int(number)));
        }
        return Some(from_text(cx, text, base, || repr::str_repr(text)));
    }
    let bytes = ByteArray::contents(value)?;
    // A character that is no digit in any script stands for bytes that are not ASCII.
    let text: String = bytes.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect();
    Some(from_text(cx, &text, base, || repr::bytes_repr(&bytes)))
}

/// `int(value)`.
fn from_value(cx: &mut Ctx, v: Slot) -> Res<Slot> {
    let value = cx.get(v);
    if value.header().is_none_or(crate::object::Header::is_exact) {
        if let Some(plain) = plain_int(cx, value) {
            return Ok(cx.root(plain));
        }
        if let Some(float) = value.as_float() {
            return int::from_float(cx, float).map(|whole| cx.root(whole));
        }
    }
    if let Some(result) = from_text_value(cx, value, 10) {
        return result.map(|number| cx.root(number));
    }
    for name in [Name::__int__, Name::__index__] {
        let Some(result) = call_special(cx, v, name, &[])? else { continue };
        return plain_result(cx, result, name.as_str(), "int", plain_int);
    }
    let class = cx.type_name(cx.get(v));
    Err(cx.type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{class}'")))
}

/// `int(value, base)`.
fn with_base(cx: &mut Ctx, value: Slot, base: Slot) -> Res<Slot> {
    let base = index(cx, base)?;
    let cx: &Ctx = cx;
    let base = cx.index(cx.get(base))?.to_i64().and_then(|base| u32::try_from(base).ok());
    let Some(base) = base.filter(|base| matches!(base, 0 | 2..=36)) else {
        return Err(cx.value_error("int() base must be >= 2 and <= 36, or 0"));
    };
    let given = cx.get(value);
    let is_text = given.as_str().is_some() || given.as_bytes().is_some() || given.native::<ByteArray>().is_some();
    match from_text_value(cx, cx.get(value), base).filter(|_| is_text) {
        Some(result) => result.map(|number| cx.root(number)),
        None => Err(cx.type_error("int() can't convert non-string with explicit base")),
    }
}

/// Gives a plain integer the class that was called.
fn of_class(cx: &Ctx, class: Slot, number: Slot) -> Slot {
    match cx.get(class).cast::<Class>() {
        Some(class) if !class.is(Builtin::Int) => {
            cx.root(Value::of(IntBox::build(cx, class.birth().0, cx.get(number))))
        }
        _ => number,
    }
}

/// Whether `byteorder` means the most significant byte first.
fn is_big_endian(cx: &Ctx, byteorder: &str) -> Res<bool> {
    match byteorder {
        "big" => Ok(true),
        "little" => Ok(false),
        _ => Err(cx.value_error("byteorder must be either 'little' or 'big'")),
    }
}

/// The bytes of an integer in two's complement, least significant first.
fn to_bytes(cx: &Ctx, number: Int<'_>, length: usize, signed: bool) -> Res<Vec<u8>> {
    let negative = int::is_negative(number);
    if negative && !signed {
        return Err(cx.overflow_error("can't convert negative int to unsigned"));
    }
    let big = number.to_big();
    let digits = if negative { -(big + IBig::ONE) } else { big };
    let bits = digits.clone().unsigned_abs().bit_len() + usize::from(signed);
    if bits > length.saturating_mul(8) && !(length == 0 && digits.is_zero() && !negative) {
        return Err(cx.overflow_error("int too big to convert"));
    }
    let mut bytes = digits.unsigned_abs().to_le_bytes().into_vec();
    let missing = length.saturating_sub(bytes.len());
    memory::reserve(&mut bytes, missing);
    bytes.resize(length, 0);
    if negative {
        bytes.iter_mut().for_each(|byte| *byte = !*byte);
    }
    Ok(bytes)
}

/// The integer of bytes in two's complement, least significant first.
fn from_le_bytes(bytes: &[u8], signed: bool) -> IBig {
    let magnitude = IBig::from(UBig::from_le_bytes(bytes));
    let negative = signed && bytes.last().is_some_and(|last| last & 0x80 != 0);
    if negative { magnitude - (IBig::ONE << (bytes.len() * 8)) } else { magnitude }
}

/// `round(number, digits)`: to the nearest multiple of a power of ten, ties to the even one.
pub(crate) fn round(number: &IBig, digits: usize) -> IBig {
    // A power of ten beyond the number leaves nothing of it.
    if digits > number.bit_len() {
        return IBig::ZERO;
    }
    let unit = IBig::from(10).pow(digits);
    let (quotient, remainder) = big_floor_div_rem(number, &unit);
    let twice: IBig = &remainder * 2;
    let up = twice > unit || twice == unit && quotient.bit(0);
    (if up { quotient + IBig::ONE } else { quotient }) * unit
}

fn plain<'h>(cx: &'h Ctx, number: Int<'h>) -> Value<'h> {
    match number {
        Int::Small(small) => cx.int(small),
        Int::Big(big) => cx.big_int(big.clone()),
    }
}

fn magnitude(number: Int<'_>) -> UBig {
    number.to_big().unsigned_abs()
}

natives! {
    /// The methods of `int`.
    pub static METHODS = {
        /// Convert a number or string to an integer.
        static call fn __new__(cx; cls: Slot, x: GivenSlot = GivenSlot(None); base: GivenSlot = GivenSlot(None)) -> Slot {
            let number = match (x.0, base.0) {
                (None, None) => cx.root(cx.int(0)),
                (None, Some(_)) => return Err(cx.type_error("int() missing string argument")),
                (Some(x), None) => from_value(cx, x)?,
                (Some(x), Some(base)) => with_base(cx, x, base)?,
            };
            Ok(of_class(cx, cls, number))
        }

        /// Number of bits necessary to represent the magnitude in binary.
        fn bit_length(cx; self_: Int<'h>) -> usize {
            Ok(magnitude(self_).bit_len())
        }

        /// Number of ones in the binary representation of the magnitude.
        fn bit_count(cx; self_: Int<'h>) -> usize {
            Ok(magnitude(self_).count_ones())
        }

        /// Return the integer itself.
        fn conjugate(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// The real part: the integer itself.
        get fn real(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// The imaginary part: zero.
        get fn imag(cx; self_: Int<'h>) -> i64 {
            let _ = self_;
            Ok(0)
        }

        /// The numerator in lowest terms: the integer itself.
        get fn numerator(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// The denominator in lowest terms: one.
        get fn denominator(cx; self_: Int<'h>) -> i64 {
            let _ = self_;
            Ok(1)
        }

        /// Return True: an integer is integral.
        fn is_integer(cx; self_: Int<'h>) -> bool {
            let _ = self_;
            Ok(true)
        }

        /// Return the integer and one.
        fn as_integer_ratio(cx; self_: Int<'h>) -> Value<'h> {
            Ok(cx.tuple(&[plain(cx, self_), cx.int(1)]))
        }

        /// Return the plain integer.
        fn __int__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// Return the plain integer.
        fn __index__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// Return the integer itself.
        fn __trunc__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// Return the integer itself.
        fn __floor__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// Return the integer itself.
        fn __ceil__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(plain(cx, self_))
        }

        /// Return the float nearest to the integer.
        fn __float__(cx; self_: Int<'h>) -> f64 {
            crate::ops::number::float::of_int(cx, self_)
        }

        /// Round to a power of ten, if ndigits is negative.
        fn __round__(cx; self_: Int<'h>, ndigits: Option<Int<'h>> = None) -> Value<'h> {
            let Some(digits) = ndigits.filter(|&digits| int::is_negative(digits)) else { return Ok(plain(cx, self_)) };
            let digits = digits.to_i64().map_or(usize::MAX, |digits| digits.unsigned_abs() as usize);
            // Every three bits make at most one digit.
            if digits > magnitude(self_).bit_len() / 3 + 2 {
                return Ok(cx.int(0));
            }
            Ok(cx.big_int(round(&self_.to_big(), digits)))
        }

        /// Return an array of bytes representing the integer.
        call fn to_bytes(cx; self_: Slot; length: i64 = 1, byteorder: String = "big".to_owned(); signed: bool = false) -> Slot {
            let Ok(length) = usize::try_from(length) else {
                return Err(cx.value_error("length argument must be non-negative"));
            };
            let big = is_big_endian(cx, &byteorder)?;
            let mut bytes = to_bytes(cx, cx.index(cx.get(self_))?, length, signed)?;
            if big {
                bytes.reverse();
            }
            Ok(cx.root(cx.bytes(&bytes)))
        }

        /// Return the integer represented by an array of bytes.
        class call fn from_bytes(
            cx; cls: Slot; bytes: Slot, byteorder: String = "big".to_owned(); signed: bool = false
        ) -> Slot {
            let big = is_big_endian(cx, &byteorder)?;
            let made = call_special(cx, bytes, Name::__bytes__, &[])?;
            if let Some(made) = made.filter(|&made| cx.get(made).as_bytes().is_none()) {
                let got = cx.type_name(cx.get(made));
                return Err(cx.type_error(format!("__bytes__ returned non-bytes (type {got})")));
            }
            let mut bytes = bytes_of(cx, made.unwrap_or(bytes), "bytes")?;
            if big {
                bytes.reverse();
            }
            let number = cx.root(cx.big_int(from_le_bytes(&bytes, signed)));
            let exact = cx.get(cls).cast::<Class>().is_none_or(|class| class.is(Builtin::Int));
            if exact { Ok(number) } else { cx.call(cls, &[number]) }
        }

        /// What pickling passes to the constructor.
        fn __getnewargs__(cx; self_: Int<'h>) -> Value<'h> {
            Ok(cx.tuple(&[plain(cx, self_)]))
        }
    }
}

natives! {
    /// The methods of `bool`.
    pub static BOOL_METHODS = {
        /// Return True if the argument is true, False otherwise.
        static call fn __new__(cx; cls: Slot, x: GivenSlot = GivenSlot(None)) -> bool {
            let _ = cls;
            match x.0 {
                Some(x) => truth::truth(cx, x),
                None => Ok(false),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_ties_to_even() {
        for (number, digits, rounded) in [(15, 1, 20), (25, 1, 20), (-15, 1, -20), (-25, 1, -20), (12345, 2, 12300)] {
            assert_eq!(round(&IBig::from(number), digits), IBig::from(rounded));
        }
    }

    #[test]
    fn bytes_in_twos_complement() {
        assert_eq!(from_le_bytes(&[0xfe, 0xff], true), IBig::from(-2));
        assert_eq!(from_le_bytes(&[0xfe, 0xff], false), IBig::from(0xfffe));
        assert_eq!(from_le_bytes(&[], true), IBig::ZERO);
    }
}
