//! `array`: sequences of numbers or characters that lie side by side.

mod create;
mod iterate;
mod machine;
mod methods;
mod pack;
mod sequence;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::types::array::Array;
use argil_interp::types::class::{Class, Collection};
use argil_interp::types::generic_alias::methods::CLASS_GETITEM;
use argil_interp::value::Value;

use iterate::ArrayIter;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "array", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// The letters of all types of items, in CPython's order.
const LETTERS: &str = "bBuwhHiIlLqQfd";

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let methods = [methods::METHODS, sequence::METHODS, CLASS_GETITEM];
    let class = cx.define_native_class::<Array>(
        module,
        &NativeClass { collection: Collection::Sequence, ..NativeClass::new("array", &methods) },
    );
    if let Some(class) = cx.get(class).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("__hash__"), Value::NONE);
    }
    cx.define(module, "ArrayType", cx.get(class));
    cx.define(module, "typecodes", cx.str(LETTERS));
    let methods = [iterate::METHODS, ITERATOR];
    cx.define_native_class::<ArrayIter>(module, &NativeClass::nameless("arrayiterator", &methods));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Internal. Used for pickling support.
        call fn _array_reconstructor(cx; arraytype: Slot, typecode: Slot, mformat_code: i32, items: Slot) -> Slot {
            machine::reconstruct(cx, arraytype, typecode, mformat_code, items)
        }
    }
}
