//! `_hashlib`: what CPython has of OpenSSL, with its names and its errors.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::attr::get::get_attr;
use argil_interp::ops::identity::identity;
use argil_interp::ops::mapping::{dict_set, set_add};
use argil_interp::ops::number;
use argil_interp::ops::repr::repr;
use argil_interp::types::bytes::buffer;
use argil_interp::types::dict::Dict;
use argil_interp::types::function::NativeFunction;
use argil_interp::types::mapping_proxy::MappingProxy;
use argil_interp::types::set::Set;
use argil_interp::value::Value;

use super::algorithm::{
    ALGORITHMS, Algorithm, MD5, SHA1, SHA3_224, SHA3_256, SHA3_384, SHA3_512, SHA224, SHA256, SHA384, SHA512,
    SHAKE_128, SHAKE_256, named,
};
use super::object::{COMMON, FIXED, Mark, NAME, Object, UPDATE, bytes, construct, digest, digits, unsigned};
use super::plain::{constructors, limit};
use super::{hmac, object};
use crate::operator::same;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_hashlib", source: ModuleSource::Native { functions: CONSTRUCTORS, init } };

/// `UnsupportedDigestmodError`.
struct Unsupported;

type Fixed = Mark<40>;
type Extendable = Mark<41>;
type Keyed = Mark<42>;

/// What the functions of [`CONSTRUCTORS`] make, in their order.
static CONSTRUCTED: &[&Algorithm] = &[
    &MD5, &SHA1, &SHA224, &SHA256, &SHA384, &SHA512, &SHA3_224, &SHA3_256, &SHA3_384, &SHA3_512, &SHAKE_128, &SHAKE_256,
];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<Unsupported>(module, "UnsupportedDigestmodError", Builtin::ValueError);
    cx.define_functions(module, FUNCTIONS);
    let methods = [UPDATE, COMMON, NAME, FIXED, REPR];
    let fixed = cx.define_native_class::<Fixed>(module, &NativeClass::nameless("HASH", &methods));
    cx.define(module, "HASH", cx.get(fixed));
    let methods = [EXTENDABLE];
    let extendable = NativeClass { parent: Some(fixed), ..NativeClass::nameless("HASHXOF", &methods) };
    let extendable = cx.define_native_class::<Extendable>(module, &extendable);
    cx.define(module, "HASHXOF", cx.get(extendable));
    hmac::define_class::<Keyed>(cx, module);
    let names = cx.root(Value::of(Set::alloc(cx, Builtin::FrozenSet)));
    for algorithm in ALGORITHMS {
        let name = cx.root(cx.intern(algorithm.name));
        set_add(cx, names, name)?;
    }
    cx.define(module, "openssl_md_meth_names", cx.get(names));
    let constructors = cx.root(Value::of(Dict::alloc(cx)));
    for (def, algorithm) in CONSTRUCTORS.iter().zip(CONSTRUCTED) {
        let name = cx.root(cx.intern(def.name));
        let function = get_attr(cx, module, name)?;
        let name = cx.root(cx.intern(algorithm.name));
        dict_set(cx, constructors, function, name)?;
    }
    cx.define(module, "_constructors", MappingProxy::alloc(cx, cx.get(constructors)));
    limit(cx, module)
}

/// The function of a name, or OpenSSL's words.
fn known(cx: &Ctx, name: &str) -> Res<&'static Algorithm> {
    if name.contains('\0') {
        return Err(cx.value_error("embedded null character"));
    }
    named(name).ok_or_else(|| cx.raise_own::<Unsupported>("[digital envelope routines] unsupported"))
}

/// The function that a name or one of the module's functions stands for, for an HMAC.
fn digest_of(cx: &mut Ctx, digestmod: Slot) -> Res<&'static Algorithm> {
    let algorithm = match cx.get(digestmod).as_str().map(str::to_owned) {
        Some(name) => known(cx, &name)?,
        None => {
            let def = cx.get(digestmod).cast::<NativeFunction>().map(|function| function.def);
            let place = def.and_then(|def| CONSTRUCTORS.iter().position(|constructor| std::ptr::eq(*constructor, def)));
            let Some(place) = place else { return Err(unsupported(cx, digestmod)) };
            CONSTRUCTED[place]
        }
    };
    if algorithm.is_extendable() {
        return Err(cx.value_error("no reason supplied"));
    }
    Ok(algorithm)
}

#[cold]
fn unsupported(cx: &mut Ctx, digestmod: Slot) -> Raised {
    match repr(cx, digestmod) {
        Ok(shown) => cx.raise_own::<Unsupported>(format!("Unsupported digestmod {shown}")),
        Err(raised) => raised,
    }
}

/// How long a digest shall be.
fn wanted(cx: &mut Ctx, length: i64) -> Res<usize> {
    usize::try_from(length)
        .map_err(|_| cx.raise(Builtin::SystemError, "Negative size passed to PyBytes_FromStringAndSize"))
}

/// A copy of some bytes.
fn copied(cx: &mut Ctx, data: Slot) -> Res<Vec<u8>> {
    buffer::look(cx, cx.get(data), memory::copy)
}

/// A number of at most 31 bits, in CPython's words.
fn below_limit(cx: &mut Ctx, number: i64, low: &str, high: &str) -> Res<u32> {
    if number < 1 {
        return Err(cx.value_error(low));
    }
    i32::try_from(number).map(i32::cast_unsigned).map_err(|_| cx.overflow_error(high))
}

/// What scrypt goes by.
struct Cost {
    n: u64,
    r: u64,
    p: u64,
    most: u64,
}

/// How much memory OpenSSL lets scrypt use where nobody says, in bytes.
const SCRYPT_MEMORY: u64 = 32 << 20;

impl Cost {
    /// What the crate goes by, and how many bytes it will use; OpenSSL's words if it would refuse.
    fn check(&self) -> Result<(scrypt::Params, usize), &'static str> {
        const LIMIT: &str = "[digital envelope routines] memory limit exceeded";
        let &Cost { n, r, p, most } = self;
        if r == 0 || p == 0 {
            return Err("Invalid parameter combination for n, r, p, maxmem.");
        }
        if p > ((1 << 30) - 1) / r || r < 4 && n >= 1 << (16 * r) {
            return Err(LIMIT);
        }
        let blocks = p * 128 * r;
        let table = (n + 2).checked_mul(128 * r).ok_or(LIMIT)?;
        let used = blocks.checked_add(table).ok_or(LIMIT)?;
        if used > if most == 0 { SCRYPT_MEMORY } else { most } {
            return Err(LIMIT);
        }
        let params = scrypt::Params::new(n.ilog2() as u8, r as u32, p as u32).map_err(|_| LIMIT)?;
        Ok((params, used as usize))
    }
}

constructors! {
    static CONSTRUCTORS =
    "Returns a md5 hash object; optionally initialized with a string." openssl_md5 Fixed, MD5;
    "Returns a sha1 hash object; optionally initialized with a string." openssl_sha1 Fixed, SHA1;
    "Returns a sha224 hash object; optionally initialized with a string." openssl_sha224 Fixed, SHA224;
    "Returns a sha256 hash object; optionally initialized with a string." openssl_sha256 Fixed, SHA256;
    "Returns a sha384 hash object; optionally initialized with a string." openssl_sha384 Fixed, SHA384;
    "Returns a sha512 hash object; optionally initialized with a string." openssl_sha512 Fixed, SHA512;
    "Returns a sha3-224 hash object; optionally initialized with a string." openssl_sha3_224 Fixed, SHA3_224;
    "Returns a sha3-256 hash object; optionally initialized with a string." openssl_sha3_256 Fixed, SHA3_256;
    "Returns a sha3-384 hash object; optionally initialized with a string." openssl_sha3_384 Fixed, SHA3_384;
    "Returns a sha3-512 hash object; optionally initialized with a string." openssl_sha3_512 Fixed, SHA3_512;
    "Returns a shake-128 object; optionally initialized with a string." openssl_shake_128 Extendable, SHAKE_128;
    "Returns a shake-256 object; optionally initialized with a string." openssl_shake_256 Extendable, SHAKE_256;
}

natives! {
    static REPR = {
        slot fn __repr__(cx; self_: Value<'h>) -> String {
            let name = cx.state::<Object>(cx.root(self_))?.algorithm.name;
            let class = cx.type_name(self_);
            Ok(format!("<{name} {class} object @ {:#x}>", identity(self_)))
        }
    }
}

natives! {
    static EXTENDABLE = {
        /// Return the digest value as a bytes object.
        call fn digest(cx; self_: Slot; length: i64) -> Slot {
            let length = wanted(cx, length)?;
            let digest = digest(cx, self_, length)?;
            bytes(cx, &digest)
        }

        /// Return the digest value as a string of hexadecimal digits.
        call fn hexdigest(cx; self_: Slot; length: i64) -> Slot {
            let length = wanted(cx, length)?;
            let digest = digest(cx, self_, length)?;
            digits(cx, &digest)
        }
    }
}

natives! {
    static FUNCTIONS = {
        /// Return a new hash object using the named algorithm.
        call fn new(
            cx; ; name: String, data: GivenSlot = GivenSlot(None);
            usedforsecurity: bool = true, string: GivenSlot = GivenSlot(None)
        ) -> Slot {
            object::initial(cx, GivenSlot(data.0), GivenSlot(string.0))?;
            let algorithm = known(cx, &name)?;
            if algorithm.is_extendable() {
                construct::<Extendable>(cx, algorithm, data, string)
            } else {
                construct::<Fixed>(cx, algorithm, data, string)
            }
        }

        /// Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.
        call fn pbkdf2_hmac(
            cx; ; hash_name: String, password: Slot, salt: Slot, iterations: i64, dklen: Option<Slot> = None
        ) -> Slot {
            let (password, salt) = (copied(cx, password)?, copied(cx, salt)?);
            let algorithm = known(cx, &hash_name)?;
            let rounds = below_limit(
                cx, iterations, "iteration value must be greater than 0.", "iteration value is too great.",
            )?;
            let size = match dklen {
                Some(size) => {
                    let size = number::index(cx, size)?;
                    cx.index(cx.get(size))?.to_i64().unwrap_or(i64::MAX)
                }
                None => algorithm.size as i64,
            };
            let size = below_limit(cx, size, "key length must be greater than 0.", "key length is too great.")?;
            let mut key = memory::zeros(size as usize);
            cx.detached(|| (algorithm.derive)(algorithm, &password, &salt, rounds, &mut key));
            bytes(cx, &key)
        }

        /// scrypt password-based key derivation function.
        call fn scrypt(
            cx; ; password: Slot; salt: Slot, n: Slot, r: Slot, p: Slot, maxmem: i64 = 0, dklen: i64 = 64
        ) -> Slot {
            let (password, salt) = (copied(cx, password)?, copied(cx, salt)?);
            let [n, r, p] = [
                unsigned(cx, n, "unsigned long")?, unsigned(cx, r, "unsigned long")?, unsigned(cx, p, "unsigned long")?,
            ];
            if n < 2 || !n.is_power_of_two() {
                return Err(cx.value_error("n must be a power of 2."));
            }
            let within = |number: i64| u64::try_from(number).ok().filter(|&number| number <= i32::MAX as u64);
            let most = within(maxmem)
                .ok_or_else(|| cx.value_error("maxmem must be positive and smaller than 2147483647"))?;
            let size = within(dklen)
                .filter(|&size| size > 0)
                .ok_or_else(|| cx.value_error("dklen must be greater than 0 and smaller than 2147483647"))?;
            let (params, used) = Cost { n, r, p, most }.check().map_err(|words| cx.value_error(words))?;
            let mut key = memory::zeros(size as usize);
            // The crate takes what it needs without asking whether it is there.
            drop(memory::buffer::<u8>(used));
            match cx.detached(|| scrypt::scrypt(&password, &salt, &params, &mut key)) {
                Ok(()) => bytes(cx, &key),
                Err(_) => Err(cx.value_error("Invalid parameter combination for n, r, p, maxmem.")),
            }
        }

        /// Determine the OpenSSL FIPS mode of operation: there is none.
        fn get_fips_mode(cx) -> i64 { Ok(0) }

        /// Return 'a == b', in a time that does not tell where they differ.
        fn compare_digest(cx; a: Value<'h>, b: Value<'h>) -> bool { same(cx, a, b) }

        /// Single-shot HMAC.
        call fn hmac_digest(cx; ; key: Slot, msg: Slot, digest: Slot) -> Slot {
            let algorithm = digest_of(cx, digest)?;
            hmac::once(cx, algorithm, key, msg)
        }

        /// Return a new hmac object.
        call fn hmac_new(
            cx; ; key: Slot, msg: Option<Slot> = None, digestmod: GivenSlot = GivenSlot(None)
        ) -> Slot {
            let Some(digestmod) = digestmod.0 else {
                return Err(cx.type_error("Missing required parameter 'digestmod'."));
            };
            let algorithm = digest_of(cx, digestmod)?;
            hmac::keyed::<Keyed>(cx, algorithm, key, msg)
        }
    }
}
