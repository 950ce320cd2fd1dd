//! Lone surrogates in strings.
//!
//! Strings are UTF-8, in which there are no surrogates, and stay so: native code wants that. Scripts have them all the same (file
//! names that are no UTF-8, `"\ud800"`), so 2,048 characters of the last private plane, U+10F000 to U+10F7FF, stand for them
//! inside, each as long as any other character, and no string can hold these characters for themselves. Whatever turns numbers
//! into characters or characters into numbers, or lets bytes in or out, asks this file.

/// The first character that stands for a surrogate.
const FIRST: u32 = 0x10_f000;
/// How many surrogates there are.
const COUNT: u32 = 0x800;
/// The first surrogate.
const SURROGATES: u32 = 0xd800;

/// How strings hold the character of a code point; `None` if there is none, or none that they can hold.
pub fn char_of(code: u32) -> Option<char> {
    match code {
        FIRST..=0x10_f7ff => None,
        0xd800..=0xdfff => char::from_u32(code - SURROGATES + FIRST),
        _ => char::from_u32(code),
    }
}

/// The code point of a character of a string.
pub fn code_of(c: char) -> u32 {
    let code = u32::from(c);
    if is_surrogate(c) { code - FIRST + SURROGATES } else { code }
}

/// Whether a character of a string stands for a surrogate.
pub fn is_surrogate(c: char) -> bool {
    (FIRST..FIRST + COUNT).contains(&u32::from(c))
}

/// Where the first surrogate stands in a text, in bytes.
pub fn find(text: &str) -> Option<usize> {
    // Its first byte is 0xf4, which begins no other character but those of the last plane.
    let mut from = if text.is_ascii() { text.len() } else { 0 };
    while let Some(at) = text.as_bytes()[from..].iter().position(|&byte| byte == 0xf4) {
        if text[from + at..].starts_with(is_surrogate) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Text that the system gave: each byte that is no UTF-8 becomes a surrogate, as `surrogateescape` has it (PEP 383).
pub fn of_system(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        match find(chunk.valid()) {
            None => text.push_str(chunk.valid()),
            Some(_) => chunk.valid().chars().for_each(|c| match is_surrogate(c) {
                true => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| text.extend(escape(byte))),
                false => text.push(c),
            }),
        }
        chunk.invalid().iter().for_each(|&byte| text.extend(escape(byte)));
    }
    text
}

/// The surrogate that stands for a byte that could not be decoded; ASCII never is one.
pub fn escape(byte: u8) -> Option<char> {
    if byte.is_ascii() { None } else { char_of(0xdc00 + u32::from(byte)) }
}

/// The byte that a surrogate stands for.
pub fn unescape(c: char) -> Option<u8> {
    let code = code_of(c);
    (0xdc80..=0xdcff).contains(&code).then(|| (code - 0xdc00) as u8)
}

/// Text for the system; `None` if it holds surrogates that stand for no byte.
pub fn to_system(text: &str) -> Option<Vec<u8>> {
    if find(text).is_none() {
        return Some(text.as_bytes().to_vec());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match is_surrogate(c) {
            true => bytes.push(unescape(c)?),
            false => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogates_have_stand_ins_and_come_back() {
        for code in [0x41, 0xd7ff, 0xd800, 0xdc80, 0xdfff, 0xe000, 0x10_efff, 0x10_f800, 0x10_ffff] {
            assert_eq!(char_of(code).map(code_of), Some(code), "{code:x}");
        }
        assert_eq!(char_of(0x10_f000), None);
        assert_eq!(char_of(0x11_0000), None);
    }

    #[test]
    fn bytes_of_the_system_come_back() {
        for bytes in [&b"plain"[..], b"\xff\xfe", b"a\xe9b", "\u{20ac}\u{10f123}".as_bytes(), b"\xed\xa0\x80"] {
            assert_eq!(to_system(&of_system(bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(find("a\u{10ffff}b"), None);
        assert_eq!(to_system(&String::from_iter(char_of(0xd800))), None);
    }
}
