//! `ZstdDecompressor`.

use argil_interp::ctx::{Ctx, Raised, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use argil_system::zstd::{self, Failure};

use super::super::engine::{self, Decoder, Engine, Step};
use super::dictionary::{self, Use};
use super::parameters::{self, Kind, Options};
use super::raise;
use crate::off_lock::Shared;

/// A `ZstdDecompressor`.
struct Decompressor(Shared<Decoder<Decompress>>);

impl NativeData for Decompressor {}

/// Defines the class.
pub fn define(cx: &Ctx, module: Slot) {
    let methods = [NEW, METHODS];
    cx.define_native_class::<Decompressor>(module, &NativeClass::new("compression.zstd.ZstdDecompressor", &methods));
}

struct Decompress(zstd::Decompressor);

impl Engine for Decompress {
    type Error = Failure;

    const AT_END: &'static str = "Already at the end of a Zstandard frame.";

    fn step(&mut self, input: &mut &[u8], out: &mut [u8], _last: bool) -> Result<Step, Failure> {
        self.0.step(input, out).map(|(written, is_end)| Step { written, is_end })
    }

    fn recover(&mut self) {
        self.0.reset();
    }

    fn raise(cx: &Ctx, failure: Failure) -> Raised {
        raise(cx, failure, "Unable to decompress Zstandard data")
    }
}

engine::decompressor! { METHODS, Decompressor, Decompress }

natives! {
    static NEW = {
        static call fn __new__(cx; cls: Slot; zstd_dict: Option<Slot> = None, options: Options = Options(None)) -> Slot {
            let mut stream = zstd::Decompressor::new().ok_or_else(|| cx.memory_error())?;
            if let Some(dictionary) = zstd_dict {
                let (state, usage) = dictionary::given(cx, dictionary, Use::Ready)?;
                let dictionary = state.to_decompress(cx, usage)?;
                stream.set_dictionary(dictionary).map_err(|failure| dictionary::refused(cx, failure, "decompression"))?;
            }
            if let Some(options) = options.0 {
                parameters::each(cx, options, Kind::Decompress, |cx, key, value| {
                    stream.set(key, value).map_err(|_| parameters::illegal(cx, Kind::Decompress, key, value))
                })?;
            }
            cx.note_external(200_000);
            Ok(cx.new_native(cls, Decompressor(Shared::new(Decoder::new(Decompress(stream))))))
        }
    }
}
