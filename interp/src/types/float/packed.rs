//! Floats of two and four bytes. What is no number keeps its sign and as much of its payload as there is room for, which the
//! processor's own conversions do not promise.

/// The nearest float of two bytes, ties to even; `None` if it is out of range.
pub fn to_half(float: f64) -> Option<u16> {
    let bits = float.to_bits();
    let sign = (bits >> 48) as u16 & 0x8000;
    if float.is_nan() {
        let payload = (bits >> 42) as u16 & 0x3ff;
        // What is left of the payload may be nothing, which would mean infinity.
        return Some(sign | 0x7c00 | if payload == 0 { 0x200 } else { payload });
    }
    if float.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // Halves below this are multiples of one and the same number; those above have eleven binary digits.
    const SMALLEST_NORMAL: f64 = 1.0 / 16_384.0;
    const LEAST: f64 = SMALLEST_NORMAL / 1024.0;
    let size = float.abs();
    if size < SMALLEST_NORMAL {
        return Some(sign | (size / LEAST).round_ties_even() as u16);
    }
    let (exponent, digits) = ((size.to_bits() >> 52) as i32 - 1023, size.to_bits() & ((1 << 52) - 1));
    // Rounding up may carry into the exponent, which is right.
    let (kept, rest) = (digits >> 42, digits & ((1 << 42) - 1));
    let up = rest > 1 << 41 || rest == 1 << 41 && kept & 1 == 1;
    let half = (i64::from(exponent) + 15) * 1024 + kept as i64 + i64::from(up);
    (half < 0x7c00).then_some(sign | half as u16)
}

/// The float that two bytes stand for.
pub fn from_half(half: u16) -> f64 {
    let (sign, exponent, digits) = (u64::from(half >> 15) << 63, half >> 10 & 0x1f, u64::from(half & 0x3ff));
    let size = match exponent {
        0 => (digits as f64 / f64::from(1 << 24)).to_bits(),
        0x1f => 0x7ff << 52 | digits << 42,
        _ => (u64::from(exponent) + 1023 - 15) << 52 | digits << 42,
    };
    f64::from_bits(sign | size)
}

/// The nearest float of four bytes.
pub fn to_single(float: f64) -> u32 {
    if !float.is_nan() {
        return (float as f32).to_bits();
    }
    let bits = float.to_bits();
    let payload = (bits >> 29) as u32 & 0x7f_ffff;
    (bits >> 32) as u32 & 0x8000_0000 | 0x7f80_0000 | if payload == 0 { 0x40_0000 } else { payload }
}

/// The float that four bytes stand for.
pub fn from_single(single: u32) -> f64 {
    let float = f32::from_bits(single);
    if !float.is_nan() {
        return f64::from(float);
    }
    let bits = u64::from(single);
    f64::from_bits((bits >> 31) << 63 | 0x7ff << 52 | (bits & 0x7f_ffff) << 29)
}

/// The same as the machine converts it where C's own types are meant: what is no number is a quiet one.
pub fn to_quiet_single(float: f64) -> u32 {
    to_single(float) | if float.is_nan() { 0x40_0000 } else { 0 }
}

/// The same in the other direction.
pub fn from_quiet_single(single: u32) -> f64 {
    from_single(if f32::from_bits(single).is_nan() { single | 0x40_0000 } else { single })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back() {
        for half in 0..=u16::MAX {
            assert_eq!(to_half(from_half(half)), Some(half), "{half:#x}");
        }
    }

    #[test]
    fn halves_are_rounded_to_even() {
        let between = |half: u16| f64::midpoint(from_half(half), from_half(half + 1));
        for half in 0..0x7bff {
            let (even, middle) = (half + (half & 1), between(half));
            assert_eq!(to_half(middle), Some(even), "{half:#x}");
            assert_eq!(to_half(middle.next_down()), Some(half), "{half:#x}");
            assert_eq!(to_half(middle.next_up()), Some(half + 1), "{half:#x}");
        }
        assert_eq!(to_half(65_519.999), Some(0x7bff));
        assert_eq!(to_half(65_520.0), None);
    }

    #[test]
    fn singles_that_are_no_numbers_come_back() {
        for single in [0x7f80_0001_u32, 0xff80_0001, 0x7fa0_0000, 0x7fc0_0000, 0xffff_ffff, 0x7f80_0000] {
            assert_eq!(to_single(from_single(single)), single, "{single:#x}");
        }
    }
}
