//! From the bytes of a file to the text of a program.
//!
//! Argil reads UTF-8, Python's default. A declaration (PEP 263) of another encoding is refused, save those of which every text
//! that is pure ASCII reads the same.
use std::fmt::Write;

/// Why bytes are no source text.
#[derive(Debug, PartialEq, Eq)]
pub enum SourceError {
    /// A byte that begins no UTF-8 sequence, its line from 1, and that line up to and with the byte.
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Its line, from 1.
        line: usize,
        /// The line as far as it could be read.
        before: String,
    },
    /// A NUL byte.
    Nul,
    /// The file declares an encoding that Argil does not read.
    Encoding(String),
}

impl SourceError {
    /// The error as Python prints it, with the newline at its end.
    pub fn render(&self, filename: &str) -> String {
        let mut out = String::new();
        let written = match self {
            Self::NotUtf8 { byte, line, .. } => write!(
                out,
                "SyntaxError: Non-UTF-8 code starting with '\\x{byte:02x}' in file {filename} on line {line}, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details"
            ),
            Self::Nul => write!(out, "SyntaxError: source code cannot contain null bytes"),
            Self::Encoding(name) => {
                write!(out, "  File \"{filename}\"\nSyntaxError: encoding '{name}' is not supported: Argil reads UTF-8")
            }
        };
        written.expect("writing to a string cannot fail");
        out + "\n"
    }
}

/// Decodes source: takes off a byte-order mark, turns `\r\n` and `\r` into `\n`, and refuses what is not UTF-8 or holds a NUL.
pub fn decode(bytes: Vec<u8>) -> Result<String, SourceError> {
    if let Some(name) = declared_encoding(&bytes) {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let ascii_alike = matches!(&*name, "ascii" | "us-ascii" | "latin-1" | "iso-8859-1" | "iso-8859-15" | "cp1252");
        let utf8 = matches!(&*name, "utf-8" | "utf8" | "utf-8-sig");
        if !(utf8 || ascii_alike && bytes.is_ascii()) {
            return Err(SourceError::Encoding(name));
        }
    }
    if bytes.contains(&0) {
        return Err(SourceError::Nul);
    }
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(&error))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(text)
}

fn not_utf8(error: &std::string::FromUtf8Error) -> SourceError {
    let at = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let start = bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1);
    SourceError::NotUtf8 {
        byte: bytes[at],
        line: 1 + bytes[..at].iter().filter(|&&b| b == b'\n').count(),
        before: String::from_utf8_lossy(&bytes[start..=at]).into_owned(),
    }
}

/// The encoding that one of the first two lines declares: `coding[:=]\s*([-\w.]+)` in a line that is only a comment; the
/// second line counts only if the first is blank or a comment.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&b| b == b'\n').take(2) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_start_matches('\u{feff}').trim_start_matches([' ', '\t', '\x0c']).trim_end_matches('\r');
        if line.is_empty() {
            continue;
        }
        let comment = line.strip_prefix('#')?;
        let named = comment.match_indices("coding").find_map(|(at, word)| {
            let rest = comment[at + word.len()..].strip_prefix([':', '='])?.trim_start_matches([' ', '\t']);
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
            (end > 0).then(|| rest[..end].to_owned())
        });
        if named.is_some() {
            return named;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newlines_and_mark_are_normalised() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc\n".to_vec()), Ok("a\nb\nc\n".into()));
        assert_eq!(decode(Vec::new()), Ok(String::new()));
    }

    #[test]
    fn the_line_of_a_bad_byte_is_told() {
        let error = decode(b"a = 1\nb = '\xff'\n".to_vec()).unwrap_err();
        assert_eq!(error, SourceError::NotUtf8 { byte: 0xff, line: 2, before: "b = '\u{fffd}".into() });
        assert!(error.render("/x.py").contains(r"'\xff' in file /x.py on line 2"));
    }

    #[test]
    fn a_nul_is_refused() {
        assert_eq!(decode(b"x\0".to_vec()), Err(SourceError::Nul));
    }

    #[test]
    fn declarations_of_another_encoding_are_refused() {
        assert_eq!(decode(b"#!/x\n# -*- coding: koi8-r -*-\n".to_vec()), Err(SourceError::Encoding("koi8-r".into())));
        assert_eq!(decode("# coding=latin_1\n'é'\n".into()), Err(SourceError::Encoding("latin-1".into())));
        for fine in
            ["# coding=latin_1\n", "# vim: set fileencoding=utf-8 :\n'é'", "x = 1\n# coding: koi8-r\n", "# encoding\n"]
        {
            assert_eq!(decode(fine.into()).as_deref(), Ok(fine));
        }
    }
}
