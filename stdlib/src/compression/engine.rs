//! What all kinds of compression share: working through input piece by piece, and keeping what a limit leaves.

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;

/// A stream of a library of compression.
pub trait Engine: Send + 'static {
    /// What may go wrong.
    type Error;

    /// What CPython says when there is no more to decompress.
    const AT_END: &'static str = "";

    /// Whether what the library holds back can come out once there is room for it, without more input.
    const HOLDS_BACK: bool = true;

    /// Whether decompressing is over after an error.
    const BREAKS: bool = false;

    /// Makes the stream ready for what comes after an error.
    fn recover(&mut self) {}

    /// Works on the beginning of `input`, of which it takes off what it has used, and writes to the beginning of `out`.
    ///
    /// # Errors
    /// The library's.
    fn step(&mut self, input: &mut &[u8], out: &mut [u8], last: bool) -> Result<Step, Self::Error>;

    /// The exception for an error.
    fn raise(cx: &Ctx, error: Self::Error) -> Raised;
}

/// What one step has come to.
#[derive(Clone, Copy)]
pub struct Step {
    /// How many bytes were written.
    pub written: usize,
    /// Whether that was the end of the stream.
    pub is_end: bool,
}

/// What working through input has come to.
pub struct Done {
    /// What came out.
    pub out: Vec<u8>,
    /// Whether that was the end of the stream.
    pub is_end: bool,
    /// Whether there was no more room for what comes out.
    is_full: bool,
}

/// The first room for what comes out, and the most that is added at once, in bytes.
const ROOM: (usize, usize) = (32 << 10, 1 << 20);

/// Works through all of `input`, or until so many bytes have come out; `last` is whether there is no more.
pub fn pump<E: Engine>(engine: &mut E, input: &mut &[u8], limit: usize, last: bool) -> Result<Done, E::Error> {
    let (mut out, mut room) = (Vec::new(), ROOM.0);
    loop {
        let (before, left) = (out.len(), input.len());
        let space = room.min(limit - before);
        memory::reserve(&mut out, space);
        out.resize(before + space, 0);
        let Step { written, is_end } = engine.step(input, &mut out[before..], last)?;
        out.truncate(before + written);
        let is_full = written == space;
        let goes_on = is_full || !input.is_empty() || last;
        let is_stuck = !is_full && written == 0 && input.len() == left;
        if is_end || !goes_on || is_stuck || out.len() == limit {
            return Ok(Done { out, is_end, is_full });
        }
        if is_full {
            room = (room * 2).min(ROOM.1);
        }
    }
}

/// A compressor's state.
pub struct Encoder<E> {
    engine: E,
    is_flushed: bool,
}

impl<E: Engine> Encoder<E> {
    /// A new one.
    pub fn new(engine: E) -> Encoder<E> {
        Encoder { engine, is_flushed: false }
    }

    /// Compresses more; `last` is whether that was all.
    pub fn work(&mut self, mut input: &[u8], last: bool) -> Result<Vec<u8>, Wrong<E::Error>> {
        if self.is_flushed {
            return Err(Wrong::Finished(if last { "Repeated call to flush()" } else { "Compressor has been flushed" }));
        }
        self.is_flushed = last;
        pump(&mut self.engine, &mut input, usize::MAX, last).map(|done| done.out).map_err(Wrong::Failed)
    }
}

/// A decompressor's state.
pub struct Decoder<E> {
    /// The library's stream.
    pub engine: E,
    /// What was not looked at because of a limit, from an index on.
    pending: Vec<u8>,
    at: usize,
    /// What lay behind the end of the compressed data.
    pub unused: Vec<u8>,
    /// Whether the end of the compressed data was reached.
    pub is_end: bool,
    /// Whether more input is needed before anything more can come out.
    pub needs_input: bool,
    is_broken: bool,
}

/// Why nothing came out.
pub enum Wrong<E> {
    /// There is no more to decompress.
    AtEnd,
    /// An error before this left the library's stream unusable.
    Broken,
    /// A compressor was told before that there is no more.
    Finished(&'static str),
    /// The library's error.
    Failed(E),
}

impl<E: Engine> Decoder<E> {
    /// A new one.
    pub fn new(engine: E) -> Decoder<E> {
        let (pending, unused) = (Vec::new(), Vec::new());
        Decoder { engine, pending, at: 0, unused, is_end: false, needs_input: true, is_broken: false }
    }

    /// Decompresses what was left and `data`, until so many bytes have come out.
    pub fn work(&mut self, data: &[u8], limit: usize) -> Result<Vec<u8>, Wrong<E::Error>> {
        if self.is_end {
            return Err(Wrong::AtEnd);
        }
        if self.is_broken {
            return Err(Wrong::Broken);
        }
        let was_pending = self.at < self.pending.len();
        let mut input = if was_pending {
            if !data.is_empty() {
                self.pending.drain(..self.at);
                self.at = 0;
                memory::reserve(&mut self.pending, data.len());
                self.pending.extend_from_slice(data);
            }
            &self.pending[self.at..]
        } else {
            data
        };
        let done = pump(&mut self.engine, &mut input, limit, false);
        let left = input.len();
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                self.is_broken = E::BREAKS;
                self.engine.recover();
                self.needs_input = !E::BREAKS;
                (self.pending, self.at) = (Vec::new(), 0);
                return Err(Wrong::Failed(error));
            }
        };
        self.is_end = done.is_end;
        self.needs_input = !done.is_end && left == 0 && !(E::HOLDS_BACK && done.is_full);
        if done.is_end {
            self.unused = memory::copy(input);
            (self.pending, self.at) = (Vec::new(), 0);
        } else if left == 0 {
            (self.pending, self.at) = (Vec::new(), 0);
        } else if was_pending {
            self.at = self.pending.len() - left;
        } else {
            (self.pending, self.at) = (memory::copy(input), 0);
        }
        Ok(done.out)
    }
}

/// The object for what came out, or the exception.
pub fn finish<E: Engine>(cx: &mut Ctx, made: Result<Vec<u8>, Wrong<E::Error>>) -> Res<Slot> {
    match made {
        Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
        Err(Wrong::AtEnd) => Err(cx.raise(argil_interp::builtin::Builtin::EOFError, E::AT_END)),
        Err(Wrong::Broken) => Err(cx.value_error("Decompressor is unusable after a previous error")),
        Err(Wrong::Finished(message)) => Err(cx.value_error(message)),
        Err(Wrong::Failed(error)) => Err(E::raise(cx, error)),
    }
}

/// The methods of a class of compressors whose state is a [`crate::off_lock::Shared`] of an [`Encoder`].
macro_rules! compressor {
    ($table:ident, $class:ty, $engine:ty) => {
        natives! {
            static $table = {
                /// Provide data to the compressor object.
                call fn compress(cx; self_: Slot, data: Slot) -> Slot {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    let made = shared.with_bytes(cx, data, |state, data| state.work(data, false))?;
                    engine::finish::<$engine>(cx, made)
                }

                /// Finish the compression process.
                call fn flush(cx; self_: Slot) -> Slot {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    let made = shared.with(cx, |state| state.work(&[], true));
                    engine::finish::<$engine>(cx, made)
                }
            }
        }
    };
}
pub(super) use compressor;

/// The methods of a class of decompressors whose state is a [`crate::off_lock::Shared`] of a [`Decoder`].
macro_rules! decompressor {
    ($table:ident, $class:ty, $engine:ty) => {
        natives! {
            static $table = {
                /// Decompress *data*, returning uncompressed data as bytes.
                call fn decompress(cx; self_: Slot; data: Slot, max_length: i64 = -1) -> Slot {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    let limit = usize::try_from(max_length).unwrap_or(usize::MAX);
                    let made = shared.with_bytes(cx, data, |state, data| state.work(data, limit))?;
                    engine::finish::<$engine>(cx, made)
                }

                /// Data found after the end of the compressed stream.
                get call fn unused_data(cx; self_: Slot) -> Vec<u8> {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    Ok(shared.short(cx, |state| argil_interp::memory::copy(&state.unused)))
                }

                /// True if the end-of-stream marker has been reached.
                get call fn eof(cx; self_: Slot) -> bool {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    Ok(shared.short(cx, |state| state.is_end))
                }

                /// True if more input is needed before more decompressed data can be produced.
                get call fn needs_input(cx; self_: Slot) -> bool {
                    let shared = cx.state::<$class>(self_)?.0.alias();
                    Ok(shared.short(cx, |state| state.needs_input))
                }
            }
        }
    };
}
pub(super) use decompressor;
