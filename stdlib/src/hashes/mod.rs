//! Hash functions: `_md5`, `_sha1`, `_sha2`, `_sha3`, `_blake2`, `_hmac`, and `_hashlib` with what CPython has of OpenSSL, all on
//! the crates of RustCrypto and BLAKE2's authors. No object of theirs crosses to another process, as none can be pickled in CPython.

mod algorithm;
mod blake2;
mod derive;
mod hmac;
mod object;
mod openssl;
mod plain;
mod sha3;

pub use blake2::MODULE as BLAKE2;
pub use hmac::MODULE as HMAC;
pub use object::unsigned;
pub use openssl::MODULE as HASHLIB;
pub use plain::{MD5_MODULE as MD5, SHA1_MODULE as SHA1, SHA2_MODULE as SHA2};
pub use sha3::MODULE as SHA3;
