//! Number theory and combinatorics.

use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::int::Int;
use argil_interp::value::Value;
use dashu_int::ops::{Gcd, SquareRoot, UnsignedAbs};
use dashu_int::{IBig, UBig};

/// The product of the numbers from `low` up to but without `high`, by halves, so that factors stay of a size.
fn product(low: u64, high: u64) -> UBig {
    if high - low <= 16 {
        return (low..high).fold(UBig::ONE, |product, factor| product * factor);
    }
    let middle = low + (high - low) / 2;
    product(low, middle) * product(middle, high)
}

fn factorial(cx: &Ctx, n: Int<'_>) -> Res<UBig> {
    if argil_interp::ops::number::int::is_negative(n) {
        return Err(cx.value_error("factorial() not defined for negative values"));
    }
    let Some(n) = n.to_i64() else {
        return Err(cx.overflow_error("factorial() argument should not exceed 9223372036854775807"));
    };
    // As many bits as all factors have together, at most; and a number without end must not be begun.
    let bits = (n as u64).saturating_mul(u64::from(64 - n.leading_zeros()));
    argil_interp::ops::number::int::expect_bits(bits);
    Ok(product(1, n as u64 + 1))
}

/// A count that must not be negative.
fn natural(cx: &Ctx, name: &str, number: Int<'_>) -> Res<UBig> {
    UBig::try_from(number.to_big()).map_err(|_| cx.value_error(format!("{name} must be a non-negative integer")))
}

/// The product of `count` numbers downwards from `n`; with `divide`, over the factorial of `count`.
fn falling(n: &UBig, count: u64, divide: bool) -> UBig {
    let mut result = UBig::ONE;
    for i in 0..count {
        result *= n - i;
        // What is divided is a product of i + 1 consecutive numbers, so nothing remains.
        if divide {
            result /= i + 1;
        }
    }
    result
}

/// How many steps `falling` takes; an OverflowError if they are more than anyone has time for.
fn steps(cx: &Ctx, count: &UBig) -> Res<u64> {
    u64::try_from(count)
        .ok()
        .filter(|&count| i64::try_from(count).is_ok())
        .ok_or_else(|| cx.overflow_error("min(n - k, k) must not exceed 9223372036854775807"))
}

/// The greatest common divisor of words.
fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd<'h>(cx: &'h Ctx, a: Int<'h>, b: Int<'h>) -> Value<'h> {
    match (a, b) {
        (Int::Small(a), Int::Small(b)) => cx.uint(small_gcd(a.unsigned_abs(), b.unsigned_abs())),
        (a, b) if matches!(a, Int::Small(0)) || matches!(b, Int::Small(0)) => {
            cx.big_int(IBig::from((a.to_big() + b.to_big()).unsigned_abs()))
        }
        (a, b) => cx.big_int(IBig::from(a.to_big().gcd(b.to_big()))),
    }
}

fn lcm<'h>(cx: &'h Ctx, a: Int<'h>, b: Int<'h>) -> Value<'h> {
    let (x, y) = (a.to_big().unsigned_abs(), b.to_big().unsigned_abs());
    if x.is_zero() || y.is_zero() {
        return cx.int(0);
    }
    let divisor = (&x).gcd(&y);
    cx.big_int(IBig::from(x / divisor * y))
}

/// Folds integers into one, beginning with `first`.
fn fold(
    cx: &mut Ctx,
    first: i64,
    integers: Slots,
    step: impl for<'h> Fn(&'h Ctx, Int<'h>, Int<'h>) -> Value<'h>,
) -> Res<Slot> {
    let result = cx.root(cx.int(first));
    for integer in integers.iter() {
        let integer = number::index(cx, integer)?;
        let cx: &Ctx = cx;
        let next = step(cx, cx.index(cx.get(result))?, cx.index(cx.get(integer))?);
        cx.set(result, next);
    }
    Ok(result)
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Find n!.
        fn factorial(cx; n: Int<'h>) -> IBig {
            Ok(IBig::from(factorial(cx, n)?))
        }

        /// Number of ways to choose k items from n items without repetition and without order.
        fn comb(cx; n: Int<'h>, k: Int<'h>) -> IBig {
            let (n, k) = (natural(cx, "n", n)?, natural(cx, "k", k)?);
            if k > n {
                return Ok(IBig::ZERO);
            }
            let others = &n - &k;
            let few = if others < k { others } else { k };
            Ok(IBig::from(falling(&n, steps(cx, &few)?, true)))
        }

        /// Number of ways to choose k items from n items without repetition and with order.
        fn perm(cx; n: Int<'h>, k: Option<Int<'h>> = None) -> IBig {
            let Some(k) = k else { return Ok(IBig::from(factorial(cx, n)?)) };
            let (n, k) = (natural(cx, "n", n)?, natural(cx, "k", k)?);
            if k > n {
                return Ok(IBig::ZERO);
            }
            Ok(IBig::from(falling(&n, steps(cx, &k)?, false)))
        }

        /// Return the integer part of the square root of the input.
        fn isqrt(cx; n: Int<'h>) -> IBig {
            match UBig::try_from(n.to_big()) {
                Ok(n) => Ok(IBig::from(n.sqrt())),
                Err(_) => Err(cx.value_error("isqrt() argument must be nonnegative")),
            }
        }

        /// Greatest common divisor.
        call fn gcd(cx; ; *integers) -> Slot {
            fold(cx, 0, integers, gcd)
        }

        /// Least common multiple.
        call fn lcm(cx; ; *integers) -> Slot {
            fold(cx, 1, integers, lcm)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting() {
        assert_eq!(product(1, 21), UBig::from(2_432_902_008_176_640_000u64));
        assert_eq!(falling(&UBig::from(50u8), 25, true), UBig::from(126_410_606_437_752u64));
        assert_eq!(falling(&UBig::from(10u8), 3, false), UBig::from(720u16));
        assert_eq!(small_gcd(12, 18), 6);
    }
}
