//! Comparing secrets: in a time that does not tell where they differ.

use std::hint::black_box;

use argil_interp::ctx::{Ctx, Res};
use argil_interp::types::bytes::buffer;
use argil_interp::value::Value;

/// Whether two strings of ASCII characters, or two bytes-like objects, are equal. The time depends on the length of `b` only.
pub fn same(cx: &Ctx, a: Value<'_>, b: Value<'_>) -> Res<bool> {
    if let (Some(a), Some(b)) = (a.as_str(), b.as_str()) {
        if !a.is_ascii() || !b.is_ascii() {
            return Err(cx.type_error("comparing strings with non-ASCII characters is not supported"));
        }
        return Ok(same_bytes(a.as_bytes(), b.as_bytes()));
    }
    let is_bytes = |value: Value<'_>| buffer::Buffer::of(value).is_some();
    if !is_bytes(a) && !is_bytes(b) {
        let (a, b) = (cx.type_name(a), cx.type_name(b));
        let message = format!("unsupported operand types(s) or combination of types: '{a}' and '{b}'");
        return Err(cx.type_error(message));
    }
    Ok(same_bytes(&buffer::contents(cx, a)?, &buffer::contents(cx, b)?))
}

fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    // Of different lengths, b is compared with itself: the time tells nothing of a.
    let (left, start) = if a.len() == b.len() { (a, 0) } else { (b, 1) };
    let different = left.iter().zip(b).fold(start, |different, (x, y)| black_box(different | (x ^ y)));
    different == 0
}

#[cfg(test)]
mod tests {
    use super::same_bytes;

    #[test]
    fn lengths_count() {
        assert!(same_bytes(b"", b"") && same_bytes(b"ab", b"ab"));
        assert!(
            !same_bytes(b"ab", b"ac")
                && !same_bytes(b"ab", b"abc")
                && !same_bytes(b"abc", b"ab")
                && !same_bytes(b"a", b"")
        );
    }
}
