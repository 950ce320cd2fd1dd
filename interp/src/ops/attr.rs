use crate::ctx::*;
use crate::names::Name;
use crate::value::Value;
pub fn get_attr(cx: &mut Ctx, _o: Slot, _name: Slot) -> Res<Slot> {
    Err(cx.type_error("attr"))
}
pub fn get_attr_opt(_cx: &mut Ctx, _o: Slot, _name: Slot) -> Res<Option<Slot>> {
    Ok(None)
}
pub fn set_attr(cx: &mut Ctx, _o: Slot, _name: Slot, _v: Slot) -> Res<()> {
    Err(cx.type_error("attr"))
}
pub fn del_attr(cx: &mut Ctx, _o: Slot, _name: Slot) -> Res<()> {
    Err(cx.type_error("attr"))
}
pub fn find_special<'h>(cx: &'h Ctx, o: Value<'h>, name: Name) -> Option<Value<'h>> {
    cx.class_of(o).special(cx, name)
}
