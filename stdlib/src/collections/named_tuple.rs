//! What the classes that `namedtuple` makes are built on: a tuple with a constructor that knows the fields, and the
//! descriptors of the fields.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::Slot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::number;
use argil_interp::ops::repr::repr;
use argil_interp::types::native::{Crossing, FieldOf, Native, NativeData, Saved};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// An attribute of a named tuple: the element at an index.
pub struct Getter {
    index: usize,
    doc: Field,
}

impl NativeData for Getter {
    const FIELDS: &'static [FieldOf<Self>] = &[|getter| &getter.doc];

    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let getter = value.native::<Getter>()?;
            let bytes = (getter.index as u64).to_le_bytes().to_vec();
            Some(Saved { bytes, values: vec![getter.doc.get(cx)] })
        },
        restore: |cx, birth, bytes| {
            let index = u64::from_le_bytes(bytes.try_into().ok()?) as usize;
            Some(Native::alloc(cx, birth, Getter { index, doc: Field::unset() }))
        },
        fill: |cx, object, values| {
            if let (Some((getter, guard)), [Some(doc)]) = (object.guarded::<Getter>(cx), values) {
                guard.set(&getter.doc, *doc);
            }
        },
    });
}

natives! {
    pub static GETTER = {
        static raw fn __new__(cx, args) -> Slot {
            let args = args.constructor(cx, "_tuplegetter", 2, 2)?;
            let index = number::index(cx, args.get(1))?;
            let index = cx.get(index).as_int().and_then(|index| index.to_i64());
            // One that no tuple has, if it is out of range.
            let index = index.and_then(|index| usize::try_from(index).ok()).unwrap_or(usize::MAX);
            Ok(cx.new_native(args.get(0), Getter { index, doc: Field::of(args.get(2)) }))
        }

        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            let index = cx.state::<Getter>(self_)?.index;
            let value = cx.get(instance);
            let Some(tuple) = value.cast::<Tuple>() else {
                if value.is_none() {
                    return Ok(self_);
                }
                let got = cx.type_name(value);
                return Err(cx.type_error(format!(
                    "descriptor for index '{index}' for tuple subclasses doesn't apply to '{got}' object"
                )));
            };
            tuple.get(cx, index).map(|element| cx.root(element)).ok_or_else(|| cx.index_error("tuple index out of range"))
        }

        call fn __set__(cx; self_: Slot, instance: Slot, value: Slot) -> () {
            Err(cx.raise(Builtin::AttributeError, "can't set attribute"))
        }

        call fn __delete__(cx; self_: Slot, instance: Slot) -> () {
            Err(cx.raise(Builtin::AttributeError, "can't delete attribute"))
        }

        get fn __doc__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Getter>().map_or(Value::NONE, |getter| getter.doc.get_or_none(cx)))
        }

        set call fn __doc__(cx; self_: Slot, value: Slot) -> () {
            cx.store::<Getter>(self_, |getter| &getter.doc, value);
            Ok(())
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let index = cx.state::<Getter>(self_)?.index;
            let doc = cx.load(self_, |getter: &Getter| &getter.doc).unwrap_or(self_);
            Ok(format!("_tuplegetter({index}, {})", repr(cx, doc)?))
        }

        call fn __reduce__(cx; self_: Slot) -> Slot {
            let getter = cx.state::<Getter>(self_)?;
            let class = Value::of(cx.class_of(cx.get(self_)));
            let args = cx.tuple(&[cx.uint(getter.index as u64), getter.doc.get_or_none(cx)]);
            Ok(cx.root(cx.tuple(&[class, args])))
        }
    }
}
