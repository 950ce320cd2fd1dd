//! The methods of shares.

use super::Shares;
use crate::ctx::{Ctx, Slot};
use crate::natives;
use crate::object::HeapType;
use crate::types::native::Native;
use crate::value::Value;

natives! {
    /// Methods of shares.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Shares::new()))
        }
        /// The dict of the running thread, if it has one.
        fn mine(cx; self_: Value<'h>) -> Option<Value<'h>> {
            Ok(self_.native::<Shares>().and_then(|shares| shares.of_thread(cx)))
        }
        /// Give the running thread, which has none, a dict.
        call fn add(cx; self_: Slot, attributes: Slot) -> () {
            let cx: &Ctx = cx;
            let shares = cx.state::<Shares>(self_)?;
            if let Some(object) = cx.get(self_).cast::<Native>() {
                shares.add(cx, &object.header().write(cx), cx.get(attributes));
            }
            Ok(())
        }
        /// Take the running thread's dict away.
        call fn remove(cx; self_: Slot) -> () {
            let cx: &Ctx = cx;
            cx.state::<Shares>(self_)?.remove(cx);
            Ok(())
        }
    }
}
