//! `_sha3`: SHA-3 and its functions of any length.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::{GivenSlot, NativeDef};
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use super::algorithm::{Algorithm, SHA3_224, SHA3_256, SHA3_384, SHA3_512, SHAKE_128, SHAKE_256};
use super::object::{
    COMMON, FIXED, Mark, NAME, Object, UPDATE, bytes, digest, digits, initial, object, unsigned, update,
};
use super::plain::limit;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_sha3", source: ModuleSource::Native { functions: &[], init } };

/// The longest digest that the module gives, in bytes.
const MOST: u64 = 1 << 29;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    class::<Mark<10>>(cx, module, "sha3_224", &[NEW_224, FIXED]);
    class::<Mark<11>>(cx, module, "sha3_256", &[NEW_256, FIXED]);
    class::<Mark<12>>(cx, module, "sha3_384", &[NEW_384, FIXED]);
    class::<Mark<13>>(cx, module, "sha3_512", &[NEW_512, FIXED]);
    class::<Mark<14>>(cx, module, "shake_128", &[NEW_SHAKE_128, EXTENDABLE]);
    class::<Mark<15>>(cx, module, "shake_256", &[NEW_SHAKE_256, EXTENDABLE]);
    cx.define(module, "implementation", cx.str("RustCrypto"));
    limit(cx, module)
}

fn class<M: NativeData>(cx: &Ctx, module: Slot, name: &'static str, own: &[&'static [&'static NativeDef]; 2]) {
    let [new, digests] = *own;
    let methods = [new, digests, UPDATE, COMMON, NAME, SPONGE];
    let class = cx.define_native_class::<M>(module, &NativeClass::nameless(name, &methods));
    cx.define(module, name, cx.get(class));
}

fn new(cx: &mut Ctx, class: Slot, algorithm: &'static Algorithm, data: GivenSlot, string: GivenSlot) -> Res<Slot> {
    let data = initial(cx, data, string)?;
    let this = object(cx, class, algorithm, algorithm.size, (algorithm.begin)());
    if let Some(data) = data {
        update(cx, this, data)?;
    }
    Ok(this)
}

/// How long a digest shall be.
fn wanted(cx: &mut Ctx, length: Slot) -> Res<usize> {
    let length = unsigned(cx, length, "unsigned long")?;
    if length >= MOST {
        return Err(cx.value_error("length is too large"));
    }
    Ok(length as usize)
}

fn algorithm(cx: &Ctx, this: Value<'_>) -> Res<&'static Algorithm> {
    Ok(cx.state::<Object>(cx.root(this))?.algorithm)
}

/// How many bits of the sponge are not touched by input.
fn capacity(algorithm: &Algorithm) -> usize {
    1600 - algorithm.block * 8
}

natives! {
    static SPONGE = {
        get fn _capacity_bits(cx; self_: Value<'h>) -> usize { Ok(capacity(algorithm(cx, self_)?)) }

        get fn _rate_bits(cx; self_: Value<'h>) -> usize { Ok(algorithm(cx, self_)?.block * 8) }

        get fn _suffix(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.bytes(if algorithm(cx, self_)?.is_extendable() { b"\x1f" } else { b"\x06" }))
        }
    }
}

natives! {
    static EXTENDABLE = {
        /// Return the digest value as a bytes object.
        call fn digest(cx; self_: Slot; length: Slot) -> Slot {
            let length = wanted(cx, length)?;
            let digest = digest(cx, self_, length)?;
            bytes(cx, &digest)
        }

        /// Return the digest value as a string of hexadecimal digits.
        call fn hexdigest(cx; self_: Slot; length: Slot) -> Slot {
            let length = wanted(cx, length)?;
            let digest = digest(cx, self_, length)?;
            digits(cx, &digest)
        }
    }
}

/// The constructor of a class.
macro_rules! constructor {
    ($($table:ident $algorithm:expr;)*) => {
        $(natives! {
            static $table = {
                static call fn __new__(
                    cx; cls: Slot; data: GivenSlot = GivenSlot(None);
                    usedforsecurity: bool = true, string: GivenSlot = GivenSlot(None)
                ) -> Slot {
                    new(cx, cls, &$algorithm, data, string)
                }
            }
        })*
    };
}

constructor! {
    NEW_224 SHA3_224;
    NEW_256 SHA3_256;
    NEW_384 SHA3_384;
    NEW_512 SHA3_512;
    NEW_SHAKE_128 SHAKE_128;
    NEW_SHAKE_256 SHAKE_256;
}
