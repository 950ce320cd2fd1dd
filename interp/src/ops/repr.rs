use crate::ctx::*;
pub fn repr(_cx: &mut Ctx, _v: Slot) -> Res<String> {
    Ok(String::new())
}
pub fn to_str(_cx: &mut Ctx, _v: Slot) -> Res<String> {
    Ok(String::new())
}
pub fn ascii(_cx: &mut Ctx, _v: Slot) -> Res<String> {
    Ok(String::new())
}
