//! `_md5`, `_sha1` and `_sha2`.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::types::native::NativeData;

use super::algorithm::{MD5, SHA1, SHA224, SHA256, SHA384, SHA512};
use super::object::{COMMON, FIXED, Mark, NAME, OFF_LOCK, UPDATE, construct};

/// `_md5`.
pub const MD5_MODULE: ModuleDef = ModuleDef {
    name: "_md5",
    source: ModuleSource::Native {
        functions: MD5_FUNCTIONS,
        init: |cx, module| {
            class::<Mark<0>>(cx, module, "MD5Type", "md5");
            limit(cx, module)
        },
    },
};

/// `_sha1`.
pub const SHA1_MODULE: ModuleDef = ModuleDef {
    name: "_sha1",
    source: ModuleSource::Native {
        functions: SHA1_FUNCTIONS,
        init: |cx, module| {
            class::<Mark<1>>(cx, module, "SHA1Type", "sha1");
            limit(cx, module)
        },
    },
};

/// `_sha2`.
pub const SHA2_MODULE: ModuleDef = ModuleDef {
    name: "_sha2",
    source: ModuleSource::Native {
        functions: SHA2_FUNCTIONS,
        init: |cx, module| {
            class::<Mark<2>>(cx, module, "SHA224Type", "SHA224Type");
            class::<Mark<3>>(cx, module, "SHA256Type", "SHA256Type");
            class::<Mark<4>>(cx, module, "SHA384Type", "SHA384Type");
            class::<Mark<5>>(cx, module, "SHA512Type", "SHA512Type");
            limit(cx, module)
        },
    },
};

/// Defines a class of which scripts get instances only from functions.
fn class<M: NativeData>(cx: &Ctx, module: Slot, attribute: &str, name: &'static str) {
    let class = cx.define_native_class::<M>(module, &NativeClass::nameless(name, &[UPDATE, COMMON, NAME, FIXED]));
    cx.define(module, attribute, cx.get(class));
}

/// How much is hashed off the lock.
pub fn limit(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define(module, "_GIL_MINSIZE", cx.int(OFF_LOCK as i64));
    Ok(())
}

/// A table of functions that make hash objects.
macro_rules! constructors {
    ($(#[$meta:meta])* $vis:vis static $table:ident = $($doc:literal $name:ident $class:ty, $algorithm:expr;)*) => {
        natives! {
            $(#[$meta])*
            $vis static $table = {
                $(
                    #[doc = $doc]
                    call fn $name(
                        cx; ; data: GivenSlot = GivenSlot(None);
                        usedforsecurity: bool = true, string: GivenSlot = GivenSlot(None)
                    ) -> Slot {
                        construct::<$class>(cx, &$algorithm, data, string)
                    }
                )*
            }
        }
    };
}
pub(super) use constructors;

constructors! {
    static MD5_FUNCTIONS =
    "Return a new MD5 hash object; optionally initialized with a string." md5 Mark<0>, MD5;
}

constructors! {
    static SHA1_FUNCTIONS =
    "Return a new SHA1 hash object; optionally initialized with a string." sha1 Mark<1>, SHA1;
}

constructors! {
    static SHA2_FUNCTIONS =
    "Return a new SHA-224 hash object; optionally initialized with a string." sha224 Mark<2>, SHA224;
    "Return a new SHA-256 hash object; optionally initialized with a string." sha256 Mark<3>, SHA256;
    "Return a new SHA-384 hash object; optionally initialized with a string." sha384 Mark<4>, SHA384;
    "Return a new SHA-512 hash object; optionally initialized with a string." sha512 Mark<5>, SHA512;
}
