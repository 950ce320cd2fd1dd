//! Parameters of compressing and decompressing: their names, and dicts of them.

use std::sync::{Mutex, PoisonError};

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::ops::identity::identity;
use argil_interp::ops::mapping::entry_from;
use argil_interp::ops::number;
use argil_interp::service::Service;
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;
use argil_system::zstd;

/// The constant, the name in messages and the number of a parameter.
type Parameter = (&'static str, &'static str, i32);

/// The parameters of compressing.
pub const COMPRESS: [Parameter; 19] = [
    ("ZSTD_c_compressionLevel", "compression_level", 100),
    ("ZSTD_c_windowLog", "window_log", 101),
    ("ZSTD_c_hashLog", "hash_log", 102),
    ("ZSTD_c_chainLog", "chain_log", 103),
    ("ZSTD_c_searchLog", "search_log", 104),
    ("ZSTD_c_minMatch", "min_match", 105),
    ("ZSTD_c_targetLength", "target_length", 106),
    ("ZSTD_c_strategy", "strategy", 107),
    ("ZSTD_c_enableLongDistanceMatching", "enable_long_distance_matching", 160),
    ("ZSTD_c_ldmHashLog", "ldm_hash_log", 161),
    ("ZSTD_c_ldmMinMatch", "ldm_min_match", 162),
    ("ZSTD_c_ldmBucketSizeLog", "ldm_bucket_size_log", 163),
    ("ZSTD_c_ldmHashRateLog", "ldm_hash_rate_log", 164),
    ("ZSTD_c_contentSizeFlag", "content_size_flag", 200),
    ("ZSTD_c_checksumFlag", "checksum_flag", 201),
    ("ZSTD_c_dictIDFlag", "dict_id_flag", 202),
    ("ZSTD_c_nbWorkers", "nb_workers", 400),
    ("ZSTD_c_jobSize", "job_size", 401),
    ("ZSTD_c_overlapLog", "overlap_log", 402),
];

/// The parameters of decompressing.
pub const DECOMPRESS: [Parameter; 1] = [("ZSTD_d_windowLogMax", "window_log_max", 100)];

/// The number of the level of compression.
pub const LEVEL: i32 = 100;

/// The number of the count of threads of the library's own.
pub const WORKERS: i32 = 400;

/// Which parameters are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Compress,
    Decompress,
}

impl Kind {
    /// As messages have it.
    pub fn shown(self) -> &'static str {
        if self == Kind::Compress { "compression" } else { "decompression" }
    }

    fn table(self) -> &'static [Parameter] {
        if self == Kind::Compress { &COMPRESS } else { &DECOMPRESS }
    }
}

/// The classes of parameters that the library's module has, by identity: they are kept for the interpreter's life.
#[derive(Default)]
struct Types(Mutex<[Option<i64>; 2]>);

impl Service for Types {}

/// Sets the classes of the parameters of compressing and of decompressing.
pub fn set_types(cx: &Ctx, compress: Slot, decompress: Slot) {
    let both = [compress, decompress].map(|class| {
        cx.interp().keep(cx.get(class));
        Some(identity(cx.get(class)))
    });
    *cx.interp().service::<Types>().0.lock().unwrap_or_else(PoisonError::into_inner) = both;
}

/// The exception for a value that a parameter cannot have.
#[cold]
pub fn illegal(cx: &Ctx, kind: Kind, key: i32, value: i32) -> Raised {
    let shown = kind.shown();
    let known = kind.table().iter().find(|known| known.2 == key);
    let (Some((_, name, _)), Ok((low, high))) = (known, zstd::bounds(key, kind == Kind::Compress)) else {
        return cx.value_error(format!("invalid {shown} parameter 'unknown parameter (key {key})'"));
    };
    cx.value_error(format!(
        "{shown} parameter '{name}' received an illegal value {value}; the valid range is [{low}, {high}]"
    ))
}

fn int(cx: &mut Ctx, value: Slot) -> Res<i32> {
    let value = number::index(cx, value)?;
    let number = cx.index(cx.get(value))?.to_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

/// Gives each parameter of a dict and its value to `set`.
pub fn each(cx: &mut Ctx, options: Slot, kind: Kind, mut set: impl FnMut(&mut Ctx, i32, i32) -> Res<()>) -> Res<()> {
    let (key, value) = (cx.root(Value::NONE), cx.root(Value::NONE));
    let mut at = 0;
    while let Some(next) = entry_from(cx, options, at, key, value) {
        at = next;
        cx.scope(|cx| {
            let class = identity(Value::of(cx.class_of(cx.get(key))));
            let types = *cx.interp().service::<Types>().0.lock().unwrap_or_else(PoisonError::into_inner);
            let (other, name) = match kind {
                Kind::Compress => (types[1], "a DecompressionParameter"),
                Kind::Decompress => (types[0], "a CompressionParameter"),
            };
            if other == Some(class) {
                let shown = kind.shown();
                return Err(cx.type_error(format!("{shown} options dictionary key must not be {name} attribute")));
            }
            let (key, value) = (int(cx, key)?, int(cx, value)?);
            set(cx, key, value)
        })?;
    }
    Ok(())
}

/// A dict that may be missing; `None` the object is none.
pub struct Options(pub Option<Slot>);

impl FromSlot for Options {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, _index: usize) -> Res<Options> {
        let value = cx.get(slot);
        if value.is_none() {
            return Ok(Options(None));
        }
        if value.cast::<Dict>().is_none() {
            let class = if def.params.iter().any(|param| param.name == "level") {
                "ZstdCompressor"
            } else {
                "ZstdDecompressor"
            };
            let got = cx.type_name(value);
            return Err(cx.type_error(format!("{class}() argument 'options' must be dict, not {got}")));
        }
        Ok(Options(Some(slot)))
    }
}
