//! Attributes: what `o.name` means, without caches.
//!
//! Reading tries, in this order: a data descriptor of the class, an attribute of the object itself, whatever else the class
//! has, `__getattr__`. Finding runs no script code and happens under a shared borrow ([`find`]); what binding then needs to
//! call is done with slots ([`get`]). The inline caches of `vm/attribute.rs` remember the outcome of the same search.

pub mod find;
pub mod get;
pub mod missing;
pub mod set;
pub mod special;

pub use get::{bind, get_attr, get_attr_default, get_attr_name, get_attr_opt, load_method};
pub use set::{del_attr, set_attr};
pub use special::{call_special, find_special};

use crate::ctx::{Ctx, Res, Slot};

/// An attribute's name must be a string.
pub fn check_name(cx: &Ctx, name: Slot) -> Res<()> {
    match cx.get(name).as_str() {
        Some(_) => Ok(()),
        None => {
            let got = cx.type_name(cx.get(name));
            Err(cx.type_error(format!("attribute name must be string, not '{got}'")))
        }
    }
}
