use crate::ctx::*;
use crate::types::int::Int;
use crate::value::Value;
#[derive(Clone, Copy)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    MatMul,
    LShift,
    RShift,
    And,
    Or,
    Xor,
    DivMod,
}
#[derive(Clone, Copy)]
pub enum UnaryOp {
    Neg,
    Pos,
    Invert,
    Abs,
}
pub fn binary_leaf<'h>(_cx: &'h Ctx, _op: BinOp, _a: Value<'h>, _b: Value<'h>) -> Option<Res<Value<'h>>> {
    None
}
pub fn binary(cx: &mut Ctx, _op: BinOp, _in_place: bool, _a: Slot, _b: Slot) -> Res<Slot> {
    Err(cx.type_error("binary"))
}
pub fn unary(cx: &mut Ctx, _op: UnaryOp, _a: Slot) -> Res<Slot> {
    Err(cx.type_error("binary"))
}
pub fn index(_cx: &mut Ctx, a: Slot) -> Res<Slot> {
    Ok(a)
}
impl Ctx {
    pub fn index<'h>(&'h self, v: Value<'h>) -> Res<Int<'h>> {
        v.as_int().ok_or_else(|| self.type_error("int"))
    }
    pub fn real(&self, v: Value<'_>) -> Res<f64> {
        v.as_float().ok_or_else(|| self.type_error("int"))
    }
}
