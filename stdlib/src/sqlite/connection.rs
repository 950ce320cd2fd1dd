//! Connections.

use std::ffi::CString;
use std::sync::Arc;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::functions::io::fspath;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::number;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData};
use argil_interp::value::Value;
use argil_sqlite::{Connection as Database, raw};

use super::callbacks::{containers, engine};
use super::errors::{self, programming, raise};
use super::gate::Gate;
use super::statements::{Cache, forget};

/// How transactions begin and end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Autocommit {
    /// As `isolation_level` says.
    Legacy,
    /// Nobody begins any.
    On,
    /// One is always open.
    Off,
}

/// How often the engine looks for a thread that waits, in milliseconds, if nothing is said.
const TIMEOUT: f64 = 5.0;

/// A `sqlite3.Connection`.
pub struct Connection {
    pub row_factory: Field,
    pub text_factory: Field,
    pub isolation_level: Field,
    /// The list of the functions that the engine may call, by their numbers.
    pub callbacks: Field,
    /// The dict of the objects of aggregates that are not finished.
    pub groups: Field,
    pub gate: Arc<Gate>,
    pub state: Exclusive<State>,
}

impl NativeData for Connection {
    const FIELDS: &'static [FieldOf<Self>] = &[
        |connection| &connection.row_factory,
        |connection| &connection.text_factory,
        |connection| &connection.isolation_level,
        |connection| &connection.callbacks,
        |connection| &connection.groups,
    ];
}

/// What a connection consists of beside values.
pub struct State {
    pub database: Option<Database>,
    pub is_initialised: bool,
    pub autocommit: Autocommit,
    pub detect_types: i64,
    /// The thread that may use it, if only one may.
    pub thread: Option<std::thread::ThreadId>,
    pub cache: Cache,
}

/// Looks at the state, or changes it.
pub fn with<R>(cx: &Ctx, connection: Slot, f: impl FnOnce(&mut State) -> R) -> Res<R> {
    Ok(cx.state::<Connection>(connection)?.state.with(f))
}

/// Fails in a thread that may not use a connection.
pub fn check_thread(cx: &Ctx, connection: Slot) -> Res<()> {
    let me = std::thread::current().id();
    if let Some(owner) = with(cx, connection, |state| state.thread)?.filter(|owner| *owner != me) {
        let number = |id: std::thread::ThreadId| {
            let text = format!("{id:?}");
            text.chars().filter(char::is_ascii_digit).collect::<String>()
        };
        let message = format!(
            "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id \
             {} and this is thread id {}.",
            number(owner),
            number(me)
        );
        return Err(programming(cx, message));
    }
    Ok(())
}

/// The engine's connection; an error if there is none.
pub fn database(cx: &Ctx, connection: Slot) -> Res<Database> {
    let (database, is_initialised) = with(cx, connection, |state| (state.database.clone(), state.is_initialised))?;
    match database {
        Some(database) => Ok(database),
        None if !is_initialised => Err(programming(cx, "Base Connection.__init__ not called.")),
        None => Err(programming(cx, "Cannot operate on a closed database.")),
    }
}

/// Checks that the thread may use a connection that is open, and runs `f` while no other thread does.
pub fn using<R>(cx: &mut Ctx, connection: Slot, f: impl FnOnce(&mut Ctx, &Database) -> Res<R>) -> Res<R> {
    check_thread(cx, connection)?;
    database(cx, connection)?;
    let gate = cx.state::<Connection>(connection)?.gate.clone();
    gate.with(cx, |cx| {
        let database = database(cx, connection)?;
        database.sweep();
        f(cx, &database)
    })
}

/// Runs a statement that has no parameters and of which nobody wants rows.
pub fn run(cx: &mut Ctx, connection: Slot, database: &Database, sql: &str) -> Res<()> {
    let done = engine(cx, connection, || {
        if let (Some(statement), _) = database.prepare(sql)? {
            let done = statement.step();
            statement.reset();
            drop(statement);
            database.sweep();
            done?;
        }
        Ok(())
    });
    done.map_err(|failure| raise(cx, &failure))
}

/// The isolation level: what follows `BEGIN`.
fn check_level(cx: &Ctx, level: Slot) -> Res<()> {
    let value = cx.get(level);
    if value.is_none() {
        return Ok(());
    }
    let Some(text) = value.as_str() else {
        return Err(cx.type_error("isolation_level must be str or None"));
    };
    let known = ["", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"];
    if !known.iter().any(|level| text.eq_ignore_ascii_case(level)) {
        return Err(cx.value_error("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'"));
    }
    Ok(())
}

fn autocommit_of(cx: &Ctx, value: Slot) -> Res<Autocommit> {
    let value = cx.get(value);
    match value.as_int().and_then(|number| number.to_i64()) {
        Some(1) if value.is_bool() => Ok(Autocommit::On),
        Some(0) if value.is_bool() => Ok(Autocommit::Off),
        Some(-1) => Ok(Autocommit::Legacy),
        _ => Err(cx.value_error("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")),
    }
}

/// Begins a transaction as the isolation level says.
pub fn begin(cx: &mut Ctx, connection: Slot, database: &Database) -> Res<()> {
    let level = cx.load::<Connection>(connection, |connection| &connection.isolation_level);
    let level = level.and_then(|level| cx.get(level).as_str().map(str::to_owned)).unwrap_or_default();
    run(cx, connection, database, format!("BEGIN {level}").trim_end())
}

fn close(cx: &mut Ctx, this: Slot) -> Res<()> {
    check_thread(cx, this)?;
    if !with(cx, this, |state| state.is_initialised)? {
        return Err(programming(cx, "Base Connection.__init__ not called."));
    }
    let gate = cx.state::<Connection>(this)?.gate.clone();
    gate.with(cx, |cx| {
        if let Some(database) = with(cx, this, |state| state.database.clone())? {
            if with(cx, this, |state| state.autocommit)? == Autocommit::Off && !database.is_autocommit() {
                run(cx, this, &database, "ROLLBACK")?;
            }
            forget(cx, this)?;
            with(cx, this, |state| state.database = None)?;
            database.set_trace(None);
            database.set_progress(0, None);
            engine(cx, this, move || {
                database.sweep();
                drop(database);
            });
        }
        Ok(())
    })
}

fn commit(cx: &mut Ctx, this: Slot) -> Res<()> {
    using(cx, this, |cx, database| {
        let mode = with(cx, this, |state| state.autocommit)?;
        if mode == Autocommit::Off || (mode == Autocommit::Legacy && !database.is_autocommit()) {
            run(cx, this, database, "COMMIT")?;
            if mode == Autocommit::Off {
                run(cx, this, database, "BEGIN")?;
            }
        }
        Ok(())
    })
}

fn rollback(cx: &mut Ctx, this: Slot) -> Res<()> {
    using(cx, this, |cx, database| {
        let mode = with(cx, this, |state| state.autocommit)?;
        if mode == Autocommit::Off || (mode == Autocommit::Legacy && !database.is_autocommit()) {
            run(cx, this, database, "ROLLBACK")?;
            if mode == Autocommit::Off {
                run(cx, this, database, "BEGIN")?;
            }
        }
        Ok(())
    })
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let (callbacks, groups) = containers(cx);
            let text = cx.root(Value::of(cx.class(Builtin::Str)));
            let (none, level) = (cx.root(Value::NONE), cx.root(cx.str("")));
            let state = State {
                database: None,
                is_initialised: false,
                autocommit: Autocommit::Legacy,
                detect_types: 0,
                thread: None,
                cache: Cache::default(),
            };
            let connection = Connection {
                row_factory: Field::of(none),
                text_factory: Field::of(text),
                isolation_level: Field::of(level),
                callbacks: Field::of(callbacks),
                groups: Field::of(groups),
                gate: Arc::default(),
                state: Exclusive::new(state),
            };
            Ok(cx.new_native(args.get(0), connection))
        }

        call fn __init__(
            cx; self_: Slot; database: Slot, timeout: f64 = TIMEOUT, detect_types: i64 = 0,
            isolation_level: GivenSlot = GivenSlot(None), check_same_thread: bool = true,
            factory: GivenSlot = GivenSlot(None), cached_statements: i64 = 128, uri: bool = false;
            autocommit: GivenSlot = GivenSlot(None)
        ) -> () {
            let _ = factory;
            let path = fspath(cx, database, "")?;
            let bytes = match (cx.get(path).as_str(), cx.get(path).as_bytes()) {
                (Some(text), _) => text.as_bytes().to_vec(),
                (None, bytes) => bytes.unwrap_or_default().to_vec(),
            };
            let Ok(name) = CString::new(bytes) else { return Err(cx.value_error("embedded null byte")) };
            let level = match isolation_level.0 {
                Some(level) => level,
                None => cx.root(cx.str("")),
            };
            check_level(cx, level)?;
            let autocommit = autocommit.0.map_or(Ok(Autocommit::Legacy), |mode| autocommit_of(cx, mode))?;
            let mut flags = raw::SQLITE_OPEN_READWRITE | raw::SQLITE_OPEN_CREATE;
            if uri {
                flags |= raw::SQLITE_OPEN_URI;
            }
            let had = with(cx, self_, |state| {
                state.is_initialised = false;
                drop(state.cache.clear());
                state.database.take()
            })?;
            let milliseconds = (timeout * 1000.0).clamp(0.0, f64::from(i32::MAX)) as i32;
            let opened = engine(cx, self_, || {
                drop(had);
                let opened = Database::open(&name, flags)?;
                opened.busy_timeout(milliseconds);
                Ok(opened)
            });
            let opened = opened.map_err(|failure| raise(cx, &failure))?;
            cx.store::<Connection>(self_, |connection| &connection.isolation_level, level);
            with(cx, self_, |state| {
                state.database = Some(opened.clone());
                state.is_initialised = true;
                state.autocommit = autocommit;
                state.detect_types = detect_types;
                state.thread = check_same_thread.then(|| std::thread::current().id());
                state.cache.most = cached_statements.clamp(0, 1 << 20) as usize;
            })?;
            if autocommit == Autocommit::Off {
                run(cx, self_, &opened, "BEGIN")?;
            }
            Ok(())
        }

        /// Close the database connection. Any pending transaction is not committed implicitly.
        call fn close(cx; self_: Slot) -> () { close(cx, self_) }

        /// Commit any pending transaction to the database.
        call fn commit(cx; self_: Slot) -> () { commit(cx, self_) }

        /// Roll back to the start of any pending transaction.
        call fn rollback(cx; self_: Slot) -> () { rollback(cx, self_) }

        /// Abort any pending database operation.
        call fn interrupt(cx; self_: Slot) -> () {
            database(cx, self_)?.interrupt();
            Ok(())
        }

        call fn __enter__(cx; self_: Slot) -> Slot {
            check_thread(cx, self_)?;
            database(cx, self_)?;
            Ok(self_)
        }

        call fn __exit__(cx; self_: Slot, r#type: Slot, value: Slot, traceback: Slot) -> bool {
            let _ = (value, traceback);
            if cx.get(r#type).is_none() {
                if let Err(raised) = commit(cx, self_) {
                    let exception = cx.root(cx.take_raised(raised));
                    rollback(cx, self_)?;
                    return Err(cx.raise_value(cx.get(exception)));
                }
            } else {
                rollback(cx, self_)?;
            }
            Ok(false)
        }

        /// Get connection run-time limits.
        call fn getlimit(cx; self_: Slot, category: i32) -> i64 {
            using(cx, self_, |cx, database| limit(cx, database, category, -1))
        }

        /// Set connection run-time limits.
        call fn setlimit(cx; self_: Slot, category: i32, limit: i32) -> i64 {
            using(cx, self_, |cx, database| self::limit(cx, database, category, limit))
        }

        /// Query a boolean connection configuration option.
        call fn getconfig(cx; self_: Slot, op: i32) -> bool {
            using(cx, self_, |cx, database| config(cx, database, op, -1))
        }

        /// Set a boolean connection configuration option.
        call fn setconfig(cx; self_: Slot, op: i32, enable: bool = true) -> () {
            using(cx, self_, |cx, database| {
                if config(cx, database, op, enable.into())? != enable {
                    return Err(cx.raise_own::<errors::OperationalError>("Unable to set config"));
                }
                Ok(())
            })
        }

        /// Enable dynamic loading of SQLite extension modules.
        call fn enable_load_extension(cx; self_: Slot, enable: bool) -> () {
            using(cx, self_, |cx, database| database.enable_load_extension(enable).map_err(|failure| raise(cx, &failure)))
        }
    }
}

fn limit(cx: &Ctx, database: &Database, category: i32, limit: i32) -> Res<i64> {
    match database.limit(category, limit) {
        -1 => Err(programming(cx, "'category' is out of bounds")),
        old => Ok(old.into()),
    }
}

fn config(cx: &mut Ctx, database: &Database, switch: i32, on: i32) -> Res<bool> {
    if !(raw::SQLITE_DBCONFIG_ENABLE_FKEY..=raw::SQLITE_DBCONFIG_TRUSTED_SCHEMA).contains(&switch) {
        return Err(cx.value_error(format!("unknown config 'op': {switch}")));
    }
    database.config(switch, on).map_err(|failure| raise(cx, &failure))
}

macro_rules! error_classes {
    ($($name:ident)*) => {
        natives! {
            pub static ATTRIBUTES = {
                $(
                    get fn $name(cx; self_: Value<'h>) -> Value<'h> {
                        let _ = self_;
                        Ok(cx.own_class::<errors::$name>().map_or(Value::NONE, Value::of))
                    }
                )*

                get call fn in_transaction(cx; self_: Slot) -> bool { Ok(!database(cx, self_)?.is_autocommit()) }

                get call fn total_changes(cx; self_: Slot) -> i64 {
                    using(cx, self_, |_, database| Ok(database.total_changes()))
                }

                get call fn isolation_level(cx; self_: Slot) -> Slot {
                    database(cx, self_)?;
                    let level = cx.load::<Connection>(self_, |connection| &connection.isolation_level);
                    Ok(level.unwrap_or_else(|| cx.root(Value::NONE)))
                }

                set call fn isolation_level(cx; self_: Slot, value: Slot) -> () {
                    check_level(cx, value)?;
                    if cx.get(value).is_none() && with(cx, self_, |state| state.autocommit)? == Autocommit::Legacy {
                        // What is open is committed: nobody else would.
                        commit(cx, self_)?;
                    }
                    cx.store::<Connection>(self_, |connection| &connection.isolation_level, value);
                    Ok(())
                }

                get call fn autocommit(cx; self_: Slot) -> Slot {
                    check_thread(cx, self_)?;
                    database(cx, self_)?;
                    let mode = with(cx, self_, |state| state.autocommit)?;
                    Ok(cx.root(match mode {
                        Autocommit::Legacy => cx.int(-1),
                        mode => Value::bool(mode == Autocommit::On),
                    }))
                }

                set call fn autocommit(cx; self_: Slot, value: Slot) -> () {
                    let mode = autocommit_of(cx, value)?;
                    using(cx, self_, |cx, database| {
                        match mode {
                            Autocommit::On if !database.is_autocommit() => run(cx, self_, database, "COMMIT")?,
                            Autocommit::Off if database.is_autocommit() => run(cx, self_, database, "BEGIN")?,
                            _ => {}
                        }
                        with(cx, self_, |state| state.autocommit = mode)
                    })
                }

                get call fn row_factory(cx; self_: Slot) -> Slot {
                    let factory = cx.load::<Connection>(self_, |connection| &connection.row_factory);
                    Ok(factory.unwrap_or_else(|| cx.root(Value::NONE)))
                }

                set call fn row_factory(cx; self_: Slot, value: Slot) -> () {
                    cx.store::<Connection>(self_, |connection| &connection.row_factory, value);
                    Ok(())
                }

                get call fn text_factory(cx; self_: Slot) -> Slot {
                    let factory = cx.load::<Connection>(self_, |connection| &connection.text_factory);
                    Ok(factory.unwrap_or_else(|| cx.root(Value::NONE)))
                }

                set call fn text_factory(cx; self_: Slot, value: Slot) -> () {
                    cx.store::<Connection>(self_, |connection| &connection.text_factory, value);
                    Ok(())
                }
            }
        }
    };
}

error_classes! {
    Warning Error InterfaceError DatabaseError DataError OperationalError IntegrityError InternalError ProgrammingError
    NotSupportedError
}

/// A number of seconds that a script gave.
pub fn seconds(cx: &mut Ctx, given: Slot) -> Res<f64> {
    number::to_float(cx, given)
}
