//! A tree of nodes made anew: what `compile` gives for a tree of which it is asked for the tree.

use super::{any_node, integer};
use crate::ast::classes;
use crate::ast::grammar::{Count, FieldDef, Node, PLACE, Places};
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::attr::{get_attr_opt, set_attr};
use crate::ops::iter;
use crate::types::list::List;
use crate::value::Value;

/// Copies a node that [`super::tree`] has read without an error. Operators and contexts are those that all trees share.
pub fn copy(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    cx.check_native_stack(" during ast construction")?;
    let Some(node) = any_node(cx, object) else { return Ok(object) };
    if node.def().fields.is_empty() && node.places() == Places::None {
        return Ok(cx.root(classes::single(cx, node)));
    }
    cx.scope(|cx| {
        let made = cx.root(Value::of(cx.new_instance(classes::class(cx, node))));
        for field in node.def().fields {
            cx.scope(|cx| {
                let value = copied_field(cx, object, field)?;
                set(cx, made, field.name, value)
            })?;
        }
        copy_place(cx, object, made, node)?;
        Ok(made)
    })
}

fn get(cx: &mut Ctx, object: Slot, name: &str) -> Res<Option<Slot>> {
    let name = cx.root(cx.intern(name));
    get_attr_opt(cx, object, name)
}

fn set(cx: &mut Ctx, object: Slot, name: &str, value: Slot) -> Res<()> {
    let name = cx.root(cx.intern(name));
    set_attr(cx, object, name, value)
}

fn copied_field(cx: &mut Ctx, object: Slot, field: &FieldDef) -> Res<Slot> {
    let value = get(cx, object, field.name)?;
    if matches!(field.count, Count::One | Count::Maybe) {
        return match value {
            Some(value) => copy(cx, value),
            None => Ok(cx.root(Value::NONE)),
        };
    }
    let list = cx.root(Value::of(List::alloc(cx)));
    let Some(value) = value else { return Ok(list) };
    iter::for_each(cx, value, |cx, item| {
        let item = copy(cx, item)?;
        if let Some(list) = cx.get(list).cast::<List>() {
            list.push(cx, cx.get(item));
        }
        Ok(true)
    })?;
    Ok(list)
}

/// Copies the place; the end is where the beginning is, if it was left out.
fn copy_place(cx: &mut Ctx, object: Slot, made: Slot, node: Node) -> Res<()> {
    if node.places() == Places::None {
        return Ok(());
    }
    let mut numbers = [0; PLACE.len()];
    for (at, name) in PLACE.iter().enumerate() {
        let value = get(cx, object, name)?.filter(|&value| !cx.get(value).is_none());
        numbers[at] = match value {
            Some(value) => integer(cx, value)?,
            None => numbers[at.saturating_sub(2)],
        };
        let number = cx.root(cx.int(numbers[at].into()));
        set(cx, made, name, number)?;
    }
    Ok(())
}
