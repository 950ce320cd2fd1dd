//! From the bytes of a file to the text of a program.
//!
//! Argil reads UTF-8, Python's default. A declaration (PEP 263) of another encoding is refused, save those that
//! read a text of pure ASCII alike.

use crate::source::{Span, SyntaxError};

/// Bytes that are no program, as text to be shown beside the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// The bytes with every one that is not UTF-8 replaced by `�`; the error's span points into it.
    pub text: String,
    /// What is wrong.
    pub error: SyntaxError,
}

/// Decodes the source that was read from `filename`, which only the message names.
pub fn decode(bytes: Vec<u8>, filename: &str) -> Result<String, Box<Undecodable>> {
    if let Some(declared) = declared_encoding(&bytes) {
        let name = String::from_utf8_lossy(&bytes[declared.range()]).to_ascii_lowercase().replace('_', "-");
        let utf8 = matches!(&*name, "utf-8" | "utf8" | "utf-8-sig");
        let ascii_alike = matches!(&*name, "ascii" | "us-ascii" | "latin-1" | "iso-8859-1" | "iso-8859-15" | "cp1252");
        if !(utf8 || ascii_alike && bytes.is_ascii()) {
            let message = format!("encoding '{name}' is not supported: Argil reads UTF-8");
            return undecodable(String::from_utf8_lossy(&bytes).into_owned(), message, declared);
        }
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => match text.find('\0') {
            None => Ok(text),
            Some(nul) => {
                text.truncate(nul);
                let end = Span::new(nul as u32, nul as u32);
                undecodable(text, "source code cannot contain null bytes".into(), end)
            }
        },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let (before, byte) = (&error.as_bytes()[..at], error.as_bytes()[at]);
            let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
            let message = format!(
                "Non-UTF-8 code starting with '\\x{byte:02x}' in file {filename} on line {line}, but no encoding \
                 declared; see https://peps.python.org/pep-0263/ for details"
            );
            let span = Span::new(at as u32, at as u32);
            undecodable(String::from_utf8_lossy(error.as_bytes()).into_owned(), message, span)
        }
    }
}

fn undecodable(text: String, message: String, span: Span) -> Result<String, Box<Undecodable>> {
    Err(Box::new(Undecodable { text, error: SyntaxError::new(message, span) }))
}

/// Where one of the first two lines names an encoding: `coding[:=]\s*([-\w.]+)`, in a line that is only a comment. The
/// second line counts only if the first is blank or a comment.
fn declared_encoding(bytes: &[u8]) -> Option<Span> {
    let start = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    for line in bytes[start..].split(|&byte| byte == b'\n').take(2) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if line[0] != b'#' {
            return None;
        }
        for at in 0..line.len() {
            let Some([b':' | b'=', value @ ..]) = line[at..].strip_prefix(b"coding") else { continue };
            let value = value.trim_ascii_start();
            let is_name = |&byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            let length = value.iter().take_while(|byte| is_name(byte)).count();
            if length > 0 {
                let start = value.as_ptr().addr() - bytes.as_ptr().addr();
                return Some(Span::new(start as u32, (start + length) as u32));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> (String, String, Span) {
        let undecodable = *decode(bytes.to_vec(), "/x.py").unwrap_err();
        (undecodable.text, undecodable.error.message, undecodable.error.span)
    }

    #[test]
    fn utf8_stays_as_it_is() {
        for text in
            ["", "a\r\nb\n", "\u{feff}'é'\n", "# vim: set fileencoding=utf-8 :\n'é'", "x = 1\n# coding: koi8-r\n"]
        {
            assert_eq!(decode(text.into(), "x").as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_told_with_its_line() {
        let (text, message, span) = refused(b"a = 1\nb = '\xff'\n");
        assert_eq!((text.as_str(), span), ("a = 1\nb = '\u{fffd}'\n", Span::new(11, 11)));
        assert!(
            message.starts_with(r"Non-UTF-8 code starting with '\xff' in file /x.py on line 2, but no"),
            "{message}"
        );
    }

    #[test]
    fn a_nul_is_refused() {
        assert_eq!(refused(b"x\0y"), ("x".into(), "source code cannot contain null bytes".into(), Span::new(1, 1)));
    }

    #[test]
    fn other_encodings_are_refused() {
        let (_, message, span) = refused(b"#!/x\n# -*- coding: koi8-r -*-\n");
        assert_eq!(
            (message.as_str(), span),
            ("encoding 'koi8-r' is not supported: Argil reads UTF-8", Span::new(19, 25))
        );
        assert!(refused("# coding=latin_1\n'é'\n".as_bytes()).1.contains("latin-1"));
        assert!(decode(b"# coding=latin_1\n# encoding\n".to_vec(), "x").is_ok());
    }
}
