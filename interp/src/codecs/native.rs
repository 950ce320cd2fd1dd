//! The encodings that need no registry.

/// An encoding that is done natively, whichever of its names it is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8, behind a byte order mark.
    Utf8Signature,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
    /// Two bytes a unit.
    Utf16(Order),
    /// Four bytes a unit.
    Utf32(Order),
}

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What a byte order mark says: decoding goes by it, encoding writes it. Little-endian if there is none.
    Marked,
    /// The least significant.
    Little,
    /// The most significant.
    Big,
}

impl Order {
    /// The same without a byte order mark, as the machine has it if none is said.
    pub fn unmarked(self) -> Order {
        match self {
            Order::Marked => Order::Little,
            order => order,
        }
    }

    /// The order that a number stands for, as codec functions take it.
    pub fn of_number(number: i32) -> Order {
        match number {
            0 => Order::Marked,
            ..0 => Order::Little,
            _ => Order::Big,
        }
    }
}

impl Encoding {
    /// The encoding of a name, of which case, hyphens, underscores and spaces do not matter.
    pub fn named(name: &str) -> Option<Encoding> {
        match name {
            "utf-8" | "utf8" => return Some(Encoding::Utf8),
            "ascii" => return Some(Encoding::Ascii),
            "latin-1" => return Some(Encoding::Latin1),
            _ if name.len() > 16 => return None,
            _ => {}
        }
        let plain: String =
            name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
        Some(match plain.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "utf8sig" => Encoding::Utf8Signature,
            "ascii" | "usascii" | "646" => Encoding::Ascii,
            "latin1" | "latin" | "iso88591" | "8859" | "l1" | "cp819" => Encoding::Latin1,
            "utf16" | "u16" => Encoding::Utf16(Order::Marked),
            "utf16le" => Encoding::Utf16(Order::Little),
            "utf16be" => Encoding::Utf16(Order::Big),
            "utf32" | "u32" => Encoding::Utf32(Order::Marked),
            "utf32le" => Encoding::Utf32(Order::Little),
            "utf32be" => Encoding::Utf32(Order::Big),
            _ => return None,
        })
    }
}

/// Whether CPython too does the encoding of a name without its registry, so that errors have no note of the codec.
pub fn is_direct(name: &str) -> bool {
    let plain = super::registry::normalized(name);
    let unicode = plain.strip_prefix("utf").map(|rest| rest.strip_prefix('_').unwrap_or(rest));
    matches!(unicode, Some("8" | "16" | "32"))
        || matches!(plain.as_str(), "ascii" | "us_ascii" | "latin1" | "latin_1" | "iso_8859_1" | "iso8859_1")
}
