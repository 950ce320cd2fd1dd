//! Where the groups of a match are.

use argil_interp::memory;

use super::engine::machine::{Machine, UNSET};

/// How many groups need no memory of their own.
const FEW: usize = 4;

/// Begins and ends, in byte offsets; the whole match first.
pub enum Spans {
    /// So many, in place.
    Few(u8, [(usize, usize); FEW]),
    /// More.
    Many(Box<[(usize, usize)]>),
}

/// A group that has not matched.
const NOTHING: (usize, usize) = (UNSET, UNSET);

impl Spans {
    /// What a machine has found; `None` if a group ends before it begins.
    pub fn of(machine: &Machine, groups: usize) -> Option<Spans> {
        let mut spans = if groups < FEW {
            Spans::Few(groups as u8 + 1, [NOTHING; FEW])
        } else {
            Spans::Many(memory::repeat(NOTHING, groups + 1).into())
        };
        let all = spans.all_mut();
        all[0] = (machine.start, machine.pos);
        for (number, span) in all.iter_mut().skip(1).enumerate() {
            *span = machine.group(number).unwrap_or(NOTHING);
            if span.0 > span.1 {
                return None;
            }
        }
        Some(spans)
    }

    /// Bytes that lie elsewhere.
    pub fn external(&self) -> usize {
        if let Spans::Many(all) = self { size_of_val(&**all) } else { 0 }
    }

    fn all_mut(&mut self) -> &mut [(usize, usize)] {
        match self {
            Spans::Few(count, all) => &mut all[..usize::from(*count)],
            Spans::Many(all) => all,
        }
    }

    /// All of them.
    pub fn all(&self) -> &[(usize, usize)] {
        match self {
            Spans::Few(count, all) => &all[..usize::from(*count)],
            Spans::Many(all) => all,
        }
    }

    /// One that has matched.
    #[inline]
    pub fn get(&self, group: usize) -> Option<(usize, usize)> {
        self.all().get(group).copied().filter(|span| span.0 != UNSET)
    }
}
