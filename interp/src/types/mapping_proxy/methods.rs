//! Methods of read-only views of mappings.

use super::MappingProxy;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::ops::{compare, item, iter};
use crate::value::Value;

fn mapping(cx: &Ctx, proxy: Slot) -> Res<Slot> {
    match cx.get(proxy).native::<MappingProxy>() {
        Some(state) => Ok(cx.root(state.mapping.get_or_none(cx))),
        None => Err(cx.type_error("descriptor requires a 'mappingproxy' object")),
    }
}

natives! {
    /// Methods of `mappingproxy`.
    pub static METHODS = {
        /// Read-only proxy of a mapping.
        static fn __new__(cx; _cls: Value<'h>, mapping: Value<'h>) -> Value<'h> { Ok(MappingProxy::alloc(cx, mapping)) }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            item::get_item(cx, mapping, key)
        }
        /// Return bool(key in self).
        call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            let mapping = mapping(cx, self_)?;
            item::contains(cx, mapping, key)
        }
        /// Return len(self).
        call fn __len__(cx; self_: Slot) -> usize {
            let mapping = mapping(cx, self_)?;
            item::len(cx, mapping)
        }
        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            iter::iter(cx, mapping)
        }
        /// Return self==value.
        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            compare::compare(cx, compare::CmpOp::Eq, mapping, other)
        }
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String {
            let mapping = mapping(cx, self_)?;
            crate::ops::repr::to_str(cx, mapping)
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let mapping = mapping(cx, self_)?;
            Ok(format!("mappingproxy({})", crate::ops::repr::repr(cx, mapping)?))
        }
        /// Return the value for key if key is in the mapping, else default.
        call fn get(cx; self_: Slot, key: Slot, default: Option<Slot> = None) -> Slot {
            let mapping = mapping(cx, self_)?;
            let default = default.unwrap_or_else(|| cx.root(Value::NONE));
            let method = cx.root(cx.intern("get"));
            let method = crate::ops::attr::get_attr(cx, mapping, method)?;
            cx.call(method, &[key, default])
        }
        /// A set-like object providing a view on the keys.
        call fn keys(cx; self_: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            cx.call_method(mapping, Name::keys, &[])
        }
        /// An object providing a view on the values.
        call fn values(cx; self_: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            cx.call_method(mapping, Name::values, &[])
        }
        /// A set-like object providing a view on the items.
        call fn items(cx; self_: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            cx.call_method(mapping, Name::items, &[])
        }
        /// Return a shallow copy of the mapping.
        call fn copy(cx; self_: Slot) -> Slot {
            let mapping = mapping(cx, self_)?;
            let dict = cx.root(Value::of(cx.class(Builtin::Dict)));
            cx.call(dict, &[mapping])
        }
    }
}
