//! `Row`: a tuple whose elements have the names of the columns too.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native_of_fields;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::compare::{CmpOp, compare_bool};
use argil_interp::ops::{hash, item, iter};
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::cursor::Cursor;

/// A `sqlite3.Row`. Nothing changes it.
pub struct Row {
    data: Field,
    description: Field,
}

native_of_fields!(Row { data, description });

fn data(cx: &Ctx, row: Slot) -> Res<Slot> {
    cx.state::<Row>(row)?;
    Ok(cx.load::<Row>(row, |row| &row.data).unwrap_or_else(|| cx.root(Value::NONE)))
}

/// The names of the columns.
fn names(cx: &Ctx, row: Slot) -> Vec<Value<'_>> {
    let Some(description) = cx.load::<Row>(row, |row| &row.description) else { return Vec::new() };
    let Some(columns) = cx.get(description).cast::<Tuple>() else { return Vec::new() };
    columns.iter(cx).filter_map(|column| column.cast::<Tuple>()?.get(cx, 0)).collect()
}

fn get(cx: &mut Ctx, row: Slot, key: Slot) -> Res<Slot> {
    let data = data(cx, row)?;
    let value = cx.get(key);
    if let Some(name) = value.as_str() {
        let found = names(cx, row)
            .iter()
            .position(|known| known.as_str().is_some_and(|known| known.eq_ignore_ascii_case(name)));
        let Some(at) = found else { return Err(cx.index_error("No item with that key")) };
        let at = cx.root(cx.uint(at as u64));
        return item::get_item(cx, data, at);
    }
    if value.as_int().is_none() && !cx.is_instance(value, argil_interp::builtin::Builtin::Slice) {
        return Err(cx.index_error("Index must be int or string"));
    }
    item::get_item(cx, data, key)
}

fn is_equal(cx: &mut Ctx, this: Slot, other: Slot) -> Res<Option<bool>> {
    if cx.get(other).native::<Row>().is_none() {
        return Ok(None);
    }
    let parts = |cx: &Ctx, row: Slot| {
        let description = cx.load::<Row>(row, |row| &row.description);
        (description.unwrap_or_else(|| cx.root(Value::NONE)), data(cx, row))
    };
    let ((a, a_data), (b, b_data)) = (parts(cx, this), parts(cx, other));
    let (a_data, b_data) = (a_data?, b_data?);
    Ok(Some(compare_bool(cx, CmpOp::Eq, a, b)? && compare_bool(cx, CmpOp::Eq, a_data, b_data)?))
}

natives! {
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, cursor: Slot, data: Slot) -> Slot {
            if cx.get(cursor).native::<Cursor>().is_none() {
                let got = cx.type_name(cx.get(cursor));
                return Err(cx.type_error(format!("Row() argument 1 must be sqlite3.Cursor, not {got}")));
            }
            if cx.get(data).cast::<Tuple>().is_none() {
                let got = cx.type_name(cx.get(data));
                return Err(cx.type_error(format!("Row() argument 2 must be tuple, not {got}")));
            }
            let description = cx.load::<Cursor>(cursor, |cursor| &cursor.description);
            let description = description.unwrap_or_else(|| cx.root(Value::NONE));
            Ok(cx.new_native(cls, Row { data: Field::of(data), description: Field::of(description) }))
        }

        /// Returns the keys of the row.
        call fn keys(cx; self_: Slot) -> Slot {
            cx.state::<Row>(self_)?;
            let cx: &Ctx = cx;
            Ok(cx.root(Value::of(List::from_values(cx, &names(cx, self_)))))
        }

        call fn __len__(cx; self_: Slot) -> usize {
            let data = data(cx, self_)?;
            item::len(cx, data)
        }

        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot { get(cx, self_, key) }

        call fn __iter__(cx; self_: Slot) -> Slot {
            let data = data(cx, self_)?;
            iter::iter(cx, data)
        }

        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            let equal = is_equal(cx, self_, other)?;
            Ok(cx.root(equal.map_or(Value::NOT_IMPLEMENTED, Value::bool)))
        }

        call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            let equal = is_equal(cx, self_, other)?;
            Ok(cx.root(equal.map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal))))
        }

        call fn __hash__(cx; self_: Slot) -> i64 {
            let description = cx.load::<Row>(self_, |row| &row.description).unwrap_or_else(|| cx.root(Value::NONE));
            let data = data(cx, self_)?;
            Ok(hash::hash(cx, description)? ^ hash::hash(cx, data)?)
        }
    }
}
