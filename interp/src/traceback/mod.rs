//! Tracebacks.
pub mod syntax;

use crate::ctx::{Ctx, Slot};

/// Prints an exception that nothing caught.
pub fn print(cx: &mut Ctx, exception: Slot) {
    let class = cx.type_name(cx.get(exception)).to_owned();
    match crate::ops::repr::to_str(cx, exception) {
        Ok(text) => complain(&format!("{class}: {text}")),
        Err(raised) => {
            let _ = cx.take_raised(raised);
        }
    }
}

/// Writes a line to stderr.
pub fn complain(text: &str) {
    eprintln!("{text}");
}
