//! The encodings of text files.

use argil_compiler::encoding::Encoding as Known;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
}

/// What to do about what cannot be decoded or encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// Raise.
    Strict,
    /// Leave it out.
    Ignore,
    /// Put `?` or the replacement character in its place.
    Replace,
    /// Put an escape sequence in its place.
    BackslashReplace,
}

impl Encoding {
    /// The encoding of this name.
    pub fn from_name(name: &str) -> Option<Encoding> {
        Some(match Known::from_name(name)? {
            Known::Utf8 => Encoding::Utf8,
            Known::Ascii => Encoding::Ascii,
            Known::Latin1 => Encoding::Latin1,
        })
    }

    /// The name that errors show.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
        }
    }

    /// Text from bytes.
    pub fn decode(self, cx: &Ctx, bytes: &[u8], errors: Errors) -> Res<String> {
        match self {
            Encoding::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
            Encoding::Utf8 | Encoding::Ascii => self.decode_checked(cx, bytes, errors),
        }
    }

    fn decode_checked(self, cx: &Ctx, bytes: &[u8], errors: Errors) -> Res<String> {
        let mut text = String::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let (valid, bad) = self.valid_prefix(&bytes[at..]);
            text.push_str(valid);
            at += valid.len();
            if bad == 0 {
                continue;
            }
            match errors {
                Errors::Strict => return Err(self.decode_error(cx, bytes, at, bad)),
                Errors::Ignore => {}
                Errors::Replace => text.push('\u{fffd}'),
                Errors::BackslashReplace => {
                    text.extend(bytes[at..at + bad].iter().map(|byte| format!("\\x{byte:02x}")));
                }
            }
            at += bad;
        }
        Ok(text)
    }

    /// The longest text at the beginning, and how many bytes after it are no text.
    fn valid_prefix(self, bytes: &[u8]) -> (&str, usize) {
        let bytes = match self {
            Encoding::Ascii => {
                let end = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
                let valid = std::str::from_utf8(&bytes[..end]).unwrap_or_default();
                return (valid, usize::from(end < bytes.len()));
            }
            _ => bytes,
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => (text, 0),
            Err(error) => {
                let end = error.valid_up_to();
                let bad = error.error_len().unwrap_or(bytes.len() - end);
                (std::str::from_utf8(&bytes[..end]).unwrap_or_default(), bad)
            }
        }
    }

    fn decode_error(self, cx: &Ctx, bytes: &[u8], at: usize, bad: usize) -> Raised {
        let reason = match (self, bytes[at]) {
            (Encoding::Ascii, _) => "ordinal not in range(128)",
            (_, 0xc2..=0xf4)
                if at + bad == bytes.len()
                    && std::str::from_utf8(&bytes[at..]).is_err_and(|e| e.error_len().is_none()) =>
            {
                "unexpected end of data"
            }
            (_, 0xc2..=0xf4) => "invalid continuation byte",
            _ => "invalid start byte",
        };
        let args =
            [cx.str(self.name()), cx.bytes(bytes), cx.uint(at as u64), cx.uint((at + bad) as u64), cx.str(reason)];
        cx.raise_with(Builtin::UnicodeDecodeError, &args)
    }

    /// Bytes from text.
    pub fn encode(self, cx: &Ctx, text: &str, errors: Errors) -> Res<Vec<u8>> {
        let limit = match self {
            Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
            Encoding::Ascii => 0x80,
            Encoding::Latin1 => 0x100,
        };
        let mut bytes = Vec::with_capacity(text.len());
        for (i, c) in text.chars().enumerate() {
            let code = u32::from(c);
            match u8::try_from(code).ok().filter(|_| code < limit) {
                Some(byte) => bytes.push(byte),
                None => match errors {
                    Errors::Strict => {
                        let args = [
                            cx.str(self.name()),
                            cx.str(text),
                            cx.uint(i as u64),
                            cx.uint(i as u64 + 1),
                            cx.str(&format!("ordinal not in range({limit})")),
                        ];
                        return Err(cx.raise_with(Builtin::UnicodeEncodeError, &args));
                    }
                    Errors::Ignore => {}
                    Errors::Replace => bytes.push(b'?'),
                    Errors::BackslashReplace => bytes.extend(match code {
                        ..=0xff => format!("\\x{code:02x}").into_bytes(),
                        ..=0xffff => format!("\\u{code:04x}").into_bytes(),
                        _ => format!("\\U{code:08x}").into_bytes(),
                    }),
                },
            }
        }
        Ok(bytes)
    }
}

impl Errors {
    /// The way of this name.
    pub fn from_name(name: &str) -> Option<Errors> {
        match name {
            "strict" | "surrogateescape" => Some(Errors::Strict),
            "ignore" => Some(Errors::Ignore),
            "replace" => Some(Errors::Replace),
            "backslashreplace" => Some(Errors::BackslashReplace),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Errors::Strict => "strict",
            Errors::Ignore => "ignore",
            Errors::Replace => "replace",
            Errors::BackslashReplace => "backslashreplace",
        }
    }
}
