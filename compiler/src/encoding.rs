//! From the bytes of a program to its text.
//!
//! The bytes are UTF-8, Python's default, or what one of the first two lines declares (PEP 263). Encodings that are not in
//! [`Encoding`] are unknown here.

use crate::source::{Carets, Span, SyntaxError};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
}

impl Encoding {
    /// The encoding of this name.
    pub fn from_name(name: &str) -> Option<Encoding> {
        match name.to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
            "utf-8" | "utf8" | "u8" | "utf-8-sig" => Some(Encoding::Utf8),
            "ascii" | "us-ascii" | "646" => Some(Encoding::Ascii),
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" => Some(Encoding::Latin1),
            _ => None,
        }
    }

    /// The encoding that a program declares by this name: editors may append words of their own, as in `latin-1-unix`.
    fn declared(name: &str) -> Option<Encoding> {
        let normal = name.to_ascii_lowercase().replace('_', "-");
        let is = |known: &str| normal.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        match normal {
            _ if is("utf-8") => Some(Encoding::Utf8),
            _ if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) => Some(Encoding::Latin1),
            _ => Encoding::from_name(name),
        }
    }
}

/// Bytes that are no program, as text to be shown beside the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// The bytes with every one that is not UTF-8 replaced by `�`; the error's span points into it.
    pub text: String,
    /// What is wrong.
    pub error: SyntaxError,
}

/// Decodes a source that was read from the file `filename`, which only the message names, or that a script has made.
pub fn decode(bytes: Vec<u8>, filename: Option<&str>) -> Result<String, Box<Undecodable>> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let declared = declared_encoding(&bytes);
    let encoding = match declared {
        None => Encoding::Utf8,
        Some(declared) => {
            let name = String::from_utf8_lossy(&bytes[declared.range()]).into_owned();
            match Encoding::declared(&name) {
                None => return nowhere(format!("unknown encoding: {name}")),
                Some(encoding) if encoding != Encoding::Utf8 && bytes.starts_with(MARK) => {
                    let name = if encoding == Encoding::Latin1 { "iso-8859-1" } else { "ascii" };
                    let mut error = SyntaxError::new(format!("encoding problem: {name} with BOM"), declared);
                    error.carets = Carets::Never;
                    return Err(Box::new(Undecodable { text: String::from_utf8_lossy(&bytes).into_owned(), error }));
                }
                Some(encoding) => encoding,
            }
        }
    };
    let mut text = match encoding {
        Encoding::Utf8 => String::from_utf8(bytes).map_err(|error| not_utf8(&error, declared.is_some(), filename))?,
        Encoding::Latin1 => bytes.iter().map(|&byte| char::from(byte)).collect(),
        Encoding::Ascii => match bytes.iter().position(|byte| !byte.is_ascii()) {
            None => String::from_utf8_lossy(&bytes).into_owned(),
            Some(at) => {
                let byte = bytes[at];
                return nowhere(format!(
                    "'ascii' codec can't decode byte 0x{byte:02x} in position {at}: ordinal not in range(128)"
                ));
            }
        },
    };
    match text.find('\0') {
        None => Ok(text),
        Some(nul) => {
            text.truncate(nul);
            let end = Span::new(nul as u32, nul as u32);
            Err(undecodable(text, "source code cannot contain null bytes".into(), end))
        }
    }
}

/// What is wrong with a source that is not UTF-8.
fn not_utf8(error: &std::string::FromUtf8Error, declared: bool, filename: Option<&str>) -> Box<Undecodable> {
    let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
    let (before, byte) = (&bytes[..at], bytes[at]);
    let (text, span) = (String::from_utf8_lossy(bytes).into_owned(), Span::new(at as u32, at as u32));
    if declared && filename.is_some() {
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count();
        let reason = match error.utf8_error().error_len() {
            None => "unexpected end of data",
            Some(_) if matches!(byte, 0x80..0xc2 | 0xf5..) => "invalid start byte",
            Some(_) => "invalid continuation byte",
        };
        let message =
            format!("(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {column}: {reason}");
        let mut wrong = undecodable(text, message, span);
        wrong.error.carets = Carets::Never;
        return wrong;
    }
    let file = filename.map_or(String::new(), |filename| format!(" in file {filename}"));
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let message = format!(
        "Non-UTF-8 code starting with '\\x{byte:02x}'{file} on line {line}, but no encoding declared; see \
         https://peps.python.org/pep-0263/ for details"
    );
    undecodable(text, message, span)
}

/// An error that is not about a line: the text could not be read at all.
fn nowhere(message: String) -> Result<String, Box<Undecodable>> {
    let mut wrong = undecodable(String::new(), message, Span::new(0, 0));
    wrong.error.carets = Carets::NoLine;
    Err(wrong)
}

fn undecodable(text: String, message: String, span: Span) -> Box<Undecodable> {
    Box::new(Undecodable { text, error: SyntaxError::new(message, span) })
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
        let undecodable = *decode(bytes.to_vec(), Some("/x.py")).unwrap_err();
        (undecodable.text, undecodable.error.message, undecodable.error.span)
    }

    #[test]
    fn utf8_stays_as_it_is() {
        for text in
            ["", "a\r\nb\n", "\u{feff}'é'\n", "# vim: set fileencoding=utf-8 :\n'é'", "x = 1\n# coding: koi8-r\n"]
        {
            assert_eq!(decode(text.into(), Some("x")).as_deref(), Ok(text));
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
    fn a_declared_encoding_is_read() {
        let latin: [&[u8]; 4] =
            [b"# coding=latin_1\n", b"#!x\n# coding: L1\n", b"# coding: Latin-1-unix\n", b"# coding:iso-8859-1\n"];
        for head in latin {
            let text = decode([head, b"'\xe9'"].concat(), None);
            assert!(text.as_ref().is_ok_and(|text| text.ends_with("'\u{e9}'")), "{text:?}");
        }
        assert!(decode(b"# coding: us-ascii\n1\n".to_vec(), None).is_ok());
        assert_eq!(decode("# coding: utf8\n'é'".into(), None).as_deref(), Ok("# coding: utf8\n'é'"));
    }

    #[test]
    fn what_a_declaration_may_not_say() {
        let (text, message, _) = refused(b"#!/x\n# -*- coding: nonsense -*-\n");
        assert_eq!((text.as_str(), message.as_str()), ("", "unknown encoding: nonsense"));
        assert!(
            refused(b"# coding: ascii\n'\xe9'").1.starts_with("'ascii' codec can't decode byte 0xe9 in position 17")
        );
        assert_eq!(refused("\u{feff}# coding: latin-1\n".as_bytes()).1, "encoding problem: iso-8859-1 with BOM");
        let (_, message, span) = refused(b"# coding: utf-8\na = '\xe9'\n");
        let wanted = "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 5: invalid continuation byte";
        assert_eq!((message.as_str(), span), (wanted, Span::new(21, 21)));
    }
}
