//! `cmp_to_key`: keys that compare by a function of two arguments.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::Args;
use argil_interp::object::Field;
use argil_interp::ops::compare::{CmpOp, compare};
use argil_interp::types::tuple::Tuple;
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

/// What a maker is called with: itself, and the object of the key.
fn operand(cx: &mut Ctx, args: Args<'_>) -> Res<(Slot, Slot)> {
    let (args, names) = args.into_slots(cx);
    match args.len() {
        1 => return Err(cx.type_error("K() missing required argument 'obj' (pos 1)")),
        2 => {}
        more => return Err(cx.type_error(format!("K() takes at most 1 argument ({} given)", more - 1))),
    }
    let given = names.and_then(|names| cx.get(names).cast::<Tuple>()?.get(cx, 0)?.as_str().map(str::to_owned));
    match given {
        Some(name) if name != "obj" => Err(cx.type_error(format!("K() got an unexpected keyword argument '{name}'"))),
        _ => Ok((args.get(0), args.get(1))),
    }
}

natives! {
    pub static MAKER = {
        raw fn __call__(cx, args) -> Slot {
            let (self_, obj) = operand(cx, args)?;
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

        set call fn obj(cx; self_: Slot, value: Slot) -> () {
            cx.store::<Key>(self_, |key| &key.object, value);
            Ok(())
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
