//! What is made of random words.

use argil_interp::memory;
use dashu_int::UBig;

use super::mersenne::SIZE;

/// Random bytes from the operating system.
pub(super) fn system_bytes(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has random bytes");
}

/// A number from the operating system to seed a generator with, as long as its state.
pub(super) fn system_number() -> UBig {
    let mut bytes = [0; SIZE * 4];
    system_bytes(&mut bytes);
    UBig::from_le_bytes(&bytes)
}

/// A source of random words.
pub(super) trait Bits {
    /// The next 32 bits.
    fn next(&mut self) -> u32;

    /// A float below 1 of 53 random bits.
    fn float(&mut self) -> f64 {
        let (high, low) = (self.next() >> 5, self.next() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// At most 64 random bits.
    fn bits(&mut self, count: u32) -> u64 {
        match count {
            0 => 0,
            1..=32 => u64::from(self.next() >> (32 - count)),
            _ => {
                let low = u64::from(self.next());
                low | u64::from(self.next() >> (64 - count)) << 32
            }
        }
    }

    /// Any number of random bits.
    fn many_bits(&mut self, count: usize) -> UBig {
        let mut bytes = memory::buffer(count / 8 + 4);
        let mut left = count;
        while left > 0 {
            let word = self.next();
            bytes.extend(if left < 32 { word >> (32 - left) } else { word }.to_le_bytes());
            left = left.saturating_sub(32);
        }
        UBig::from_le_bytes(&bytes)
    }
}
