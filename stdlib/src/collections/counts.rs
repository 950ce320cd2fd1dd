//! What `Counter` counts with.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number::{self, BinOp};
use argil_interp::ops::{compare, iter, mapping};
use argil_interp::types::dict::Dict;

natives! {
    pub static FUNCTIONS = {
        /// Count elements from the iterable into the mapping, which is a dict.
        call fn _count_elements(cx; mapping: Slot, iterable: Slot) -> () {
            iter::for_each(cx, iterable, |cx, element| count(cx, mapping, element).map(|()| true))
        }
    }
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
