use crate::ctx::{Ctx, Res, Slot};
pub fn import_name(cx: &mut Ctx, _globals: Slot, _name: Slot, _from: Slot, _level: u32) -> Res<Slot> {
    Err(cx.type_error("import"))
}
pub fn import_from(cx: &mut Ctx, _module: Slot, _name: Slot) -> Res<Slot> {
    Err(cx.type_error("import"))
}
pub fn import_star(cx: &mut Ctx, _module: Slot, _globals: Slot) -> Res<()> {
    Err(cx.type_error("import"))
}
