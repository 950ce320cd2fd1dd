//! The library's streams, made safe: what one step of work needs is borrowed for that step only.
#![expect(unsafe_code, reason = "zlib is a library of C")]

use std::ffi::{CStr, c_int, c_void};
use std::mem::size_of;

use argil_interp::memory;
use libz_sys as z;

/// Which way a stream goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Deflate,
    Inflate,
}

/// A stream that compresses or decompresses.
pub struct Stream {
    /// In a box because the state behind it points back. It stays when the state is ended: the library then refuses to work.
    raw: Box<z::z_stream>,
    way: Way,
    /// How much memory the library holds for it, in bytes, about.
    footprint: usize,
}

// SAFETY: the library keeps no state of a thread, and nothing else points to a stream's.
unsafe impl Send for Stream {}

/// How compressing begins.
#[derive(Clone, Copy)]
pub struct Settings {
    pub level: c_int,
    pub method: c_int,
    pub wbits: c_int,
    pub mem_level: c_int,
    pub strategy: c_int,
}

/// What one step has come to.
#[derive(Clone, Copy)]
pub struct Step {
    /// The library's code.
    pub code: c_int,
    /// Whether there was no more room for what comes out.
    pub is_full: bool,
}

/// The most bytes that the library takes or gives at once.
const MOST: usize = z::uInt::MAX as usize;

unsafe extern "C" fn allocate(_: *mut c_void, items: z::uInt, size: z::uInt) -> *mut c_void {
    // SAFETY: any numbers will do.
    unsafe { libc::calloc(items as usize, size as usize) }
}

unsafe extern "C" fn release(_: *mut c_void, memory: *mut c_void) {
    // SAFETY: the library gives back what `allocate` gave it.
    unsafe { libc::free(memory) }
}

/// The version of the library that runs.
pub fn version() -> &'static str {
    // SAFETY: a text that never changes.
    unsafe { CStr::from_ptr(z::zlibVersion()) }.to_str().unwrap_or_default()
}

/// The Adler-32 checksum of what has this one and the bytes behind it.
pub fn adler32(start: u32, bytes: &[u8]) -> u32 {
    let part = |sum: u32, part: &[u8]| {
        // SAFETY: the pointer and the length are those of a slice.
        unsafe { z::adler32(sum.into(), part.as_ptr(), part.len() as z::uInt) as u32 }
    };
    // At least once: the library brings the start into range.
    let (first, rest) = bytes.split_at(bytes.len().min(MOST));
    rest.chunks(MOST).fold(part(start, first), part)
}

fn blank() -> Box<z::z_stream> {
    Box::new(z::z_stream {
        next_in: std::ptr::null_mut(),
        avail_in: 0,
        total_in: 0,
        next_out: std::ptr::null_mut(),
        avail_out: 0,
        total_out: 0,
        msg: std::ptr::null_mut(),
        state: std::ptr::null_mut(),
        zalloc: allocate,
        zfree: release,
        opaque: std::ptr::null_mut(),
        data_type: 0,
        adler: 0,
        reserved: 0,
    })
}

const SIZE: c_int = size_of::<z::z_stream>() as c_int;

impl Stream {
    /// A stream that compresses.
    ///
    /// # Errors
    /// The library's code.
    pub fn deflate(settings: Settings) -> Result<Stream, c_int> {
        let Settings { level, method, wbits, mem_level, strategy } = settings;
        // As the library's manual has it; what is out of range is refused below.
        let footprint = (1 << (wbits.unsigned_abs() % 16 + 2)) + (1 << (mem_level.unsigned_abs() % 16 + 9));
        let mut stream = Stream { raw: blank(), way: Way::Deflate, footprint };
        // SAFETY: a blank stream; the library checks the numbers.
        let code = unsafe {
            let raw = &mut *stream.raw;
            z::deflateInit2_(raw, level, method, wbits, mem_level, strategy, z::zlibVersion(), SIZE)
        };
        if code == z::Z_OK { Ok(stream) } else { Err(code) }
    }

    /// A stream that decompresses.
    ///
    /// # Errors
    /// The stream, for its message, and the library's code.
    pub fn inflate(wbits: c_int) -> Result<Stream, (Stream, c_int)> {
        let footprint = (1 << 15) + (7 << 10);
        let mut stream = Stream { raw: blank(), way: Way::Inflate, footprint };
        // SAFETY: a blank stream; the library checks the number.
        let code = unsafe { z::inflateInit2_(&mut *stream.raw, wbits, z::zlibVersion(), SIZE) };
        if code == z::Z_OK { Ok(stream) } else { Err((stream, code)) }
    }

    /// A stream in the same state.
    ///
    /// # Errors
    /// The library's code.
    pub fn copy(&mut self) -> Result<Stream, c_int> {
        let mut copy = Stream { raw: blank(), way: self.way, footprint: self.footprint };
        // SAFETY: the library checks that the one has a state; the other is blank, and both stay where they are.
        let code = unsafe {
            match self.way {
                Way::Deflate => z::deflateCopy(&mut *copy.raw, &mut *self.raw),
                Way::Inflate => z::inflateCopy(&mut *copy.raw, &mut *self.raw),
            }
        };
        if code != z::Z_OK {
            // It may have copied the pointer to the other's state before it failed.
            copy.raw.state = std::ptr::null_mut();
            return Err(code);
        }
        Ok(copy)
    }

    /// Sets the bytes that are taken to lie before all others; the library's code.
    pub fn set_dictionary(&mut self, bytes: &[u8]) -> c_int {
        let (start, len) = (bytes.as_ptr(), bytes.len() as z::uInt);
        // SAFETY: the pointer is good for that many bytes; the library checks the state.
        unsafe {
            match self.way {
                Way::Deflate => z::deflateSetDictionary(&mut *self.raw, start, len),
                Way::Inflate => z::inflateSetDictionary(&mut *self.raw, start, len),
            }
        }
    }

    /// Works on the beginning of `input`, of which it takes off what it has used, and appends at most `room` bytes to
    /// `out`. `last` is how the library shall treat the end of the input.
    pub fn step(&mut self, input: &mut &[u8], out: &mut Vec<u8>, room: usize, last: c_int) -> Step {
        memory::reserve(out, room);
        let spare = out.spare_capacity_mut();
        let given = input.len().min(MOST);
        let raw = &mut *self.raw;
        raw.next_in = input.as_ptr().cast_mut();
        raw.avail_in = given as z::uInt;
        raw.next_out = spare.as_mut_ptr().cast();
        raw.avail_out = room.min(MOST) as z::uInt;
        let flush = if given == input.len() { last } else { z::Z_NO_FLUSH };
        // SAFETY: both pointers are good for so many bytes during the call; the library does not write to its input.
        let code = unsafe {
            match self.way {
                Way::Deflate => z::deflate(raw, flush),
                Way::Inflate => z::inflate(raw, flush),
            }
        };
        let (left, unused) = (raw.avail_in as usize, raw.avail_out as usize);
        raw.next_in = std::ptr::null_mut();
        raw.avail_in = 0;
        raw.next_out = std::ptr::null_mut();
        raw.avail_out = 0;
        *input = &input[given - left..];
        // SAFETY: the library wrote that many bytes behind the old end, within the capacity.
        unsafe { out.set_len(out.len() + room.min(MOST) - unused) };
        Step { code, is_full: unused == 0 }
    }

    /// Gives the state back; the library's code.
    pub fn end(&mut self) -> c_int {
        // SAFETY: the library checks that there is a state, and sets the pointer to null.
        unsafe {
            match self.way {
                Way::Deflate => z::deflateEnd(&mut *self.raw),
                Way::Inflate => z::inflateEnd(&mut *self.raw),
            }
        }
    }

    /// How much memory the library holds for it, in bytes, about.
    pub fn footprint(&self) -> usize {
        self.footprint
    }

    /// What the library has to say, if anything.
    pub fn message(&self) -> Option<&'static str> {
        // SAFETY: null, or one of the library's own texts, which never change.
        let text = unsafe { self.raw.msg.as_ref().map(|text| CStr::from_ptr(text)) };
        text.and_then(|text| text.to_str().ok())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}
