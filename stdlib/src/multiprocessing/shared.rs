//! Numbers that processes share: the words under `Value` and `Array`. A word holds an integer or the bits of a float, as its
//! `Kind` says; an integer that does not fit its C type loses its upper bits, as in C.

use std::sync::atomic::{AtomicU64, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::shared::SharedWords;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Native, NativeData};

/// What the words hold: bits of an integer and whether it has a sign, or a float.
#[derive(Clone, Copy)]
enum Kind {
    Int { bits: u8, signed: bool },
    Float { narrow: bool },
}

impl Kind {
    fn of(code: &str) -> Option<Kind> {
        let int = |bits, signed| Some(Kind::Int { bits, signed });
        match code {
            "b" => int(8, true),
            "B" | "c" => int(8, false),
            "h" => int(16, true),
            "H" => int(16, false),
            "i" => int(32, true),
            "I" | "u" => int(32, false),
            "l" | "q" => int(64, true),
            "L" | "Q" => int(64, false),
            "f" => Some(Kind::Float { narrow: true }),
            "d" => Some(Kind::Float { narrow: false }),
            _ => None,
        }
    }

    fn to_value(self, cx: &Ctx, word: u64) -> Slot {
        cx.root(match self {
            Kind::Float { .. } => cx.float(f64::from_bits(word)),
            Kind::Int { signed: false, .. } => cx.uint(word),
            Kind::Int { signed: true, .. } => cx.int(word as i64),
        })
    }

    fn to_word(self, cx: &Ctx, value: Slot) -> Res<u64> {
        let value = cx.get(value);
        let Kind::Int { bits, signed } = self else {
            let number = value.as_float().or_else(|| value.as_int().map(|int| int.to_f64()));
            let Some(number) = number else {
                return Err(cx.type_error(format!("must be real number, not {}", cx.type_name(value))));
            };
            let narrow = matches!(self, Kind::Float { narrow: true });
            return Ok(if narrow { f64::from(number as f32) } else { number }.to_bits());
        };
        let Some(number) = value.as_int() else {
            return Err(cx.type_error(format!("an integer is required (got type {})", cx.type_name(value))));
        };
        let low = number.to_i64().map_or_else(|| low_word(&number.to_big()), i64::cast_unsigned);
        let above = 64 - u32::from(bits);
        Ok(if signed { (((low << above) as i64) >> above) as u64 } else { low << above >> above })
    }
}

/// The low 64 bits in two's complement.
fn low_word(number: &dashu_int::IBig) -> u64 {
    let low = number.as_sign_words().1.first().copied().unwrap_or_default();
    if number.sign() == dashu_int::Sign::Negative { low.wrapping_neg() } else { low }
}

/// Shared words and what they hold.
pub struct Memory {
    code: u8,
    kind: Kind,
    words: SharedWords,
}

impl Memory {
    fn word(&self, index: i64) -> Option<&AtomicU64> {
        self.words.get(usize::try_from(index).ok()?)
    }
}

impl NativeData for Memory {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let memory = value.native::<Memory>()?;
            let [block, len] = memory.words.share().map(u32::to_le_bytes);
            Some(Saved { bytes: [&[memory.code][..], &block, &len].concat(), values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let [code, ids @ ..] = <[u8; 9]>::try_from(bytes).ok()?;
            let kind = Kind::of(char::from(code).encode_utf8(&mut [0; 4]))?;
            let (block, len) = ids.split_first_chunk::<4>()?;
            let words = SharedWords::adopt([*block, len.try_into().ok()?].map(u32::from_le_bytes));
            Some(Native::alloc(cx, birth, Memory { code, kind, words }))
        },
        fill: |_, _, _| {},
    });
}

natives! {
    /// Methods of shared memory.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, code: Slot, len: i64) -> Slot {
            let code = cx.get(code).as_str().unwrap_or_default();
            let (Some(kind), Some(first)) = (Kind::of(code), code.bytes().next()) else {
                return Err(cx.type_error("this type has no size"));
            };
            let words = u32::try_from(len).ok().and_then(SharedWords::new);
            let Some(words) = words else {
                return Err(cx.raise(Builtin::MemoryError, "the memory that processes share is used up"));
            };
            Ok(cx.new_native(cls, Memory { code: first, kind, words }))
        }
        call fn __len__(cx; self_: Slot) -> usize {
            Ok(cx.state::<Memory>(self_)?.words.len())
        }
        /// The number at an index, which must be in range.
        call fn get(cx; self_: Slot, index: i64) -> Slot {
            let memory = cx.state::<Memory>(self_)?;
            let word = memory.word(index).ok_or_else(|| cx.index_error("invalid index"))?.load(Ordering::Acquire);
            Ok(memory.kind.to_value(cx, word))
        }
        /// Set the number at an index, which must be in range.
        call fn set(cx; self_: Slot, index: i64, value: Slot) -> () {
            let memory = cx.state::<Memory>(self_)?;
            let word = memory.kind.to_word(cx, value)?;
            memory.word(index).ok_or_else(|| cx.index_error("invalid index"))?.store(word, Ordering::Release);
            Ok(())
        }
    }
}
