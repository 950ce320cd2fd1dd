//! `EncodingMap`: which byte a character is, for encodings of a byte a character.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::dict::Dict;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

/// Characters in a page.
const PAGE: usize = 128;

/// A map; immutable.
pub struct EncodingMap {
    /// Which page has the characters of each 128; the first page is empty.
    index: [u8; 0x1_0000 / PAGE],
    pages: Vec<[u8; PAGE]>,
}

impl NativeData for EncodingMap {}

/// What stands for an unused byte.
pub const UNDEFINED: char = '\u{fffe}';

impl EncodingMap {
    /// The map of a table of up to 256 characters; `None` if it has none of this form.
    fn of(table: &str) -> Option<EncodingMap> {
        let mut map = EncodingMap { index: [0; 0x1_0000 / PAGE], pages: vec![[0; PAGE]] };
        for (byte, c) in table.chars().take(256).enumerate() {
            let code = u16::try_from(u32::from(c)).ok()?;
            // Zero is the byte of no character but the first.
            if (code == 0) != (byte == 0) {
                return None;
            }
            if c == UNDEFINED {
                continue;
            }
            let (page, place) = (usize::from(code) / PAGE, usize::from(code) % PAGE);
            if map.index[page] == 0 {
                map.index[page] = u8::try_from(map.pages.len()).ok()?;
                map.pages.push([0; PAGE]);
            }
            map.pages[usize::from(map.index[page])][place] = byte as u8;
        }
        Some(map)
    }

    /// The byte of a character.
    #[inline]
    pub fn byte(&self, c: char) -> Option<u8> {
        let code = u32::from(c) as usize;
        let page = *self.index.get(code / PAGE)?;
        match self.pages[usize::from(page)][code % PAGE] {
            0 => (code == 0).then_some(0),
            byte => Some(byte),
        }
    }

    /// What CPython's map of the same characters takes, in bytes.
    fn size(&self) -> usize {
        // It has three levels: 32 entries, of 16 each, of 128 each.
        let used = |page: &&u8| **page != 0;
        let third = self.index.iter().filter(used).count();
        let second = self.index.chunks(16).filter(|chunk| chunk.iter().any(|page| used(&page))).count();
        63 + 16 * second + 128 * third
    }
}

/// The map of a table (a slot), or a dict if the table has no other form.
pub fn build(cx: &mut Ctx, table: Slot) -> Res<Slot> {
    let text = cx.get(table).as_str().unwrap_or_default();
    if let Some(map) = EncodingMap::of(text).filter(|_| !text.is_empty()) {
        return Ok(cx.new_of_native_class(map));
    }
    let dict = Dict::alloc(cx);
    for (byte, c) in text.chars().take(256).enumerate() {
        let bound = dict.set(cx, cx.uint(u64::from(u32::from(c))), cx.uint(byte as u64));
        debug_assert!(bound.is_ok(), "numbers hash without script code");
    }
    Ok(cx.root(Value::of(dict)))
}

natives! {
    pub static METHODS = {
        /// Return the size (in bytes) of this object
        fn size(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<EncodingMap>().map_or(0, EncodingMap::size))
        }
    }
}
