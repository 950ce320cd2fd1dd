//! Methods of cells.

use super::Cell;
use crate::value::Value;

crate::natives! {
    /// What a cell has.
    pub static METHODS = {
        /// What the variable holds.
        get fn cell_contents(cx; self_: &'h Cell) -> Value<'h> {
            self_.value.get(cx).ok_or_else(|| cx.value_error("Cell is empty"))
        }
        /// Changes what the variable holds.
        set fn cell_contents(cx; self_: &'h Cell, value: Option<Value<'h>> = None) -> () {
            match value {
                Some(value) => self_.value.set_in(cx, &self_.header, value),
                None => self_.value.clear(&self_.header.write(cx)),
            }
            Ok(())
        }
    }
}
