//! `_ZlibDecompressor`: as the decompressors of the other kinds of compression are, for `gzip`. It keeps what a limit leaves.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use libz_sys as z;

use super::MAX_WBITS;
use super::stream::Stream;
use super::work::{Failure, SETTING, input, not_made, pump, set_dictionary};
use crate::off_lock::Shared;

/// A `zlib._ZlibDecompressor`.
pub struct Decompressor(Shared<State>);

impl NativeData for Decompressor {}

struct State {
    stream: Stream,
    dictionary: Option<Vec<u8>>,
    /// What was not looked at because of a limit.
    pending: Vec<u8>,
    /// What lay behind the end of the compressed data.
    unused: Vec<u8>,
    eof: bool,
    needs_input: bool,
}

/// Why nothing came out.
enum Wrong {
    AtEnd,
    Failed(&'static str, Failure),
}

impl State {
    fn work(&mut self, data: &[u8], limit: usize) -> Result<Vec<u8>, Wrong> {
        if self.eof {
            return Err(Wrong::AtEnd);
        }
        let mut input = std::mem::take(&mut self.pending);
        memory::reserve(&mut input, data.len());
        input.extend_from_slice(data);
        let (mut out, mut rest) = (Vec::new(), &input[..]);
        let done = pump(&mut self.stream, &mut rest, &mut out, limit, z::Z_SYNC_FLUSH, self.dictionary.as_deref());
        let code = done.map_err(|failure| Wrong::Failed(SETTING, failure))?;
        if !matches!(code, z::Z_OK | z::Z_BUF_ERROR | z::Z_STREAM_END) {
            return Err(Wrong::Failed("while decompressing data", Failure::of(&self.stream, code)));
        }
        self.eof = code == z::Z_STREAM_END;
        self.needs_input = !self.eof && rest.is_empty();
        *if self.eof { &mut self.unused } else { &mut self.pending } = memory::copy(rest);
        Ok(out)
    }
}

fn with<R>(cx: &mut Ctx, this: Slot, work: impl FnOnce(&mut State) -> R) -> Res<R> {
    let shared = cx.state::<Decompressor>(this)?.0.alias();
    Ok(shared.with(cx, work))
}

natives! {
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot; wbits: i32 = MAX_WBITS, zdict: GivenSlot = GivenSlot(None)) -> Slot {
            let dictionary = zdict.0.map(|given| input(cx, given)).transpose()?;
            let made = Stream::inflate(wbits).map_err(|(stream, code)| Failure::of(&stream, code));
            let mut stream = made.map_err(|failure| not_made(cx, failure, "decompression"))?;
            if let Some(dictionary) = dictionary.as_deref().filter(|_| wbits < 0) {
                set_dictionary(&mut stream, dictionary).map_err(|failure| failure.raise(cx, SETTING))?;
            }
            cx.note_external(stream.footprint());
            let (pending, unused) = (Vec::new(), Vec::new());
            let state = State { stream, dictionary, pending, unused, eof: false, needs_input: true };
            Ok(cx.new_native(cls, Decompressor(Shared::new(state))))
        }

        /// Decompress *data*, returning uncompressed data as bytes.
        call fn decompress(cx; self_: Slot; data: Slot, max_length: i64 = -1) -> Slot {
            let limit = usize::try_from(max_length).unwrap_or(usize::MAX);
            let shared = cx.state::<Decompressor>(self_)?.0.alias();
            match shared.with_bytes(cx, data, |state, data| state.work(data, limit))? {
                Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
                Err(Wrong::AtEnd) => Err(cx.raise(Builtin::EOFError, "End of stream already reached")),
                Err(Wrong::Failed(doing, failure)) => Err(failure.raise(cx, doing)),
            }
        }

        /// What lay behind the end of the compressed data.
        get call fn unused_data(cx; self_: Slot) -> Vec<u8> { with(cx, self_, |state| memory::copy(&state.unused)) }

        /// Whether the end of the compressed data was reached.
        get call fn eof(cx; self_: Slot) -> bool { with(cx, self_, |state| state.eof) }

        /// Whether more input is needed before anything more can come out.
        get call fn needs_input(cx; self_: Slot) -> bool { with(cx, self_, |state| state.needs_input) }
    }
}
