//! Cursors: a statement that runs, and the rows that it still has.

use std::sync::Arc;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::types::list::List;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

use super::connection::{Connection, check_thread, database, using};
use super::errors::programming;
use super::fetch::next_row;
use super::query::{execute, execute_script};
use super::statements::Prepared;

/// A `sqlite3.Cursor`.
pub struct Cursor {
    pub connection: Field,
    pub description: Field,
    pub row_factory: Field,
    pub last_row: Field,
    /// The converters of the columns; nothing if there are none.
    pub converters: Field,
    pub state: Exclusive<State>,
}

impl NativeData for Cursor {
    const FIELDS: &'static [FieldOf<Self>] = &[
        |cursor| &cursor.connection,
        |cursor| &cursor.description,
        |cursor| &cursor.row_factory,
        |cursor| &cursor.last_row,
        |cursor| &cursor.converters,
    ];

    const NEXT: Option<NextFn> = Some(next_row);
}

/// What a cursor consists of beside values.
pub struct State {
    /// What runs and stands on a row.
    pub statement: Option<Arc<Prepared>>,
    pub array_size: i64,
    pub row_count: i64,
    pub is_closed: bool,
    /// It is being used.
    pub is_locked: bool,
    pub is_initialised: bool,
}

/// Looks at the state, or changes it.
pub fn with<R>(cx: &Ctx, cursor: Slot, f: impl FnOnce(&mut State) -> R) -> Res<R> {
    Ok(cx.state::<Cursor>(cursor)?.state.with(f))
}

/// The connection of a cursor that may be used.
pub fn connection(cx: &Ctx, cursor: Slot) -> Res<Slot> {
    let (is_initialised, is_closed, is_locked) =
        with(cx, cursor, |state| (state.is_initialised, state.is_closed, state.is_locked))?;
    let found = cx.load::<Cursor>(cursor, |cursor| &cursor.connection);
    let Some(found) = found.filter(|_| is_initialised) else {
        return Err(programming(cx, "Base Cursor.__init__ not called."));
    };
    if is_closed {
        return Err(programming(cx, "Cannot operate on a closed cursor."));
    }
    if is_locked {
        return Err(programming(cx, "Recursive use of cursors not allowed."));
    }
    check_thread(cx, found)?;
    database(cx, found)?;
    Ok(found)
}

/// Uses a cursor, which nobody else may meanwhile.
pub fn locked<R>(cx: &mut Ctx, cursor: Slot, f: impl FnOnce(&mut Ctx, Slot) -> Res<R>) -> Res<R> {
    let connection = connection(cx, cursor)?;
    using(cx, connection, |cx, _| {
        if with(cx, cursor, |state| std::mem::replace(&mut state.is_locked, true))? {
            return Err(programming(cx, "Recursive use of cursors not allowed."));
        }
        let result = f(cx, connection);
        with(cx, cursor, |state| state.is_locked = false)?;
        result
    })
}

/// Lets go of what runs.
pub fn finish(cx: &Ctx, cursor: Slot) -> Res<()> {
    if let Some(prepared) = with(cx, cursor, |state| state.statement.take())? {
        prepared.statement.reset();
        prepared.statement.clear();
    }
    Ok(())
}

/// A list of so many rows; of all, if none is said.
fn fetch(cx: &mut Ctx, cursor: Slot, most: Option<i64>) -> Res<Slot> {
    let rows = cx.root(Value::of(List::alloc(cx)));
    let mut left = most;
    while left != Some(0) {
        let is_over = cx.scope(|cx| {
            let Some(row) = next_row(cx, cursor)? else { return Ok(true) };
            if let Some(list) = cx.get(rows).cast::<List>() {
                list.push(cx, cx.get(row));
            }
            Ok(false)
        })?;
        if is_over {
            break;
        }
        cx.poll()?;
        left = left.map(|left| left - 1);
    }
    Ok(rows)
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let none = cx.root(Value::NONE);
            let state = State {
                statement: None,
                array_size: 1,
                row_count: -1,
                is_closed: false,
                is_locked: false,
                is_initialised: false,
            };
            let cursor = Cursor {
                connection: Field::of(none),
                description: Field::of(none),
                row_factory: Field::of(none),
                last_row: Field::of(none),
                converters: Field::unset(),
                state: Exclusive::new(state),
            };
            Ok(cx.new_native(args.get(0), cursor))
        }

        call fn __init__(cx; self_: Slot, connection: Slot) -> () {
            if cx.get(connection).native::<Connection>().is_none() {
                let got = cx.type_name(cx.get(connection));
                return Err(cx.type_error(format!("Cursor() argument 1 must be sqlite3.Connection, not {got}")));
            }
            if with(cx, self_, |state| state.is_locked)? {
                return Err(programming(cx, "Recursive use of cursors not allowed."));
            }
            finish(cx, self_)?;
            cx.store::<Cursor>(self_, |cursor| &cursor.connection, connection);
            let none = cx.root(Value::NONE);
            cx.store::<Cursor>(self_, |cursor| &cursor.row_factory, none);
            cx.store::<Cursor>(self_, |cursor| &cursor.description, none);
            cx.store::<Cursor>(self_, |cursor| &cursor.last_row, none);
            check_thread(cx, connection)?;
            with(cx, self_, |state| {
                state.is_closed = false;
                state.row_count = -1;
                state.array_size = 1;
                state.is_initialised = true;
            })
        }

        /// Executes an SQL statement.
        call fn execute(cx; self_: Slot, sql: String, parameters: Option<Slot> = None) -> Slot {
            execute(cx, self_, &sql, parameters, false)?;
            Ok(self_)
        }

        /// Repeatedly executes an SQL statement.
        call fn executemany(cx; self_: Slot, sql: String, seq_of_parameters: Slot) -> Slot {
            execute(cx, self_, &sql, Some(seq_of_parameters), true)?;
            Ok(self_)
        }

        /// Executes multiple SQL statements at once.
        call fn executescript(cx; self_: Slot, sql_script: String) -> Slot {
            execute_script(cx, self_, &sql_script)?;
            Ok(self_)
        }

        /// Fetches one row from the resultset.
        call fn fetchone(cx; self_: Slot) -> Slot {
            Ok(match next_row(cx, self_)? {
                Some(row) => row,
                None => cx.root(Value::NONE),
            })
        }

        /// Fetches several rows from the resultset.
        call fn fetchmany(cx; self_: Slot; size: Option<Slot> = None) -> Slot {
            let size = match size {
                None => with(cx, self_, |state| state.array_size)?,
                Some(size) => {
                    let size = cx.index(cx.get(size))?.to_i64();
                    let Some(size) = size else {
                        return Err(cx.overflow_error("Python int too large to convert to C int"));
                    };
                    size
                }
            };
            if size < 0 {
                return Err(cx.value_error("fetchmany() size must be non-negative"));
            }
            connection(cx, self_)?;
            fetch(cx, self_, Some(size))
        }

        /// Fetches all rows from the resultset.
        call fn fetchall(cx; self_: Slot) -> Slot {
            connection(cx, self_)?;
            fetch(cx, self_, None)
        }

        /// Required by DB-API. Does nothing in sqlite3.
        call fn setinputsizes(cx; self_: Slot, sizes: Slot) -> () {
            let _ = (cx, self_, sizes);
            Ok(())
        }

        /// Required by DB-API. Does nothing in sqlite3.
        call fn setoutputsize(cx; self_: Slot, size: Slot, column: Option<Slot> = None) -> () {
            let _ = (cx, self_, size, column);
            Ok(())
        }

        /// Closes the cursor.
        call fn close(cx; self_: Slot) -> () {
            let (is_locked, is_initialised) = with(cx, self_, |state| (state.is_locked, state.is_initialised))?;
            if is_locked {
                return Err(programming(cx, "Recursive use of cursors not allowed."));
            }
            let found = cx.load::<Cursor>(self_, |cursor| &cursor.connection);
            let Some(found) = found.filter(|_| is_initialised) else {
                return Err(programming(cx, "Base Cursor.__init__ not called."));
            };
            using(cx, found, |cx, _| finish(cx, self_))?;
            with(cx, self_, |state| state.is_closed = true)
        }
    }
}

fn loaded(cx: &Ctx, found: Option<Slot>) -> Slot {
    found.unwrap_or_else(|| cx.root(Value::NONE))
}

natives! {
    pub static ATTRIBUTES = {
        get call fn connection(cx; self_: Slot) -> Slot {
            let found = cx.load::<Cursor>(self_, |cursor| &cursor.connection);
            Ok(loaded(cx, found))
        }

        get call fn description(cx; self_: Slot) -> Slot {
            let found = cx.load::<Cursor>(self_, |cursor| &cursor.description);
            Ok(loaded(cx, found))
        }

        get call fn lastrowid(cx; self_: Slot) -> Slot {
            let found = cx.load::<Cursor>(self_, |cursor| &cursor.last_row);
            Ok(loaded(cx, found))
        }

        get call fn rowcount(cx; self_: Slot) -> i64 { with(cx, self_, |state| state.row_count) }

        get call fn arraysize(cx; self_: Slot) -> i64 { with(cx, self_, |state| state.array_size) }

        set call fn arraysize(cx; self_: Slot, value: Slot) -> () {
            let size = cx.index(cx.get(value))?.to_i64();
            let size = size.filter(|size| u32::try_from(*size).is_ok() || *size < 0);
            match size {
                Some(size) if size >= 0 => with(cx, self_, |state| state.array_size = size),
                Some(_) => Err(cx.value_error("arraysize must be non-negative")),
                None => Err(cx.raise(Builtin::OverflowError, "Python int too large to convert to C uint32_t")),
            }
        }

        get call fn row_factory(cx; self_: Slot) -> Slot {
            let found = cx.load::<Cursor>(self_, |cursor| &cursor.row_factory);
            Ok(loaded(cx, found))
        }

        set call fn row_factory(cx; self_: Slot, value: Slot) -> () {
            cx.store::<Cursor>(self_, |cursor| &cursor.row_factory, value);
            Ok(())
        }
    }
}
