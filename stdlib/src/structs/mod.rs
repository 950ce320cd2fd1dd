//! `_struct`: values as bytes, and back.

mod buffers;
mod formats;
mod iterate;
mod layout;
mod methods;
mod pack;
mod unpack;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;

use formats::{Formats, checked, known};
use iterate::UnpackIterator;
use methods::Compiled;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_struct", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `struct.error`.
struct StructError;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<StructError>(module, "struct.error", Builtin::Exception);
    cx.define_native_class::<Compiled>(module, &NativeClass::new("Struct", &[methods::METHODS]));
    let methods = [ITERATOR, iterate::ITERATOR];
    cx.define_native_class::<UnpackIterator>(module, &NativeClass::nameless("unpack_iterator", &methods));
    Ok(())
}

/// A `struct.error`.
#[cold]
fn wrong(cx: &Ctx, message: &str) -> Raised {
    cx.raise_own::<StructError>(message)
}

natives! {
    static FUNCTIONS = {
        /// Return size in bytes of the struct described by the format string.
        call fn calcsize(cx; format: Slot) -> usize {
            Ok(known(cx, format)?.size)
        }

        /// Return a bytes object containing values packed according to the format string.
        raw fn pack(cx, args) -> Slot {
            let args = checked(cx, args, "_struct.pack")?;
            if args.is_empty() {
                return Err(cx.type_error("missing format argument"));
            }
            let layout = known(cx, args.get(0))?;
            buffers::pack(cx, &layout, args.skip(1))
        }

        /// Pack values and write the packed bytes into the buffer, beginning at the offset.
        raw fn pack_into(cx, args) -> () {
            let args = checked(cx, args, "_struct.pack_into")?;
            if args.is_empty() {
                return Err(cx.type_error("missing format argument"));
            }
            let layout = known(cx, args.get(0))?;
            buffers::pack_into(cx, &layout, args.skip(1))
        }

        /// Return a tuple containing values unpacked according to the format string.
        call fn unpack(cx; format: Slot, buffer: Slot) -> Slot {
            let layout = known(cx, format)?;
            buffers::unpack(cx, &layout, buffer)
        }

        /// Return a tuple containing values unpacked from the buffer, beginning at the offset.
        call fn unpack_from(cx; format: Slot; buffer: Slot, offset: i64 = 0) -> Slot {
            let layout = known(cx, format)?;
            buffers::unpack_from(cx, &layout, buffer, offset)
        }

        /// Return an iterator yielding tuples unpacked from the buffer.
        call fn iter_unpack(cx; format: Slot, buffer: Slot) -> Slot {
            let layout = known(cx, format)?;
            iterate::iter_unpack(cx, layout, buffer)
        }

        /// Clear the internal cache.
        fn _clearcache(cx) -> () {
            cx.interp().service::<Formats>().clear();
            Ok(())
        }
    }
}
