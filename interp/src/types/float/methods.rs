//! The constructor and methods of floats.

use dashu_int::IBig;

use super::FloatBox;
use super::hex;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::ops::attr::find_special;
use crate::ops::number::{self, int, parse};
use crate::ops::repr;
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::types::int::Int;
use crate::value::Value;

/// Decimal places beyond which rounding changes no float.
const MOST_PLACES: i64 = 323;
/// Powers of ten beyond which every float rounds to zero.
const MOST_POWERS: i64 = 308;

/// `float(value)`.
fn from_value(cx: &mut Ctx, v: Slot) -> Res<f64> {
    let value = cx.get(v);
    if let Some(text) = value.as_str() {
        return parse::float(text).ok_or_else(|| not_a_float(cx, &repr::str_repr(text)));
    }
    if let Some(bytes) = ByteArray::contents(value) {
        let text = std::str::from_utf8(&bytes).ok().and_then(parse::float);
        return text.ok_or_else(|| not_a_float(cx, &repr::bytes_repr(&bytes)));
    }
    let class = cx.class_of(value);
    let converts = value.as_float().is_some()
        || value.as_int().is_some()
        || class.special(cx, Name::__float__).is_some()
        || class.special(cx, Name::__index__).is_some();
    if !converts {
        let class = class.name(cx);
        return Err(cx.type_error(format!("float() argument must be a string or a real number, not '{class}'")));
    }
    let exact = value.header().is_none_or(crate::object::Header::is_exact);
    if !exact && let Some(result) = crate::ops::attr::call_special(cx, v, Name::__float__, &[])? {
        let method = format!("{}.__float__", cx.type_name(cx.get(v)));
        let plain =
            number::plain_result(cx, result, &method, "float", |cx, value| value.as_float().map(|x| cx.float(x)))?;
        return cx.real(cx.get(plain));
    }
    number::to_float(cx, v)
}

fn not_a_float(cx: &Ctx, shown: &str) -> crate::ctx::Raised {
    cx.value_error(format!("could not convert string to float: {shown}"))
}

/// A finite float rounded to `places` decimal places, or to a power of ten if negative: the float nearest to the exact
/// value's rounding, ties to even. `None` if it is out of range.
fn round(x: f64, places: i64) -> Option<f64> {
    if places > MOST_PLACES {
        return Some(x);
    }
    if places < -MOST_POWERS {
        return Some(0.0f64.copysign(x));
    }
    if let Ok(places) = usize::try_from(places) {
        return format!("{x:.places$}").parse().ok();
    }
    let unit = IBig::from(10).pow(places.unsigned_abs() as usize);
    let whole = int::big_from_float(x.abs());
    let (quotient, remainder) = crate::types::int::big_floor_div_rem(&whole, &unit);
    let twice: IBig = remainder * 2;
    let odd = dashu_int::ops::BitTest::bit(&quotient, 0);
    let up = twice > unit || twice == unit && (odd || x.fract() != 0.0);
    let rounded = (if up { quotient + IBig::ONE } else { quotient }) * unit;
    let rounded = rounded.to_f64().value();
    rounded.is_finite().then_some(rounded.copysign(x))
}

/// Numerator and denominator in lowest terms; the float is finite.
fn ratio(x: f64) -> (IBig, IBig) {
    let (fraction, exponent) = libm::frexp(x);
    let significand = (fraction * (1u64 << 53) as f64) as i64;
    if significand == 0 {
        return (IBig::ZERO, IBig::ONE);
    }
    let zeros = significand.trailing_zeros();
    let (significand, exponent) = (IBig::from(significand >> zeros), exponent - 53 + zeros as i32);
    if exponent >= 0 {
        (significand << exponent as usize, IBig::ONE)
    } else {
        (significand, IBig::ONE << exponent.unsigned_abs() as usize)
    }
}

/// A float argument's own value; the receiver of a method.
fn receiver(cx: &Ctx, value: Value<'_>, method: &str) -> Res<f64> {
    value.as_float().ok_or_else(|| {
        let class = cx.type_name(value);
        cx.type_error(format!("descriptor '{method}' for 'float' objects doesn't apply to a '{class}' object"))
    })
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Convert a string or number to a float.
        static call fn __new__(cx; cls: Slot, x: GivenSlot = GivenSlot(None)) -> Slot {
            let number = match x.0 {
                Some(x) => from_value(cx, x)?,
                None => 0.0,
            };
            let cx: &Ctx = cx;
            Ok(match cx.get(cls).cast::<Class>() {
                Some(class) if !class.is(Builtin::Float) => {
                    cx.root(Value::of(FloatBox::build(cx, class.birth().0, number)))
                }
                _ => cx.root(cx.float(number)),
            })
        }

        /// Return True if the float is an integer.
        fn is_integer(cx; self_: Value<'h>) -> bool {
            let x = receiver(cx, self_, "is_integer")?;
            Ok(x.is_finite() && x.fract() == 0.0)
        }

        /// Return the float itself.
        fn conjugate(cx; self_: Value<'h>) -> f64 {
            receiver(cx, self_, "conjugate")
        }

        /// The real part: the float itself.
        get fn real(cx; self_: Value<'h>) -> f64 {
            receiver(cx, self_, "real")
        }

        /// The imaginary part: zero.
        get fn imag(cx; self_: Value<'h>) -> f64 {
            receiver(cx, self_, "imag").map(|_| 0.0)
        }

        /// Return a pair of integers whose ratio is the float.
        fn as_integer_ratio(cx; self_: Value<'h>) -> Value<'h> {
            let x = receiver(cx, self_, "as_integer_ratio")?;
            if x.is_nan() {
                return Err(cx.value_error("cannot convert NaN to integer ratio"));
            }
            if x.is_infinite() {
                return Err(cx.overflow_error("cannot convert Infinity to integer ratio"));
            }
            let (numerator, denominator) = ratio(x);
            Ok(cx.tuple(&[cx.big_int(numerator), cx.big_int(denominator)]))
        }

        /// Return the float itself.
        fn __float__(cx; self_: Value<'h>) -> f64 {
            receiver(cx, self_, "__float__")
        }

        /// Return the integer part.
        fn __int__(cx; self_: Value<'h>) -> Value<'h> {
            int::from_float(cx, receiver(cx, self_, "__int__")?)
        }

        /// Return the integer part.
        fn __trunc__(cx; self_: Value<'h>) -> Value<'h> {
            int::from_float(cx, receiver(cx, self_, "__trunc__")?)
        }

        /// Return the largest integer not above the float.
        fn __floor__(cx; self_: Value<'h>) -> Value<'h> {
            int::from_float(cx, receiver(cx, self_, "__floor__")?.floor())
        }

        /// Return the smallest integer not below the float.
        fn __ceil__(cx; self_: Value<'h>) -> Value<'h> {
            int::from_float(cx, receiver(cx, self_, "__ceil__")?.ceil())
        }

        /// Round to the nearest integer, or to a number of decimal places.
        fn __round__(cx; self_: Value<'h>, ndigits: Option<Int<'h>> = None) -> Value<'h> {
            let x = receiver(cx, self_, "__round__")?;
            let Some(places) = ndigits else { return int::from_float(cx, x.round_ties_even()) };
            if !x.is_finite() {
                return Ok(cx.float(x));
            }
            let negative = int::is_negative(places);
            let places = places.to_i64().unwrap_or(if negative { i64::MIN } else { i64::MAX });
            let rounded = round(x, places);
            rounded.map(|x| cx.float(x)).ok_or_else(|| cx.overflow_error("rounded value too large to represent"))
        }

        /// Return a hexadecimal representation.
        fn hex(cx; self_: Value<'h>) -> String {
            Ok(hex::format(receiver(cx, self_, "hex")?))
        }

        /// Create a float from a hexadecimal representation.
        class call fn fromhex(cx; cls: Slot, string: String) -> Slot {
            let number = match hex::parse(&string) {
                Some(number) if number.is_infinite() && !string.to_ascii_lowercase().contains("inf") => {
                    return Err(cx.overflow_error("hexadecimal value too large to represent as a float"));
                }
                Some(number) => cx.root(cx.float(number)),
                None => return Err(cx.value_error("invalid hexadecimal floating-point string")),
            };
            let exact = cx.get(cls).cast::<Class>().is_none_or(|class| class.is(Builtin::Float));
            if exact { Ok(number) } else { cx.call(cls, &[number]) }
        }

        /// Convert real number to a floating-point number.
        class call fn from_number(cx; cls: Slot, number: Slot) -> Slot {
            let converts = [Name::__float__, Name::__index__].into_iter().any(|special| find_special(cx, cx.get(number), special).is_some());
            if !converts {
                let class = cx.type_name(cx.get(number));
                return Err(cx.type_error(format!("must be real number, not {class}")));
            }
            let float = cx.root(Value::of(cx.class(Builtin::Float)));
            let number = cx.call(float, &[number])?;
            if cx.get(cls).cast::<Class>().is_none_or(|class| class.is(Builtin::Float)) { Ok(number) } else { cx.call(cls, &[number]) }
        }
        /// How the system keeps numbers of a type, 'double' or 'float'.
        class fn __getformat__(cx; _cls: Value<'h>, typestr: &'h str) -> String {
            match typestr {
                "double" | "float" => {
                    Ok(format!("IEEE, {}-endian", if cfg!(target_endian = "little") { "little" } else { "big" }))
                }
                _ => Err(cx.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
            }
        }

        /// What pickling passes to the constructor.
        fn __getnewargs__(cx; self_: Value<'h>) -> Value<'h> {
            let x = receiver(cx, self_, "__getnewargs__")?;
            Ok(cx.tuple(&[cx.float(x)]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_exact() {
        for (x, places, rounded) in [
            (2.675, 2, 2.67),
            (1.005, 2, 1.0),
            (5.5, 0, 6.0),
            (25.0, -1, 20.0),
            (25.5, -1, 30.0),
            (-15.0, -1, -20.0),
            (1e308, -308, 1e308),
            (1.5, 400, 1.5),
            (1234.5, -5, 0.0),
        ] {
            assert_eq!(round(x, places), Some(rounded), "{x} {places}");
        }
        assert_eq!(round(f64::MAX, -308), None);
    }

    #[test]
    fn ratios_are_in_lowest_terms() {
        assert_eq!(ratio(1.5), (IBig::from(3), IBig::from(2)));
        assert_eq!(ratio(-8.0), (IBig::from(-8), IBig::ONE));
        assert_eq!(ratio(5e-324), (IBig::ONE, IBig::ONE << 1074));
    }
}
