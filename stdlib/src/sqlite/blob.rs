//! `Blob`: bytes of a row that are read and written in place.

use std::sync::Arc;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::types::bytes::buffer;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData};
use argil_interp::value::Value;
use argil_sqlite::Blob as Engine;

use super::callbacks::engine;
use super::connection::using;
use super::errors::{programming, raise};

/// A `sqlite3.Blob`.
pub struct Blob {
    connection: Field,
    state: Exclusive<State>,
}

impl NativeData for Blob {
    const FIELDS: &'static [FieldOf<Self>] = &[|blob| &blob.connection];
}

struct State {
    blob: Option<Arc<Engine>>,
    at: usize,
}

/// Opens one.
pub fn open(
    cx: &mut Ctx,
    connection: Slot,
    name: &str,
    table: &str,
    column: &str,
    row: i64,
    writes: bool,
) -> Res<Slot> {
    using(cx, connection, |cx, database| {
        let opened = engine(cx, connection, || database.blob(name, table, column, row, writes));
        let blob = opened.map_err(|failure| raise(cx, &failure))?;
        let state = Exclusive::new(State { blob: Some(Arc::new(blob)), at: 0 });
        Ok(cx.new_of_native_class(Blob { connection: Field::of(connection), state }))
    })
}

/// Uses one that is open: gets the engine's blob and where it stands.
fn with<R>(cx: &mut Ctx, this: Slot, f: impl FnOnce(&mut Ctx, Slot, &Engine, usize) -> Res<R>) -> Res<R> {
    cx.state::<Blob>(this)?;
    let connection = cx.load::<Blob>(this, |blob| &blob.connection).unwrap_or_else(|| cx.root(Value::NONE));
    using(cx, connection, |cx, _| {
        let (blob, at) = cx.state::<Blob>(this)?.state.with(|state| (state.blob.clone(), state.at));
        match blob {
            Some(blob) => f(cx, connection, &blob, at),
            None => Err(programming(cx, "Cannot operate on a closed blob.")),
        }
    })
}

fn go_to(cx: &Ctx, this: Slot, at: usize) -> Res<()> {
    cx.state::<Blob>(this)?.state.with(|state| state.at = at);
    Ok(())
}

fn read_at(cx: &mut Ctx, connection: Slot, blob: &Engine, at: usize, count: usize) -> Res<Vec<u8>> {
    let read = engine(cx, connection, || blob.read(at, count));
    read.map_err(|failure| raise(cx, &failure))
}

/// An index of a blob, counted from the end if it is negative.
fn index(cx: &Ctx, key: Slot, length: usize) -> Res<usize> {
    let Some(number) = cx.get(key).as_int() else { return Err(cx.type_error("Blob indices must be integers")) };
    let number = number.to_i64().unwrap_or(i64::MAX);
    let at = if number < 0 { number + length as i64 } else { number };
    match usize::try_from(at) {
        Ok(at) if at < length => Ok(at),
        _ => Err(cx.index_error("Blob index out of range")),
    }
}

natives! {
    pub static METHODS = {
        /// Close the blob.
        call fn close(cx; self_: Slot) -> () {
            cx.state::<Blob>(self_)?;
            let connection = cx.load::<Blob>(self_, |blob| &blob.connection).unwrap_or_else(|| cx.root(Value::NONE));
            using(cx, connection, |cx, database| {
                cx.state::<Blob>(self_)?.state.with(|state| state.blob = None);
                database.sweep();
                Ok(())
            })
        }

        /// Read data at the current offset position.
        call fn read(cx; self_: Slot, length: i64 = -1) -> Vec<u8> {
            with(cx, self_, |cx, connection, blob, at| {
                let left = blob.len().saturating_sub(at);
                let count = usize::try_from(length).map_or(left, |length| length.min(left));
                let bytes = if count == 0 { Vec::new() } else { read_at(cx, connection, blob, at, count)? };
                go_to(cx, self_, at + count)?;
                Ok(bytes)
            })
        }

        /// Write data at the current offset.
        call fn write(cx; self_: Slot, data: Slot) -> () {
            let bytes = buffer::contents(cx, cx.get(data))?.into_owned();
            with(cx, self_, |cx, connection, blob, at| {
                if bytes.len() > blob.len().saturating_sub(at) {
                    return Err(cx.value_error("data longer than blob length"));
                }
                let done = engine(cx, connection, || blob.write(at, &bytes));
                done.map_err(|failure| raise(cx, &failure))?;
                go_to(cx, self_, at + bytes.len())
            })
        }

        /// Set the current access position to offset.
        call fn seek(cx; self_: Slot, offset: i64, origin: i64 = 0) -> () {
            with(cx, self_, |cx, _, blob, at| {
                let base = match origin {
                    0 => 0,
                    1 => at as i64,
                    2 => blob.len() as i64,
                    _ => return Err(cx.value_error("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")),
                };
                let Some(place) = base.checked_add(offset) else {
                    return Err(cx.overflow_error("seek offset results in offset overflow"));
                };
                match usize::try_from(place) {
                    Ok(place) if place <= blob.len() => go_to(cx, self_, place),
                    _ => Err(cx.value_error("offset out of blob range")),
                }
            })
        }

        /// Return the current access position for the blob.
        call fn tell(cx; self_: Slot) -> usize { with(cx, self_, |_, _, _, at| Ok(at)) }

        call fn __enter__(cx; self_: Slot) -> Slot { with(cx, self_, |_, _, _, _| Ok(self_)) }

        call fn __exit__(cx; self_: Slot, r#type: Slot, val: Slot, tb: Slot) -> bool {
            let _ = (r#type, val, tb);
            with(cx, self_, |cx, _, _, _| {
                cx.state::<Blob>(self_)?.state.with(|state| state.blob = None);
                Ok(false)
            })
        }

        call fn __len__(cx; self_: Slot) -> usize { with(cx, self_, |_, _, blob, _| Ok(blob.len())) }

        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            with(cx, self_, |cx, connection, blob, _| {
                if cx.get(key).as_int().is_none() && cx.is_instance(cx.get(key), argil_interp::builtin::Builtin::Slice) {
                    let bytes = read_at(cx, connection, blob, 0, blob.len())?;
                    let whole = cx.root(cx.bytes(&bytes));
                    return argil_interp::ops::item::get_item(cx, whole, key);
                }
                let at = index(cx, key, blob.len())?;
                let bytes = read_at(cx, connection, blob, at, 1)?;
                Ok(cx.root(cx.uint(bytes.first().copied().unwrap_or_default().into())))
            })
        }

        call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            with(cx, self_, |cx, connection, blob, _| {
                if cx.get(key).as_int().is_none() && cx.is_instance(cx.get(key), argil_interp::builtin::Builtin::Slice) {
                    let bytes = read_at(cx, connection, blob, 0, blob.len())?;
                    let length = bytes.len();
                    let whole = cx.root(argil_interp::types::bytearray::ByteArray::alloc(cx, bytes));
                    argil_interp::ops::item::set_item(cx, whole, key, value)?;
                    let bytes = buffer::contents(cx, cx.get(whole))?.into_owned();
                    if bytes.len() != length {
                        return Err(cx.index_error("Blob slice assignment is wrong size"));
                    }
                    let done = engine(cx, connection, || blob.write(0, &bytes));
                    return done.map_err(|failure| raise(cx, &failure));
                }
                let at = index(cx, key, blob.len())?;
                let Some(number) = cx.get(value).as_int() else {
                    let got = cx.type_name(cx.get(value));
                    return Err(cx.type_error(format!("'{got}' object cannot be interpreted as an integer")));
                };
                let Some(byte) = number.to_i64().and_then(|number| u8::try_from(number).ok()) else {
                    return Err(cx.value_error("byte must be in range(0, 256)"));
                };
                let done = engine(cx, connection, || blob.write(at, &[byte]));
                done.map_err(|failure| raise(cx, &failure))
            })
        }
    }
}
