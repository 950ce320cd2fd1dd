//! Views of dicts: `keys()`, `values()`, `items()`.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::object::Field;
use crate::types::dict::Dict;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// What a view shows of each entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Keys,
    /// The value.
    Values,
    /// Both, as a tuple.
    Items,
}

/// A view of a dict.
pub struct DictView {
    /// The dict.
    pub dict: Field,
    /// What it shows.
    pub part: Part,
}

impl NativeData for DictView {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.dict];
}

impl DictView {
    /// A view of a dict.
    pub fn alloc<'h>(cx: &'h Ctx, dict: Value<'h>, part: Part) -> Value<'h> {
        let class = match part {
            Part::Keys => Builtin::DictKeys,
            Part::Values => Builtin::DictValues,
            Part::Items => Builtin::DictItems,
        };
        Native::alloc(cx, class, DictView { dict: Field::new(dict), part })
    }

    /// The dict.
    pub fn dict<'h>(&'h self, cx: &'h Ctx) -> Option<&'h Dict> {
        self.dict.get(cx)?.cast::<Dict>()
    }
}
