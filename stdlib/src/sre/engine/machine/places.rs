//! Places that take up no room.

use crate::sre::engine::classes;
use crate::sre::engine::opcodes::At;
use crate::sre::engine::units::Unit;

/// Whether a position of a text is such a place.
pub fn holds<U: Unit>(at: At, text: &[u8], pos: usize) -> bool {
    match at {
        At::Beginning | At::BeginningString => pos == 0,
        At::BeginningLine => pos == 0 || text.get(pos - 1) == Some(&b'\n'),
        At::End => pos == text.len() || pos + 1 == text.len() && text[pos] == b'\n',
        At::EndLine => pos == text.len() || text[pos] == b'\n',
        At::EndString => pos == text.len(),
        At::Boundary | At::LocBoundary => is_edge::<U>(classes::is_word, text, pos),
        At::NonBoundary | At::LocNonBoundary => !is_edge::<U>(classes::is_word, text, pos),
        At::UniBoundary => is_edge::<U>(classes::is_unicode_word, text, pos),
        At::UniNonBoundary => !is_edge::<U>(classes::is_unicode_word, text, pos),
    }
}

/// Whether a word begins or ends here.
#[inline]
fn is_edge<U: Unit>(is_word: impl Fn(u32) -> bool, text: &[u8], pos: usize) -> bool {
    let ascii = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let before = pos > 0
        && match text.get(pos - 1) {
            Some(byte) if U::OCTETS || *byte < 0x80 => ascii(*byte),
            _ => U::decode(text, U::before(text, pos)).is_some_and(|(c, _)| is_word(c)),
        };
    let after = match text.get(pos) {
        Some(byte) if U::OCTETS || *byte < 0x80 => {
            if U::OCTETS {
                is_word(u32::from(*byte))
            } else {
                ascii(*byte)
            }
        }
        Some(_) => U::decode(text, pos).is_some_and(|(c, _)| is_word(c)),
        None => false,
    };
    before != after
}
