//! Sorting lists: stable, by `<` alone.
//!
//! Lists of only small integers, only floats or only strings are sorted by Rust's own stable sort. Anything else goes
//! through a merge sort over indices, which asks one question, "is this less than that?", first without and, where a class
//! has a say, with script code. Without keys the whole sort happens under the list's guard as long as nothing is asked.

use std::cmp::Ordering;

use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::ops::compare::{CmpOp, compare_bool, compare_leaf};
use crate::types::list::List;
use crate::value::Value;

/// Sorts a list in place.
pub fn sort(cx: &mut Ctx, list: Slot, key: Option<Slot>, reverse: bool) -> Res<()> {
    if key.is_none() && sort_in_place_leaf(cx, cx.get(list), reverse) {
        return Ok(());
    }
    // As in CPython the list is empty while script code runs, so that no change of it can confuse the sort.
    let elements = {
        let cx: &Ctx = cx;
        let Some(list) = cx.get(list).cast::<List>() else { return Ok(()) };
        cx.root(Value::of(list.take_all(cx)))
    };
    let sorted = match key {
        Some(key) => sort_by_key(cx, elements, key, reverse),
        None => sort_by_script(cx, elements, elements, reverse),
    };
    let cx: &Ctx = cx;
    let (Some(list), Some(elements)) = (cx.get(list).cast::<List>(), cx.get(elements).cast::<List>()) else {
        return sorted;
    };
    let modified = !list.is_empty(cx);
    list.take_from(cx, elements);
    sorted?;
    if modified { Err(cx.value_error("list modified during sort")) } else { Ok(()) }
}

/// Sorts a list if no element's class has a say; whether it did.
fn sort_in_place_leaf(cx: &Ctx, list: Value<'_>, reverse: bool) -> bool {
    let Some(list) = list.cast::<List>() else { return true };
    if list.len(cx) < 2 {
        return true;
    }
    // The keys, their order and the result, before the list is touched.
    memory::expect(list.len(cx).saturating_mul(5 * size_of::<Value<'_>>()));
    list.rebuild(cx, |elements| match order_leaf(cx, elements, reverse) {
        Some(order) => {
            *elements = order.into_iter().map(|index| elements[index as usize]).collect();
            true
        }
        None => false,
    })
}

fn sort_by_key(cx: &mut Ctx, elements: Slot, key: Slot, reverse: bool) -> Res<()> {
    let count = cx.get(elements).cast::<List>().map_or(0, |list| list.len(cx));
    let keys = cx.root(Value::of(List::with_capacity(cx, count)));
    for index in 0..count {
        cx.scope(|cx| {
            let element = cx.get(elements).cast::<List>().and_then(|list| list.get(cx, index));
            let element = cx.root(element.unwrap_or(Value::NONE));
            let value = cx.call(key, &[element])?;
            if let Some(keys) = cx.get(keys).cast::<List>() {
                keys.push(cx, cx.get(value));
            }
            Ok(())
        })?;
    }
    let order = {
        let values = cx.get(keys).cast::<List>().map_or_else(Vec::new, |keys| keys.to_vec(cx));
        order_leaf(cx, &values, reverse)
    };
    match order {
        Some(order) => {
            rearrange(cx, elements, &order);
            Ok(())
        }
        None => sort_by_script(cx, elements, keys, reverse),
    }
}

/// Sorts elements by keys whose classes have a say.
fn sort_by_script(cx: &mut Ctx, elements: Slot, keys: Slot, reverse: bool) -> Res<()> {
    let count = cx.get(keys).cast::<List>().map_or(0, |list| list.len(cx));
    let (a, b) = (cx.root(Value::NONE), cx.root(Value::NONE));
    let order = merge_sort(count, reverse, |x, y| -> Result<bool, Raised> {
        if let Some(keys) = cx.get(keys).cast::<List>() {
            let at = |index: u32| keys.get(cx, index as usize).unwrap_or(Value::NONE);
            cx.set(a, at(x));
            cx.set(b, at(y));
        }
        compare_bool(cx, CmpOp::Lt, a, b)
    })?;
    rearrange(cx, elements, &order);
    Ok(())
}

fn rearrange(cx: &Ctx, elements: Slot, order: &[u32]) {
    if let Some(list) = cx.get(elements).cast::<List>() {
        list.rebuild(cx, |elements| *elements = order.iter().map(|&index| elements[index as usize]).collect());
    }
}

/// The order of some keys, if no key's class has a say.
fn order_leaf(cx: &Ctx, keys: &[Value<'_>], reverse: bool) -> Option<Vec<u32>> {
    if let Some(numbers) = keys.iter().map(|key| key.as_small_int()).collect::<Option<Vec<i64>>>() {
        return Some(order_by(&numbers, reverse, i64::cmp));
    }
    if let Some(texts) = keys.iter().map(|key| exact_text(*key)).collect::<Option<Vec<&str>>>() {
        return Some(order_by(&texts, reverse, |a, b| a.cmp(b)));
    }
    let float =
        |key: &Value<'_>| key.word().is_float().then(|| key.word().as_float()).filter(|number| !number.is_nan());
    if let Some(numbers) = keys.iter().map(float).collect::<Option<Vec<f64>>>() {
        return Some(order_by(&numbers, reverse, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal)));
    }
    let less = |x: u32, y: u32| compare_leaf(cx, CmpOp::Lt, keys[x as usize], keys[y as usize]).ok_or(());
    merge_sort(keys.len(), reverse, less).ok()
}

fn exact_text(value: Value<'_>) -> Option<&str> {
    value.header().filter(|header| header.is_exact())?;
    value.as_str()
}

/// The stable order of keys that have a total order; descending keeps equal ones in place too.
fn order_by<K: Copy>(keys: &[K], reverse: bool, compare: impl Fn(&K, &K) -> Ordering) -> Vec<u32> {
    let mut pairs = memory::collect(keys.iter().copied().zip(0_u32..));
    // What the sort takes for itself.
    memory::expect(size_of_val(pairs.as_slice()));
    if reverse {
        pairs.sort_by(|a, b| compare(&b.0, &a.0));
    } else {
        pairs.sort_by(|a, b| compare(&a.0, &b.0));
    }
    pairs.into_iter().map(|(_, index)| index).collect()
}

/// Runs of at most this many elements are sorted by binary insertion.
const SMALL_RUN: usize = 16;

/// The stable order of `count` elements by a `less` that may fail; the order need not be total. Descending order keeps
/// equal elements in place, as if the elements were reversed before and after.
fn merge_sort<E>(
    count: usize,
    reverse: bool,
    mut less: impl FnMut(u32, u32) -> Result<bool, E>,
) -> Result<Vec<u32>, E> {
    let mut order = memory::collect(0..count as u32);
    if reverse {
        order.reverse();
    }
    let run = ascending_run(&mut order, &mut less)?;
    if run < count {
        // What is already in order is not sorted again.
        let mut rest = order.split_off(run);
        let mut buffer = memory::buffer(count);
        sort_range(&mut rest, &mut buffer, &mut less)?;
        order = merge(&order, &rest, &mut less)?;
    }
    if reverse {
        order.reverse();
    }
    Ok(order)
}

/// How many elements at the start are in order; a strictly descending start is turned round.
fn ascending_run<E>(order: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<usize, E> {
    if order.len() < 2 {
        return Ok(order.len());
    }
    let descending = less(order[1], order[0])?;
    let mut end = 2;
    while end < order.len() && less(order[end], order[end - 1])? == descending {
        end += 1;
    }
    if descending {
        order[..end].reverse();
    }
    Ok(end)
}

fn sort_range<E>(
    range: &mut [u32],
    buffer: &mut Vec<u32>,
    less: &mut impl FnMut(u32, u32) -> Result<bool, E>,
) -> Result<(), E> {
    if range.len() <= SMALL_RUN {
        return insertion_sort(range, less);
    }
    let (left, right) = range.split_at_mut(range.len() / 2);
    sort_range(left, buffer, less)?;
    sort_range(right, buffer, less)?;
    buffer.clear();
    merge_into(left, right, buffer, less)?;
    range.copy_from_slice(buffer);
    Ok(())
}

fn insertion_sort<E>(range: &mut [u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<(), E> {
    for next in 1..range.len() {
        let element = range[next];
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = (low + high) / 2;
            if less(element, range[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        range[low..=next].rotate_right(1);
    }
    Ok(())
}

fn merge<E>(left: &[u32], right: &[u32], less: &mut impl FnMut(u32, u32) -> Result<bool, E>) -> Result<Vec<u32>, E> {
    let mut merged = memory::buffer(left.len() + right.len());
    merge_into(left, right, &mut merged, less)?;
    Ok(merged)
}

fn merge_into<E>(
    mut left: &[u32],
    mut right: &[u32],
    merged: &mut Vec<u32>,
    less: &mut impl FnMut(u32, u32) -> Result<bool, E>,
) -> Result<(), E> {
    while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
        if less(b, a)? {
            merged.push(b);
            right = &right[1..];
        } else {
            merged.push(a);
            left = &left[1..];
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(keys: &[i32], reverse: bool) -> Vec<u32> {
        let less = |a: u32, b: u32| Ok::<_, ()>(keys[a as usize] < keys[b as usize]);
        merge_sort(keys.len(), reverse, less).expect("comparing integers cannot fail")
    }

    #[test]
    fn merge_sort_agrees_with_the_library_and_is_stable() {
        let mut seed = 1_u32;
        for len in 0..200 {
            let keys: Vec<i32> = (0..len)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as i32 % 40
                })
                .collect();
            let mut expected: Vec<u32> = (0..len).collect();
            expected.sort_by_key(|&index| keys[index as usize]);
            assert_eq!(sorted(&keys, false), expected);
            expected.sort_by(|a, b| keys[*b as usize].cmp(&keys[*a as usize]).then(a.cmp(b)));
            assert_eq!(sorted(&keys, true), expected);
        }
    }

    #[test]
    fn an_error_in_a_comparison_ends_the_sort() {
        assert_eq!(merge_sort(3, false, |_, _| Err("no")), Err("no"));
    }
}
