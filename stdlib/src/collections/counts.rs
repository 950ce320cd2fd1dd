//! What `Counter` counts with.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::number::{self, BinOp};
use argil_interp::ops::{attr, compare, item, iter, mapping};
use argil_interp::types::dict::Dict;

natives! {
    pub static FUNCTIONS = {
        /// Count elements from the iterable, updating the mapping
        call fn _count_elements(cx; mapping: Slot, iterable: Slot) -> () {
            if counts_itself(cx, mapping) {
                return iter::for_each(cx, iterable, |cx, element| count(cx, mapping, element).map(|()| true));
            }
            let name = cx.root(cx.intern("get"));
            let get = attr::get_attr(cx, mapping, name)?;
            let (zero, one) = (cx.root(cx.int(0)), cx.root(cx.int(1)));
            iter::for_each(cx, iterable, |cx, element| {
                let known = cx.call(get, &[element, zero])?;
                let next = number::binary(cx, BinOp::Add, false, known, one)?;
                item::set_item(cx, mapping, element, next).map(|()| true)
            })
        }
    }
}

/// Whether a mapping is a dict whose class reads and stores as dicts do.
fn counts_itself(cx: &Ctx, mapping: Slot) -> bool {
    let value = cx.get(mapping);
    let plain = cx.class(Builtin::Dict);
    let same = |name| cx.class_of(value).lookup(cx, name) == plain.lookup(cx, name);
    value.cast::<Dict>().is_some() && same(cx.intern("get")) && same(cx.name(Name::__setitem__))
}

fn count(cx: &mut Ctx, counts: Slot, element: Slot) -> Res<()> {
    {
        let cx = &*cx;
        if let Some(dict) = cx.get(counts).cast::<Dict>()
            && let Ok(known) = dict.get(cx, cx.get(element))
            && let Some(number) = known.map_or(Some(0), |known| known.as_small_int())
            && dict.set(cx, cx.get(element), cx.int(number + 1)).is_ok()
        {
            return Ok(());
        }
    }
    // Raises what a bare hash raises, without the words that dicts add.
    compare::hash(cx, element)?;
    let one = cx.root(cx.int(1));
    let next = match mapping::dict_get(cx, counts, element)? {
        Some(known) => number::binary(cx, BinOp::Add, false, known, one)?,
        None => one,
    };
    mapping::dict_set(cx, counts, element, next)
}
