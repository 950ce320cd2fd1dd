use crate::ctx::*;
pub fn format(_cx: &mut Ctx, _v: Slot, _spec: &str) -> Res<String> {
    Ok(String::new())
}
