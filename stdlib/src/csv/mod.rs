//! `_csv`: what Lib's `csv` reads and writes tables with.

mod dialect;
mod reader;
mod writer;

use std::sync::atomic::{AtomicI64, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::native::{Args, GivenSlot};
use argil_interp::natives;
use argil_interp::ops::{attr, iter, mapping};
use argil_interp::service::Service;
use argil_interp::types::dict::Dict;
use argil_interp::types::int::Int;
use argil_interp::value::Value;

use dialect::{Dialect, Quoting};
use reader::Reader;
use writer::Writer;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_csv", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `_csv.Error`.
struct Error;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    cx.define_exception::<Error>(module, "Error", Builtin::Exception);
    cx.define_native_class::<Dialect>(module, &NativeClass::new("Dialect", &[dialect::METHODS]));
    let methods = [reader::METHODS, ITERATOR];
    let reader = cx.define_native_class::<Reader>(module, &NativeClass::nameless("reader", &methods));
    cx.define(module, "Reader", cx.get(reader));
    let writer = cx.define_native_class::<Writer>(module, &NativeClass::nameless("writer", &[writer::METHODS]));
    cx.define(module, "Writer", cx.get(writer));
    cx.define(module, "_dialects", Value::of(Dict::alloc(cx)));
    for (name, quoting) in Quoting::ALL {
        cx.define(module, name, cx.int(quoting as i64));
    }
    Ok(())
}

/// Raises the module's error.
#[cold]
fn error(cx: &Ctx, message: &str) -> Raised {
    cx.raise_own::<Error>(message)
}

/// How many characters a field may have.
struct Limit(AtomicI64);

impl Default for Limit {
    fn default() -> Limit {
        Limit(AtomicI64::new(128 * 1024))
    }
}

impl Service for Limit {}

fn limit(cx: &Ctx) -> i64 {
    // Relaxed: a plain setting.
    cx.interp().service::<Limit>().0.load(Ordering::Relaxed)
}

/// The dict of dialects that have a name.
fn dialects(cx: &mut Ctx) -> Res<Slot> {
    let module = import_module(cx, "_csv")?;
    let name = cx.root(cx.intern("_dialects"));
    attr::get_attr(cx, module, name)
}

/// The dialect of a name.
fn named(cx: &mut Ctx, name: Slot) -> Res<Slot> {
    let dialects = dialects(cx)?;
    mapping::dict_get(cx, dialects, name)?.ok_or_else(|| error(cx, "unknown dialect"))
}

/// The arguments of a function that takes one object, perhaps a dialect, and settings by name.
fn arguments(cx: &mut Ctx, args: Args<'_>, function: &str) -> Res<(Slot, Slot)> {
    let given = args.positional(cx);
    if given == 0 || given > 2 {
        let (bound, count) = if given == 0 { ("at least", "1 argument") } else { ("at most", "2 arguments") };
        return Err(cx.type_error(format!("{function} expected {bound} {count}, got {given}")));
    }
    let (args, names) = args.into_slots(cx);
    let settings = dialect::Settings::given(cx, args.take(given).skip(1), args.skip(given), names)?;
    let dialect = settings.dialect(cx, None)?;
    Ok((args.get(0), dialect))
}

natives! {
    static FUNCTIONS = {
        /// Return a reader object that will process lines from the given iterable.
        raw fn reader(cx, args) -> Slot {
            let (lines, dialect) = arguments(cx, args, "reader")?;
            let lines = iter::iter(cx, lines)?;
            Ok(reader::make(cx, lines, dialect))
        }

        /// Return a writer object that will write user data on the given file object.
        raw fn writer(cx, args) -> Slot {
            let (file, dialect) = arguments(cx, args, "writer")?;
            writer::make(cx, file, dialect)
        }

        /// Create a mapping from a string name to a dialect class.
        raw fn register_dialect(cx, args) -> () {
            let given = args.positional(cx);
            if given == 0 || given > 2 {
                return arguments(cx, args, "register_dialect").map(|_| ());
            }
            let (slots, names) = args.into_slots(cx);
            let name = slots.get(0);
            if cx.get(name).as_str().is_none() {
                return Err(cx.type_error("dialect name must be a string"));
            }
            let settings = dialect::Settings::given(cx, slots.take(given).skip(1), slots.skip(given), names)?;
            let dialect = settings.dialect(cx, None)?;
            let dialects = dialects(cx)?;
            mapping::dict_set(cx, dialects, name, dialect)
        }

        /// Delete the name/dialect mapping associated with a string name.
        call fn unregister_dialect(cx; ; name: Slot) -> () {
            let dialects = dialects(cx)?;
            match mapping::dict_remove(cx, dialects, name)? {
                Some(_) => Ok(()),
                None => Err(error(cx, "unknown dialect")),
            }
        }

        /// Return the dialect instance associated with name.
        call fn get_dialect(cx; ; name: Slot) -> Slot {
            named(cx, name)
        }

        /// Return a list of all known dialect names.
        call fn list_dialects(cx) -> Slot {
            let dialects = dialects(cx)?;
            iter::collect(cx, dialects)
        }

        /// Sets an upper limit on parsed fields, if new_limit is given. Returns the old limit.
        call fn field_size_limit(cx; ; new_limit: GivenSlot = GivenSlot(None)) -> i64 {
            let Some(new) = new_limit.0 else { return Ok(limit(cx)) };
            let Some(int) = exact_int(cx.get(new)) else {
                return Err(cx.type_error("limit must be an integer"));
            };
            let new = int.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))?;
            Ok(cx.interp().service::<Limit>().0.swap(new, Ordering::Relaxed))
        }
    }
}

/// An integer that is no subclass's and no bool.
fn exact_int(value: Value<'_>) -> Option<Int<'_>> {
    let exact = value.as_small_int().is_some() || value.header().is_some_and(|header| header.is_exact());
    value.as_int().filter(|_| exact && !value.is_bool())
}
