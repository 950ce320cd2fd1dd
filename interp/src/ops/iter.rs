use crate::ctx::*;
use crate::types::iter::Iter;
use crate::value::Value;
pub fn iter(cx: &mut Ctx, _v: Slot) -> Res<Slot> {
    Err(cx.type_error("iter"))
}
pub fn iter_leaf<'h>(_cx: &'h Ctx, _v: Value<'h>) -> Option<Value<'h>> {
    None
}
pub enum Step<'h> {
    Value(Value<'h>),
    Done,
    Ask,
    Raise(Raised),
}
pub fn step_leaf<'h>(_cx: &'h Ctx, _it: &'h Iter) -> Step<'h> {
    Step::Done
}
pub fn next(_cx: &mut Ctx, _it: Slot) -> Res<Option<Slot>> {
    Ok(None)
}
pub fn next_into(_cx: &mut Ctx, _it: Slot, _into: Slot) -> Res<bool> {
    Ok(false)
}
pub fn for_each(_cx: &mut Ctx, _iterable: Slot, _f: impl FnMut(&mut Ctx, Slot) -> Res<bool>) -> Res<()> {
    Ok(())
}
pub fn collect(cx: &mut Ctx, _iterable: Slot) -> Res<Slot> {
    Err(cx.type_error("iter"))
}
