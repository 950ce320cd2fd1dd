//! Objects that compress piece by piece.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use libz_sys as z;

use super::stream::{Settings, Stream};
use super::work::{Failure, input, not_made, pump};
use crate::off_lock::Shared;

/// A `zlib.Compress`.
pub struct Compress(Shared<Stream>);

impl NativeData for Compress {}

fn object(cx: &Ctx, stream: Stream) -> Slot {
    cx.note_external(stream.footprint());
    cx.new_of_native_class(Compress(Shared::new(stream)))
}

/// A new one.
pub fn new(cx: &mut Ctx, settings: Settings, dictionary: Option<Slot>) -> Res<Slot> {
    let dictionary = dictionary.map(|given| input(cx, given)).transpose()?;
    let mut stream = Stream::deflate(settings).map_err(|code| not_made(cx, Failure::bare(code), "compression"))?;
    if dictionary.is_some_and(|dictionary| stream.set_dictionary(&dictionary) != z::Z_OK) {
        return Err(cx.value_error("Invalid dictionary"));
    }
    Ok(object(cx, stream))
}

fn stream(cx: &Ctx, this: Slot) -> Res<Shared<Stream>> {
    Ok(cx.state::<Compress>(this)?.0.alias())
}

fn copy(cx: &mut Ctx, this: Slot) -> Res<Slot> {
    match stream(cx, this)?.with(cx, Stream::copy) {
        Ok(copy) => Ok(object(cx, copy)),
        Err(z::Z_MEM_ERROR) => Err(cx.raise(Builtin::MemoryError, "Can't allocate memory for compression object")),
        Err(_) => Err(cx.value_error("Inconsistent stream state")),
    }
}

natives! {
    pub static METHODS = {
        /// Returns a bytes object containing compressed data.
        call fn compress(cx; self_: Slot, data: Slot) -> Slot {
            let stream = stream(cx, self_)?;
            let made = stream.with_bytes(cx, data, |stream, data| {
                let mut out = Vec::new();
                match pump(stream, &mut &*data, &mut out, usize::MAX, z::Z_NO_FLUSH, None)? {
                    z::Z_STREAM_ERROR => Err(Failure::of(stream, z::Z_STREAM_ERROR)),
                    _ => Ok(out),
                }
            })?;
            match made {
                Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
                Err(failure) => Err(failure.raise(cx, "while compressing data")),
            }
        }

        /// Return a bytes object containing any remaining compressed data.
        call fn flush(cx; self_: Slot, mode: i32 = z::Z_FINISH) -> Slot {
            let stream = stream(cx, self_)?;
            if mode == z::Z_NO_FLUSH {
                return Ok(cx.root(cx.bytes(b"")));
            }
            let made = stream.with(cx, |stream| {
                let mut out = Vec::new();
                match pump(stream, &mut &[][..], &mut out, usize::MAX, mode, None)? {
                    z::Z_STREAM_END if mode == z::Z_FINISH => match stream.end() {
                        z::Z_OK => Ok(out),
                        code => Err(Failure::of(stream, code)),
                    },
                    z::Z_OK | z::Z_BUF_ERROR => Ok(out),
                    code => Err(Failure::of(stream, code)),
                }
            });
            match made {
                Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
                Err(failure) => Err(failure.raise(cx, "while flushing")),
            }
        }

        /// Return a copy of the compression object.
        call fn copy(cx; self_: Slot) -> Slot { copy(cx, self_) }

        call fn __copy__(cx; self_: Slot) -> Slot { copy(cx, self_) }

        call fn __deepcopy__(cx; self_: Slot, memo: Slot) -> Slot { copy(cx, self_) }
    }
}
