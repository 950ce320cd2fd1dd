//! Objects that decompress piece by piece.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::native::NativeData;
use libz_sys as z;

use super::BUFFER;
use super::stream::Stream;
use super::work::{Failure, SETTING, input, not_made, pump, set_dictionary};
use crate::off_lock::Shared;

/// A `zlib.Decompress`.
pub struct Decompress(Shared<State>);

impl NativeData for Decompress {}

struct State {
    stream: Stream,
    /// Whether the stream's state is still there: flushing gives it back at the end of the data.
    is_live: bool,
    dictionary: Option<Vec<u8>>,
    /// What lay behind the end of the compressed data.
    unused: Vec<u8>,
    /// What was not looked at because of a limit.
    tail: Vec<u8>,
    eof: bool,
}

/// What went wrong, and while doing what.
type Wrong = (&'static str, Failure);

const DECOMPRESSING: &str = "while decompressing data";

impl State {
    /// Decompresses `input` until so many bytes have come out.
    fn work(&mut self, input: &[u8], limit: usize, last: i32) -> Result<Vec<u8>, Wrong> {
        let (mut out, mut rest) = (Vec::new(), input);
        // A dictionary is asked for at the beginning, and nothing begins with flushing.
        let dictionary = self.dictionary.as_deref().filter(|_| last != z::Z_FINISH);
        let done = pump(&mut self.stream, &mut rest, &mut out, limit, last, dictionary);
        let code = done.map_err(|failure| (SETTING, failure))?;
        if code == z::Z_STREAM_END {
            memory::reserve(&mut self.unused, rest.len());
            self.unused.extend_from_slice(rest);
            rest = &[];
            self.eof = true;
        }
        self.tail = memory::copy(rest);
        match code {
            z::Z_OK | z::Z_BUF_ERROR | z::Z_STREAM_END => Ok(out),
            code => Err((DECOMPRESSING, Failure::of(&self.stream, code))),
        }
    }

    /// Decompresses what was left, and gives the stream's state back if that is the end.
    fn flush(&mut self) -> Result<Vec<u8>, Wrong> {
        if !self.is_live {
            return Ok(Vec::new());
        }
        let tail = std::mem::take(&mut self.tail);
        let out = self.work(&tail, usize::MAX, z::Z_FINISH)?;
        if self.eof {
            self.is_live = false;
            match self.stream.end() {
                z::Z_OK => {}
                code => return Err(("while finishing decompression", Failure::of(&self.stream, code))),
            }
        }
        Ok(out)
    }

    fn copy(&mut self) -> Result<State, i32> {
        Ok(State {
            stream: self.stream.copy()?,
            is_live: true,
            dictionary: self.dictionary.as_deref().map(memory::copy),
            unused: memory::copy(&self.unused),
            tail: memory::copy(&self.tail),
            eof: self.eof,
        })
    }
}

fn object(cx: &Ctx, state: State) -> Slot {
    cx.note_external(state.stream.footprint());
    cx.new_of_native_class(Decompress(Shared::new(state)))
}

/// A new one.
pub fn new(cx: &mut Ctx, wbits: i32, dictionary: Option<Slot>) -> Res<Slot> {
    if dictionary.is_some_and(|given| ByteArray::look(cx.get(given), |_| ()).is_none()) {
        return Err(cx.type_error("zdict argument must support the buffer protocol"));
    }
    let dictionary = dictionary.map(|given| input(cx, given)).transpose()?;
    let made = Stream::inflate(wbits).map_err(|(stream, code)| Failure::of(&stream, code));
    let mut stream = made.map_err(|failure| not_made(cx, failure, "decompression"))?;
    // A stream without header does not ask.
    if let Some(dictionary) = dictionary.as_deref().filter(|_| wbits < 0) {
        set_dictionary(&mut stream, dictionary).map_err(|failure| failure.raise(cx, SETTING))?;
    }
    let state = State { stream, is_live: true, dictionary, unused: Vec::new(), tail: Vec::new(), eof: false };
    Ok(object(cx, state))
}

fn with<R>(cx: &mut Ctx, this: Slot, work: impl FnOnce(&mut State) -> R) -> Res<R> {
    let shared = cx.state::<Decompress>(this)?.0.alias();
    Ok(shared.with(cx, work))
}

fn finish(cx: &mut Ctx, made: Result<Vec<u8>, Wrong>) -> Res<Slot> {
    match made {
        Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
        Err((doing, failure)) => Err(failure.raise(cx, doing)),
    }
}

fn copy(cx: &mut Ctx, this: Slot) -> Res<Slot> {
    match with(cx, this, State::copy)? {
        Ok(copy) => Ok(object(cx, copy)),
        Err(z::Z_MEM_ERROR) => Err(cx.raise(Builtin::MemoryError, "Can't allocate memory for decompression object")),
        Err(_) => Err(cx.value_error("Inconsistent stream state")),
    }
}

natives! {
    pub static METHODS = {
        /// Return a bytes object containing the decompressed version of the data.
        call fn decompress(cx; self_: Slot, data: Slot; max_length: i64 = 0) -> Slot {
            let limit = match usize::try_from(max_length) {
                Ok(0) => usize::MAX,
                Ok(limit) => limit,
                Err(_) => return Err(cx.value_error("max_length must be non-negative")),
            };
            let shared = cx.state::<Decompress>(self_)?.0.alias();
            let made = shared.with_bytes(cx, data, |state, data| state.work(data, limit, z::Z_SYNC_FLUSH))?;
            finish(cx, made)
        }

        /// Return a bytes object containing any remaining decompressed data.
        call fn flush(cx; self_: Slot, length: i64 = BUFFER) -> Slot {
            if length <= 0 {
                return Err(cx.value_error("length must be greater than zero"));
            }
            let made = with(cx, self_, State::flush)?;
            finish(cx, made)
        }

        /// Return a copy of the decompression object.
        call fn copy(cx; self_: Slot) -> Slot { copy(cx, self_) }

        call fn __copy__(cx; self_: Slot) -> Slot { copy(cx, self_) }

        call fn __deepcopy__(cx; self_: Slot, memo: Slot) -> Slot { copy(cx, self_) }

        /// What lay behind the end of the compressed data.
        get call fn unused_data(cx; self_: Slot) -> Vec<u8> { with(cx, self_, |state| memory::copy(&state.unused)) }

        /// What was not looked at because of a limit.
        get call fn unconsumed_tail(cx; self_: Slot) -> Vec<u8> { with(cx, self_, |state| memory::copy(&state.tail)) }

        /// Whether the end of the compressed data was reached.
        get call fn eof(cx; self_: Slot) -> bool { with(cx, self_, |state| state.eof) }
    }
}
