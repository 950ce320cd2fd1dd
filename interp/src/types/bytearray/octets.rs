//! The bytes of a bytearray: a vector whose beginning may be out of use, so that a queue of bytes, filled at the end and
//! emptied at the front, moves each byte a bounded number of times.

use std::ops::{Deref, DerefMut, Range};

use crate::memory;
use crate::types::slice::Indices;

/// Bytes that grow at the end and shrink at both.
#[derive(Default)]
pub struct Octets {
    bytes: Vec<u8>,
    /// How many bytes at the beginning are out of use. When they become more than half of all, the others move there.
    unused: usize,
}

impl From<Vec<u8>> for Octets {
    fn from(bytes: Vec<u8>) -> Octets {
        Octets { bytes, unused: 0 }
    }
}

impl Deref for Octets {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.unused..]
    }
}

impl DerefMut for Octets {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[self.unused..]
    }
}

impl Octets {
    /// How many bytes of memory there are for them.
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Adds a byte at the end.
    pub fn push(&mut self, byte: u8) {
        memory::reserve(&mut self.bytes, 1);
        self.bytes.push(byte);
    }

    /// Adds bytes at the end.
    pub fn extend_from_slice(&mut self, more: &[u8]) {
        memory::reserve(&mut self.bytes, more.len());
        self.bytes.extend_from_slice(more);
    }

    /// Makes it as long as this, with zeros where it was shorter.
    pub fn resize(&mut self, len: usize) {
        let more = len.saturating_sub(self.len());
        memory::reserve(&mut self.bytes, more);
        self.bytes.resize(self.unused + len, 0);
    }

    /// Removes all bytes.
    pub fn clear(&mut self) {
        *self = Octets::default();
    }

    /// Inserts a byte before an index, which is at most the length.
    pub fn insert(&mut self, at: usize, byte: u8) {
        self.splice(at..at, &[byte]);
    }

    /// Removes and returns a byte, which exists.
    pub fn remove(&mut self, at: usize) -> u8 {
        let byte = self[at];
        self.splice(at..at + 1, &[]);
        byte
    }

    /// Puts `new` in the place of a part.
    pub fn splice(&mut self, part: Range<usize>, new: &[u8]) {
        let count = part.len();
        let at_front = part.start == 0 && new.len() <= self.unused + count;
        if new.len() == count {
            self[part].copy_from_slice(new);
        } else if at_front {
            self.unused = self.unused + count - new.len();
            self[..new.len()].copy_from_slice(new);
            if self.unused > self.bytes.len() / 2 {
                self.bytes.drain(..self.unused);
                self.unused = 0;
            }
        } else {
            memory::reserve(&mut self.bytes, new.len());
            let from = self.unused;
            self.bytes.splice(from + part.start..from + part.end, new.iter().copied());
        }
    }

    /// Removes the bytes at some indices.
    pub fn remove_all(&mut self, indices: Indices) {
        if indices.step == 1 {
            let start = indices.start as usize;
            return self.splice(start..start + indices.count, &[]);
        }
        let (Some(first), Some(last)) = (indices.iter().min(), indices.iter().max()) else { return };
        let (step, len) = (indices.step.unsigned_abs() as usize, self.len());
        let mut to = first;
        for from in first..len {
            if from > last || !(from - first).is_multiple_of(step) {
                self[to] = self[from];
                to += 1;
            }
        }
        self.resize(to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_of_bytes_moves_none_of_them_often() {
        let mut queue = Octets::from(vec![7; 1000]);
        let mut moves = 0;
        for i in 0..100_000_u32 {
            let before = queue.unused;
            queue.splice(0..1, &[]);
            moves += if queue.unused < before { queue.len() } else { 0 };
            queue.push(i as u8);
        }
        assert_eq!(queue.len(), 1000);
        assert_eq!(queue.last(), Some(&(99_999_u32 as u8)));
        assert!(moves <= 200_000, "{moves} bytes moved");
        assert!(queue.bytes.len() <= 2001);
    }

    #[test]
    fn parts_are_replaced_as_in_a_vector() {
        let mut seed = 1_u32;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        let (mut octets, mut vector) = (Octets::default(), Vec::new());
        for i in 0..5000 {
            let start = if i % 2 == 0 { 0 } else { random(vector.len() + 1) };
            let part = start..start + random(vector.len() - start + 1).min(3);
            let new = vec![i as u8; random(9)];
            octets.splice(part.clone(), &new);
            vector.splice(part, new);
            assert_eq!(*octets, *vector);
        }
    }

    #[test]
    fn every_other_byte_is_removed_from_either_end() {
        for (step, left) in [(2, &[1, 3, 5][..]), (-2, &[0, 2, 4]), (-3, &[0, 1, 3, 4]), (7, &[1, 2, 3, 4, 5])] {
            let mut octets = Octets::from((0..6).collect::<Vec<u8>>());
            octets.remove_all(Indices::clip(None, None, step, 6));
            assert_eq!(&*octets, left, "{step}");
        }
    }
}
