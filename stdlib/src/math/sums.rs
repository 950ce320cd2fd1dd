//! Sums, products and distances, with little or no loss to rounding.

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::ops::number::{self, BinOp, to_float};

/// Floats that do not overlap and whose sum is exact, smallest first (Shewchuk, 1997).
#[derive(Default)]
struct ExactSum {
    partials: Vec<f64>,
    /// The sum of the infinities and NaNs.
    special: f64,
    /// The sum of the infinities alone.
    infinite: f64,
    overflowed: bool,
}

impl ExactSum {
    fn add(&mut self, x: f64) {
        if !x.is_finite() {
            self.special += x;
            if x.is_infinite() {
                self.infinite += x;
            }
            return;
        }
        let mut x = x;
        let mut kept = 0;
        for i in 0..self.partials.len() {
            let (mut large, mut small) = (x, self.partials[i]);
            if large.abs() < small.abs() {
                (large, small) = (small, large);
            }
            let high = large + small;
            let low = small - (high - large);
            if low != 0.0 {
                self.partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        self.partials.truncate(kept);
        if x.is_finite() {
            self.partials.push(x);
        } else {
            self.overflowed = true;
        }
    }

    /// Adds a product exactly: rounded, and what the rounding lost.
    fn add_product(&mut self, x: f64, y: f64) {
        let product = x * y;
        self.add(product);
        let lost = x.mul_add(y, -product);
        if product.is_finite() && lost != 0.0 {
            self.add(lost);
        }
    }

    /// The float nearest to the sum, ties to even.
    fn total(&self) -> f64 {
        let mut rest = self.partials.iter().rev().copied();
        let Some(mut high) = rest.next() else { return 0.0 };
        let mut low = 0.0;
        for next in rest.by_ref() {
            let sum = high + next;
            low = next - (sum - high);
            high = sum;
            if low != 0.0 {
                break;
            }
        }
        // Half way between two floats, the next partial decides.
        if let Some(next) = rest.next()
            && (low < 0.0 && next < 0.0 || low > 0.0 && next > 0.0)
        {
            let doubled = low * 2.0;
            let sum = high + doubled;
            if doubled == sum - high {
                return sum;
            }
        }
        high
    }
}

/// The length of a vector. Squares are summed in double-double precision, scaled by the power of two of the largest
/// coordinate; the square root is corrected by one step of Newton's method.
fn length(coordinates: &[f64]) -> f64 {
    let largest = coordinates.iter().fold(0.0f64, |largest, x| largest.max(x.abs()));
    if coordinates.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || coordinates.len() == 1 {
        return largest;
    }
    let (_, exponent) = libm::frexp(largest);
    let (mut high, mut low) = (0.0f64, 0.0f64);
    for &x in coordinates {
        let x = libm::ldexp(x, -exponent);
        let square = x * x;
        let lost = x.mul_add(x, -square);
        let sum = high + square;
        // The sum so far and the square are in either order.
        let from = sum - high;
        low += (high - (sum - from)) + (square - from) + lost;
        high = sum;
    }
    let root = (high + low).sqrt();
    let error = root.mul_add(-root, high) + low;
    libm::ldexp(root + error / (2.0 * root), exponent)
}

/// The floats of an iterable.
fn floats(cx: &mut Ctx, iterable: Slot) -> Res<Vec<f64>> {
    let mut numbers = Vec::new();
    iter::for_each(cx, iterable, |cx, element| {
        numbers.push(to_float(cx, element)?);
        Ok(true)
    })?;
    Ok(numbers)
}

/// Replaces what a slot holds by the result of an operator on it and another.
fn accumulate(cx: &mut Ctx, op: BinOp, total: Slot, operand: Slot) -> Res<()> {
    cx.scope(|cx| {
        let result = number::binary(cx, op, false, total, operand)?;
        cx.set(total, cx.get(result));
        Ok(())
    })
}

fn different_lengths(cx: &Ctx) -> Raised {
    cx.value_error("Inputs are not the same length")
}

/// The sum of the products of two iterables: exact for integers, rounded once for floats.
fn sum_of_products(cx: &mut Ctx, p: Slot, q: Slot) -> Res<Slot> {
    let (p, q) = (iter::iter(cx, p)?, iter::iter(cx, q)?);
    let total = cx.root(cx.int(0));
    let mut sum = ExactSum::default();
    let mut any_float = false;
    loop {
        let more = cx.scope(|cx| {
            let (x, y) = match (iter::next(cx, p)?, iter::next(cx, q)?) {
                (Some(x), Some(y)) => (x, y),
                (None, None) => return Ok(false),
                _ => return Err(different_lengths(cx)),
            };
            let is_float = |slot| cx.get(slot).as_float().is_some();
            let is_real = |slot| is_float(slot) || cx.get(slot).as_int().is_some();
            if (is_float(x) || is_float(y)) && is_real(x) && is_real(y) {
                any_float = true;
                sum.add_product(to_float(cx, x)?, to_float(cx, y)?);
            } else {
                let product = number::binary(cx, BinOp::Mul, false, x, y)?;
                accumulate(cx, BinOp::Add, total, product)?;
            }
            Ok(true)
        })?;
        if !more {
            break;
        }
    }
    if !any_float {
        return Ok(total);
    }
    let is_real = cx.get(total).as_float().is_some() || cx.get(total).as_int().is_some();
    if is_real {
        sum.add(to_float(cx, total)?);
        let result = if sum.special != 0.0 || sum.special.is_nan() { sum.special } else { sum.total() };
        return Ok(cx.root(cx.float(result)));
    }
    let floats = cx.root(cx.float(sum.total()));
    accumulate(cx, BinOp::Add, total, floats)?;
    Ok(total)
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return an accurate floating-point sum of the values of an iterable.
        call fn fsum(cx; seq: Slot) -> f64 {
            let mut sum = ExactSum::default();
            iter::for_each(cx, seq, |cx, element| {
                sum.add(to_float(cx, element)?);
                Ok(true)
            })?;
            if sum.special != 0.0 || sum.special.is_nan() {
                let opposed = sum.infinite.is_nan();
                return if opposed { Err(cx.value_error("-inf + inf in fsum")) } else { Ok(sum.special) };
            }
            if sum.overflowed {
                return Err(cx.overflow_error("intermediate overflow in fsum"));
            }
            Ok(sum.total())
        }

        /// Calculate the product of the elements of an iterable.
        call fn prod(cx; iterable: Slot; ; start: Option<Slot> = None) -> Slot {
            let total = cx.root(start.map_or(cx.int(1), |start| cx.get(start)));
            iter::for_each(cx, iterable, |cx, element| {
                accumulate(cx, BinOp::Mul, total, element)?;
                Ok(true)
            })?;
            Ok(total)
        }

        /// Return the sum of products of values from two iterables.
        call fn sumprod(cx; p: Slot, q: Slot) -> Slot {
            sum_of_products(cx, p, q)
        }

        /// Return the distance of a point from the origin.
        call fn hypot(cx; ; *coordinates) -> f64 {
            let coordinates = coordinates.iter().map(|x| to_float(cx, x)).collect::<Res<Vec<_>>>()?;
            Ok(length(&coordinates))
        }

        /// Return the distance between two points.
        call fn dist(cx; p: Slot, q: Slot) -> f64 {
            let (p, q) = (floats(cx, p)?, floats(cx, q)?);
            if p.len() != q.len() {
                return Err(cx.value_error("both points must have the same number of dimensions"));
            }
            let differences: Vec<_> = p.iter().zip(&q).map(|(x, y)| x - y).collect();
            Ok(length(&differences))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|&x| sum.add(x));
        sum.total()
    }

    #[test]
    fn sums_round_once() {
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1e16, 1.0, 1e-16]), 10000000000000002.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100, 1e-100]), 1.0);
        assert_eq!(sum(&[]), 0.0);
    }

    #[test]
    fn lengths() {
        assert_eq!(length(&[3.0, 4.0]), 5.0);
        assert_eq!(length(&[1.0, 2.0, 3.0]), 14.0f64.sqrt());
        assert_eq!(length(&[1e200, 1e200]), 1e200 * 2.0f64.sqrt());
        assert_eq!(length(&[3e-320, 4e-320]), 5e-320);
    }
}
