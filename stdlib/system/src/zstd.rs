//! zstd, made safe: streams that keep alive what they refer to, and the functions beside them.

use std::ffi::{CStr, c_void};
use std::ptr::NonNull;
use std::sync::Arc;

use zstd_sys as z;

/// An error of the library.
#[derive(Clone, Copy, Debug)]
pub struct Failure(usize);

impl Failure {
    /// The library's words for it.
    pub fn message(self) -> &'static str {
        // SAFETY: a text that never changes.
        unsafe { CStr::from_ptr(z::ZSTD_getErrorName(self.0)) }.to_str().unwrap_or_default()
    }

    /// Whether memory was refused.
    pub fn is_memory(self) -> bool {
        self.0 == NO_MEMORY.0
    }
}

fn check(code: usize) -> Result<usize, Failure> {
    // SAFETY: any number will do.
    if unsafe { z::ZSTD_isError(code) } == 0 { Ok(code) } else { Err(Failure(code)) }
}

fn start(bytes: &[u8]) -> *const c_void {
    bytes.as_ptr().cast()
}

/// The version of the library, as one number.
pub fn version_number() -> u32 {
    // SAFETY: no arguments.
    unsafe { z::ZSTD_versionNumber() }
}

/// The version of the library.
pub fn version() -> &'static str {
    // SAFETY: a text that never changes.
    unsafe { CStr::from_ptr(z::ZSTD_versionString()) }.to_str().unwrap_or_default()
}

use z::ZSTD_cParameter as C;
use z::ZSTD_dParameter as D;

/// The parameters of compressing that the library promises to keep, by their numbers.
const COMPRESSING: [C; 19] = [
    C::ZSTD_c_compressionLevel,
    C::ZSTD_c_windowLog,
    C::ZSTD_c_hashLog,
    C::ZSTD_c_chainLog,
    C::ZSTD_c_searchLog,
    C::ZSTD_c_minMatch,
    C::ZSTD_c_targetLength,
    C::ZSTD_c_strategy,
    C::ZSTD_c_enableLongDistanceMatching,
    C::ZSTD_c_ldmHashLog,
    C::ZSTD_c_ldmMinMatch,
    C::ZSTD_c_ldmBucketSizeLog,
    C::ZSTD_c_ldmHashRateLog,
    C::ZSTD_c_contentSizeFlag,
    C::ZSTD_c_checksumFlag,
    C::ZSTD_c_dictIDFlag,
    C::ZSTD_c_nbWorkers,
    C::ZSTD_c_jobSize,
    C::ZSTD_c_overlapLog,
];

const UNKNOWN: Failure = Failure((z::ZSTD_ErrorCode::ZSTD_error_parameter_unsupported as usize).wrapping_neg());

const NO_MEMORY: Failure = Failure((z::ZSTD_ErrorCode::ZSTD_error_memory_allocation as usize).wrapping_neg());

fn compressing(key: i32) -> Result<C, Failure> {
    COMPRESSING.into_iter().find(|known| *known as i64 == i64::from(key)).ok_or(UNKNOWN)
}

fn decompressing(key: i32) -> Result<D, Failure> {
    let only = D::ZSTD_d_windowLogMax;
    if only as i64 == i64::from(key) { Ok(only) } else { Err(UNKNOWN) }
}

/// The least and the greatest value of a parameter of compressing, by its number, or of decompressing.
///
/// # Errors
/// The library's, if it has no such parameter.
pub fn bounds(key: i32, compress: bool) -> Result<(i32, i32), Failure> {
    // SAFETY: the keys are the library's.
    let bounds = unsafe {
        if compress {
            z::ZSTD_cParam_getBounds(compressing(key)?)
        } else {
            z::ZSTD_dParam_getBounds(decompressing(key)?)
        }
    };
    check(bounds.error).map(|_| (bounds.lowerBound, bounds.upperBound))
}

/// How many bytes the frame has that the bytes begin with.
///
/// # Errors
/// The library's.
pub fn frame_size(bytes: &[u8]) -> Result<usize, Failure> {
    // SAFETY: the pointer is good for that many bytes.
    check(unsafe { z::ZSTD_findFrameCompressedSize(start(bytes), bytes.len()) })
}

/// How many bytes are in the frame that the bytes begin with, if it says, and the number of its dictionary; `None` if they are no
/// beginning of a frame.
pub fn frame_info(bytes: &[u8]) -> Option<(Option<u64>, u32)> {
    // SAFETY: the pointer is good for that many bytes.
    let (size, dictionary) = unsafe {
        let size = z::ZSTD_getFrameContentSize(start(bytes), bytes.len());
        (size, z::ZSTD_getDictID_fromFrame(start(bytes), bytes.len()))
    };
    match size {
        // An error, and an unknown size.
        size if size == u64::MAX - 1 => None,
        u64::MAX => Some((None, dictionary)),
        size => Some((Some(size), dictionary)),
    }
}

/// The number of a dictionary; 0 if it has none.
pub fn dictionary_id(dictionary: &[u8]) -> u32 {
    // SAFETY: the pointer is good for that many bytes.
    unsafe { z::ZDICT_getDictID(start(dictionary), dictionary.len()) }
}

/// How much room the worst of so many bytes may need when compressed.
pub fn bound(len: usize) -> usize {
    // SAFETY: any number will do; what is too large gives an error code, which is a number above all others.
    unsafe { z::ZSTD_compressBound(len) }
}

/// Whether the lengths are those of all the bytes, and not too many.
fn fits(samples: &[u8], sizes: &[usize]) -> Result<u32, Failure> {
    let total = sizes.iter().try_fold(0_usize, |total, &size| total.checked_add(size));
    let count = u32::try_from(sizes.len()).ok().filter(|_| total == Some(samples.len()));
    count.ok_or(Failure((z::ZSTD_ErrorCode::ZSTD_error_srcSize_wrong as usize).wrapping_neg()))
}

/// Makes a dictionary of samples, which lie one behind the other; its length.
///
/// # Errors
/// The library's.
pub fn train(out: &mut [u8], samples: &[u8], sizes: &[usize]) -> Result<usize, Failure> {
    let count = fits(samples, sizes)?;
    // SAFETY: the pointers are good for so many bytes; the sizes add up to those of the samples.
    check(unsafe {
        z::ZDICT_trainFromBuffer(out.as_mut_ptr().cast(), out.len(), start(samples), sizes.as_ptr(), count)
    })
}

/// Makes a dictionary with a content, for a level of compression; its length.
///
/// # Errors
/// The library's.
pub fn finalize(out: &mut [u8], content: &[u8], samples: &[u8], sizes: &[usize], level: i32) -> Result<usize, Failure> {
    let count = fits(samples, sizes)?;
    let parameters = z::ZDICT_params_t { compressionLevel: level, notificationLevel: 0, dictID: 0 };
    // SAFETY: the pointers are good for so many bytes; the sizes add up to those of the samples.
    check(unsafe {
        z::ZDICT_finalizeDictionary(
            out.as_mut_ptr().cast(),
            out.len(),
            start(content),
            content.len(),
            start(samples),
            sizes.as_ptr(),
            count,
            parameters,
        )
    })
}

/// A dictionary that is ready to compress with, for one level.
pub struct ForCompressing(NonNull<z::ZSTD_CDict>);

// SAFETY: nothing changes it, as the library promises.
unsafe impl Send for ForCompressing {}
// SAFETY: the same.
unsafe impl Sync for ForCompressing {}

impl ForCompressing {
    /// One of a content; `None` if memory was refused, or the content is wrong.
    pub fn new(content: &[u8], level: i32) -> Option<ForCompressing> {
        // SAFETY: the pointer is good for that many bytes, which the library copies.
        NonNull::new(unsafe { z::ZSTD_createCDict(start(content), content.len(), level) }).map(ForCompressing)
    }
}

impl Drop for ForCompressing {
    fn drop(&mut self) {
        // SAFETY: made by the library, and streams that refer to it keep it alive.
        unsafe { z::ZSTD_freeCDict(self.0.as_ptr()) };
    }
}

/// A dictionary that is ready to decompress with.
pub struct ForDecompressing(NonNull<z::ZSTD_DDict>);

// SAFETY: nothing changes it, as the library promises.
unsafe impl Send for ForDecompressing {}
// SAFETY: the same.
unsafe impl Sync for ForDecompressing {}

impl ForDecompressing {
    /// One of a content; `None` if memory was refused, or the content is wrong.
    pub fn new(content: &[u8]) -> Option<ForDecompressing> {
        // SAFETY: the pointer is good for that many bytes, which the library copies.
        NonNull::new(unsafe { z::ZSTD_createDDict(start(content), content.len()) }).map(ForDecompressing)
    }
}

impl Drop for ForDecompressing {
    fn drop(&mut self) {
        // SAFETY: made by the library, and streams that refer to it keep it alive.
        unsafe { z::ZSTD_freeDDict(self.0.as_ptr()) };
    }
}

/// How a dictionary is used.
pub enum Dictionary<T> {
    /// Ready to use.
    Ready(Arc<T>),
    /// To be made ready by the stream.
    Content(Arc<[u8]>),
    /// As bytes that lie before the next frame's.
    Prefix(Arc<[u8]>),
}

/// How far compressing goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// As the library likes.
    Continue,
    /// All input can be decompressed.
    Block,
    /// The frame ends.
    Frame,
}

/// A stream that compresses.
pub struct Compressor {
    raw: NonNull<z::ZSTD_CCtx>,
    /// What the library's stream refers to.
    dictionary: Option<Dictionary<ForCompressing>>,
}

// SAFETY: the library keeps no state of a thread, and nothing else points to the stream's.
unsafe impl Send for Compressor {}

impl Compressor {
    /// One with the usual parameters; `None` if memory was refused.
    pub fn new() -> Option<Compressor> {
        // SAFETY: no arguments.
        NonNull::new(unsafe { z::ZSTD_createCCtx() }).map(|raw| Compressor { raw, dictionary: None })
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// The library's.
    pub fn set(&mut self, key: i32, value: i32) -> Result<(), Failure> {
        let key = compressing(key)?;
        // SAFETY: a stream of the library's; it checks the value.
        check(unsafe { z::ZSTD_CCtx_setParameter(self.raw.as_ptr(), key, value) }).map(|_| ())
    }

    /// Sets the dictionary.
    ///
    /// # Errors
    /// The library's.
    pub fn set_dictionary(&mut self, dictionary: Dictionary<ForCompressing>) -> Result<(), Failure> {
        let raw = self.raw.as_ptr();
        // SAFETY: a stream of the library's; what it goes on to refer to lives as long as it does, see below.
        check(unsafe {
            match &dictionary {
                Dictionary::Ready(ready) => z::ZSTD_CCtx_refCDict(raw, ready.0.as_ptr()),
                Dictionary::Content(content) => z::ZSTD_CCtx_loadDictionary(raw, start(content), content.len()),
                Dictionary::Prefix(prefix) => z::ZSTD_CCtx_refPrefix(raw, start(prefix), prefix.len()),
            }
        })?;
        self.dictionary = Some(dictionary);
        Ok(())
    }

    /// Says how many bytes the next frame has; `None` if that is not known.
    ///
    /// # Errors
    /// The library's.
    pub fn pledge(&mut self, size: Option<u64>) -> Result<(), Failure> {
        // SAFETY: a stream of the library's; the greatest number stands for what is not known.
        check(unsafe { z::ZSTD_CCtx_setPledgedSrcSize(self.raw.as_ptr(), size.unwrap_or(u64::MAX)) }).map(|_| ())
    }

    /// Gives up the frame.
    pub fn reset(&mut self) {
        // SAFETY: a stream of the library's; giving up a frame cannot fail.
        unsafe { z::ZSTD_CCtx_reset(self.raw.as_ptr(), z::ZSTD_ResetDirective::ZSTD_reset_session_only) };
    }

    /// Works on the beginning of `input`, of which it takes off what it has used, and writes to the beginning of `out`: how
    /// many bytes, and about how many are to come.
    ///
    /// # Errors
    /// The library's.
    pub fn step(&mut self, input: &mut &[u8], out: &mut [u8], goal: Goal) -> Result<(usize, usize), Failure> {
        let mut from = z::ZSTD_inBuffer { src: start(input), size: input.len(), pos: 0 };
        let mut to = z::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: out.len(), pos: 0 };
        let goal = match goal {
            Goal::Continue => z::ZSTD_EndDirective::ZSTD_e_continue,
            Goal::Block => z::ZSTD_EndDirective::ZSTD_e_flush,
            Goal::Frame => z::ZSTD_EndDirective::ZSTD_e_end,
        };
        // SAFETY: a stream of the library's, which copies what it keeps of the input; both pointers are good for so many bytes.
        let left = unsafe { z::ZSTD_compressStream2(self.raw.as_ptr(), &mut to, &mut from, goal) };
        *input = &input[from.pos..];
        check(left).map(|left| (to.pos, left))
    }
}

impl Drop for Compressor {
    fn drop(&mut self) {
        // SAFETY: made by the library; what it refers to is dropped after it.
        unsafe { z::ZSTD_freeCCtx(self.raw.as_ptr()) };
    }
}

/// A stream that decompresses.
pub struct Decompressor {
    raw: NonNull<z::ZSTD_DCtx>,
    /// What the library's stream refers to.
    dictionary: Option<Dictionary<ForDecompressing>>,
}

// SAFETY: the library keeps no state of a thread, and nothing else points to the stream's.
unsafe impl Send for Decompressor {}

impl Decompressor {
    /// One with the usual parameters; `None` if memory was refused.
    pub fn new() -> Option<Decompressor> {
        // SAFETY: no arguments.
        NonNull::new(unsafe { z::ZSTD_createDCtx() }).map(|raw| Decompressor { raw, dictionary: None })
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// The library's.
    pub fn set(&mut self, key: i32, value: i32) -> Result<(), Failure> {
        let key = decompressing(key)?;
        // SAFETY: a stream of the library's; it checks the value.
        check(unsafe { z::ZSTD_DCtx_setParameter(self.raw.as_ptr(), key, value) }).map(|_| ())
    }

    /// Sets the dictionary.
    ///
    /// # Errors
    /// The library's.
    pub fn set_dictionary(&mut self, dictionary: Dictionary<ForDecompressing>) -> Result<(), Failure> {
        let raw = self.raw.as_ptr();
        // SAFETY: a stream of the library's; what it goes on to refer to lives as long as it does, see below.
        check(unsafe {
            match &dictionary {
                Dictionary::Ready(ready) => z::ZSTD_DCtx_refDDict(raw, ready.0.as_ptr()),
                Dictionary::Content(content) => z::ZSTD_DCtx_loadDictionary(raw, start(content), content.len()),
                Dictionary::Prefix(prefix) => z::ZSTD_DCtx_refPrefix(raw, start(prefix), prefix.len()),
            }
        })?;
        self.dictionary = Some(dictionary);
        Ok(())
    }

    /// Gives up the frame.
    pub fn reset(&mut self) {
        // SAFETY: a stream of the library's; giving up a frame cannot fail.
        unsafe { z::ZSTD_DCtx_reset(self.raw.as_ptr(), z::ZSTD_ResetDirective::ZSTD_reset_session_only) };
    }

    /// Works on the beginning of `input`, of which it takes off what it has used, and writes to the beginning of `out`: how
    /// many bytes, and whether that was the end of the frame.
    ///
    /// # Errors
    /// The library's.
    pub fn step(&mut self, input: &mut &[u8], out: &mut [u8]) -> Result<(usize, bool), Failure> {
        let mut from = z::ZSTD_inBuffer { src: start(input), size: input.len(), pos: 0 };
        let mut to = z::ZSTD_outBuffer { dst: out.as_mut_ptr().cast(), size: out.len(), pos: 0 };
        // SAFETY: a stream of the library's, which copies what it keeps of the input; both pointers are good for so many bytes.
        let left = unsafe { z::ZSTD_decompressStream(self.raw.as_ptr(), &mut to, &mut from) };
        *input = &input[from.pos..];
        check(left).map(|left| (to.pos, left == 0))
    }
}

impl Drop for Decompressor {
    fn drop(&mut self) {
        // SAFETY: made by the library; what it refers to is dropped after it.
        unsafe { z::ZSTD_freeDCtx(self.raw.as_ptr()) };
    }
}
