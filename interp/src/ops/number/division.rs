//! Correctly rounded quotients of integers.

use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};
use dashu_int::{IBig, Sign, UBig};

/// Integers up to this magnitude are floats exactly, so one hardware division rounds correctly.
const EXACT: u64 = 1 << 53;

/// The quotient of two small integers; `None` if it takes more care. The divisor is not zero.
#[inline(always)]
pub(super) fn small(x: i64, y: i64) -> Option<f64> {
    if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT { Some(x as f64 / y as f64) } else { None }
}

/// The float nearest to a quotient (ties to even); `None` if it is out of range. The divisor is not zero.
///
/// The integer quotient is computed to 55 bits or more, with a sticky bit for the rest, or to fewer if the result is
/// subnormal, and then rounded once.
pub fn big(x: &IBig, y: &IBig) -> Option<f64> {
    let negative = (x.sign() == Sign::Negative) != (y.sign() == Sign::Negative);
    let (x, y) = (x.clone().unsigned_abs(), y.clone().unsigned_abs());
    if x.is_zero() {
        return Some(if negative { -0.0 } else { 0.0 });
    }
    let difference = x.bit_len() as i64 - y.bit_len() as i64;
    if difference > 1024 {
        return None;
    }
    let magnitude = if difference < -1080 { 0.0 } else { nearest(&x, &y, difference)? };
    Some(if negative { -magnitude } else { magnitude })
}

fn nearest(x: &UBig, y: &UBig, difference: i64) -> Option<f64> {
    let shift = difference.max(-1021) - 55;
    let (quotient, remainder) =
        if shift >= 0 { x.div_rem(y << shift as usize) } else { (x << shift.unsigned_abs() as usize).div_rem(y) };
    let mut bits = u64::try_from(&quotient).ok()?;
    if !remainder.is_zero() {
        bits |= 1;
    }
    let length = i64::from(64 - bits.leading_zeros());
    let extra = (length.max(-1021 - shift) - 53) as u32;
    let half = 1u64 << (extra - 1);
    if bits & half != 0 && bits & (3 * half - 1) != 0 {
        bits += half;
    }
    bits &= !(2 * half - 1);
    let result = libm::ldexp(bits as f64, shift as i32);
    result.is_finite().then_some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_round_once() {
        let power = |n: usize| IBig::ONE << n;
        assert_eq!(big(&power(1000), &(power(999) * IBig::from(3))), Some(2.0 / 3.0));
        assert_eq!(big(&IBig::from(1), &power(1074)), Some(5e-324));
        assert_eq!(big(&IBig::from(3), &power(1075)), Some(1e-323));
        assert_eq!(big(&IBig::from(1), &power(1075)), Some(0.0));
        assert_eq!(big(&power(1024), &IBig::ONE), None);
        assert_eq!(big(&(power(1024) - power(970)), &IBig::ONE), None);
        assert_eq!(big(&(power(53) + IBig::ONE), &IBig::ONE), Some(9007199254740992.0));
        assert_eq!(big(&(power(53) + IBig::from(3)), &IBig::from(-1)), Some(-9007199254740996.0));
    }
}
