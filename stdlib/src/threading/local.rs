//! What `threading.local` asks of attributes.

use argil_interp::natives;
use argil_interp::ops::attr::find;
use argil_interp::value::Value;

natives! {
    /// Functions about attributes.
    pub static FUNCTIONS = {
        /// Whether the class of an object has a data descriptor of a name, which goes before what the object itself has.
        fn _has_data_descriptor(cx; object: Value<'h>, name: Value<'h>) -> bool {
            let found = cx.class_of(object).lookup(cx, find::canonical(cx, name));
            Ok(found.is_some_and(|attr| find::is_data_descriptor(cx, attr)))
        }
    }
}
