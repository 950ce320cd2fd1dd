//! `array`: sequences of numbers or characters that lie side by side.

mod create;
mod iterate;
mod machine;
mod methods;
mod pack;
mod sequence;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::ops::attr;
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
    let class = define(cx, module);
    register(cx, class)
}

/// Defines the classes; which one is that of arrays.
fn define(cx: &Ctx, module: Slot) -> Slot {
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
    class
}

/// Tells `collections.abc` that arrays are sequences that may change.
fn register(cx: &mut Ctx, class: Slot) -> Res<()> {
    let module = import_module(cx, "collections.abc")?;
    let name = cx.root(cx.intern("MutableSequence"));
    let sequence = attr::get_attr(cx, module, name)?;
    let name = cx.root(cx.intern("register"));
    let register = attr::get_attr(cx, sequence, name)?;
    cx.call(register, &[class]).map(|_| ())
}

natives! {
    static FUNCTIONS = {
        /// Internal. Used for pickling support.
        call fn _array_reconstructor(cx; arraytype: Slot, typecode: Slot, mformat_code: i32, items: Slot) -> Slot {
            machine::reconstruct(cx, arraytype, typecode, mformat_code, items)
        }
    }
}
