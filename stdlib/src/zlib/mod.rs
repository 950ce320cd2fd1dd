//! `zlib`: compression, by the library of that name, so that what comes out is the same to the byte as CPython's. All work is
//! done off the lock; an object works for one thread at a time.
#![expect(non_snake_case, reason = "scripts may give arguments by name")]

mod compress;
mod decompress;
mod decompressor;
mod stream;
mod work;

use std::ffi::c_int;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::types::bytes::buffer::{self, Buffer};
use argil_interp::types::int::Int;
use libz_sys as z;

use crate::binascii::{crc32, low_bits};
use compress::Compress;
use decompress::Decompress;
use decompressor::Decompressor;
use stream::{Settings, Stream, adler32, version};
use work::{Failure, pump};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "zlib", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `zlib.error`.
struct ZlibError;

/// The largest window, as a power of two, and the header of zlib.
const MAX_WBITS: c_int = 15;

/// How much memory is used where nobody says.
const MEM_LEVEL: c_int = 8;

/// How much room for the result CPython begins with.
const BUFFER: i64 = 16 << 10;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<ZlibError>(module, "error", Builtin::Exception);
    cx.define_native_class::<Compress>(module, &NativeClass::nameless("Compress", &[compress::METHODS]));
    cx.define_native_class::<Decompress>(module, &NativeClass::nameless("Decompress", &[decompress::METHODS]));
    let methods = [decompressor::METHODS];
    cx.define_native_class::<Decompressor>(module, &NativeClass::new("_ZlibDecompressor", &methods));
    let cx: &Ctx = cx;
    let numbers = [
        ("MAX_WBITS", MAX_WBITS),
        ("DEFLATED", z::Z_DEFLATED),
        ("DEF_MEM_LEVEL", MEM_LEVEL),
        ("DEF_BUF_SIZE", BUFFER as c_int),
        ("Z_NO_COMPRESSION", z::Z_NO_COMPRESSION),
        ("Z_BEST_SPEED", z::Z_BEST_SPEED),
        ("Z_BEST_COMPRESSION", z::Z_BEST_COMPRESSION),
        ("Z_DEFAULT_COMPRESSION", z::Z_DEFAULT_COMPRESSION),
        ("Z_FILTERED", z::Z_FILTERED),
        ("Z_HUFFMAN_ONLY", z::Z_HUFFMAN_ONLY),
        ("Z_RLE", z::Z_RLE),
        ("Z_FIXED", z::Z_FIXED),
        ("Z_DEFAULT_STRATEGY", z::Z_DEFAULT_STRATEGY),
        ("Z_NO_FLUSH", z::Z_NO_FLUSH),
        ("Z_PARTIAL_FLUSH", z::Z_PARTIAL_FLUSH),
        ("Z_SYNC_FLUSH", z::Z_SYNC_FLUSH),
        ("Z_FULL_FLUSH", z::Z_FULL_FLUSH),
        ("Z_FINISH", z::Z_FINISH),
        ("Z_BLOCK", z::Z_BLOCK),
        ("Z_TREES", z::Z_TREES),
    ];
    for (name, number) in numbers {
        cx.define(module, name, cx.int(i64::from(number)));
    }
    // The library is built in: what it was compiled against is what runs.
    for (name, text) in [("ZLIB_VERSION", version()), ("ZLIB_RUNTIME_VERSION", version()), ("__version__", "1.0")] {
        cx.define(module, name, cx.str(text));
    }
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Compute an Adler-32 checksum of data.
        fn adler32(cx; data: Buffer<'h>, value: Int<'h> = Int::Small(1)) -> i64 {
            Ok(i64::from(adler32(low_bits(value), &data)))
        }

        /// Compute a CRC-32 checksum of data.
        fn crc32(cx; data: Buffer<'h>, value: Int<'h> = Int::Small(0)) -> i64 {
            Ok(i64::from(crc32(low_bits(value), &data)))
        }

        /// Returns a bytes object containing compressed data.
        call fn compress(cx; data: Slot; level: i32 = z::Z_DEFAULT_COMPRESSION, wbits: i32 = MAX_WBITS) -> Slot {
            const DOING: &str = "while compressing data";
            let strategy = z::Z_DEFAULT_STRATEGY;
            let settings = Settings { level, method: z::Z_DEFLATED, wbits, mem_level: MEM_LEVEL, strategy };
            let made = buffer::detached(cx, data, |data| {
                let mut stream = Stream::deflate(settings).map_err(Failure::bare)?;
                let mut out = Vec::new();
                match pump(&mut stream, &mut &*data, &mut out, usize::MAX, z::Z_FINISH, None)? {
                    z::Z_STREAM_END => Ok(out),
                    code => Err(Failure::of(&stream, code)),
                }
            })?;
            match made {
                Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
                Err(failure) if failure.code == z::Z_STREAM_ERROR => {
                    Err(cx.raise_own::<ZlibError>("Bad compression level"))
                }
                Err(failure) => Err(failure.raise(cx, DOING)),
            }
        }

        /// Returns a bytes object containing the uncompressed data.
        call fn decompress(cx; data: Slot; wbits: i32 = MAX_WBITS, bufsize: i64 = BUFFER) -> Slot {
            if bufsize < 0 {
                return Err(cx.value_error("bufsize must be non-negative"));
            }
            let Ok(mut out) = memory::attempt(|| memory::buffer(bufsize as usize)) else {
                return Err(cx.raise(Builtin::MemoryError, "Unable to allocate output buffer."));
            };
            let made = buffer::detached(cx, data, |data| {
                let preparing = |(stream, code): (Stream, c_int)| ("while preparing to decompress data", Failure::of(&stream, code));
                let mut stream = Stream::inflate(wbits).map_err(preparing)?;
                let doing = "while decompressing data";
                let done = pump(&mut stream, &mut &*data, &mut out, usize::MAX, z::Z_FINISH, None);
                match done.map_err(|failure| (doing, failure))? {
                    z::Z_STREAM_END => Ok(out),
                    code => Err((doing, Failure::of(&stream, code))),
                }
            })?;
            match made {
                Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
                Err((doing, failure)) => Err(failure.raise(cx, doing)),
            }
        }

        /// Return a compressor object.
        call fn compressobj(
            cx; ; level: i32 = z::Z_DEFAULT_COMPRESSION, method: i32 = z::Z_DEFLATED, wbits: i32 = MAX_WBITS,
            memLevel: i32 = MEM_LEVEL, strategy: i32 = z::Z_DEFAULT_STRATEGY,
            zdict: GivenSlot = GivenSlot(None)
        ) -> Slot {
            compress::new(cx, Settings { level, method, wbits, mem_level: memLevel, strategy }, zdict.0)
        }

        /// Return a decompressor object.
        call fn decompressobj(
            cx; ; wbits: i32 = MAX_WBITS, zdict: GivenSlot = GivenSlot(None)
        ) -> Slot {
            decompress::new(cx, wbits, zdict.0)
        }
    }
}
