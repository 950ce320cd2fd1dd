//! `escape_encode` and `escape_decode`: bytes as literals spell them.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;

/// What the functions return: the bytes, and how many they are of.
fn result(cx: &mut Ctx, bytes: &[u8], used: usize) -> Res<Slot> {
    cx.with_memory(|cx| cx.root(cx.tuple(&[cx.bytes(bytes), cx.uint(used as u64)])))
}

/// A bytes object (a slot) with escapes.
pub fn encode(cx: &mut Ctx, data: Slot) -> Res<Slot> {
    let Some(bytes) = cx.get(data).as_bytes() else {
        let got = cx.type_name(cx.get(data));
        return Err(cx.type_error(format!("escape_encode() argument 1 must be bytes, not {got}")));
    };
    let used = bytes.len();
    let mut escaped = memory::buffer(used.saturating_mul(4));
    for &byte in bytes {
        match byte {
            b'\\' | b'\'' => escaped.extend([b'\\', byte]),
            b'\t' => escaped.extend(b"\\t"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            b' '..=b'~' => escaped.push(byte),
            _ => escaped.extend(format!("\\x{byte:02x}").bytes()),
        }
    }
    result(cx, &escaped, used)
}

/// Why bytes with escapes cannot be decoded.
enum Wrong<'a> {
    Trailing,
    /// `\x` without two digits, at this place.
    Hex(usize),
    Handler(&'a str),
}

fn unescape<'a>(bytes: &[u8], errors: Option<&'a str>) -> Result<Vec<u8>, Wrong<'a>> {
    let mut plain = memory::buffer(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'\\' {
            plain.push(byte);
            continue;
        }
        let Some(&kind) = bytes.get(at) else { return Err(Wrong::Trailing) };
        at += 1;
        let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match kind {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => plain.push(kind),
            b'a' => plain.push(7),
            b'b' => plain.push(8),
            b'f' => plain.push(12),
            b'n' => plain.push(b'\n'),
            b'r' => plain.push(b'\r'),
            b't' => plain.push(b'\t'),
            b'v' => plain.push(11),
            b'0'..=b'7' => {
                let mut code = u32::from(kind - b'0');
                for _ in 0..2 {
                    let Some(&byte @ b'0'..=b'7') = bytes.get(at) else { break };
                    code = code << 3 | u32::from(byte - b'0');
                    at += 1;
                }
                plain.push(code as u8);
            }
            b'x' => match (digit(at), digit(at + 1)) {
                (Some(high), Some(low)) => {
                    plain.push((high << 4 | low) as u8);
                    at += 2;
                }
                (first, _) => {
                    match errors.unwrap_or("strict") {
                        "strict" => return Err(Wrong::Hex(at - 2)),
                        "replace" => plain.push(b'?'),
                        "ignore" => {}
                        other => return Err(Wrong::Handler(other)),
                    }
                    at += usize::from(first.is_some());
                }
            },
            _ => plain.extend([b'\\', kind]),
        }
    }
    Ok(plain)
}

/// A bytes object (a slot) without its escapes.
pub fn decode(cx: &mut Ctx, data: Slot, errors: Option<&str>) -> Res<Slot> {
    let bytes = cx.get(data).as_bytes().unwrap_or_default();
    let used = bytes.len();
    match unescape(bytes, errors) {
        Ok(plain) => result(cx, &plain, used),
        Err(Wrong::Trailing) => Err(cx.value_error("Trailing \\ in string")),
        Err(Wrong::Hex(at)) => Err(cx.value_error(format!("invalid \\x escape at position {at}"))),
        Err(Wrong::Handler(name)) => {
            Err(cx.value_error(format!("decoding error; unknown error handling code: {name}")))
        }
    }
}
