//! Where a number ends, and what is wrong with one that does not end well.

use crate::source::{Span, SyntaxError};

/// The words that may follow a number without a space, as in `1or 2`; besides, any that begins as `if`, `in` and `is` do.
const ADJOINING_KEYWORDS: [&str; 5] = ["and", "else", "for", "not", "or"];

/// Finds the end of the number that begins at `start` of `source`.
///
/// # Errors
/// A malformed number, or one that an identifier adjoins.
pub(super) fn scan(source: &str, start: usize) -> Result<usize, SyntaxError> {
    let mut scan = Scan { source, start, at: start };
    match scan.byte(0) {
        b'0' => match scan.byte(1) {
            b'x' | b'X' => scan.radix("hexadecimal", |byte| byte.is_ascii_hexdigit())?,
            b'o' | b'O' => scan.radix("octal", |byte| matches!(byte, b'0'..=b'7'))?,
            b'b' | b'B' => scan.radix("binary", |byte| matches!(byte, b'0' | b'1'))?,
            _ => scan.leading_zero()?,
        },
        _ => scan.decimal()?,
    }
    Ok(scan.at)
}

struct Scan<'s> {
    source: &'s str,
    start: usize,
    at: usize,
}

impl Scan<'_> {
    /// The byte `ahead` of the current one, 0 past the end.
    fn byte(&self, ahead: usize) -> u8 {
        self.source.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// An error that marks the last character read.
    fn error(&self, message: impl Into<String>) -> SyntaxError {
        let last = (self.at.max(self.start + 1) - 1) as u32;
        SyntaxError::new(message, Span::new(last, last))
    }

    fn radix(&mut self, name: &str, is_digit: fn(u8) -> bool) -> Result<(), SyntaxError> {
        self.at += 2;
        loop {
            if self.byte(0) == b'_' {
                self.at += 1;
            }
            if !is_digit(self.byte(0)) {
                return Err(self.bad_digit(name));
            }
            while is_digit(self.byte(0)) {
                self.at += 1;
            }
            if self.byte(0) != b'_' {
                break;
            }
        }
        if self.byte(0).is_ascii_digit() {
            return Err(self.bad_digit(name));
        }
        self.end(name)
    }

    fn bad_digit(&mut self, name: &str) -> SyntaxError {
        let byte = self.byte(0);
        if byte.is_ascii_digit() {
            self.at += 1;
            return self.error(format!("invalid digit '{}' in {name} literal", byte as char));
        }
        self.error(format!("invalid {name} literal"))
    }

    /// A number that begins with 0: zero, or a float or imaginary number with leading zeros.
    fn leading_zero(&mut self) -> Result<(), SyntaxError> {
        loop {
            if self.byte(0) == b'_' {
                self.at += 1;
                if !self.byte(0).is_ascii_digit() {
                    return Err(self.error("invalid decimal literal"));
                }
            }
            if self.byte(0) != b'0' {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at;
        let nonzero = self.byte(0).is_ascii_digit();
        if nonzero {
            self.digits()?;
        }
        if nonzero && !matches!(self.byte(0), b'.' | b'e' | b'E' | b'j' | b'J') {
            return Err(SyntaxError::new(
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                Span::new(self.start as u32, zeros_end as u32),
            ));
        }
        self.fraction_and_exponent()
    }

    fn decimal(&mut self) -> Result<(), SyntaxError> {
        if self.byte(0) != b'.' {
            self.digits()?;
        }
        self.fraction_and_exponent()
    }

    /// One or more digits, with single underscores between.
    fn digits(&mut self) -> Result<(), SyntaxError> {
        loop {
            while self.byte(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.byte(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.byte(0).is_ascii_digit() {
                return Err(self.error("invalid decimal literal"));
            }
        }
    }

    fn fraction_and_exponent(&mut self) -> Result<(), SyntaxError> {
        if self.byte(0) == b'.' {
            self.at += 1;
            if self.byte(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        if matches!(self.byte(0), b'e' | b'E') {
            let signed = matches!(self.byte(1), b'+' | b'-');
            if self.byte(1 + usize::from(signed)).is_ascii_digit() {
                self.at += 1 + usize::from(signed);
                self.digits()?;
            } else if signed {
                self.at += 2;
                return Err(self.error("invalid decimal literal"));
            } else {
                return self.end("decimal");
            }
        }
        if matches!(self.byte(0), b'j' | b'J') {
            self.at += 1;
            return self.end("imaginary");
        }
        self.end("decimal")
    }

    /// Checks what adjoins the number.
    fn end(&self, name: &str) -> Result<(), SyntaxError> {
        let next = self.byte(0);
        if !(next.is_ascii_alphanumeric() || next == b'_') {
            return Ok(());
        }
        let rest = &self.source[self.at..];
        let word_end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let word = &rest[..word_end];
        if ADJOINING_KEYWORDS.contains(&word) || ["if", "in", "is"].iter().any(|start| word.starts_with(start)) {
            return Ok(());
        }
        Err(self.error(format!("invalid {name} literal")))
    }
}
