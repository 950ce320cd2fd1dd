//! Which registers certainly hold a value, for definite assignment.

/// A set of registers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BoundSet {
    words: Vec<u64>,
}

impl BoundSet {
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

    /// Keeps only what is in `other` too.
    pub fn intersect(&mut self, other: &BoundSet) {
        self.words.truncate(other.words.len());
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= others;
        }
    }

    /// Takes out all that is in `other`.
    pub fn subtract(&mut self, other: &BoundSet) {
        for (bits, others) in self.words.iter_mut().zip(&other.words) {
            *bits &= !others;
        }
    }
}

fn place(register: u16) -> (usize, u64) {
    (usize::from(register) / 64, 1 << (register % 64))
}
