//! `_heapq`: a list as a binary heap whose first element is its least (or, in the `_max` functions, its greatest).

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::compare::{CmpOp, compare_bool};
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_heapq", source: ModuleSource::Native { functions: FUNCTIONS, init: |_, _| Ok(()) } };

natives! {
    static FUNCTIONS = {
        /// Push item onto heap, maintaining the heap invariant.
        call fn heappush(cx; heap: Slot, item: Slot) -> () {
            push(cx, heap, item, CmpOp::Lt)
        }

        /// Pop the smallest item off the heap, maintaining the heap invariant.
        call fn heappop(cx; heap: Slot) -> Slot {
            pop(cx, heap, CmpOp::Lt)
        }

        /// Transform list into a heap, in-place, in O(len(heap)) time.
        call fn heapify(cx; heap: Slot) -> () {
            heapify(cx, heap, CmpOp::Lt)
        }

        /// Pop and return the current smallest value, and add the new item.
        ///
        /// This is more efficient than heappop() followed by heappush(), and can be
        /// more appropriate when using a fixed-size heap.
        call fn heapreplace(cx; heap: Slot, item: Slot) -> Slot {
            replace(cx, heap, item, CmpOp::Lt)
        }

        /// Push item on the heap, then pop and return the smallest item from the heap.
        call fn heappushpop(cx; heap: Slot, item: Slot) -> Slot {
            push_pop(cx, heap, item, CmpOp::Lt)
        }

        /// Push item onto max heap, maintaining the heap invariant.
        call fn heappush_max(cx; heap: Slot, item: Slot) -> () {
            push(cx, heap, item, CmpOp::Gt)
        }

        /// Maxheap variant of heappop.
        call fn heappop_max(cx; heap: Slot) -> Slot {
            pop(cx, heap, CmpOp::Gt)
        }

        /// Maxheap variant of heapify.
        call fn heapify_max(cx; heap: Slot) -> () {
            heapify(cx, heap, CmpOp::Gt)
        }

        /// Maxheap variant of heapreplace.
        call fn heapreplace_max(cx; heap: Slot, item: Slot) -> Slot {
            replace(cx, heap, item, CmpOp::Gt)
        }

        /// Maxheap variant of heappushpop.
        call fn heappushpop_max(cx; heap: Slot, item: Slot) -> Slot {
            push_pop(cx, heap, item, CmpOp::Gt)
        }
    }
}

fn heap_list(cx: &Ctx, heap: Slot) -> Res<&List> {
    let value = cx.get(heap);
    value
        .cast::<List>()
        .ok_or_else(|| cx.type_error(format!("heap argument must be a list, not {}", cx.type_name(value))))
}

/// The element at an index, in a slot.
fn fetch(cx: &Ctx, heap: Slot, index: usize, into: Slot) -> Res<()> {
    let found = heap_list(cx, heap)?.get(cx, index);
    let value = found.ok_or_else(|| cx.runtime_error("list changed size during iteration"))?;
    cx.set(into, value);
    Ok(())
}

fn put(cx: &Ctx, heap: Slot, index: usize, value: Slot) -> Res<()> {
    if heap_list(cx, heap)?.set(cx, index, cx.get(value)) {
        return Ok(());
    }
    Err(cx.runtime_error("list changed size during iteration"))
}

/// Whether one element belongs above another; the comparison is always `<`, as classes define it.
fn is_above(cx: &mut Ctx, order: CmpOp, a: Slot, b: Slot) -> Res<bool> {
    if order == CmpOp::Lt { compare_bool(cx, CmpOp::Lt, a, b) } else { compare_bool(cx, CmpOp::Lt, b, a) }
}

/// Moves the element at `index` up towards `top` until its parent belongs above it.
fn sift_up(cx: &mut Ctx, heap: Slot, top: usize, mut index: usize, order: CmpOp) -> Res<()> {
    cx.scope(|cx| {
        let (item, parent) = (cx.root(Value::NONE), cx.root(Value::NONE));
        fetch(cx, heap, index, item)?;
        while index > top {
            let above = (index - 1) / 2;
            fetch(cx, heap, above, parent)?;
            if !is_above(cx, order, item, parent)? {
                break;
            }
            put(cx, heap, index, parent)?;
            put(cx, heap, above, item)?;
            index = above;
        }
        Ok(())
    })
}

/// Moves the element at `index` down to a leaf, then up to where it belongs: fewer comparisons than stopping on the way.
fn sift_down(cx: &mut Ctx, heap: Slot, index: usize, order: CmpOp) -> Res<()> {
    let end = heap_list(cx, heap)?.len(cx);
    let mut place = index;
    cx.scope(|cx| {
        let (item, left, right) = (cx.root(Value::NONE), cx.root(Value::NONE), cx.root(Value::NONE));
        fetch(cx, heap, place, item)?;
        loop {
            let mut child = 2 * place + 1;
            if child >= end {
                break;
            }
            fetch(cx, heap, child, left)?;
            let mut chosen = left;
            if child + 1 < end {
                fetch(cx, heap, child + 1, right)?;
                if !is_above(cx, order, left, right)? {
                    (child, chosen) = (child + 1, right);
                }
            }
            put(cx, heap, place, chosen)?;
            put(cx, heap, child, item)?;
            place = child;
        }
        Ok(())
    })?;
    sift_up(cx, heap, index, place, order)
}

fn push(cx: &mut Ctx, heap: Slot, item: Slot, order: CmpOp) -> Res<()> {
    let list = heap_list(cx, heap)?;
    list.push(cx, cx.get(item));
    let last = list.len(cx) - 1;
    sift_up(cx, heap, 0, last, order)
}

fn pop(cx: &mut Ctx, heap: Slot, order: CmpOp) -> Res<Slot> {
    let list = heap_list(cx, heap)?;
    let last = list.pop(cx).ok_or_else(|| cx.index_error("index out of range"))?;
    let last = cx.root(last);
    if list.is_empty(cx) {
        return Ok(last);
    }
    replace(cx, heap, last, order)
}

fn replace(cx: &mut Ctx, heap: Slot, item: Slot, order: CmpOp) -> Res<Slot> {
    let first = heap_list(cx, heap)?.get(cx, 0).ok_or_else(|| cx.index_error("index out of range"))?;
    let first = cx.root(first);
    put(cx, heap, 0, item)?;
    sift_down(cx, heap, 0, order)?;
    Ok(first)
}

fn push_pop(cx: &mut Ctx, heap: Slot, item: Slot, order: CmpOp) -> Res<Slot> {
    let Some(first) = heap_list(cx, heap)?.get(cx, 0) else { return Ok(item) };
    let first = cx.root(first);
    if !is_above(cx, order, first, item)? {
        return Ok(item);
    }
    replace(cx, heap, item, order)
}

fn heapify(cx: &mut Ctx, heap: Slot, order: CmpOp) -> Res<()> {
    for index in (0..heap_list(cx, heap)?.len(cx) / 2).rev() {
        sift_down(cx, heap, index, order)?;
    }
    Ok(())
}
