//! Repeats of one character: how far they go, and where what follows fits.

use super::opcodes::MAXREPEAT;
use super::program::{Item, One, Program};
use super::units::{self, Unit};

/// Bytes that are looked through in about the time of one step.
const PER_STEP: usize = 64;

/// Where the text goes on behind one character.
#[inline(always)]
pub fn step<U: Unit>(program: &Program, text: &[u8], item: Item, at: usize) -> Option<usize> {
    let byte = *text.get(at)?;
    let width = || if U::OCTETS { 1 } else { units::width(byte) };
    match item {
        Item::Byte(literal) => (byte == literal).then_some(at + 1),
        Item::Not(other) => (byte != other).then(|| at + width()),
        Item::Any => (byte != b'\n').then(|| at + width()),
        Item::AnyAll => Some(at + width()),
        Item::Set(set) => program.sets[set as usize].step::<U>(text, at).map(|width| at + width),
        Item::Bytes(from, len) => {
            let literal = program.bytes(from, len);
            text.get(at..)?.starts_with(literal).then_some(at + literal.len())
        }
    }
}

/// The end of the longest run of a character.
#[inline]
fn run<U: Unit>(program: &Program, text: &[u8], item: Item, at: usize) -> usize {
    let up_to = |byte| text.get(at..).and_then(|rest| memchr::memchr(byte, rest)).map_or(text.len(), |len| at + len);
    match item {
        Item::Byte(literal) => {
            let rest = text.get(at..).unwrap_or_default();
            at + rest.iter().position(|byte| *byte != literal).unwrap_or(rest.len())
        }
        Item::Not(other) => up_to(other),
        Item::Any => up_to(b'\n'),
        Item::AnyAll => text.len(),
        Item::Set(set) => program.sets[set as usize].run::<U>(text, at),
        Item::Bytes(from, len) => {
            let literal = program.bytes(from, len);
            let mut at = at;
            while text.get(at..).is_some_and(|rest| rest.starts_with(literal)) {
                at += literal.len();
            }
            at
        }
    }
}

/// Where the shortest and the longest repeat end.
#[inline]
pub fn most<U: Unit>(program: &Program, text: &[u8], one: &One, at: usize, fuel: &mut usize) -> Option<(usize, usize)> {
    let (mut low, mut count) = (at, 0);
    while count < one.min {
        low = step::<U>(program, text, one.item, low)?;
        count += 1;
    }
    let end = if one.max == MAXREPEAT {
        run::<U>(program, text, one.item, low)
    } else {
        let mut end = low;
        while count < one.max
            && let Some(next) = step::<U>(program, text, one.item, end)
        {
            end = next;
            count += 1;
        }
        end
    };
    *fuel = fuel.saturating_sub((end - at) / PER_STEP);
    Some((low, end))
}

/// The last position between `low` and `at` where what follows a repeat can begin.
#[inline]
pub fn last_fit<U: Unit>(text: &[u8], one: &One, mut at: usize, low: usize, fuel: &mut usize) -> Option<usize> {
    let Some(next) = &one.next else { return Some(at) };
    if let Some(byte) = one.only {
        let found = text.get(low..text.len().min(at + 1)).and_then(|part| memchr::memrchr(byte, part));
        let found = found.map(|found| low + found);
        *fuel = fuel.saturating_sub((at - found.unwrap_or(low)) / PER_STEP);
        return found;
    }
    let from = at;
    let found = loop {
        if text.get(at).is_some_and(|byte| next[usize::from(*byte)]) {
            break Some(at);
        }
        if at == low {
            break None;
        }
        at = U::before(text, at);
    };
    *fuel = fuel.saturating_sub((from - at) / PER_STEP);
    found
}

/// The first position from `at` on where what follows a lazy repeat can begin, and how often it may still go on there.
#[inline]
pub fn first_fit<U: Unit>(
    program: &Program,
    text: &[u8],
    one: &One,
    mut at: usize,
    mut left: usize,
) -> Option<(usize, usize)> {
    let Some(next) = &one.next else { return Some((at, left)) };
    while !next[usize::from(*text.get(at)?)] {
        if left == 0 {
            return None;
        }
        at = step::<U>(program, text, one.item, at)?;
        left = less(left);
    }
    Some((at, left))
}

/// One less, if there is a bound.
#[inline(always)]
pub fn less(left: usize) -> usize {
    if left == usize::MAX { left } else { left - 1 }
}
