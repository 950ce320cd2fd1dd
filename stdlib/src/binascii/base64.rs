//! Base64. What decoding tolerates is CPython's own: no crate has these rules.

use argil_interp::memory;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What no character of base64 stands for.
const NONE: u8 = 64;

/// What each character stands for.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The characters for bytes, four for three, with a line's end if that is wanted.
pub fn encode(bytes: &[u8], newline: bool) -> Vec<u8> {
    let mut out = memory::buffer(bytes.len().div_ceil(3) * 4 + usize::from(newline));
    let character = |bits: u32, at: u32| ALPHABET[(bits >> at & 63) as usize];
    let (triples, rest) = bytes.as_chunks::<3>();
    for &[a, b, c] in triples {
        let bits = u32::from_be_bytes([0, a, b, c]);
        out.extend([18, 12, 6, 0].map(|at| character(bits, at)));
    }
    match *rest {
        [a] => {
            let bits = u32::from_be_bytes([0, a, 0, 0]);
            out.extend([character(bits, 18), character(bits, 12), b'=', b'=']);
        }
        [a, b] => {
            let bits = u32::from_be_bytes([0, a, b, 0]);
            out.extend([character(bits, 18), character(bits, 12), character(bits, 6), b'=']);
        }
        _ => {}
    }
    if newline {
        out.push(b'\n');
    }
    out
}

/// The bytes that characters stand for. Others are passed over, and padding is only counted, unless the mode is strict.
///
/// # Errors
/// What is wrong, in CPython's words.
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    let mut out = memory::buffer(text.len().div_ceil(4) * 3);
    // How many characters with a value there were, the last of them, and how much padding there was behind it.
    let (mut count, mut last, mut padding) = (0_usize, 0_u8, 0);
    for (at, &character) in text.iter().enumerate() {
        let place = count % 4;
        if character == b'=' {
            padding += 1;
            if strict && place == 0 {
                return Err(if at == 0 { "Leading padding not allowed" } else { "Excess padding not allowed" }.into());
            }
            if strict && place == 1 {
                break;
            }
            if strict && place + padding > 4 {
                return Err("Excess padding not allowed".into());
            }
            continue;
        }
        let value = VALUES[usize::from(character)];
        if value == NONE {
            if strict {
                return Err("Only base64 data is allowed".into());
            }
            continue;
        }
        if strict && padding > 0 {
            let whole = place + padding == 4;
            return Err(if whole { "Excess data after padding" } else { "Discontinuous padding not allowed" }.into());
        }
        match place {
            0 => {}
            1 => out.push(last << 2 | value >> 4),
            2 => out.push(last << 4 | value >> 2),
            _ => out.push(last << 6 | value),
        }
        (count, last, padding) = (count + 1, value, 0);
    }
    match count % 4 {
        0 => Ok(out),
        1 => Err(format!(
            "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
        )),
        place if place + padding < 4 => Err("Incorrect padding".into()),
        _ => Ok(out),
    }
}
