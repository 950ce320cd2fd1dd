//! The methods of lists.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::{Args, Place, receiver};
use crate::object::Kind;
use crate::ops::sort;
use crate::ops::{compare, iter};
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::value::Value;

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let class = args.class(cx);
            Ok(cx.root(Value::of(List::build(cx, class.birth().0))))
        }

        raw fn __init__(cx, args) -> () {
            let args = Args::constructor(args, cx, "list", 0, 1)?;
            let cx_list = args.get(0);
            receiver::<List>(cx, cx_list, "__init__")?.clear(cx);
            match args.len() {
                1 => Ok(()),
                _ => iter::extend(cx, cx_list, args.get(1)),
            }
        }

        /// Append object to the end of the list.
        fn append(cx; self_: &'h List, object: Value<'h>) -> () {
            self_.push(cx, object);
            Ok(())
        }

        /// Extend list by appending elements from the iterable.
        call fn extend(cx; self_: Slot, iterable: Slot) -> () {
            receiver::<List>(cx, self_, "extend")?;
            iter::extend(cx, self_, iterable)
        }

        /// Insert object before index.
        fn insert(cx; self_: &'h List, index: i64, object: Value<'h>) -> () {
            let len = self_.len(cx) as i64;
            let index = if index < 0 { (index + len).max(0) } else { index.min(len) };
            self_.insert(cx, index as usize, object);
            Ok(())
        }

        /// Remove and return item at index (default last).
        fn pop(cx; self_: &'h List, index: i64 = -1) -> Value<'h> {
            if index == -1 {
                return self_.pop(cx).ok_or_else(|| cx.index_error("pop from empty list"));
            }
            let len = self_.len(cx);
            if len == 0 {
                return Err(cx.index_error("pop from empty list"));
            }
            let index = if index < 0 { index + len as i64 } else { index };
            let found = usize::try_from(index).ok().and_then(|index| self_.remove(cx, index));
            found.ok_or_else(|| cx.index_error("pop index out of range"))
        }

        /// Remove first occurrence of value.
        call fn remove(cx; self_: Slot, value: Slot) -> () {
            let list = receiver::<List>(cx, self_, "remove")?;
            match remove_leaf(cx, list, cx.get(value)) {
                Some(true) => Ok(()),
                Some(false) => Err(cx.value_error("list.remove(x): x not in list")),
                None => match search(cx, self_, value, 0, i64::MAX)? {
                    Some(index) => {
                        receiver::<List>(cx, self_, "remove")?.remove(cx, index);
                        Ok(())
                    }
                    None => Err(cx.value_error("list.remove(x): x not in list")),
                },
            }
        }

        /// Remove all items from list.
        fn clear(cx; self_: &'h List) -> () {
            self_.clear(cx);
            Ok(())
        }

        /// Return a shallow copy of the list.
        fn copy(cx; self_: &'h List) -> &'h List {
            Ok(self_.copy_range(cx, 0, self_.len(cx)))
        }

        /// Return number of occurrences of value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            receiver::<List>(cx, self_, "count")?;
            let (mut count, mut from) = (0, 0);
            while let Some(index) = search(cx, self_, value, from, i64::MAX)? {
                count += 1;
                from = index as i64 + 1;
            }
            Ok(count)
        }

        /// Return first index of value.
        ///
        /// Raises ValueError if the value is not present.
        call fn index(cx; self_: Slot, value: Slot, start: Place = Place(0), stop: Place = Place(i64::MAX)) -> usize {
            let len = receiver::<List>(cx, self_, "index")?.len(cx);
            match search(cx, self_, value, start.within(len), stop.within(len))? {
                Some(index) => Ok(index),
                None => Err(cx.value_error("list.index(x): x not in list")),
            }
        }

        /// Reverse *IN PLACE*.
        fn reverse(cx; self_: &'h List) -> () {
            self_.rebuild(cx, |elements| elements.reverse());
            Ok(())
        }

        /// Sort the list in ascending order and return None.
        ///
        /// The sort is in-place (i.e. the list itself is modified) and stable (i.e. the
        /// order of two equal elements is maintained).
        ///
        /// If a key function is given, apply it once to each list item and sort them,
        /// ascending or descending, according to their function values.
        ///
        /// The reverse flag can be set to sort in descending order.
        call fn sort(cx; self_: Slot; ; key: Option<Slot> = None, reverse: bool = false) -> () {
            receiver::<List>(cx, self_, "sort")?;
            sort::sort(cx, self_, key, reverse)
        }

        /// Return a reverse iterator over the list.
        fn __reversed__(cx; self_: &'h List) -> &'h Iter {
            let last = self_.len(cx) as i64 - 1;
            let spec = IterSpec { index: last, ..IterSpec::new(Walk::ReversedList, Value::of(self_)) };
            Ok(Iter::alloc(cx, Builtin::ListReverseIterator, spec))
        }
    }
}

/// Removes the first element equal to a value, if no element's class has a say; whether there was one.
fn remove_leaf<'h>(cx: &'h Ctx, list: &'h List, value: Value<'h>) -> Option<bool> {
    if !matches!(value.kind(), Some(Kind::List | Kind::Tuple | Kind::Dict | Kind::Set | Kind::Native)) {
        // Comparing looks into neither: it can be done while no element moves.
        return list.remove_first(cx, |element| compare::equal_leaf(cx, element, value));
    }
    let mut index = 0;
    while let Some(element) = list.get(cx, index) {
        if !compare::equal_leaf(cx, element, value)? {
            index += 1;
        } else if list.remove_exactly(cx, index, element) {
            return Some(true);
        } else {
            // Another thread has moved the elements since.
            index = 0;
        }
    }
    Some(false)
}

/// The index of the first element from `start` to `stop` that is equal to a value.
fn search(cx: &mut Ctx, list: Slot, value: Slot, start: i64, stop: i64) -> Res<Option<usize>> {
    cx.scope(|cx| {
        let element = cx.root(Value::NONE);
        for index in start..stop {
            let Some(found) = cx.get(list).cast::<List>().and_then(|list| list.get(cx, index as usize)) else { break };
            if let Some(equal) = compare::equal_leaf(cx, found, cx.get(value)) {
                if equal {
                    return Ok(Some(index as usize));
                }
                continue;
            }
            cx.set(element, found);
            if compare::eq(cx, element, value)? {
                return Ok(Some(index as usize));
            }
        }
        Ok(None)
    })
}
