//! The hash of numbers: equal numbers of different types hash alike.
//!
//! As in CPython, a rational number hashes to its value modulo the Mersenne prime 2^61 - 1, negated if it is negative;
//! -1 is not used.

use dashu_int::IBig;

use crate::types::complex::Complex;
use crate::types::int::Int;
use crate::value::Value;

const BITS: u32 = 61;
const MODULUS: u64 = (1 << BITS) - 1;
const INFINITY: i64 = 314_159;
/// What the imaginary part counts.
const IMAGINARY: i64 = 1_000_003;

fn never_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The hash of a number of a built-in type.
#[inline]
pub fn hash_number(value: Value<'_>) -> Option<i64> {
    if let Some(int) = value.as_int() {
        return Some(match int {
            Int::Small(small) => hash_small(small),
            Int::Big(big) => hash_big(big),
        });
    }
    if let Some(float) = value.as_float() {
        return Some(hash_float(float, value));
    }
    let complex = value.cast::<Complex>()?;
    let (re, im) = (hash_float(complex.re, value), hash_float(complex.im, value));
    Some(never_minus_one(re.wrapping_add(IMAGINARY.wrapping_mul(im))))
}

#[inline]
fn hash_small(small: i64) -> i64 {
    let magnitude = (small.unsigned_abs() % MODULUS) as i64;
    never_minus_one(if small < 0 { -magnitude } else { magnitude })
}

fn hash_big(big: &IBig) -> i64 {
    // The remainder has the sign of the number.
    never_minus_one(big % MODULUS as i64)
}

/// The hash of a float. A NaN equals nothing, so `owner`, the value it belongs to, only spreads NaNs about.
pub fn hash_float(float: f64, owner: Value<'_>) -> i64 {
    if float.is_nan() {
        return never_minus_one((owner.word().0 >> 4) as i64);
    }
    if float.is_infinite() {
        return if float > 0.0 { INFINITY } else { -INFINITY };
    }
    if float.fract() == 0.0 && float.abs() < 1e18 {
        return hash_small(float as i64);
    }
    let (mut fraction, mut exponent) = libm::frexp(float.abs());
    let mut hash = 0u64;
    while fraction != 0.0 {
        hash = ((hash << 28) & MODULUS) | (hash >> (BITS - 28));
        fraction *= f64::from(1u32 << 28);
        exponent -= 28;
        let digit = fraction as u64;
        fraction -= digit as f64;
        hash += digit;
        if hash >= MODULUS {
            hash -= MODULUS;
        }
    }
    let turn = exponent.rem_euclid(BITS as i32) as u32;
    hash = ((hash << turn) & MODULUS) | (hash >> (BITS - turn));
    never_minus_one(if float < 0.0 { -(hash as i64) } else { hash as i64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_hash_alike() {
        assert_eq!(hash_small(-1), -2);
        assert_eq!(hash_small(MODULUS as i64), 0);
        assert_eq!(hash_float(1.5, Value::NONE), 1_152_921_504_606_846_977);
        assert_eq!(hash_float(-(2.0f64.powi(-1074)), Value::NONE), -16_777_216);
        for power in [62usize, 70, 100, 300] {
            let big = IBig::ONE << power;
            assert_eq!(hash_big(&big), hash_float(2.0f64.powi(power as i32), Value::NONE));
            assert_eq!(hash_big(&-big), hash_float(-(2.0f64.powi(power as i32)), Value::NONE));
        }
    }
}
