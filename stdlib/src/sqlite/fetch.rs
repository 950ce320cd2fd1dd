//! Rows, as objects.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_sqlite::{Step, Value as Column};

use super::adapt::converter;
use super::callbacks::engine;
use super::connection::{Connection, database};
use super::cursor::{Cursor, finish, locked, with};
use super::errors::{OperationalError, raise};
use super::statements::Prepared;

/// Converters are found by the declared types of columns.
const DECLARED: i64 = 1;
/// Converters are found by the names of columns.
const NAMED: i64 = 2;

/// What describes the columns: a tuple of tuples.
pub fn description(cx: &Ctx, prepared: &Prepared, detects: i64) -> Res<Slot> {
    let mut all = Vec::new();
    for column in 0..prepared.statement.columns() {
        let name = prepared.statement.column_name(column).unwrap_or_default();
        let name = match name.split_once('[') {
            Some((plain, _)) if detects & NAMED != 0 => plain.strip_suffix(' ').unwrap_or(plain),
            _ => &name,
        };
        let mut parts = [Value::NONE; 7];
        parts[0] = cx.str(name);
        all.push(cx.tuple(&parts));
    }
    Ok(cx.root(cx.tuple(&all)))
}

/// The list of the converters of the columns, if any are looked for.
pub fn converters(cx: &mut Ctx, prepared: &Prepared, detects: i64) -> Res<Option<Slot>> {
    if detects == 0 {
        return Ok(None);
    }
    let list = cx.root(Value::of(List::alloc(cx)));
    for column in 0..prepared.statement.columns() {
        cx.scope(|cx| {
            let mut found = None;
            if detects & NAMED != 0 {
                let name = prepared.statement.column_name(column).unwrap_or_default();
                let key = name.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(key, _)| key);
                if let Some(key) = key {
                    found = converter(cx, key)?;
                }
            }
            if found.is_none() && detects & DECLARED != 0 {
                let declared = prepared.statement.column_type(column).unwrap_or_default();
                let key = declared.split([' ', '(']).next().unwrap_or_default();
                if !declared.is_empty() {
                    found = converter(cx, key)?;
                }
            }
            let found = found.map_or(Value::NONE, |found| cx.get(found));
            if let Some(list) = cx.get(list).cast::<List>() {
                list.push(cx, found);
            }
            Ok(())
        })?;
    }
    Ok(Some(list))
}

/// The next row of a cursor.
pub fn next_row(cx: &mut Ctx, cursor: Slot) -> Res<Option<Slot>> {
    let row = locked(cx, cursor, |cx, connection| {
        let Some(prepared) = with(cx, cursor, |state| state.statement.clone())? else { return Ok(None) };
        let row = match row(cx, cursor, connection, &prepared) {
            Ok(row) => row,
            Err(raised) => {
                finish(cx, cursor)?;
                return Err(raised);
            }
        };
        let database = database(cx, connection)?;
        let (step, changes) = engine(cx, connection, || (prepared.statement.step(), database.changes()));
        match step {
            Ok(Step::Row) => {}
            Ok(Step::Done) => {
                if prepared.changes {
                    with(cx, cursor, |state| state.row_count = changes)?;
                }
                finish(cx, cursor)?;
            }
            Err(failure) => {
                finish(cx, cursor)?;
                return Err(raise(cx, &failure));
            }
        }
        Ok(Some(row))
    })?;
    let factory = cx.load::<Cursor>(cursor, |cursor| &cursor.row_factory);
    match (row, factory.filter(|&factory| !cx.get(factory).is_none())) {
        (Some(row), Some(factory)) => cx.call(factory, &[cursor, row]).map(Some),
        (row, _) => Ok(row),
    }
}

fn row(cx: &mut Ctx, cursor: Slot, connection: Slot, prepared: &Prepared) -> Res<Slot> {
    let count = prepared.statement.row_length();
    let converters = cx.load::<Cursor>(cursor, |cursor| &cursor.converters);
    let text = cx.load::<Connection>(connection, |connection| &connection.text_factory);
    let list = cx.root(Value::of(List::with_capacity(cx, count)));
    for column in 0..count {
        cx.scope(|cx| {
            let converter = converters.and_then(|list| cx.get(list).cast::<List>()?.get(cx, column));
            let converter = converter.filter(|converter| !converter.is_none()).map(|converter| cx.root(converter));
            let object = match converter {
                Some(converter) => match prepared.statement.bytes(column) {
                    Some(bytes) => {
                        let bytes = cx.root(cx.bytes(&bytes));
                        cx.call(converter, &[bytes])?
                    }
                    None => cx.root(Value::NONE),
                },
                None => plain(cx, prepared, column, text)?,
            };
            if let Some(list) = cx.get(list).cast::<List>() {
                list.push(cx, cx.get(object));
            }
            Ok(())
        })?;
    }
    let cx: &Ctx = cx;
    let values = cx.get(list).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
    Ok(cx.root(cx.tuple(&values)))
}

fn plain(cx: &mut Ctx, prepared: &Prepared, column: usize, text: Option<Slot>) -> Res<Slot> {
    let size = prepared.statement.size(column);
    cx.with_memory(|_| memory::expect(size))?;
    let bytes = match prepared.statement.value(column) {
        Column::Null => return Ok(cx.root(Value::NONE)),
        Column::Integer(number) => return Ok(cx.root(cx.int(number))),
        Column::Real(number) => return Ok(cx.root(cx.float(number))),
        Column::Blob(bytes) => return Ok(cx.root(cx.bytes(&bytes))),
        Column::Text(bytes) => bytes,
    };
    let factory = text.map_or(Value::NONE, |text| cx.get(text));
    let is = |class| std::ptr::eq(cx.class(class), factory.cast().unwrap_or(cx.class(Builtin::Object)));
    if is(Builtin::Str) {
        return match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(cx.root(cx.str(text))),
            Err(_) => {
                let name = prepared.statement.column_name(column).unwrap_or_default();
                let shown = String::from_utf8_lossy(&bytes);
                let message = format!("Could not decode to UTF-8 column '{name}' with text '{shown}'");
                Err(cx.raise_own::<OperationalError>(message))
            }
        };
    }
    if is(Builtin::Bytes) {
        return Ok(cx.root(cx.bytes(&bytes)));
    }
    if is(Builtin::ByteArray) {
        return Ok(cx.root(ByteArray::alloc(cx, bytes)));
    }
    let bytes = cx.root(cx.bytes(&bytes));
    match text {
        Some(factory) => cx.call(factory, &[bytes]),
        None => Ok(bytes),
    }
}
