//! Running statements.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_sqlite::{Step, raw};

use super::attribute;
use super::binding::bind;
use super::callbacks::engine;
use super::connection::{Autocommit, Connection, begin, check_thread, database, run, using, with as with_connection};
use super::cursor::{Cursor, finish, locked, with};
use super::errors::{DataError, programming, raise};
use super::fetch::{converters, description};
use super::statements::{Prepared, prepare};

/// Runs a statement, with one set of parameters or with many.
pub fn execute(cx: &mut Ctx, cursor: Slot, sql: &str, parameters: Option<Slot>, is_many: bool) -> Res<()> {
    locked(cx, cursor, |cx, connection| {
        let done = execute_locked(cx, cursor, connection, sql, parameters, is_many);
        if done.is_err() {
            finish(cx, cursor)?;
            with(cx, cursor, |state| state.row_count = -1)?;
        }
        done
    })
}

fn execute_locked(
    cx: &mut Ctx,
    cursor: Slot,
    connection: Slot,
    sql: &str,
    parameters: Option<Slot>,
    is_many: bool,
) -> Res<()> {
    let sets = match parameters {
        Some(parameters) if is_many => Some(iter::iter(cx, parameters)?),
        _ => None,
    };
    finish(cx, cursor)?;
    let none = cx.root(Value::NONE);
    cx.store::<Cursor>(cursor, |cursor| &cursor.description, none);
    let prepared = prepare(cx, connection, sql)?;
    with(cx, cursor, |state| {
        state.statement = Some(prepared.clone());
        state.row_count = if prepared.changes { 0 } else { -1 };
    })?;
    prepared.statement.reset();
    let database = database(cx, connection)?;
    if is_many && prepared.statement.is_read_only() {
        return Err(programming(cx, "executemany() can only execute DML statements."));
    }
    let level = cx.load::<Connection>(connection, |connection| &connection.isolation_level);
    let begins = level.is_some_and(|level| !cx.get(level).is_none());
    let mode = with_connection(cx, connection, |state| state.autocommit)?;
    if mode == Autocommit::Legacy && begins && prepared.changes && database.is_autocommit() {
        begin(cx, connection, &database)?;
    }
    let mut last = false;
    while !last {
        last = cx.scope(|cx| {
            let set = match sets {
                None => parameters,
                Some(sets) => match iter::next(cx, sets)? {
                    Some(set) => Some(set),
                    None => return Ok(true),
                },
            };
            match set {
                Some(set) => bind(cx, &prepared, set)?,
                None => {
                    let none = cx.root(cx.tuple(&[]));
                    bind(cx, &prepared, none)?;
                }
            }
            let step = engine(cx, connection, || {
                let step = prepared.statement.step();
                (step, database.changes())
            });
            let (step, changes) = step;
            let step = step.map_err(|failure| raise(cx, &failure))?;
            if !is_many && prepared.statement.columns() > 0 {
                described(cx, cursor, connection, &prepared)?;
            }
            if step == Step::Done {
                if prepared.changes {
                    with(cx, cursor, |state| state.row_count += changes)?;
                }
                prepared.statement.reset();
            } else if is_many {
                // Rows of one set are in the way of the next.
                prepared.statement.reset();
            }
            if step == Step::Done && !is_many {
                finish(cx, cursor)?;
            }
            Ok(sets.is_none())
        })?;
    }
    if is_many {
        finish(cx, cursor)?;
    } else {
        let last = cx.root(cx.int(database.last_row()));
        cx.store::<Cursor>(cursor, |cursor| &cursor.last_row, last);
    }
    Ok(())
}

fn described(cx: &mut Ctx, cursor: Slot, connection: Slot, prepared: &Prepared) -> Res<()> {
    let detects = with_connection(cx, connection, |state| state.detect_types)?;
    let shown = description(cx, prepared, detects)?;
    cx.store::<Cursor>(cursor, |cursor| &cursor.description, shown);
    match converters(cx, prepared, detects)? {
        Some(list) => cx.store::<Cursor>(cursor, |cursor| &cursor.converters, list),
        None => cx.unset::<Cursor>(cursor, |cursor| &cursor.converters),
    }
    Ok(())
}

/// Runs one statement after the other.
pub fn execute_script(cx: &mut Ctx, cursor: Slot, script: &str) -> Res<()> {
    locked(cx, cursor, |cx, connection| {
        let database = database(cx, connection)?;
        if script.contains('\0') {
            return Err(cx.value_error("embedded null character"));
        }
        if script.len() > database.limit(raw::SQLITE_LIMIT_SQL_LENGTH, -1).max(0) as usize {
            return Err(cx.raise_own::<DataError>("query string is too large"));
        }
        let mode = with_connection(cx, connection, |state| state.autocommit)?;
        if mode == Autocommit::Legacy && !database.is_autocommit() {
            run(cx, connection, &database, "COMMIT")?;
        }
        let mut rest = script;
        while !rest.is_empty() {
            let done = engine(cx, connection, || {
                let (statement, used) = database.prepare(rest)?;
                if let Some(statement) = statement {
                    let mut done = statement.step();
                    while matches!(done, Ok(Step::Row)) {
                        done = statement.step();
                    }
                    statement.reset();
                    drop(statement);
                    database.sweep();
                    done?;
                }
                Ok(used)
            });
            let used = done.map_err(|failure| raise(cx, &failure))?;
            rest = &rest[used..];
            cx.poll()?;
        }
        Ok(())
    })
}

/// A cursor of a connection, by a factory if one is given.
fn cursor(cx: &mut Ctx, connection: Slot, factory: Option<Slot>) -> Res<Slot> {
    check_thread(cx, connection)?;
    database(cx, connection)?;
    let factory = match factory {
        Some(factory) => factory,
        None => cx.root(cx.native_class::<Cursor>().map_or(Value::NONE, Value::of)),
    };
    let made = cx.call(factory, &[connection])?;
    if cx.get(made).native::<Cursor>().is_none() {
        let got = cx.type_name(cx.get(made));
        return Err(cx.type_error(format!("factory must return a cursor, not {got}")));
    }
    let row_factory = cx.load::<Connection>(connection, |connection| &connection.row_factory);
    if let Some(row_factory) = row_factory.filter(|&factory| !cx.get(factory).is_none()) {
        cx.store::<Cursor>(made, |cursor| &cursor.row_factory, row_factory);
    }
    Ok(made)
}

/// Calls a method of a new cursor.
fn by_cursor(cx: &mut Ctx, connection: Slot, method: &str, args: &[Slot]) -> Res<Slot> {
    let name = cx.root(cx.intern("cursor"));
    let make = argil_interp::ops::attr::get_attr(cx, connection, name)?;
    let cursor = cx.call(make, &[])?;
    let method = attribute(cx, cursor, method)?;
    cx.call(method, args)
}

natives! {
    pub static CONNECTION = {
        /// Return a cursor for the connection.
        call fn cursor(cx; self_: Slot; factory: Option<Slot> = None) -> Slot { cursor(cx, self_, factory) }

        /// Executes an SQL statement.
        call fn execute(cx; self_: Slot, sql: Slot, parameters: Option<Slot> = None) -> Slot {
            let args: Vec<Slot> = std::iter::once(sql).chain(parameters).collect();
            by_cursor(cx, self_, "execute", &args)
        }

        /// Repeatedly executes an SQL statement.
        call fn executemany(cx; self_: Slot, sql: Slot, parameters: Slot) -> Slot {
            by_cursor(cx, self_, "executemany", &[sql, parameters])
        }

        /// Executes multiple SQL statements at once.
        call fn executescript(cx; self_: Slot, sql_script: Slot) -> Slot {
            by_cursor(cx, self_, "executescript", &[sql_script])
        }

        /// Returns iterator to the dump of the database in an SQL text format.
        call fn iterdump(cx; self_: Slot; ; filter: Option<Slot> = None) -> Slot {
            check_thread(cx, self_)?;
            database(cx, self_)?;
            let module = argil_interp::import::import_module(cx, "sqlite3.dump")?;
            let dump = attribute(cx, module, "_iterdump")?;
            let none = cx.root(Value::NONE);
            let args = cx.root_all([cx.get(self_), cx.get(filter.unwrap_or(none))]);
            let names = cx.root(Value::of(Tuple::from_values(cx, &[cx.intern("filter")])));
            cx.call_kw(dump, args, Some(names))
        }

        raw fn __call__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let connection = args.get(0);
            let Some(sql) = (args.len() == 2).then(|| cx.get(args.get(1)).as_str().map(str::to_owned)).flatten() else {
                return Err(cx.raise(Builtin::TypeError, "argument 1 must be str"));
            };
            using(cx, connection, |cx, _| prepare(cx, connection, &sql).map(|_| ()))?;
            Ok(cx.root(Value::NONE))
        }
    }
}
