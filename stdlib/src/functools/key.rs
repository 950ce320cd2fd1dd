//! `cmp_to_key`: keys that compare by a function of two arguments.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::object::Field;
use argil_interp::ops::compare::{CmpOp, compare};
use argil_interp::value::Value;
use argil_interp::{native_of_fields, natives};

/// What `cmp_to_key` returns: it makes keys.
pub struct Maker {
    function: Field,
}

native_of_fields! { Maker { function } }

/// A maker of keys that compare by `function`.
pub fn maker(cx: &Ctx, function: Slot) -> Slot {
    cx.new_of_native_class(Maker { function: Field::of(function) })
}

natives! {
    pub static MAKER = {
        call fn __call__(cx; self_: Slot; obj: Slot) -> Slot {
            let function = cx.state::<Maker>(self_)?.function.get_or_none(cx);
            let key = Key { function: Field::of(cx.root(function)), object: Field::of(obj) };
            Ok(cx.new_of_native_class(key))
        }
    }
}

/// A key.
pub struct Key {
    function: Field,
    object: Field,
}

native_of_fields! { Key { function, object } }

fn compare_keys(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    let objects = (cx.load(a, |key: &Key| &key.object), cx.load(b, |key: &Key| &key.object));
    let (Some(x), Some(y)) = objects else { return Err(cx.type_error("other argument must be K instance")) };
    let function = cx.load(a, |key: &Key| &key.function).unwrap_or(a);
    let order = cx.call(function, &[x, y])?;
    let zero = cx.root(cx.int(0));
    compare(cx, op, order, zero)
}

natives! {
    pub static METHODS = {
        get fn obj(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Key>().map_or(Value::NONE, |key| key.object.get_or_none(cx)))
        }

        call fn __lt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Lt, self_, other)
        }

        call fn __le__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Le, self_, other)
        }

        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Eq, self_, other)
        }

        call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Ne, self_, other)
        }

        call fn __gt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Gt, self_, other)
        }

        call fn __ge__(cx; self_: Slot, other: Slot) -> Slot {
            compare_keys(cx, CmpOp::Ge, self_, other)
        }
    }
}
