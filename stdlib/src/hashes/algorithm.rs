//! The hash functions: one table of them, and what goes for all.

use sha2::Digest;
use shake::{ExtendableOutput, Update, XofReader};

use super::derive;

/// A hash function as its crate has it.
pub trait Core: Clone + Send + 'static {
    /// The hash of nothing.
    fn begin() -> Self;
    /// Appends to what is hashed.
    fn feed(&mut self, bytes: &[u8]);
    /// Writes the digest.
    fn finish(self, out: &mut [u8]);
}

impl<D: Digest + Clone + Send + 'static> Core for D {
    fn begin() -> D {
        D::new()
    }

    fn feed(&mut self, bytes: &[u8]) {
        Digest::update(self, bytes);
    }

    fn finish(self, out: &mut [u8]) {
        out.copy_from_slice(&self.finalize());
    }
}

/// A function whose digest is as long as one likes.
#[derive(Clone, Default)]
struct Extendable<S>(S);

impl<S: ExtendableOutput + Update + Default + Clone + Send + 'static> Core for Extendable<S> {
    fn begin() -> Self {
        Self::default()
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self, out: &mut [u8]) {
        self.0.finalize_xof().read(out);
    }
}

/// MD5 and SHA-1 side by side, as SSL 3 had them.
#[derive(Clone, Default)]
struct Both(md5::Md5, sha1::Sha1);

impl Core for Both {
    fn begin() -> Both {
        Both::default()
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.0.feed(bytes);
        self.1.feed(bytes);
    }

    fn finish(self, out: &mut [u8]) {
        let (first, second) = out.split_at_mut(16);
        self.0.finish(first);
        self.1.finish(second);
    }
}

/// BLAKE2b, with whatever parameters it was begun.
#[derive(Clone)]
pub struct Blake2b(pub blake2b_simd::State);

impl Core for Blake2b {
    fn begin() -> Blake2b {
        Blake2b(blake2b_simd::State::new())
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self, out: &mut [u8]) {
        out.copy_from_slice(self.0.finalize().as_bytes());
    }
}

/// BLAKE2s, with whatever parameters it was begun.
#[derive(Clone)]
pub struct Blake2s(pub blake2s_simd::State);

impl Core for Blake2s {
    fn begin() -> Blake2s {
        Blake2s(blake2s_simd::State::new())
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(self, out: &mut [u8]) {
        out.copy_from_slice(self.0.finalize().as_bytes());
    }
}

/// A hash under way, of any function.
pub trait Hash: Send {
    /// Appends to what is hashed.
    fn update(&mut self, bytes: &[u8]);
    /// Writes the digest of what was appended so far, all of it, or as much as is wanted of one of any length.
    fn digest(&self, out: &mut [u8]);
    /// Another in the same state.
    fn copy(&self) -> Box<dyn Hash>;
}

impl<C: Core> Hash for C {
    fn update(&mut self, bytes: &[u8]) {
        self.feed(bytes);
    }

    fn digest(&self, out: &mut [u8]) {
        self.clone().finish(out);
    }

    fn copy(&self) -> Box<dyn Hash> {
        Box::new(self.clone())
    }
}

/// A function that derives a key: of a password, a salt, how often, and where to write it.
pub type Derive = fn(&Algorithm, &[u8], &[u8], u32, &mut [u8]);

/// A hash function.
pub struct Algorithm {
    /// Its name in scripts.
    pub name: &'static str,
    /// How many bytes it works on at once.
    pub block: usize,
    /// How many bytes a digest has; 0 if that is as one likes.
    pub size: usize,
    /// The hash of nothing.
    pub begin: fn() -> Box<dyn Hash>,
    /// PBKDF2 with its HMAC.
    pub derive: Derive,
    /// What else it is called, in small letters.
    pub aliases: &'static [&'static str],
}

/// The longest digest, in bytes, of those that have a length.
pub const LONGEST: usize = 64;

/// The most bytes that a function works on at once.
pub const WIDEST: usize = 168;

impl Algorithm {
    const fn of<C: Core>(name: &'static str, block: usize, size: usize, aliases: &'static [&'static str]) -> Algorithm {
        assert!(block <= WIDEST && size <= LONGEST);
        Algorithm { name, block, size, begin: || Box::new(C::begin()), derive: derive::pbkdf2::<C>, aliases }
    }

    /// Whether digests are as long as one likes.
    pub fn is_extendable(&self) -> bool {
        self.size == 0
    }
}

macro_rules! algorithms {
    ($($constant:ident: $type:ty = $name:literal, $block:literal, $size:literal, $aliases:expr;)*) => {
        $(
            #[doc = concat!("The function `", $name, "`.")]
            pub static $constant: Algorithm = Algorithm::of::<$type>($name, $block, $size, &$aliases);
        )*

        /// Every function.
        pub static ALGORITHMS: &[&Algorithm] = &[$(&$constant),*];
    };
}

algorithms! {
    MD5: md5::Md5 = "md5", 64, 16, ["ssl3-md5"];
    SHA1: sha1::Sha1 = "sha1", 64, 20, ["sha-1", "ssl3-sha1"];
    SHA224: sha2::Sha224 = "sha224", 64, 28, ["sha-224", "sha2-224"];
    SHA256: sha2::Sha256 = "sha256", 64, 32, ["sha-256", "sha2-256"];
    SHA384: sha2::Sha384 = "sha384", 128, 48, ["sha-384", "sha2-384"];
    SHA512: sha2::Sha512 = "sha512", 128, 64, ["sha-512", "sha2-512"];
    SHA512_224: sha2::Sha512_224 = "sha512_224", 128, 28, ["sha-512/224", "sha512-224", "sha2-512/224"];
    SHA512_256: sha2::Sha512_256 = "sha512_256", 128, 32, ["sha-512/256", "sha512-256", "sha2-512/256"];
    SHA3_224: sha3::Sha3_224 = "sha3_224", 144, 28, ["sha3-224"];
    SHA3_256: sha3::Sha3_256 = "sha3_256", 136, 32, ["sha3-256"];
    SHA3_384: sha3::Sha3_384 = "sha3_384", 104, 48, ["sha3-384"];
    SHA3_512: sha3::Sha3_512 = "sha3_512", 72, 64, ["sha3-512"];
    SHAKE_128: Extendable<shake::Shake128> = "shake_128", 168, 0, ["shake128", "shake-128"];
    SHAKE_256: Extendable<shake::Shake256> = "shake_256", 136, 0, ["shake256", "shake-256"];
    BLAKE2B: Blake2b = "blake2b", 128, 64, ["blake2b512", "blake2b-512"];
    BLAKE2S: Blake2s = "blake2s", 64, 32, ["blake2s256", "blake2s-256"];
    RIPEMD160: ripemd::Ripemd160 = "ripemd160", 64, 20, ["ripemd-160", "ripemd", "rmd160"];
    SM3: sm3::Sm3 = "sm3", 64, 32, [];
    MD5_SHA1: Both = "md5-sha1", 64, 36, [];
}

/// The function that a name stands for: its own, or one of its others, in which case does not matter.
pub fn named(name: &str) -> Option<&'static Algorithm> {
    if let Some(algorithm) = ALGORITHMS.iter().find(|algorithm| algorithm.name == name) {
        return Some(algorithm);
    }
    let small = name.to_ascii_lowercase();
    // What is spelled with an underscore is a script's name only, and case matters there.
    let fits = |algorithm: &&&Algorithm| {
        algorithm.aliases.contains(&small.as_str()) || algorithm.name == small && !small.contains('_')
    };
    ALGORITHMS.iter().find(fits).copied()
}
