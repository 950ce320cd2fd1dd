//! Filters as scripts give them: dicts.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::ops::item;
use argil_interp::ops::mapping::{dict_get, dict_set};
use argil_interp::types::bytes::buffer;
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;
use liblzma::stream::{Error, Filters, LzmaOptions, MatchFinder, Mode, PRESET_DEFAULT};

use super::{LzmaError, raise, unsigned, word};

pub const LZMA1: u64 = 0x4000_0000_0000_0001;
pub const LZMA2: u64 = 0x21;
pub const DELTA: u64 = 3;
pub const X86: u64 = 4;
pub const POWERPC: u64 = 5;
pub const IA64: u64 = 6;
pub const ARM: u64 = 7;
pub const ARM_THUMB: u64 = 8;
pub const SPARC: u64 = 9;

/// The most filters that the library takes.
const MOST: usize = 4;

/// A chain of filters.
pub struct Chain {
    /// The filters.
    pub filters: Filters,
    /// The options, if the only filter is LZMA1.
    pub only_lzma1: Option<LzmaOptions>,
}

/// What one filter is, and by which options it goes.
enum Filter {
    Lzma(u64, Lzma),
    Delta(u32),
    /// One for machine code, and where that begins.
    Code(u64, u32),
}

/// The options of LZMA.
struct Lzma {
    options: LzmaOptions,
    dict_size: u32,
    lc: u32,
    lp: u32,
    pb: u32,
}

/// The exception for a preset that there is not.
#[cold]
pub fn no_preset(cx: &Ctx, preset: u32) -> Raised {
    cx.raise_own::<LzmaError>(format!("Invalid compression preset: {preset}"))
}

/// What a filter has under a name.
fn entry(cx: &mut Ctx, filter: Slot, name: &str) -> Res<Option<Slot>> {
    let key = cx.root(cx.intern(name));
    dict_get(cx, filter, key)
}

/// The options of a filter by their names, in the order of `names`; what has others, or values of other types, is refused.
fn options<const N: usize>(cx: &mut Ctx, filter: Slot, names: [&str; N], kind: &str) -> Res<[Option<u32>; N]> {
    let mut found = [None; N];
    let mut count = 0;
    for (name, found) in names.iter().zip(&mut found) {
        if let Some(value) = entry(cx, filter, name)? {
            count += 1;
            match word(cx, value) {
                Ok(value) => *found = Some(value),
                Err(raised) => {
                    cx.catch(raised, Builtin::Exception)?;
                    return Err(wrong(cx, kind));
                }
            }
        }
    }
    // Beside these, it has its number, and may have a preset.
    let others = ["id", "preset"];
    for name in others.iter().take(if kind == "LZMA" { 2 } else { 1 }) {
        count += usize::from(entry(cx, filter, name)?.is_some());
    }
    let all = cx.get(filter).cast::<Dict>().map_or(0, |dict| dict.len(cx));
    if all == count { Ok(found) } else { Err(wrong(cx, kind)) }
}

#[cold]
fn wrong(cx: &Ctx, kind: &str) -> Raised {
    cx.value_error(format!("Invalid filter specifier for {kind} filter"))
}

fn lzma(cx: &mut Ctx, filter: Slot) -> Res<Lzma> {
    let preset = match entry(cx, filter, "preset")? {
        Some(preset) => word(cx, preset)?,
        None => PRESET_DEFAULT,
    };
    let mut made = LzmaOptions::new_preset(preset).map_err(|_| no_preset(cx, preset))?;
    let names = ["dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"];
    let [dict_size, lc, lp, pb, mode, nice_len, finder, depth] = options(cx, filter, names, "LZMA")?;
    dict_size.map(|size| made.dict_size(size));
    lc.map(|bits| made.literal_context_bits(bits));
    lp.map(|bits| made.literal_position_bits(bits));
    pb.map(|bits| made.position_bits(bits));
    nice_len.map(|len| made.nice_len(len));
    depth.map(|depth| made.depth(depth));
    match mode {
        None => {}
        Some(1) => _ = made.mode(Mode::Fast),
        Some(2) => _ = made.mode(Mode::Normal),
        Some(_) => return Err(raise(cx, Error::Options)),
    }
    let finder = match finder {
        None => None,
        Some(3) => Some(MatchFinder::HashChain3),
        Some(4) => Some(MatchFinder::HashChain4),
        Some(18) => Some(MatchFinder::BinaryTree2),
        Some(19) => Some(MatchFinder::BinaryTree3),
        Some(20) => Some(MatchFinder::BinaryTree4),
        Some(_) => return Err(raise(cx, Error::Options)),
    };
    finder.map(|finder| made.match_finder(finder));
    // As the library's presets have it.
    let level = preset & 31;
    let preset_size = match level {
        0 => 1 << 18,
        1 => 1 << 20,
        2 => 1 << 21,
        3 | 4 => 1 << 22,
        5 | 6 => 1 << 23,
        7 => 1 << 24,
        8 => 1 << 25,
        _ => 1 << 26,
    };
    let (dict_size, lc, lp, pb) = (dict_size.unwrap_or(preset_size), lc.unwrap_or(3), lp.unwrap_or(0), pb.unwrap_or(2));
    Ok(Lzma { options: made, dict_size, lc, lp, pb })
}

fn filter(cx: &mut Ctx, filter: Slot) -> Res<Filter> {
    if cx.get(filter).cast::<Dict>().is_none() {
        return Err(cx.type_error("Filter specifier must be a dict or dict-like object"));
    }
    let Some(id) = entry(cx, filter, "id")? else {
        return Err(cx.value_error("Filter specifier must have an \"id\" entry"));
    };
    match unsigned(cx, id, "lzma_vli")? {
        id @ (LZMA1 | LZMA2) => Ok(Filter::Lzma(id, lzma(cx, filter)?)),
        DELTA => {
            let [distance] = options(cx, filter, ["dist"], "delta")?;
            Ok(Filter::Delta(distance.unwrap_or(1)))
        }
        id @ X86..=SPARC => {
            let [start] = options(cx, filter, ["start_offset"], "BCJ")?;
            Ok(Filter::Code(id, start.unwrap_or(0)))
        }
        id => Err(cx.value_error(format!("Invalid filter ID: {id}"))),
    }
}

/// The properties of a filter, as containers have them; `None` if it cannot have these options.
fn properties(filter: &Filter) -> Option<Vec<u8>> {
    match filter {
        Filter::Lzma(LZMA1, lzma) => {
            if lzma.lc > 4 || lzma.lp > 4 || lzma.lc + lzma.lp > 4 || lzma.pb > 4 {
                return None;
            }
            let mut bytes = vec![((lzma.pb * 5 + lzma.lp) * 9 + lzma.lc) as u8];
            bytes.extend(lzma.dict_size.to_le_bytes());
            Some(bytes)
        }
        // The least of the sizes that the container knows.
        Filter::Lzma(_, lzma) => Some(vec![(0..40).find(|&code| lzma2_size(code) >= lzma.dict_size).unwrap_or(40)]),
        &Filter::Delta(distance) => (1..=256).contains(&distance).then(|| vec![(distance - 1) as u8]),
        Filter::Code(_, 0) => Some(Vec::new()),
        Filter::Code(_, start) => Some(start.to_le_bytes().to_vec()),
    }
}

/// The size of a dictionary that a number of at most 40 stands for.
fn lzma2_size(code: u8) -> u32 {
    if code >= 40 { u32::MAX } else { (2 | u32::from(code & 1)) << (code / 2 + 11) }
}

/// The filters of a sequence of dicts.
pub fn chain(cx: &mut Ctx, given: Slot) -> Res<Chain> {
    if cx.get(given).cast::<Dict>().is_some() {
        return Err(cx.type_error("dict is not a sequence"));
    }
    let count = item::len(cx, given)?;
    if count > MOST {
        return Err(cx.value_error(format!("Too many filters - liblzma supports a maximum of {MOST}")));
    }
    let mut chain = Chain { filters: Filters::new(), only_lzma1: None };
    for index in 0..count {
        let index = cx.root(cx.uint(index as u64));
        let given = item::get_item(cx, given, index)?;
        let filter = filter(cx, given)?;
        let bytes = match &filter {
            Filter::Lzma(..) => Vec::new(),
            filter => properties(filter).ok_or_else(|| raise(cx, Error::Options))?,
        };
        let filters = &mut chain.filters;
        let added = match filter {
            Filter::Lzma(LZMA1, lzma) => {
                filters.lzma1(&lzma.options);
                chain.only_lzma1 = (count == 1).then_some(lzma.options);
                Ok(())
            }
            Filter::Lzma(_, lzma) => {
                filters.lzma2(&lzma.options);
                Ok(())
            }
            Filter::Delta(_) => filters.delta_properties(&bytes).map(|_| ()),
            Filter::Code(X86, _) => filters.x86_properties(&bytes).map(|_| ()),
            Filter::Code(POWERPC, _) => filters.powerpc_properties(&bytes).map(|_| ()),
            Filter::Code(IA64, _) => filters.ia64_properties(&bytes).map(|_| ()),
            Filter::Code(ARM, _) => filters.arm_properties(&bytes).map(|_| ()),
            Filter::Code(ARM_THUMB, _) => filters.arm_thumb_properties(&bytes).map(|_| ()),
            Filter::Code(_, _) => filters.sparc_properties(&bytes).map(|_| ()),
        };
        added.map_err(|error| raise(cx, error))?;
    }
    Ok(chain)
}

/// The properties of a filter, as containers have them.
pub fn encode_properties(cx: &mut Ctx, given: Slot) -> Res<Vec<u8>> {
    let filter = filter(cx, given)?;
    properties(&filter).ok_or_else(|| raise(cx, Error::Program))
}

/// A filter as a dict, of its number and properties.
pub fn decode_properties(cx: &mut Ctx, id: u64, encoded: Slot) -> Res<Slot> {
    let bytes = buffer::look(cx, cx.get(encoded), |bytes| bytes.get(..bytes.len().min(6)).map(<[u8]>::to_vec))?;
    let bytes = bytes.unwrap_or_default();
    let options = match (id, &bytes[..]) {
        (LZMA1, &[packed @ ..=224, a, b, c, d]) => {
            let packed = u32::from(packed);
            let (lc, lp, pb) = (packed % 9, packed / 9 % 5, packed / 45);
            let size = u32::from_le_bytes([a, b, c, d]);
            // The library has no more bits for both.
            (lc + lp <= 4).then(|| vec![("lc", lc), ("lp", lp), ("pb", pb), ("dict_size", size)])
        }
        (LZMA2, &[code @ ..=40]) => Some(vec![("dict_size", lzma2_size(code))]),
        (DELTA, &[distance]) => Some(vec![("dist", u32::from(distance) + 1)]),
        (X86..=SPARC, []) => Some(Vec::new()),
        (X86..=SPARC, &[a, b, c, d]) => match u32::from_le_bytes([a, b, c, d]) {
            0 => Some(Vec::new()),
            start => Some(vec![("start_offset", start)]),
        },
        _ => None,
    };
    let Some(options) = options else { return Err(raise(cx, Error::Options)) };
    let dict = cx.root(Value::of(Dict::alloc(cx)));
    let number = cx.root(cx.uint(id));
    let name = cx.root(cx.intern("id"));
    dict_set(cx, dict, name, number)?;
    for (name, number) in options {
        let (name, number) = (cx.root(cx.intern(name)), cx.root(cx.uint(number.into())));
        dict_set(cx, dict, name, number)?;
    }
    Ok(dict)
}
