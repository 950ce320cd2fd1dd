//! What the classes that `namedtuple` makes are built on: a tuple with a constructor that knows the fields, and the
//! descriptors of the fields.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::repr::repr;
use argil_interp::ops::{attr, mapping, number};
use argil_interp::types::class::Class;
use argil_interp::types::dict::Dict;
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

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            if args.is_empty() {
                return Err(cx.type_error("_namedtuple.__new__(): not enough arguments"));
            }
            let class = args.get(0);
            let fields = fields_of(cx, class)?;
            if names.is_none() && given == fields.len() + 1 {
                return Ok(build(cx, class, args.skip(1)));
            }
            let values = bind(cx, class, fields, args, given, names)?;
            Ok(build(cx, class, values))
        }
    }
}

fn fields_of(cx: &mut Ctx, class: Slot) -> Res<Slots> {
    let name = cx.root(cx.intern("_fields"));
    let fields = attr::get_attr(cx, class, name)?;
    let cx = &*cx;
    Ok(match cx.get(fields).cast::<Tuple>() {
        Some(fields) => cx.root_all(fields.iter(cx)),
        None => cx.root_all([]),
    })
}

fn build(cx: &Ctx, class: Slot, values: Slots) -> Slot {
    let values: Vec<_> = values.iter().map(|slot| cx.get(slot)).collect();
    match cx.get(class).cast::<Class>() {
        Some(class) => cx.root(Value::of(Tuple::build(cx, class.birth().0, &values))),
        None => cx.root(cx.tuple(&values)),
    }
}

/// The values of the fields, as a function defined in the language would bind its parameters.
fn bind(cx: &mut Ctx, class: Slot, fields: Slots, args: Slots, given: usize, names: Option<Slot>) -> Res<Slots> {
    let text = |cx: &Ctx, slot: Slot| cx.get(slot).as_str().unwrap_or("?").to_owned();
    let class_name = cx.get(class).cast::<Class>().map_or_else(String::new, |class| class.name(cx).to_owned());
    let name = cx.root(cx.intern("_field_defaults"));
    let defaults = attr::get_attr(cx, class, name)?;
    if given > fields.len() + 1 {
        let optional = cx.get(defaults).cast::<Dict>().map_or(0, |defaults| defaults.len(cx));
        let (least, most) = (fields.len() + 1 - optional, fields.len() + 1);
        let takes = if optional > 0 { format!("from {least} to {most}") } else { most.to_string() };
        return Err(
            cx.type_error(format!("{class_name}.__new__() takes {takes} positional arguments but {given} were given"))
        );
    }
    let values = cx.root_all(fields.iter().map(|_| Value::NOT_IMPLEMENTED));
    let mut bound = vec![false; fields.len()];
    for (index, arg) in args.take(given).skip(1).iter().enumerate() {
        cx.set(values.get(index), cx.get(arg));
        bound[index] = true;
    }
    let keywords: Vec<String> = names
        .and_then(|names| cx.get(names).cast::<Tuple>())
        .map(|names| names.iter(cx).map(|name| name.as_str().unwrap_or("?").to_owned()).collect())
        .unwrap_or_default();
    for (keyword, arg) in keywords.iter().zip(args.skip(given).iter()) {
        let Some(index) = fields.iter().position(|field| cx.get(field).as_str() == Some(keyword)) else {
            return Err(cx.type_error(format!("{class_name}.__new__() got an unexpected keyword argument '{keyword}'")));
        };
        if bound[index] {
            return Err(cx.type_error(format!("{class_name}.__new__() got multiple values for argument '{keyword}'")));
        }
        cx.set(values.get(index), cx.get(arg));
        bound[index] = true;
    }
    let mut missing = Vec::new();
    for (index, field) in fields.iter().enumerate().filter(|(index, _)| !bound[*index]) {
        match mapping::dict_get(cx, defaults, field)? {
            Some(value) => cx.set(values.get(index), cx.get(value)),
            None => missing.push(format!("'{}'", text(cx, field))),
        }
    }
    if missing.is_empty() {
        return Ok(values);
    }
    let count = missing.len();
    let plural = if count == 1 { "" } else { "s" };
    let list = match missing.as_slice() {
        [one] => one.clone(),
        [first, second] => format!("{first} and {second}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        [] => String::new(),
    };
    Err(cx.type_error(format!("{class_name}.__new__() missing {count} required positional argument{plural}: {list}")))
}
