//! Methods of templates.

use std::sync::atomic::AtomicUsize;

use super::{Interpolation, Template, TemplateIter};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::GivenSlot;
use crate::natives;
use crate::object::Field;
use crate::ops::{attr, repr};
use crate::types::generic_alias::GenericAlias;
use crate::types::native::Native;
use crate::types::tuple::Tuple;
use crate::value::Value;

fn shown(cx: &mut Ctx, values: &[Slot]) -> Res<Vec<String>> {
    values.iter().map(|&value| repr::repr(cx, value)).collect()
}

natives! {
    /// Methods of `Template`.
    pub static TEMPLATE = {
        /// Template object
        static raw fn __new__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            if names.is_some() {
                return Err(cx.type_error("Template.__new__ only accepts *args arguments"));
            }
            match Template::of_parts(cx, args.skip(1).iter().map(|part| cx.get(part))) {
                Ok(template) => Ok(cx.root(template)),
                Err(part) => Err(cx.type_error(format!(
                    "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {}",
                    cx.type_name(part)
                ))),
            }
        }
        /// The strings around the interpolations.
        get call fn strings(cx; self_: Slot) -> Slot {
            Ok(cx.root(cx.state::<Template>(self_)?.strings.get_or_none(cx)))
        }
        /// The interpolations.
        get call fn interpolations(cx; self_: Slot) -> Slot {
            Ok(cx.root(cx.state::<Template>(self_)?.interpolations.get_or_none(cx)))
        }
        /// Values of interpolations
        get call fn values(cx; self_: Slot) -> Slot {
            let cx = &*cx;
            let interpolations = cx.state::<Template>(self_)?.interpolations.get(cx).and_then(Value::cast::<Tuple>);
            let value = |interpolation: Value<'_>| match interpolation.native::<Interpolation>() {
                Some(state) => state.value.get_or_none(cx).word(),
                None => Value::NONE.word(),
            };
            let values = interpolations.map_or_else(Vec::new, |all| all.iter(cx).map(value).collect());
            let values = cx.push_slots(values);
            Ok(cx.root(cx.tuple_of(values)))
        }
        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            let cx = &*cx;
            let mut parts = cx.state::<Template>(self_)?.parts(cx);
            parts.retain(|part| part.as_str() != Some(""));
            let iterator = TemplateIter { parts: Field::new(cx.tuple(&parts)), next: AtomicUsize::new(0) };
            Ok(cx.root(Native::alloc(cx, Builtin::TemplateIter, iterator)))
        }
        /// Return self+value.
        call fn __add__(cx; self_: Slot, other: Slot) -> Slot {
            let cx = &*cx;
            let Some(more) = cx.get(other).native::<Template>() else {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            };
            let mut parts = cx.state::<Template>(self_)?.parts(cx);
            parts.extend(more.parts(cx));
            Ok(cx.root(Template::of_parts(cx, parts).unwrap_or(Value::NOT_IMPLEMENTED)))
        }
        /// The function that makes it anew, and what of.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let module = (cx.interp().hooks.import_module)(cx, "string.templatelib")?;
            let name = cx.root(cx.intern("_template_unpickle"));
            let function = attr::get_attr(cx, module, name)?;
            let cx = &*cx;
            let state = cx.state::<Template>(self_)?;
            let args = cx.tuple(&[state.strings.get_or_none(cx), state.interpolations.get_or_none(cx)]);
            Ok(cx.root(cx.tuple(&[cx.get(function), args])))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let state = cx.state::<Template>(self_)?;
            let parts = [cx.root(state.strings.get_or_none(cx)), cx.root(state.interpolations.get_or_none(cx))];
            let [strings, interpolations] = &shown(cx, &parts)?[..] else { return Ok(String::new()) };
            Ok(format!("Template(strings={strings}, interpolations={interpolations})"))
        }
        /// See PEP 585.
        class fn __class_getitem__(cx; cls: Value<'h>, item: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, item))
        }
    }
}

fn field(cx: &Ctx, this: Slot, field: fn(&Interpolation) -> &Field) -> Res<Slot> {
    Ok(cx.root(field(cx.state::<Interpolation>(this)?).get_or_none(cx)))
}

fn fields(cx: &Ctx, this: Slot) -> Res<[Slot; 4]> {
    let state = cx.state::<Interpolation>(this)?;
    Ok([&state.value, &state.expression, &state.conversion, &state.format_spec]
        .map(|field| cx.root(field.get_or_none(cx))))
}

natives! {
    /// Methods of `Interpolation`.
    pub static INTERPOLATION = {
        /// Interpolation object
        static call fn __new__(cx; _cls: Slot; value: Slot, expression: GivenSlot = GivenSlot(None),
            conversion: Option<Slot> = None, format_spec: GivenSlot = GivenSlot(None)) -> Slot {
            let cx = &*cx;
            let text = |given: GivenSlot, name: &str| match given.0.map(|slot| cx.get(slot)) {
                None => Ok(cx.str("")),
                Some(text) if text.as_str().is_some() => Ok(text),
                Some(other) => Err(cx.type_error(format!(
                    "Interpolation() argument '{name}' must be str, not {}",
                    if other.is_none() { "None" } else { cx.type_name(other) }
                ))),
            };
            let expression = text(expression, "expression")?;
            let conversion = conversion.map_or(Value::NONE, |slot| cx.get(slot));
            if !conversion.is_none() {
                match conversion.as_str() {
                    Some("s" | "r" | "a") => {}
                    Some(_) => {
                        let message = "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'";
                        return Err(cx.value_error(message));
                    }
                    None => {
                        let got = cx.type_name(conversion);
                        return Err(cx.type_error(format!("Interpolation() argument 'conversion' must be str, not {got}")));
                    }
                }
            }
            let format_spec = text(format_spec, "format_spec")?;
            let [value, expression, conversion, format_spec] =
                [cx.get(value), expression, conversion, format_spec].map(Field::new);
            let state = Interpolation { value, expression, conversion, format_spec };
            Ok(cx.root(Native::alloc(cx, Builtin::Interpolation, state)))
        }
        /// Value
        get call fn value(cx; self_: Slot) -> Slot { field(cx, self_, |state| &state.value) }
        /// Expression
        get call fn expression(cx; self_: Slot) -> Slot { field(cx, self_, |state| &state.expression) }
        /// Conversion
        get call fn conversion(cx; self_: Slot) -> Slot { field(cx, self_, |state| &state.conversion) }
        /// Format specification
        get call fn format_spec(cx; self_: Slot) -> Slot { field(cx, self_, |state| &state.format_spec) }
        /// The class, and what it makes it of.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let cx = &*cx;
            let args = cx.tuple(&fields(cx, self_)?.map(|slot| cx.get(slot)));
            Ok(cx.root(cx.tuple(&[Value::of(cx.class_of(cx.get(self_))), args])))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let fields = fields(cx, self_)?;
            Ok(format!("Interpolation({})", shown(cx, &fields)?.join(", ")))
        }
        /// See PEP 585.
        class fn __class_getitem__(cx; cls: Value<'h>, item: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, item))
        }
    }
}
