//! Methods of `P.args`, `P.kwargs`, and of functions that evaluate what was given.

use super::{Constant, ParamSpecPart, TypeParameter};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::object::Field;
use crate::ops::{compare, repr};
use crate::types::generic_alias::show;
use crate::types::native::Native;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The format in which a function answers with the text of what it evaluates.
const STRING: i64 = 4;

fn origin(cx: &Ctx, this: Slot) -> Res<Slot> {
    Ok(cx.root(cx.state::<ParamSpecPart>(this)?.origin.get_or_none(cx)))
}

fn show_part(cx: &mut Ctx, this: Slot, attribute: &str) -> Res<String> {
    let origin = origin(cx, this)?;
    let name = cx.get(origin).native::<TypeParameter>().and_then(|state| state.name.get(cx)?.as_str());
    let shown = match name {
        Some(name) => name.to_owned(),
        None => repr::repr(cx, origin)?,
    };
    Ok(format!("{shown}.{attribute}"))
}

natives! {
    /// What both parts of a ParamSpec have.
    pub static COMMON = {
        /// The ParamSpec.
        get call fn __origin__(cx; self_: Slot) -> Slot { origin(cx, self_) }
        /// Return self==value.
        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            if !std::ptr::eq(cx.class_of(cx.get(self_)), cx.class_of(cx.get(other))) {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            }
            let (this, that) = (origin(cx, self_)?, origin(cx, other)?);
            let equal = compare::eq(cx, this, that)?;
            Ok(cx.root(Value::bool(equal)))
        }
        /// It is no class to derive from.
        call fn __mro_entries__(cx; self_: Slot, _bases: Slot) -> Slot {
            let class = cx.class_of(cx.get(self_)).plain_name(cx);
            Err(cx.type_error(format!("Cannot subclass an instance of {class}")))
        }
    }
}

natives! {
    /// Methods of `P.args`.
    pub static ARGS = {
        /// The args for a ParamSpec object.
        static fn __new__(cx; _cls: Value<'h>; origin: Value<'h>) -> Value<'h> {
            Ok(Native::alloc(cx, Builtin::ParamSpecArgs, ParamSpecPart { origin: Field::new(origin) }))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String { show_part(cx, self_, "args") }
    }
}

natives! {
    /// Methods of `P.kwargs`.
    pub static KWARGS = {
        /// The kwargs for a ParamSpec object.
        static fn __new__(cx; _cls: Value<'h>; origin: Value<'h>) -> Value<'h> {
            Ok(Native::alloc(cx, Builtin::ParamSpecKwargs, ParamSpecPart { origin: Field::new(origin) }))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String { show_part(cx, self_, "kwargs") }
    }
}

natives! {
    /// Methods of functions that answer with what was given.
    pub static CONSTANT = {
        /// The value, or its text.
        call fn __call__(cx; self_: Slot, format: i64) -> Slot {
            let value = cx.root(cx.state::<Constant>(self_)?.value.get_or_none(cx));
            if format != STRING {
                return Ok(value);
            }
            let text = match cx.get(value).cast::<Tuple>() {
                Some(_) => format!("({})", show::show_all(cx, value, ", ", show::show)?),
                None => show::show(cx, value)?,
            };
            Ok(cx.root(cx.str(&text)))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let value = cx.root(cx.state::<Constant>(self_)?.value.get_or_none(cx));
            Ok(format!("<constevaluator {}>", repr::repr(cx, value)?))
        }
    }
}
