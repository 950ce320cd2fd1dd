//! `_zstd`, by the library of that name.

mod compressor;
mod decompressor;
mod dictionary;
mod parameters;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::bytes::Bytes;
use argil_interp::types::bytes::buffer;
use argil_interp::types::class::Class;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::zstd::{self, Failure};

use parameters::Kind;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_zstd", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `ZstdError`.
struct ZstdError;

/// How much a reader should make room for at once, in bytes: the most that one block can hold.
const OUT_SIZE: i64 = 128 << 10;

const DEFAULT_LEVEL: i32 = 3;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    dictionary::define(cx, module);
    compressor::define(cx, module);
    decompressor::define(cx, module);
    cx.define_exception::<ZstdError>(module, "compression.zstd.ZstdError", Builtin::Exception);
    let cx: &Ctx = cx;
    cx.define(module, "zstd_version_number", cx.uint(zstd::version_number().into()));
    cx.define(module, "zstd_version", cx.str(zstd::version()));
    cx.define(module, "ZSTD_CLEVEL_DEFAULT", cx.int(DEFAULT_LEVEL.into()));
    cx.define(module, "ZSTD_DStreamOutSize", cx.int(OUT_SIZE));
    for (constant, _, number) in parameters::COMPRESS.iter().chain(&parameters::DECOMPRESS) {
        cx.define(module, constant, cx.int((*number).into()));
    }
    let strategies = ["fast", "dfast", "greedy", "lazy", "lazy2", "btlazy2", "btopt", "btultra", "btultra2"];
    for (strategy, number) in strategies.iter().zip(1..) {
        cx.define(module, &format!("ZSTD_{strategy}"), cx.int(number));
    }
    Ok(())
}

/// The exception for an error of the library, which came while doing what is said.
#[cold]
fn raise(cx: &Ctx, failure: Failure, doing: &str) -> Raised {
    if failure.is_memory() {
        return cx.memory_error();
    }
    cx.raise_own::<ZstdError>(format!("{doing}: {}", failure.message()))
}

/// What dictionaries are made of.
struct Samples {
    bytes: Vec<u8>,
    sizes: Vec<usize>,
}

/// The bytes of an argument, by its place.
fn bytes_argument(cx: &Ctx, value: Slot, function: &str, place: usize) -> Res<Vec<u8>> {
    let value = cx.get(value);
    let bytes = value.cast::<Bytes>().map(|bytes| memory::copy(bytes.as_slice()));
    bytes.ok_or_else(|| {
        cx.type_error(format!("{function}() argument {place} must be bytes, not {}", cx.type_name(value)))
    })
}

fn samples(cx: &Ctx, bytes: Vec<u8>, sizes: Slot, function: &str, place: usize) -> Res<Samples> {
    let value = cx.get(sizes);
    let Some(tuple) = value.cast::<Tuple>() else {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("{function}() argument {place} must be tuple, not {got}")));
    };
    let mismatch = || cx.value_error("The samples size tuple doesn't match the concatenation's size.");
    let mut numbers = memory::buffer(tuple.len());
    let mut total = 0_usize;
    for size in tuple.iter(cx) {
        let size = size.as_int().ok_or_else(|| cx.type_error("an integer is required"))?;
        let size = size.to_i64().and_then(|size| usize::try_from(size).ok()).ok_or_else(mismatch)?;
        total = total.checked_add(size).ok_or_else(mismatch)?;
        numbers.push(size);
    }
    if total != bytes.len() {
        return Err(mismatch());
    }
    Ok(Samples { bytes, sizes: numbers })
}

/// The room that a dictionary may take.
fn room(cx: &Ctx, size: i64) -> Res<Vec<u8>> {
    match usize::try_from(size) {
        Ok(size) if size > 0 => Ok(memory::zeros(size)),
        _ => Err(cx.value_error("dict_size argument should be positive number.")),
    }
}

/// The object for a dictionary that was made.
fn made(cx: &mut Ctx, out: &[u8], len: Result<usize, Failure>, doing: &str) -> Res<Slot> {
    match len {
        Ok(len) => cx.with_memory(|cx| cx.root(cx.bytes(&out[..len]))),
        Err(failure) => Err(raise(cx, failure, doing)),
    }
}

/// A class, or the error that an argument is none.
fn class_argument(cx: &Ctx, value: Slot, name: &str) -> Res<()> {
    let value = cx.get(value);
    if value.cast::<Class>().is_some() {
        return Ok(());
    }
    let got = cx.type_name(value);
    Err(cx.type_error(format!("set_parameter_types() argument '{name}' must be type, not {got}")))
}

natives! {
    static FUNCTIONS = {
        /// Train a Zstandard dictionary on sample data.
        call fn train_dict(cx; samples_bytes: Slot, samples_sizes: Slot, dict_size: i64) -> Slot {
            let bytes = bytes_argument(cx, samples_bytes, "train_dict", 1)?;
            let samples = samples(cx, bytes, samples_sizes, "train_dict", 2)?;
            let mut out = room(cx, dict_size)?;
            let len = cx.detached(|| zstd::train(&mut out, &samples.bytes, &samples.sizes));
            made(cx, &out, len, "Unable to train the Zstandard dictionary")
        }

        /// Finalize a Zstandard dictionary.
        call fn finalize_dict(
            cx; custom_dict_bytes: Slot, samples_bytes: Slot, samples_sizes: Slot, dict_size: i64, compression_level: i32
        ) -> Slot {
            let content = bytes_argument(cx, custom_dict_bytes, "finalize_dict", 1)?;
            let bytes = bytes_argument(cx, samples_bytes, "finalize_dict", 2)?;
            let samples = samples(cx, bytes, samples_sizes, "finalize_dict", 3)?;
            let mut out = room(cx, dict_size)?;
            let level = compression_level;
            let len = cx.detached(|| zstd::finalize(&mut out, &content, &samples.bytes, &samples.sizes, level));
            made(cx, &out, len, "Unable to finalize the Zstandard dictionary")
        }

        /// Get CompressionParameter/DecompressionParameter bounds.
        fn get_param_bounds(cx; ; parameter: i32, is_compress: bool) -> Value<'h> {
            let kind = if is_compress { Kind::Compress } else { Kind::Decompress };
            match zstd::bounds(parameter, is_compress) {
                Ok((low, high)) => Ok(cx.tuple(&[cx.int(low.into()), cx.int(high.into())])),
                Err(failure) => {
                    let doing = format!("Unable to get zstd {} parameter bounds", kind.shown());
                    Err(raise(cx, failure, &doing))
                }
            }
        }

        /// Get the size of a Zstandard frame, including the header and optional checksum.
        call fn get_frame_size(cx; ; frame_buffer: Slot) -> usize {
            let size = buffer::look(cx, cx.get(frame_buffer), zstd::frame_size)?;
            size.map_err(|failure| {
                cx.raise_own::<ZstdError>(format!(
                    "Error when finding the compressed size of a Zstandard frame. Ensure the frame_buffer argument starts \
                     from the beginning of a frame, and its length is not less than this complete frame. Zstd error \
                     message: {}.",
                    failure.message()
                ))
            })
        }

        /// Get Zstandard frame infomation from a frame header.
        call fn get_frame_info(cx; ; frame_buffer: Slot) -> Slot {
            let info = buffer::look(cx, cx.get(frame_buffer), zstd::frame_info)?;
            let cx: &Ctx = cx;
            let Some((size, dictionary)) = info else {
                return Err(cx.raise_own::<ZstdError>(
                    "Error when getting information from the header of a Zstandard frame. Ensure the frame_buffer argument \
                     starts from the beginning of a frame, and its length is not less than the frame header (6~18 bytes).",
                ));
            };
            let size = size.map_or(Value::NONE, |size| cx.uint(size));
            Ok(cx.root(cx.tuple(&[size, cx.uint(dictionary.into())])))
        }

        /// Set CompressionParameter and DecompressionParameter types for validity check.
        call fn set_parameter_types(cx; ; c_parameter_type: Slot, d_parameter_type: Slot) -> () {
            class_argument(cx, c_parameter_type, "c_parameter_type")?;
            class_argument(cx, d_parameter_type, "d_parameter_type")?;
            parameters::set_types(cx, c_parameter_type, d_parameter_type);
            Ok(())
        }
    }
}
