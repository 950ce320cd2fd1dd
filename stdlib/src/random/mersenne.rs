//! The Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython seeds it.

use dashu_int::UBig;

use super::bits::Bits;

/// Words of state.
pub(super) const SIZE: usize = 624;
/// Distance of the words that are combined.
const MIDDLE: usize = 397;
const MATRIX: u32 = 0x9908_b0df;

/// A generator.
pub(super) struct Mersenne {
    words: [u32; SIZE],
    /// The next word to hand out; `SIZE` if the words have all been used.
    at: usize,
}

impl Mersenne {
    /// A generator seeded with a number.
    pub(super) fn of_number(number: &UBig) -> Mersenne {
        let bytes = number.to_le_bytes();
        let digit = |chunk: &[u8]| chunk.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte));
        let mut key: Vec<u32> = bytes.chunks(4).map(digit).collect();
        if key.is_empty() {
            key.push(0);
        }
        Mersenne::seeded(&key)
    }

    /// A generator seeded with 32-bit digits of a number, least significant first.
    pub(super) fn seeded(key: &[u32]) -> Mersenne {
        let mut words = [0u32; SIZE];
        words[0] = 19_650_218;
        for i in 1..SIZE {
            words[i] = scramble(words[i - 1], 1_812_433_253).wrapping_add(i as u32);
        }
        let (mut i, mut j) = (1, 0);
        for _ in 0..SIZE.max(key.len()) {
            let mixed = words[i] ^ scramble(words[i - 1], 1_664_525);
            words[i] = mixed.wrapping_add(key[j]).wrapping_add(j as u32);
            i = advance(&mut words, i);
            j = (j + 1) % key.len();
        }
        for _ in 0..SIZE - 1 {
            words[i] = (words[i] ^ scramble(words[i - 1], 1_566_083_941)).wrapping_sub(i as u32);
            i = advance(&mut words, i);
        }
        words[0] = 0x8000_0000;
        Mersenne { words, at: SIZE }
    }

    /// A generator in a given state.
    pub(super) fn in_state(words: [u32; SIZE], at: usize) -> Mersenne {
        Mersenne { words, at }
    }

    /// The state.
    pub(super) fn state(&self) -> (&[u32; SIZE], usize) {
        (&self.words, self.at)
    }

    fn refill(&mut self) {
        for i in 0..SIZE {
            let joined = (self.words[i] & 0x8000_0000) | (self.words[(i + 1) % SIZE] & 0x7fff_ffff);
            let odd = if joined & 1 == 1 { MATRIX } else { 0 };
            self.words[i] = self.words[(i + MIDDLE) % SIZE] ^ joined >> 1 ^ odd;
        }
        self.at = 0;
    }
}

impl Bits for Mersenne {
    #[inline]
    fn next(&mut self) -> u32 {
        if self.at >= SIZE {
            self.refill();
        }
        let mut word = self.words[self.at];
        self.at += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }
}

fn scramble(word: u32, factor: u32) -> u32 {
    (word ^ word >> 30).wrapping_mul(factor)
}

/// The index after `i`; past the end, the last word becomes the first.
fn advance(words: &mut [u32; SIZE], i: usize) -> usize {
    if i + 1 < SIZE {
        return i + 1;
    }
    words[0] = words[SIZE - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_numbers_of_the_reference() {
        let mut generator = Mersenne::seeded(&[0x123, 0x234, 0x345, 0x456]);
        let numbers: Vec<_> = (0..5).map(|_| generator.next()).collect();
        assert_eq!(numbers, [1067595299, 955945823, 477289528, 4107218783, 4228976476]);
    }
}
