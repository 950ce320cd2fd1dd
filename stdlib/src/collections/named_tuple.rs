//! What the classes that `namedtuple` makes are built on: a tuple with a constructor that knows the fields, and the
//! descriptors of the fields.

use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::ops::{attr, mapping};
use argil_interp::types::class::Class;
use argil_interp::types::dict::Dict;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Native, NativeData};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// An attribute of a named tuple: the element at an index.
pub struct Getter {
    index: usize,
}

impl NativeData for Getter {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let bytes = (value.native::<Getter>()?.index as u64).to_le_bytes().to_vec();
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let index = u64::from_le_bytes(bytes.try_into().ok()?) as usize;
            Some(Native::alloc(cx, birth, Getter { index }))
        },
        fill: |_, _, _| {},
    });
}

natives! {
    pub static GETTER = {
        static call fn __new__(cx; cls: Slot, index: i64) -> Slot {
            Ok(cx.new_native(cls, Getter { index: usize::try_from(index).unwrap_or(0) }))
        }

        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            let index = cx.state::<Getter>(self_)?.index;
            let instance = cx.get(instance);
            let element = instance.cast::<Tuple>().and_then(|tuple| tuple.get(cx, index));
            Ok(element.map_or(self_, |element| cx.root(element)))
        }

        call fn __set__(cx; self_: Slot, instance: Slot, value: Slot) -> () {
            Err(cx.raise(argil_interp::builtin::Builtin::AttributeError, "can't set attribute"))
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
