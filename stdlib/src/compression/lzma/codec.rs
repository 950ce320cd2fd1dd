//! The library's streams as engines.

use argil_interp::ctx::{Ctx, Raised};
use liblzma::stream::{Action, Error, Status, Stream};

use super::super::engine::{Engine, Step};
use super::raise;

/// A stream that compresses.
pub struct Compress(pub Stream);

/// A stream that decompresses.
pub struct Decompress {
    stream: Stream,
    /// The kind of check, by its number.
    pub check: u8,
    /// How the input began: where a file names its kind of check.
    head: Vec<u8>,
}

/// What a file begins with, before two bytes of flags.
const MAGIC: &[u8] = b"\xfd7zXZ\0";

impl Decompress {
    /// A stream whose kind of check is this, as far as is known.
    pub fn new(stream: Stream, check: u8) -> Decompress {
        Decompress { stream, check, head: Vec::new() }
    }
}

/// One step of a stream; the end of it, or what it stopped for.
fn step(stream: &mut Stream, input: &mut &[u8], out: &mut [u8], action: Action) -> (usize, Result<Status, Error>) {
    let (read, wrote) = (stream.total_in(), stream.total_out());
    let status = stream.process(input, out, action);
    *input = input.get((stream.total_in() - read) as usize..).unwrap_or_default();
    ((stream.total_out() - wrote) as usize, status)
}

impl Engine for Compress {
    type Error = Error;

    fn step(&mut self, input: &mut &[u8], out: &mut [u8], last: bool) -> Result<Step, Error> {
        let (written, status) = step(&mut self.0, input, out, if last { Action::Finish } else { Action::Run });
        Ok(Step { written, is_end: status? == Status::StreamEnd })
    }

    fn raise(cx: &Ctx, error: Error) -> Raised {
        raise(cx, error)
    }
}

impl Engine for Decompress {
    type Error = Error;

    const AT_END: &'static str = "Already at end of stream";

    fn step(&mut self, input: &mut &[u8], out: &mut [u8], _last: bool) -> Result<Step, Error> {
        let wanted = (MAGIC.len() + 2).saturating_sub(self.head.len()).min(input.len());
        self.head.extend_from_slice(&input[..wanted]);
        let mut total = 0;
        loop {
            let (written, status) = step(&mut self.stream, input, &mut out[total..], Action::Run);
            total += written;
            match status {
                // The library stops once to say that it knows the kind of check, and goes on.
                Ok(Status::GetCheck) | Err(Error::NoCheck) => {
                    let flags = self.head.strip_prefix(MAGIC).and_then(|flags| flags.get(1));
                    self.check = flags.map_or(0, |flags| flags & 15);
                }
                status => return Ok(Step { written: total, is_end: status? == Status::StreamEnd }),
            }
        }
    }

    fn raise(cx: &Ctx, error: Error) -> Raised {
        raise(cx, error)
    }
}
