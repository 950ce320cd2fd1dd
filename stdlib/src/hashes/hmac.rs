//! `_hmac`, and the class that it shares with `_hashlib`.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::identity::identity;
use argil_interp::types::bytes::buffer;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use super::algorithm::{self, Algorithm, Hash, LONGEST};
use super::derive::Hmac;
use super::object::{COMMON, FIXED, Mark, OFF_LOCK, Object, bytes, class_of, length, object, update};
use super::plain::limit;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_hmac", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `UnknownHashError`.
struct Unknown;

type Class = Mark<30>;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<Unknown>(module, "UnknownHashError", Builtin::ValueError);
    define_class::<Class>(cx, module);
    limit(cx, module)
}

/// Defines the class of a module.
pub fn define_class<M: NativeData>(cx: &Ctx, module: Slot) {
    let class = cx.define_native_class::<M>(module, &NativeClass::nameless("HMAC", &[METHODS, COMMON, FIXED]));
    cx.define(module, "HMAC", cx.get(class));
}

/// An HMAC object of the class `M`, with what it begins with.
pub fn keyed<M: NativeData>(
    cx: &mut Ctx,
    algorithm: &'static Algorithm,
    key: Slot,
    message: Option<Slot>,
) -> Res<Slot> {
    let hash: Box<dyn Hash> = Box::new(buffer::look(cx, cx.get(key), |key| Hmac::new(algorithm, key))?);
    let class = class_of::<M>(cx);
    let this = object(cx, class, algorithm, algorithm.size, hash);
    if let Some(message) = message {
        update(cx, this, message)?;
    }
    Ok(this)
}

/// The HMAC of a message, at once.
pub fn once(cx: &mut Ctx, algorithm: &'static Algorithm, key: Slot, message: Slot) -> Res<Slot> {
    let mut hash = buffer::look(cx, cx.get(key), |key| Hmac::new(algorithm, key))?;
    if buffer::look(cx, cx.get(message), <[u8]>::len)? < OFF_LOCK {
        buffer::look(cx, cx.get(message), |message| hash.update(message))?;
    } else {
        buffer::detached(cx, message, |message| hash.update(message))?;
    }
    let mut digest = [0; LONGEST];
    hash.digest(&mut digest[..algorithm.size]);
    bytes(cx, &digest[..algorithm.size])
}

/// The function that a script names.
fn named(cx: &mut Ctx, digestmod: Slot) -> Res<&'static Algorithm> {
    let cx: &mut Ctx = cx;
    let name = cx.get(digestmod).as_str().map(str::to_ascii_lowercase);
    let name =
        name.as_deref().map(|name| name.strip_suffix("_32").filter(|name| name.starts_with("blake2")).unwrap_or(name));
    let known = name.and_then(algorithm::named);
    match known.filter(|known| !known.is_extendable() && name == Some(known.name) && !is_foreign(known)) {
        Some(known) => Ok(known),
        None => Err(unknown(cx, digestmod)),
    }
}

/// Whether only `_hashlib` has a function.
fn is_foreign(algorithm: &Algorithm) -> bool {
    ["ripemd160", "sm3", "md5-sha1", "sha512_224", "sha512_256"].contains(&algorithm.name)
}

#[cold]
fn unknown(cx: &mut Ctx, digestmod: Slot) -> Raised {
    match argil_interp::ops::repr::repr(cx, digestmod) {
        Ok(shown) => cx.raise_own::<Unknown>(format!("unsupported hash type: {shown}")),
        Err(raised) => raised,
    }
}

/// Both must be bytes-like.
fn compute(cx: &mut Ctx, algorithm: &'static Algorithm, key: Slot, message: Slot) -> Res<Slot> {
    length(cx, key)?;
    length(cx, message)?;
    once(cx, algorithm, key, message)
}

natives! {
    static METHODS = {
        /// Update the HMAC object with the given message.
        call fn update(cx; self_: Slot; msg: Slot) -> () { update(cx, self_, msg) }

        get fn name(cx; self_: Value<'h>) -> String {
            Ok(format!("hmac-{}", cx.state::<Object>(cx.root(self_))?.algorithm.name))
        }

        slot fn __repr__(cx; self_: Value<'h>) -> String {
            let name = cx.state::<Object>(cx.root(self_))?.algorithm.name;
            Ok(format!("<{name} HMAC object @ {:#x}>", identity(self_)))
        }
    }
}

macro_rules! functions {
    ($($compute:ident $algorithm:ident;)*) => {
        natives! {
            static FUNCTIONS = {
                /// Return a new HMAC object.
                call fn new(
                    cx; ; key: Slot, msg: Option<Slot> = None, digestmod: GivenSlot = GivenSlot(None)
                ) -> Slot {
                    let Some(digestmod) = digestmod.0 else {
                        return Err(cx.type_error("new() missing 1 required argument 'digestmod'"));
                    };
                    let algorithm = named(cx, digestmod)?;
                    length(cx, key)?;
                    keyed::<Class>(cx, algorithm, key, msg)
                }

                /// Return the HMAC of a message.
                call fn compute_digest(cx; ; key: Slot, msg: Slot, digest: Slot) -> Slot {
                    let algorithm = named(cx, digest)?;
                    compute(cx, algorithm, key, msg)
                }

                $(
                    call fn $compute(cx; key: Slot, msg: Slot) -> Slot {
                        compute(cx, &algorithm::$algorithm, key, msg)
                    }
                )*
            }
        }
    };
}

functions! {
    compute_md5 MD5;
    compute_sha1 SHA1;
    compute_sha224 SHA224;
    compute_sha256 SHA256;
    compute_sha384 SHA384;
    compute_sha512 SHA512;
    compute_sha3_224 SHA3_224;
    compute_sha3_256 SHA3_256;
    compute_sha3_384 SHA3_384;
    compute_sha3_512 SHA3_512;
    compute_blake2s_32 BLAKE2S;
    compute_blake2b_32 BLAKE2B;
}
