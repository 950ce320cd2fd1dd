use crate::ctx::*;
use crate::value::Value;
pub fn get_item(cx: &mut Ctx, _o: Slot, _k: Slot) -> Res<Slot> {
    Err(cx.type_error("item"))
}
pub fn get_item_leaf<'h>(_cx: &'h Ctx, _o: Value<'h>, _k: Value<'h>) -> Option<Res<Value<'h>>> {
    None
}
pub fn set_item(_cx: &mut Ctx, _o: Slot, _k: Slot, _v: Slot) -> Res<()> {
    Ok(())
}
pub fn set_item_leaf(_cx: &Ctx, _o: Value<'_>, _k: Value<'_>, _v: Value<'_>) -> Option<Res<()>> {
    None
}
pub fn del_item(_cx: &mut Ctx, _o: Slot, _k: Slot) -> Res<()> {
    Ok(())
}
pub fn contains(_cx: &mut Ctx, _c: Slot, _v: Slot) -> Res<bool> {
    Ok(true)
}
