//! `_bz2`, by a library that gives the same to the byte as that of C.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use bzip2::{Action, Compression, Status};

use super::engine::{self, Decoder, Encoder, Engine, Step};
use crate::off_lock::Shared;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_bz2", source: ModuleSource::Native { functions: &[], init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let methods = [NEW_COMPRESSOR, COMPRESSOR];
    cx.define_native_class::<Compressor>(module, &NativeClass::new("BZ2Compressor", &methods));
    let methods = [NEW_DECOMPRESSOR, DECOMPRESSOR];
    cx.define_native_class::<Decompressor>(module, &NativeClass::new("BZ2Decompressor", &methods));
    Ok(())
}

/// A `BZ2Compressor`.
struct Compressor(Shared<Encoder<Compress>>);

impl NativeData for Compressor {}

/// A `BZ2Decompressor`.
struct Decompressor(Shared<Decoder<Decompress>>);

impl NativeData for Decompressor {}

struct Compress(bzip2::Compress);

struct Decompress(bzip2::Decompress);

/// What may go wrong; nothing does when compressing.
enum Failure {
    Memory,
    Data,
    Sequence,
}

impl From<bzip2::Error> for Failure {
    fn from(error: bzip2::Error) -> Failure {
        match error {
            bzip2::Error::Data | bzip2::Error::DataMagic => Failure::Data,
            bzip2::Error::Sequence | bzip2::Error::Param => Failure::Sequence,
        }
    }
}

#[cold]
fn raise(cx: &Ctx, failure: Failure) -> Raised {
    match failure {
        Failure::Memory => cx.memory_error(),
        Failure::Data => cx.raise(Builtin::OSError, "Invalid data stream"),
        Failure::Sequence => cx.runtime_error("Invalid sequence of commands sent to libbzip2"),
    }
}

/// The most bytes that the library takes or gives at once.
const MOST: usize = u32::MAX as usize;

/// Takes off `input` what was used.
fn take(input: &mut &[u8], used: u64) {
    *input = input.get(used as usize..).unwrap_or_default();
}

impl Engine for Compress {
    type Error = Failure;

    fn step(&mut self, input: &mut &[u8], out: &mut [u8], last: bool) -> Result<Step, Failure> {
        let action = if last && input.len() <= MOST { Action::Finish } else { Action::Run };
        let (read, wrote) = (self.0.total_in(), self.0.total_out());
        let status = self.0.compress(input, out, action)?;
        take(input, self.0.total_in() - read);
        let written = (self.0.total_out() - wrote) as usize;
        Ok(Step { written, is_end: status == Status::StreamEnd })
    }

    fn raise(cx: &Ctx, failure: Failure) -> Raised {
        raise(cx, failure)
    }
}

impl Engine for Decompress {
    type Error = Failure;

    const AT_END: &'static str = "End of stream already reached";
    const HOLDS_BACK: bool = false;
    const BREAKS: bool = true;

    fn step(&mut self, input: &mut &[u8], out: &mut [u8], _last: bool) -> Result<Step, Failure> {
        let (read, wrote) = (self.0.total_in(), self.0.total_out());
        // The library looks at whether it gets its memory, which is Rust's.
        let status = memory::fallibly(|| self.0.decompress(input, out))?;
        take(input, self.0.total_in() - read);
        let written = (self.0.total_out() - wrote) as usize;
        match status {
            Status::MemNeeded => Err(Failure::Memory),
            status => Ok(Step { written, is_end: status == Status::StreamEnd }),
        }
    }

    fn raise(cx: &Ctx, failure: Failure) -> Raised {
        raise(cx, failure)
    }
}

engine::compressor! { COMPRESSOR, Compressor, Compress }
engine::decompressor! { DECOMPRESSOR, Decompressor, Decompress }

natives! {
    static NEW_COMPRESSOR = {
        static call fn __new__(cx; cls: Slot, compresslevel: i32 = 9) -> Slot {
            let Some(level) = u32::try_from(compresslevel).ok().filter(|level| (1..=9).contains(level)) else {
                return Err(cx.value_error("compresslevel must be between 1 and 9"));
            };
            // As its manual has it; the crate panics if that is not there.
            let footprint = 400_000 + 8 * 100_000 * level as usize;
            drop(memory::buffer::<u8>(footprint));
            let engine = memory::fallibly(|| bzip2::Compress::new(Compression::new(level), 0));
            cx.note_external(footprint);
            Ok(cx.new_native(cls, Compressor(Shared::new(Encoder::new(Compress(engine))))))
        }
    }
}

natives! {
    static NEW_DECOMPRESSOR = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            drop(memory::buffer::<u8>(100_000));
            let engine = memory::fallibly(|| bzip2::Decompress::new(false));
            // What a stream of the highest level needs.
            cx.note_external(3_700_000);
            Ok(cx.new_native(cls, Decompressor(Shared::new(Decoder::new(Decompress(engine))))))
        }
    }
}
