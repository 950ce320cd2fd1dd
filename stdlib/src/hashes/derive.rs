//! What is made of a hash function and a key: HMAC (RFC 2104) and PBKDF2 (RFC 8018).

use super::algorithm::{Algorithm, Core, Hash, LONGEST, WIDEST};

/// An HMAC under way.
pub struct Hmac {
    inner: Box<dyn Hash>,
    outer: Box<dyn Hash>,
    size: usize,
}

/// A key as long as a block, for the inner hash and for the outer.
fn pads(algorithm: &Algorithm, key: &[u8]) -> [[u8; WIDEST]; 2] {
    let mut block = [0; WIDEST];
    if key.len() > algorithm.block {
        let mut hash = (algorithm.begin)();
        hash.update(key);
        hash.digest(&mut block[..algorithm.size]);
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    [0x36, 0x5c].map(|pad| block.map(|byte| byte ^ pad))
}

impl Hmac {
    /// The HMAC of nothing with a key; the function's digests have a length.
    pub fn new(algorithm: &Algorithm, key: &[u8]) -> Hmac {
        let [inner, outer] = pads(algorithm, key).map(|pad| {
            let mut hash = (algorithm.begin)();
            hash.update(&pad[..algorithm.block]);
            hash
        });
        Hmac { inner, outer, size: algorithm.size }
    }
}

impl Hash for Hmac {
    fn update(&mut self, bytes: &[u8]) {
        self.inner.update(bytes);
    }

    fn digest(&self, out: &mut [u8]) {
        let mut digest = [0; LONGEST];
        let digest = &mut digest[..self.size];
        self.inner.digest(digest);
        let mut outer = self.outer.copy();
        outer.update(digest);
        outer.digest(out);
    }

    fn copy(&self) -> Box<dyn Hash> {
        Box::new(Hmac { inner: self.inner.copy(), outer: self.outer.copy(), size: self.size })
    }
}

/// Fills `out` with a key made of a password and a salt, by so many rounds.
pub fn pbkdf2<C: Core>(algorithm: &Algorithm, password: &[u8], salt: &[u8], rounds: u32, out: &mut [u8]) {
    if algorithm.is_extendable() {
        return;
    }
    let [inner, outer] = pads(algorithm, password).map(|pad| {
        let mut hash = C::begin();
        hash.feed(&pad[..algorithm.block]);
        hash
    });
    let finish = |hash: C, digest: &mut [u8]| {
        hash.finish(digest);
        let mut outer = outer.clone();
        outer.feed(digest);
        outer.finish(digest);
    };
    let (mut digest, mut sum) = ([0; LONGEST], [0; LONGEST]);
    let (digest, sum) = (&mut digest[..algorithm.size], &mut sum[..algorithm.size]);
    for (number, part) in (1_u32..).zip(out.chunks_mut(algorithm.size)) {
        let mut first = inner.clone();
        first.feed(salt);
        first.feed(&number.to_be_bytes());
        finish(first, digest);
        sum.copy_from_slice(digest);
        for _ in 1..rounds {
            let mut next = inner.clone();
            next.feed(digest);
            finish(next, digest);
            sum.iter_mut().zip(&*digest).for_each(|(sum, byte)| *sum ^= byte);
        }
        part.copy_from_slice(&sum[..part.len()]);
    }
}
