use crate::ctx::*;
use crate::value::Value;
pub enum KeyMatch {
    Equal,
    Different,
    Ask,
}
pub fn match_keys(_cx: &Ctx, a: Value<'_>, b: Value<'_>) -> KeyMatch {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) if a == b => KeyMatch::Equal,
        _ => KeyMatch::Different,
    }
}
pub fn hash_leaf(_cx: &Ctx, v: Value<'_>) -> Option<i64> {
    if let Some(s) = v.cast::<crate::types::str::Str>() {
        return Some(s.hash());
    }
    v.as_small_int()
}
#[derive(Clone, Copy)]
pub enum CmpOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}
pub fn compare_leaf(_cx: &Ctx, _op: CmpOp, _a: Value<'_>, _b: Value<'_>) -> Option<bool> {
    None
}
pub fn compare(cx: &mut Ctx, _op: CmpOp, _a: Slot, _b: Slot) -> Res<Slot> {
    Err(cx.type_error("compare"))
}
pub fn compare_bool(cx: &mut Ctx, _op: CmpOp, _a: Slot, _b: Slot) -> Res<bool> {
    Err(cx.type_error("compare"))
}
