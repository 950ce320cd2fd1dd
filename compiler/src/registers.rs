//! Sets of registers: which certainly hold a value, for definite assignment and for the verifier.

/// A set of registers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RegisterSet {
    words: Vec<u64>,
}

impl RegisterSet {
    /// Whether `register` is in the set.
    pub fn contains(&self, register: u16) -> bool {
        let (word, bit) = place(register);
        self.words.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Adds `register`.
    pub fn insert(&mut self, register: u16) {
        let (word, bit) = place(register);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= bit;
    }

    /// Takes `register` out.
    pub fn remove(&mut self, register: u16) {
        let (word, bit) = place(register);
        if let Some(bits) = self.words.get_mut(word) {
            *bits &= !bit;
        }
    }

    /// Keeps only what is in `other` too; tells whether anything went.
    pub fn intersect(&mut self, other: &RegisterSet) -> bool {
        let mut changed = false;
        for (at, bits) in self.words.iter_mut().enumerate() {
            let kept = *bits & other.words.get(at).copied().unwrap_or(0);
            changed |= kept != *bits;
            *bits = kept;
        }
        changed
    }

    /// Takes out all that is in `other`.
    pub fn subtract(&mut self, other: &RegisterSet) {
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= !others;
        }
    }
}

fn place(register: u16) -> (usize, u64) {
    (usize::from(register) / 64, 1 << (register % 64))
}
