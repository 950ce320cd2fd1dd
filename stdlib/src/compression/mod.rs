//! `_bz2`, `_lzma` and `_zstd`. All work is done off the lock; an object works for one thread at a time, so that each call is one
//! step. None of them crosses to another process, as none can be pickled in CPython. Each is a feature of the crate; without it,
//! importing the module says so.

#[cfg(feature = "bz2")]
mod bz2;
#[cfg(any(feature = "bz2", feature = "lzma", feature = "zstd"))]
mod engine;
#[cfg(feature = "lzma")]
mod lzma;
#[cfg(feature = "zstd")]
mod zstd;

#[cfg(feature = "bz2")]
pub use bz2::MODULE as BZ2;
#[cfg(feature = "lzma")]
pub use lzma::MODULE as LZMA;
#[cfg(feature = "zstd")]
pub use zstd::MODULE as ZSTD;

/// A module that was left out.
#[cfg(not(all(feature = "bz2", feature = "lzma", feature = "zstd")))]
macro_rules! left_out {
    ($constant:ident, $name:literal, $feature:literal) => {
        /// The module, which was left out.
        #[cfg(not(feature = $feature))]
        pub const $constant: argil_interp::config::ModuleDef = argil_interp::config::ModuleDef {
            name: $name,
            source: argil_interp::config::ModuleSource::Native {
                functions: &[],
                init: |cx, _| {
                    let message =
                        concat!($name, " was left out of this Argil, which was built without its feature ", $feature);
                    Err(cx.raise(argil_interp::builtin::Builtin::ImportError, message))
                },
            },
        };
    };
}
#[cfg(not(all(feature = "bz2", feature = "lzma", feature = "zstd")))]
left_out!(BZ2, "_bz2", "bz2");
#[cfg(not(all(feature = "bz2", feature = "lzma", feature = "zstd")))]
left_out!(LZMA, "_lzma", "lzma");
#[cfg(not(all(feature = "bz2", feature = "lzma", feature = "zstd")))]
left_out!(ZSTD, "_zstd", "zstd");
