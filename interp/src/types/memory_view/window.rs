//! Which bytes a view shows: a block of items in any number of dimensions.

use crate::types::array::item::Item;
use crate::types::slice::Indices;

/// The most dimensions.
pub const MOST: usize = 64;

/// Items in a block of memory.
#[derive(Clone)]
pub struct Window {
    /// The type of the items.
    pub item: Item,
    /// Whether their format is written with an `@` before it.
    pub marked: bool,
    /// Where the first item begins, in bytes.
    pub start: i64,
    /// How many items there are in each dimension.
    pub shape: Box<[usize]>,
    /// How far apart they are in each dimension, in bytes.
    pub strides: Box<[i64]>,
}

impl Window {
    /// Items side by side.
    pub fn row(item: Item, count: usize) -> Window {
        Window { item, marked: false, start: 0, shape: [count].into(), strides: [item.size() as i64].into() }
    }

    /// The same bytes as other items in a block of another shape.
    pub fn reshaped(&self, item: Item, marked: bool, shape: &[usize]) -> Window {
        let mut strides = vec![0; shape.len()];
        let mut stride = item.size() as i64;
        for (place, count) in strides.iter_mut().zip(shape).rev() {
            *place = stride;
            stride = stride.saturating_mul(*count as i64);
        }
        Window { item, marked, start: self.start, shape: shape.into(), strides: strides.into() }
    }

    /// The number of items.
    pub fn items(&self) -> usize {
        self.shape.iter().product()
    }

    /// The bytes of all items.
    pub fn bytes(&self) -> usize {
        self.items() * self.item.size()
    }

    /// How `struct` writes the type of an item.
    pub fn format(&self) -> String {
        // The library's `u` has the width of `w`.
        let letter = if self.item.is_text() { 'w' } else { char::from(self.item.letter()) };
        if self.marked { format!("@{letter}") } else { letter.to_string() }
    }

    /// Whether the items are neighbours, in the order of the last index, or of the first if `fortran`.
    pub fn is_contiguous(&self, fortran: bool) -> bool {
        if self.items() == 0 {
            return true;
        }
        let mut stride = self.item.size() as i64;
        let mut fits = |(count, have): (&usize, &i64)| {
            let fits = *count == 1 || *have == stride;
            stride *= *count as i64;
            fits
        };
        let dimensions = self.shape.iter().zip(&self.strides);
        if fortran { dimensions.into_iter().all(&mut fits) } else { dimensions.rev().all(&mut fits) }
    }

    /// The part with these indices in the first dimension.
    pub fn part(&self, indices: Indices) -> Window {
        let mut part = self.clone();
        if let (Some(count), Some(stride)) = (part.shape.first_mut(), part.strides.first_mut()) {
            part.start += indices.start * *stride;
            *count = indices.count;
            *stride = stride.saturating_mul(indices.step);
        }
        part
    }

    /// What remains when the first dimension has one index.
    pub fn row_at(&self, index: usize) -> Window {
        let start = self.start + self.strides.first().map_or(0, |stride| stride * index as i64);
        let rest = |all: usize| 1.min(all)..all;
        Window {
            start,
            shape: self.shape[rest(self.shape.len())].into(),
            strides: self.strides[rest(self.strides.len())].into(),
            ..self.clone()
        }
    }

    /// Calls `f` with the place of each item, until it answers `false`; with the first index fastest if `fortran`.
    pub fn each(&self, fortran: bool, mut f: impl FnMut(i64) -> bool) {
        if self.items() == 0 {
            return;
        }
        let order: Vec<usize> =
            if fortran { (0..self.shape.len()).collect() } else { (0..self.shape.len()).rev().collect() };
        let mut index = vec![0; self.shape.len()];
        let mut at = self.start;
        loop {
            if !f(at) {
                return;
            }
            let advanced = order.iter().any(|&dimension| {
                index[dimension] += 1;
                at += self.strides[dimension];
                if index[dimension] < self.shape[dimension] {
                    return true;
                }
                at -= self.strides[dimension] * self.shape[dimension] as i64;
                index[dimension] = 0;
                false
            });
            if !advanced {
                return;
            }
        }
    }
}
