//! `_sqlite3`: databases, by the engine of that name. The engine works off the lock; a connection works for one thread at a
//! time, and what it calls back runs as any other function of scripts.

mod adapt;
mod backup;
mod binding;
mod blob;
mod callbacks;
mod connection;
mod constants;
mod cursor;
mod errors;
mod fetch;
mod functions;
mod gate;
mod query;
mod row;
mod statements;

use std::ffi::CString;
use std::sync::atomic::{AtomicBool, Ordering};

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::service::Service;
use argil_interp::value::Value;

use blob::Blob;
use connection::Connection;
use cursor::Cursor;
use row::Row;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_sqlite3", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// What scripts have set for all connections.
#[derive(Default)]
struct Settings {
    /// Written by `enable_callback_tracebacks`, read where a function of a script fails; nothing else hangs on it.
    tracebacks: AtomicBool,
}

impl Settings {
    fn shows_tracebacks(&self) -> bool {
        self.tracebacks.load(Ordering::Relaxed)
    }
}

impl Service for Settings {}

/// `PrepareProtocol`: what objects are asked to become.
struct PrepareProtocol;

impl argil_interp::types::native::NativeData for PrepareProtocol {}

natives! {
    static PROTOCOL = {
        static fn __new__(cx; cls: Value<'h>) -> Value<'h> {
            let made = cx.new_native(cx.root(cls), PrepareProtocol);
            Ok(cx.get(made))
        }
    }
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    errors::define(cx, module)?;
    constants::define(cx, module);
    let tables = [connection::METHODS, query::CONNECTION, functions::METHODS, backup::METHODS, connection::ATTRIBUTES];
    let has_dict = |name, methods| NativeClass { has_dict: true, ..NativeClass::new(name, methods) };
    cx.define_native_class::<Connection>(module, &has_dict("sqlite3.Connection", &tables));
    let tables = [cursor::METHODS, cursor::ATTRIBUTES, ITERATOR];
    cx.define_native_class::<Cursor>(module, &has_dict("sqlite3.Cursor", &tables));
    cx.define_native_class::<Row>(module, &NativeClass::new("sqlite3.Row", &[row::METHODS]));
    cx.define_native_class::<Blob>(module, &NativeClass::new("sqlite3.Blob", &[blob::METHODS]));
    cx.define_native_class::<PrepareProtocol>(module, &NativeClass::new("sqlite3.PrepareProtocol", &[PROTOCOL]));
    adapt::define(cx, module);
    let cx: &Ctx = cx;
    cx.define(module, "sqlite_version", cx.str(&argil_sqlite::version()));
    cx.define(module, "threadsafety", cx.int(3));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Open a connection to the SQLite database file 'database'.
        raw fn connect(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let class = cx.native_class::<Connection>().map_or(Value::NONE, Value::of);
            let mut factory = cx.root(class);
            if args.len() > 5 {
                factory = args.get(5);
            }
            let named = names.map(|names| argil_interp::types::tuple::methods::from_iterable(cx, names)).transpose()?;
            if let Some(named) = named.and_then(|named| cx.get(named).cast::<argil_interp::types::tuple::Tuple>()) {
                let positional = args.len() - named.len();
                for (at, name) in named.iter(cx).enumerate() {
                    if name.as_str() == Some("factory") {
                        factory = args.get(positional + at);
                    }
                }
            }
            cx.call_kw(factory, args, names)
        }

        /// Checks if a string contains a complete SQL statement.
        fn complete_statement(cx; ; statement: &'h str) -> bool {
            let text = statement.split('\0').next().unwrap_or_default();
            Ok(argil_sqlite::complete(&CString::new(text).unwrap_or_default()))
        }

        /// Enable or disable callback functions throwing errors to stderr.
        fn enable_callback_tracebacks(cx; enable: bool) -> () {
            cx.interp().service::<Settings>().tracebacks.store(enable, Ordering::Relaxed);
            Ok(())
        }

        /// Register a function to adapt Python objects to SQLite values.
        call fn register_adapter(cx; r#type: Slot, adapter: Slot) -> () { adapt::register_adapter(cx, r#type, adapter) }

        /// Register a function to convert SQLite values to Python objects.
        call fn register_converter(cx; typename: String, converter: Slot) -> () {
            adapt::register_converter(cx, &typename, converter)
        }

        /// Adapt given object to given protocol.
        call fn adapt(cx; obj: Slot, proto: Option<Slot> = None, alt: argil_interp::native::GivenSlot = argil_interp::native::GivenSlot(None)) -> Slot {
            adapt::adapt(cx, obj, proto, alt.0)
        }
    }
}

/// An attribute of an object, by name.
fn attribute(cx: &mut Ctx, object: Slot, name: &str) -> Res<Slot> {
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, object, name)
}
