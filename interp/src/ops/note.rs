//! Notes of exceptions.

use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::ops::attr;
use crate::types::list::List;
use crate::value::Value;

/// Adds a line to what is shown below the message.
pub fn add_note(cx: &mut Ctx, exception: Slot, note: Slot) -> Res<()> {
    let name = cx.root(cx.name(Name::__notes__));
    let notes = match attr::get_attr_opt(cx, exception, name)? {
        Some(notes) => notes,
        None => {
            let notes = cx.root(Value::of(List::alloc(cx)));
            attr::set_attr(cx, exception, name, notes)?;
            notes
        }
    };
    match cx.get(notes).cast::<List>() {
        Some(list) => list.push(cx, cx.get(note)),
        None => return Err(cx.type_error("Cannot add note: __notes__ is not a list")),
    }
    Ok(())
}
