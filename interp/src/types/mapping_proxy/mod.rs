//! Read-only views of mappings: the `__dict__` of a class.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::object::Field;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// The state of a mapping proxy.
pub struct MappingProxy {
    /// The mapping.
    pub mapping: Field,
}

impl NativeData for MappingProxy {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.mapping];
}

impl MappingProxy {
    /// A read-only view of a mapping.
    pub fn alloc<'h>(cx: &'h Ctx, mapping: Value<'h>) -> Value<'h> {
        Native::alloc(cx, Builtin::MappingProxy, MappingProxy { mapping: Field::new(mapping) })
    }
}
