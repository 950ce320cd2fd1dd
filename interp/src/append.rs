//! A list that only grows and is read without a lock: shapes, and the side records of inline caches.

use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use parking_lot::Mutex;

const FIRST: usize = 64;
const CHUNKS: usize = 26;

/// A list of values that never move; chunk n has room for `64 << n` of them.
pub(crate) struct AppendOnly<T> {
    chunks: [AtomicPtr<T>; CHUNKS],
    /// How many values are readable. Stored with Release after the value is written, loaded with Acquire.
    len: AtomicUsize,
    grow: Mutex<()>,
}

fn locate(index: usize) -> (usize, usize) {
    let chunk = (index / FIRST + 1).ilog2() as usize;
    (chunk, index - ((1 << chunk) - 1) * FIRST)
}

impl<T> Default for AppendOnly<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> AppendOnly<T> {
    pub(crate) fn new() -> Self {
        AppendOnly {
            chunks: std::array::from_fn(|_| AtomicPtr::new(std::ptr::null_mut())),
            len: AtomicUsize::new(0),
            grow: Mutex::new(()),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    /// The value at an index.
    ///
    /// # Panics
    /// If there is none: indices come from `push`.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> &T {
        assert!(index < self.len(), "an index of this list");
        let (chunk, offset) = locate(index);
        // SAFETY: values below `len` are written, and chunks never move.
        unsafe { &*self.chunks[chunk].load(Ordering::Acquire).add(offset) }
    }

    /// Appends the value that `make` gives for its index, which is returned.
    pub(crate) fn push_with(&self, make: impl FnOnce(usize) -> T) -> usize {
        let _growing = self.grow.lock();
        let index = self.len.load(Ordering::Relaxed);
        let (chunk, offset) = locate(index);
        if offset == 0 {
            let mut room = Vec::with_capacity(FIRST << chunk);
            self.chunks[chunk].store(room.as_mut_ptr(), Ordering::Release);
            std::mem::forget(room);
        }
        // SAFETY: the chunk has room at `offset`, which nobody reads before `len` covers it.
        unsafe { self.chunks[chunk].load(Ordering::Relaxed).add(offset).write(make(index)) };
        self.len.store(index + 1, Ordering::Release);
        index
    }

    pub(crate) fn push(&self, value: T) -> usize {
        self.push_with(|_| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).map(|i| self.get(i))
    }
}

impl<T> Drop for AppendOnly<T> {
    fn drop(&mut self) {
        let mut left = *self.len.get_mut();
        for (n, chunk) in self.chunks.iter_mut().enumerate() {
            let pointer = *chunk.get_mut();
            if !pointer.is_null() {
                let capacity = FIRST << n;
                // SAFETY: the chunk was made from a vector of this capacity, and its first values are written.
                drop(unsafe { Vec::from_raw_parts(pointer, left.min(capacity), capacity) });
                left = left.saturating_sub(capacity);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_stay_valid() {
        let list = AppendOnly::new();
        for i in 0..1000 {
            assert_eq!(list.push(i.to_string()), i);
        }
        assert!(list.iter().enumerate().all(|(i, s)| *s == i.to_string()));
    }
}
