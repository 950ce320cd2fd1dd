//! Template strings (PEP 750): text and what stands in braces, apart.

pub mod methods;

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native_of_fields;
use crate::object::Field;
use crate::types::native::{FieldOf, Native, NativeData, NextFn};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A template.
pub struct Template {
    /// The tuple of the strings around the interpolations: one more than there are of those.
    pub strings: Field,
    /// The tuple of the interpolations.
    pub interpolations: Field,
}

native_of_fields! { Template { strings, interpolations } }

/// What stands in braces.
pub struct Interpolation {
    /// The value.
    pub value: Field,
    /// The text of the expression that gave it.
    pub expression: Field,
    /// `"s"`, `"r"`, `"a"`, or None.
    pub conversion: Field,
    /// The text after the colon, evaluated.
    pub format_spec: Field,
}

native_of_fields! { Interpolation { value, expression, conversion, format_spec } }

impl Template {
    /// A template of strings and interpolations in any order; strings that meet are joined. The error is the first part that
    /// is neither.
    pub fn of_parts<'h>(cx: &'h Ctx, parts: impl IntoIterator<Item = Value<'h>>) -> Result<Value<'h>, Value<'h>> {
        let (mut strings, mut interpolations) = (Vec::new(), Vec::new());
        let mut text = String::new();
        for part in parts {
            if let Some(more) = part.as_str() {
                text.push_str(more);
            } else if part.native::<Interpolation>().is_some() {
                strings.push(cx.str(&std::mem::take(&mut text)));
                interpolations.push(part);
            } else {
                return Err(part);
            }
        }
        strings.push(cx.str(&text));
        let [strings, interpolations] = [strings, interpolations].map(|values| Field::new(cx.tuple(&values)));
        Ok(Native::alloc(cx, Builtin::Template, Template { strings, interpolations }))
    }

    /// Strings and interpolations, in order.
    pub fn parts<'h>(&'h self, cx: &'h Ctx) -> Vec<Value<'h>> {
        let [strings, interpolations] = [&self.strings, &self.interpolations].map(|field| {
            field.get(cx).and_then(Value::cast::<Tuple>).map_or_else(Vec::new, |all| all.iter(cx).collect())
        });
        let mut interpolations = interpolations.into_iter();
        strings.into_iter().flat_map(|string| std::iter::once(string).chain(interpolations.next())).collect()
    }
}

/// An iterator over a template's parts.
pub struct TemplateIter {
    /// The tuple of its parts, without empty strings.
    pub parts: Field,
    /// Counts the parts that were handed out. Whoever raises it gets the part; nothing else is published with it.
    pub next: AtomicUsize,
}

impl NativeData for TemplateIter {
    const FIELDS: &'static [FieldOf<Self>] = &[|state| &state.parts];

    const NEXT: Option<NextFn> = Some(next_part);
}

fn next_part(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let state = cx.state::<TemplateIter>(this)?;
    let at = state.next.fetch_add(1, Ordering::Relaxed);
    Ok(state.parts.get(cx).and_then(Value::cast::<Tuple>).and_then(|parts| parts.get(cx, at)).map(|part| cx.root(part)))
}
