//! `_lzma`, by the library of that name.

mod codec;
mod filters;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use liblzma::stream::{Check, Error, LzmaOptions, PRESET_DEFAULT, Stream, TELL_ANY_CHECK, TELL_NO_CHECK};

use super::engine::{self, Decoder, Encoder};
use crate::hashes::unsigned;
use crate::off_lock::Shared;
use codec::{Compress, Decompress};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_lzma", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `LZMAError`.
struct LzmaError;

/// A `LZMACompressor`.
struct Compressor(Shared<Encoder<Compress>>);

impl NativeData for Compressor {}

/// A `LZMADecompressor`.
struct Decompressor(Shared<Decoder<Decompress>>);

impl NativeData for Decompressor {}

const AUTO: i32 = 0;
const XZ: i32 = 1;
const ALONE: i32 = 2;
const RAW: i32 = 3;

/// What checks are called whose kind is not known yet.
const CHECK_UNKNOWN: u8 = 16;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<LzmaError>(module, "LZMAError", Builtin::Exception);
    let methods = [NEW_COMPRESSOR, COMPRESSOR];
    cx.define_native_class::<Compressor>(module, &NativeClass::new("LZMACompressor", &methods));
    let methods = [NEW_DECOMPRESSOR, DECOMPRESSOR, CHECK];
    cx.define_native_class::<Decompressor>(module, &NativeClass::new("LZMADecompressor", &methods));
    let cx: &Ctx = cx;
    let numbers = [
        ("FORMAT_AUTO", AUTO.into()),
        ("FORMAT_XZ", XZ.into()),
        ("FORMAT_ALONE", ALONE.into()),
        ("FORMAT_RAW", RAW.into()),
        ("CHECK_NONE", 0),
        ("CHECK_CRC32", 1),
        ("CHECK_CRC64", 4),
        ("CHECK_SHA256", 10),
        ("CHECK_ID_MAX", 15),
        ("CHECK_UNKNOWN", CHECK_UNKNOWN.into()),
        ("FILTER_LZMA1", filters::LZMA1 as i64),
        ("FILTER_LZMA2", filters::LZMA2 as i64),
        ("FILTER_DELTA", filters::DELTA as i64),
        ("FILTER_X86", filters::X86 as i64),
        ("FILTER_IA64", filters::IA64 as i64),
        ("FILTER_ARM", filters::ARM as i64),
        ("FILTER_ARMTHUMB", filters::ARM_THUMB as i64),
        ("FILTER_SPARC", filters::SPARC as i64),
        ("FILTER_POWERPC", filters::POWERPC as i64),
        ("MF_HC3", 3),
        ("MF_HC4", 4),
        ("MF_BT2", 18),
        ("MF_BT3", 19),
        ("MF_BT4", 20),
        ("MODE_FAST", 1),
        ("MODE_NORMAL", 2),
        ("PRESET_DEFAULT", i64::from(PRESET_DEFAULT)),
        ("PRESET_EXTREME", 1 << 31),
    ];
    for (name, number) in numbers {
        cx.define(module, name, cx.int(number));
    }
    Ok(())
}

/// The exception for an error of the library.
#[cold]
fn raise(cx: &Ctx, error: Error) -> Raised {
    let message = match error {
        Error::Mem => return cx.memory_error(),
        Error::UnsupportedCheck | Error::NoCheck => "Unsupported integrity check",
        Error::MemLimit => "Memory usage limit exceeded",
        Error::Format => "Input format not supported by decoder",
        Error::Options => "Invalid or unsupported options",
        Error::Data => "Corrupt input data",
        Error::Program => "Internal error",
    };
    cx.raise_own::<LzmaError>(message)
}

/// A check by its number.
fn check(cx: &Ctx, number: i32) -> Res<Check> {
    match number {
        0 => Ok(Check::None),
        1 => Ok(Check::Crc32),
        -1 | 4 => Ok(Check::Crc64),
        10 => Ok(Check::Sha256),
        1..=15 => Err(raise(cx, Error::UnsupportedCheck)),
        _ => Err(raise(cx, Error::Program)),
    }
}

/// A number of 32 bits.
fn word(cx: &mut Ctx, number: Slot) -> Res<u32> {
    let number = unsigned(cx, number, "uint32_t")?;
    u32::try_from(number).map_err(|_| cx.overflow_error("Python int too large for C uint32_t"))
}

/// A stream that compresses.
fn encoder(cx: &mut Ctx, format: i32, check_number: i32, preset: Option<Slot>, chain: Option<Slot>) -> Res<Stream> {
    if preset.is_some() && chain.is_some() {
        return Err(cx.value_error("Cannot specify both preset and filter chain"));
    }
    let preset = preset.map_or(Ok(PRESET_DEFAULT), |preset| word(cx, preset))?;
    let made = match format {
        XZ => {
            let chain = chain.map(|chain| filters::chain(cx, chain)).transpose()?;
            let check = check(cx, check_number)?;
            match chain {
                None => Stream::new_easy_encoder(preset, check),
                Some(chain) => Stream::new_stream_encoder(&chain.filters, check),
            }
        }
        ALONE => match chain {
            None => {
                let options = LzmaOptions::new_preset(preset).map_err(|_| filters::no_preset(cx, preset))?;
                Stream::new_lzma_encoder(&options)
            }
            Some(chain) => match filters::chain(cx, chain)?.only_lzma1 {
                Some(options) => Stream::new_lzma_encoder(&options),
                None => {
                    let message = "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter";
                    return Err(cx.value_error(message));
                }
            },
        },
        RAW => {
            let Some(chain) = chain else { return Err(cx.value_error("Must specify filters for FORMAT_RAW")) };
            Stream::new_raw_encoder(&filters::chain(cx, chain)?.filters)
        }
        _ => return Err(cx.value_error(format!("Invalid container format: {format}"))),
    };
    made.map_err(|error| raise(cx, error))
}

/// A stream that decompresses.
fn decoder(cx: &mut Ctx, format: i32, limit: Option<Slot>, chain: Option<Slot>) -> Res<Stream> {
    let most = match limit {
        Some(_) if format == RAW => return Err(cx.value_error("Cannot specify memory limit with FORMAT_RAW")),
        Some(limit) => unsigned(cx, limit, "uint64_t")?,
        None => u64::MAX,
    };
    if format == RAW && chain.is_none() {
        return Err(cx.value_error("Must specify filters for FORMAT_RAW"));
    }
    if format != RAW && chain.is_some() {
        return Err(cx.value_error("Cannot specify filters except with FORMAT_RAW"));
    }
    const FLAGS: u32 = TELL_ANY_CHECK | TELL_NO_CHECK;
    let made = match (format, chain) {
        (AUTO, _) => Stream::new_auto_decoder(most, FLAGS),
        (XZ, _) => Stream::new_stream_decoder(most, FLAGS),
        (ALONE, _) => Stream::new_lzma_decoder(most),
        (RAW, Some(chain)) => Stream::new_raw_decoder(&filters::chain(cx, chain)?.filters),
        _ => return Err(cx.value_error(format!("Invalid container format: {format}"))),
    };
    made.map_err(|error| raise(cx, error))
}

engine::compressor! { COMPRESSOR, Compressor, Compress }
engine::decompressor! { DECOMPRESSOR, Decompressor, Decompress }

natives! {
    static NEW_COMPRESSOR = {
        static call fn __new__(
            cx; cls: Slot; format: i32 = XZ, check: i32 = -1, preset: Option<Slot> = None, filters: Option<Slot> = None
        ) -> Slot {
            let is_both = preset.is_some() && filters.is_some();
            if !is_both && format != XZ && check != -1 && check != 0 {
                return Err(cx.value_error("Integrity checks are only supported by FORMAT_XZ"));
            }
            let stream = encoder(cx, format, check, preset, filters)?;
            // What the usual preset needs.
            cx.note_external(90 << 20);
            Ok(cx.new_native(cls, Compressor(Shared::new(Encoder::new(Compress(stream))))))
        }
    }
}

natives! {
    static NEW_DECOMPRESSOR = {
        static call fn __new__(
            cx; cls: Slot; format: i32 = AUTO, memlimit: Option<Slot> = None, filters: Option<Slot> = None
        ) -> Slot {
            let stream = decoder(cx, format, memlimit, filters)?;
            cx.note_external(9 << 20);
            let check = if format == ALONE || format == RAW { 0 } else { CHECK_UNKNOWN };
            Ok(cx.new_native(cls, Decompressor(Shared::new(Decoder::new(Decompress::new(stream, check))))))
        }
    }
}

natives! {
    static CHECK = {
        /// ID of the integrity check used by the input stream.
        get call fn check(cx; self_: Slot) -> i64 {
            let shared = cx.state::<Decompressor>(self_)?.0.alias();
            Ok(shared.short(cx, |state| state.engine.check.into()))
        }
    }
}

natives! {
    static FUNCTIONS = {
        /// Test whether the given integrity check is supported.
        fn is_check_supported(cx; check_id: i32) -> bool { Ok([0, 1, 4, 10].contains(&check_id)) }

        /// Return a bytes object encoding the options (properties) of the filter specified by *filter* (a dict).
        call fn _encode_filter_properties(cx; filter: Slot) -> Slot {
            let properties = filters::encode_properties(cx, filter)?;
            Ok(cx.root(cx.bytes(&properties)))
        }

        /// Return a dict describing a filter whose options are encoded.
        call fn _decode_filter_properties(cx; filter_id: Slot, encoded_props: Slot) -> Slot {
            let id = unsigned(cx, filter_id, "lzma_vli")?;
            filters::decode_properties(cx, id, encoded_props)
        }
    }
}
