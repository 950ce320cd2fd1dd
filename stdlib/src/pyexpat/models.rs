//! The content of elements, as tuples.

use argil_interp::ctx::Ctx;
use argil_interp::value::Value;
use argil_xml::Model;

/// The tuple `(kind, quantity, name, parts)` of the first part. Parts stand behind what they are parts of, so that they are
/// made first.
pub fn tuple<'h>(cx: &'h Ctx, models: &[Model]) -> Value<'h> {
    let mut made = vec![Value::NONE; models.len()];
    for (at, model) in models.iter().enumerate().rev() {
        let parts: Vec<Value<'h>> = model.parts.iter().filter_map(|&part| made.get(part).copied()).collect();
        let name = model.name.as_deref().map_or(Value::NONE, |name| cx.str(name));
        let (kind, quantity) = (cx.uint(model.kind as u64), cx.uint(model.quantity as u64));
        made[at] = cx.tuple(&[kind, quantity, name, cx.tuple(&parts)]);
    }
    made.first().copied().unwrap_or(Value::NONE)
}
