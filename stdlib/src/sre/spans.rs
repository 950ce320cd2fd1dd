//! Where the groups of a match are.

use argil_interp::memory;

use super::engine::machine::{Machine, UNSET};

/// How many spans need no memory of their own.
const FEW: usize = 9;

/// Begins and ends, in byte offsets; the whole match first.
pub enum Spans {
    /// So many, in place: most matches have few groups, and are made by the million.
    Few(u8, [(u32, u32); FEW]),
    /// More, or further on.
    Many(Box<[(usize, usize)]>),
}

/// A group that has not matched.
const NOTHING: (usize, usize) = (UNSET, UNSET);

/// The same among few.
const NONE: (u32, u32) = (u32::MAX, u32::MAX);

impl Spans {
    /// What a machine has found; `None` if a group ends before it begins.
    pub fn of(machine: &Machine, groups: usize) -> Option<Spans> {
        let found = |number: usize| match number.checked_sub(1) {
            None => (machine.start, machine.pos),
            Some(group) => machine.group(group).unwrap_or(NOTHING),
        };
        let in_order = |span: &(usize, usize)| span.0 <= span.1;
        if groups < FEW && u32::try_from(machine.end).is_ok_and(|end| end < u32::MAX) {
            let mut few = [NONE; FEW];
            for (number, place) in few.iter_mut().enumerate().take(groups + 1) {
                let span = Some(found(number)).filter(in_order)?;
                // What is unset stays so: it is cut to the same bits.
                *place = (span.0 as u32, span.1 as u32);
            }
            return Some(Spans::Few(groups as u8 + 1, few));
        }
        let mut many = memory::buffer(groups + 1);
        for number in 0..=groups {
            many.push(Some(found(number)).filter(in_order)?);
        }
        Some(Spans::Many(many.into()))
    }

    /// Bytes that lie elsewhere.
    pub fn external(&self) -> usize {
        if let Spans::Many(all) = self { size_of_val(&**all) } else { 0 }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Spans::Few(count, _) => usize::from(*count),
            Spans::Many(all) => all.len(),
        }
    }

    /// One that has matched.
    #[inline]
    pub fn get(&self, group: usize) -> Option<(usize, usize)> {
        match self {
            Spans::Few(_, all) => {
                let span = all.get(group).copied().filter(|span| *span != NONE)?;
                Some((span.0 as usize, span.1 as usize))
            }
            Spans::Many(all) => all.get(group).copied().filter(|span| *span != NOTHING),
        }
    }
}
