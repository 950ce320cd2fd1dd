//! What all that compresses and decompresses shares: input that is copied, work off the lock, and what comes of it.

use std::borrow::Cow;
use std::ffi::c_int;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::types::bytes::buffer;
use libz_sys as z;

use super::ZlibError;
use super::stream::{Step, Stream};

/// What went wrong with a stream: the library's code, and its words for it.
#[derive(Clone, Copy)]
pub struct Failure {
    /// The library's code.
    pub code: c_int,
    message: Option<&'static str>,
}

impl Failure {
    /// What a stream says of a code.
    pub fn of(stream: &Stream, code: c_int) -> Failure {
        Failure { code, message: stream.message() }
    }

    /// A code without a stream.
    pub fn bare(code: c_int) -> Failure {
        Failure { code, message: None }
    }

    /// The exception; `doing` is what failed.
    #[cold]
    pub fn raise(self, cx: &Ctx, doing: &str) -> Raised {
        if self.code == z::Z_MEM_ERROR {
            return cx.raise(Builtin::MemoryError, format!("Out of memory {doing}"));
        }
        let message = self.message.or(match self.code {
            z::Z_VERSION_ERROR => Some("library version mismatch"),
            z::Z_BUF_ERROR => Some("incomplete or truncated stream"),
            z::Z_STREAM_ERROR => Some("inconsistent stream state"),
            z::Z_DATA_ERROR => Some("invalid input data"),
            _ => None,
        });
        let message = message.map_or(String::new(), |message| format!(": {message}"));
        cx.raise_own::<ZlibError>(format!("Error {} {doing}{message}", self.code))
    }
}

/// The exception for an object that could not be made, of a kind.
#[cold]
pub fn not_made(cx: &Ctx, failure: Failure, kind: &str) -> Raised {
    match failure.code {
        z::Z_MEM_ERROR => cx.raise(Builtin::MemoryError, format!("Can't allocate memory for {kind} object")),
        z::Z_STREAM_ERROR => cx.value_error("Invalid initialization option"),
        _ => failure.raise(cx, &format!("while creating {kind} object")),
    }
}

/// A copy of the bytes of an argument, to work on off the lock.
pub fn input(cx: &mut Ctx, data: Slot) -> Res<Vec<u8>> {
    cx.with_memory(|cx| {
        buffer::contents(cx, cx.get(data)).map(|bytes| match bytes {
            Cow::Borrowed(bytes) => memory::copy(bytes),
            Cow::Owned(bytes) => bytes,
        })
    })?
}

/// How much room there is for what comes out, step by step, as CPython has it: what is stored without compression is cut where
/// the room ends. The last of them goes for all that follow.
const ROOM: [usize; 17] = {
    const KIB: [usize; 17] = [
        32, 64, 256, 1024, 4096, 8192, 16384, 16384, 32768, 32768, 32768, 32768, 65536, 65536, 131_072, 131_072,
        262_144,
    ];
    let mut bytes = KIB;
    let mut i = 0;
    while i < KIB.len() {
        bytes[i] = KIB[i] << 10;
        i += 1;
    }
    bytes
};

/// Works through all of `input`, or until so many bytes have come out; the last code. A stream that asks for its dictionary
/// gets it; an error of that is the result.
pub fn pump(
    stream: &mut Stream,
    input: &mut &[u8],
    out: &mut Vec<u8>,
    limit: usize,
    last: c_int,
    dictionary: Option<&[u8]>,
) -> Result<c_int, Failure> {
    let mut rooms = ROOM.into_iter().chain(std::iter::repeat(ROOM[ROOM.len() - 1]));
    let mut room = 0;
    // At least once: a header may be wrong before anything comes out.
    loop {
        if room == 0 {
            room = rooms.next().unwrap_or(ROOM[0]);
        }
        let before = out.len();
        let Step { code, is_full } = stream.step(input, out, room.min(limit - before), last);
        room -= out.len() - before;
        match (code, dictionary) {
            _ if is_full && out.len() == limit => return Ok(code),
            (z::Z_OK | z::Z_BUF_ERROR, _) if is_full || !input.is_empty() && code == z::Z_OK => {}
            (z::Z_NEED_DICT, Some(dictionary)) => set_dictionary(stream, dictionary)?,
            _ => return Ok(code),
        }
    }
}

/// Gives a stream that decompresses its dictionary.
pub fn set_dictionary(stream: &mut Stream, dictionary: &[u8]) -> Result<(), Failure> {
    match stream.set_dictionary(dictionary) {
        z::Z_OK => Ok(()),
        code => Err(Failure::of(stream, code)),
    }
}

/// What is said of a dictionary that does not fit.
pub const SETTING: &str = "while setting zdict";
