//! Formats, taken apart: which bytes hold which values.

use std::mem::size_of;

use argil_interp::memory;

/// What a run of values is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Char,
    Signed,
    Unsigned,
    Pointer,
    Bool,
    Half,
    Single,
    Double,
    SingleComplex,
    DoubleComplex,
    /// `s`: as many bytes as the run has.
    Bytes,
    /// `p`: the same, the first of which is a length.
    Pascal,
    /// `x`: nothing.
    Padding,
}

/// Values of one kind that lie side by side.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub code: Code,
    /// The letter in the format.
    pub letter: u8,
    /// Whether the first byte is the most significant one.
    pub big: bool,
    /// Whether all of the machine's own rules hold, alignment included.
    pub native: bool,
    /// Where the first value begins.
    pub at: usize,
    /// How many bytes a value has.
    pub size: usize,
    /// How many values there are.
    pub count: usize,
}

impl Run {
    /// Whether the order of the bytes is the machine's.
    pub fn has_own_order(&self) -> bool {
        self.big == cfg!(target_endian = "big")
    }
}

/// A format, taken apart.
pub struct Layout {
    /// As it was written.
    pub format: String,
    /// Its runs, without padding.
    pub runs: Vec<Run>,
    /// How many bytes it describes.
    pub size: usize,
    /// How many values.
    pub items: usize,
}

/// Byte order, size and alignment.
#[derive(Clone, Copy)]
struct Order {
    big: bool,
    native: bool,
}

impl Order {
    /// The one that a format begins with, and what follows.
    fn of(format: &str) -> (Order, &str) {
        let order = |big, native| (Order { big, native }, format.get(1..).unwrap_or_default());
        match format.as_bytes().first() {
            Some(b'<') => order(false, false),
            Some(b'>' | b'!') => order(true, false),
            Some(b'=') => order(cfg!(target_endian = "big"), false),
            Some(b'@') => order(cfg!(target_endian = "big"), true),
            _ => (Order { big: cfg!(target_endian = "big"), native: true }, format),
        }
    }

    /// What a letter stands for, its size and its alignment.
    fn entry(self, letter: u8) -> Option<(Code, usize, usize)> {
        let (code, size) = match letter {
            b'x' => (Code::Padding, 1),
            b'c' => (Code::Char, 1),
            b's' => (Code::Bytes, 1),
            b'p' => (Code::Pascal, 1),
            b'b' => (Code::Signed, 1),
            b'B' => (Code::Unsigned, 1),
            b'?' => (Code::Bool, 1),
            b'h' => (Code::Signed, 2),
            b'H' => (Code::Unsigned, 2),
            b'i' => (Code::Signed, 4),
            b'I' => (Code::Unsigned, 4),
            b'l' => (Code::Signed, if self.native { size_of::<libc::c_long>() } else { 4 }),
            b'L' => (Code::Unsigned, if self.native { size_of::<libc::c_ulong>() } else { 4 }),
            b'q' => (Code::Signed, 8),
            b'Q' => (Code::Unsigned, 8),
            b'n' if self.native => (Code::Signed, size_of::<isize>()),
            b'N' if self.native => (Code::Unsigned, size_of::<usize>()),
            b'P' if self.native => (Code::Pointer, size_of::<usize>()),
            b'e' => (Code::Half, 2),
            b'f' => (Code::Single, 4),
            b'd' => (Code::Double, 8),
            b'F' => (Code::SingleComplex, 8),
            b'D' => (Code::DoubleComplex, 16),
            _ => return None,
        };
        // Complex numbers are aligned as their parts.
        let part = if matches!(code, Code::SingleComplex | Code::DoubleComplex) { size / 2 } else { size };
        Some((code, size, if self.native { part } else { 1 }))
    }
}

/// The number of digits at the beginning of a text, and what follows; `None` if it is too large.
fn repeat_count(text: &str) -> Option<(usize, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let number = if end == 0 { 1 } else { text[..end].parse::<isize>().ok()? };
    Some((number as usize, &text[end..]))
}

const TOO_LONG: &str = "total struct size too long";

impl Layout {
    /// Takes an ASCII format apart.
    ///
    /// # Errors
    /// What is wrong with it, in CPython's words.
    pub fn parse(format: &str) -> Result<Layout, &'static str> {
        if format.contains('\0') {
            return Err("embedded null character");
        }
        let (order, mut rest) = Order::of(format);
        let mut text = memory::text(format.len());
        text.push_str(format);
        let mut layout = Layout { format: text, runs: Vec::new(), size: 0, items: 0 };
        loop {
            rest = rest.trim_start_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r']);
            if rest.is_empty() {
                return Ok(layout);
            }
            let (number, after) = repeat_count(rest).ok_or(TOO_LONG)?;
            let Some(&letter) = after.as_bytes().first() else {
                return Err("repeat count given without format specifier");
            };
            let entry = order.entry(letter).ok_or("bad char in struct format")?;
            rest = &after[1..];
            layout.add(order, letter, number, entry).ok_or(TOO_LONG)?;
        }
    }

    /// How much memory it takes, in bytes.
    pub fn footprint(&self) -> usize {
        self.format.len() + self.runs.capacity() * size_of::<Run>()
    }

    /// Adds a run; `None` if that makes it too long.
    fn add(&mut self, order: Order, letter: u8, number: usize, entry: (Code, usize, usize)) -> Option<()> {
        let (code, size, alignment) = entry;
        let at = self.size.checked_next_multiple_of(alignment)?;
        let end = number.checked_mul(size)?.checked_add(at)?;
        self.size = isize::try_from(end).ok()? as usize;
        let (size, count) = match code {
            Code::Bytes | Code::Pascal => (number, 1),
            _ => (size, number),
        };
        if code != Code::Padding && count > 0 {
            self.items += count;
            memory::reserve(&mut self.runs, 1);
            self.runs.push(Run { code, letter, big: order.big, native: order.native, at, size, count });
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(format: &str) -> Result<usize, &'static str> {
        Layout::parse(format).map(|layout| layout.size)
    }

    #[test]
    fn only_native_formats_are_aligned() {
        assert_eq!(size("bi"), Ok(8));
        assert_eq!(size("=bi"), Ok(5));
        assert_eq!(size("b0q"), Ok(8));
        assert_eq!(size("bD"), Ok(24));
        assert_eq!(size("qb"), Ok(9));
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(size("9223372036854775807s"), Ok(isize::MAX as usize));
        for format in ["9223372036854775807sb", "1152921504606846976q", "9223372036854775808x", "9223372036854775807xh"]
        {
            assert_eq!(size(format), Err(TOO_LONG), "{format}");
        }
    }

    #[test]
    fn what_is_no_format_is_told_apart() {
        assert_eq!(size("3 i"), Err("bad char in struct format"));
        assert_eq!(size("i3"), Err("repeat count given without format specifier"));
        assert_eq!(size("i\0"), Err("embedded null character"));
        assert_eq!(size("<n"), Err("bad char in struct format"));
    }
}
