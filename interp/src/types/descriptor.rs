use crate::{ctx::Ctx, heap::Tracer, object::Field, types::class::Class, types::native::NativeData, value::Value};
pub struct StaticMethod {
    pub callable: Field,
}
impl NativeData for StaticMethod {
    fn trace(&self, t: &mut Tracer<'_>) {
        t.field(&self.callable)
    }
}
pub struct ClassMethod {
    pub callable: Field,
}
impl NativeData for ClassMethod {
    fn trace(&self, t: &mut Tracer<'_>) {
        t.field(&self.callable)
    }
}
impl StaticMethod {
    pub fn alloc<'h>(cx: &'h Ctx, b: impl Into<crate::shape::Birth>, c: Value<'h>) -> Value<'h> {
        crate::types::native::Native::alloc(cx, b, StaticMethod { callable: Field::new(c) })
    }
}
impl ClassMethod {
    pub fn alloc<'h>(cx: &'h Ctx, b: impl Into<crate::shape::Birth>, c: Value<'h>) -> Value<'h> {
        crate::types::native::Native::alloc(cx, b, ClassMethod { callable: Field::new(c) })
    }
}
pub struct GetSet;
impl GetSet {
    pub fn alloc<'h>(
        _cx: &'h Ctx,
        _c: &'h Class,
        _n: &'static str,
        g: Option<Value<'h>>,
        _s: Option<Value<'h>>,
    ) -> Value<'h> {
        g.unwrap_or(Value::NONE)
    }
}
