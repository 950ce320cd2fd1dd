//! Functions of scripts that the engine calls.

use std::cmp::Ordering;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Detached, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::ops::{attr, item, number, truth};
use argil_interp::traceback::unraisable;
use argil_interp::types::bytes::buffer;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value as Object;
use argil_sqlite::{Aggregate, Args, Host, Refusal, Value, raw, with_host};

use super::connection::Connection;

/// Runs the engine off the lock; what it calls back runs on it.
pub fn engine<R>(cx: &mut Ctx, connection: Slot, f: impl FnOnce() -> R) -> R {
    cx.detached_for(|detached| with_host(&mut Caller { detached, connection }, f))
}

struct Caller<'a, 'b> {
    detached: &'a mut Detached<'b>,
    connection: Slot,
}

/// What of an aggregate's class is called.
const STEP: &str = "step";

impl Caller<'_, '_> {
    /// Does what needs the heap. What goes wrong is told to the engine, and shown if scripts asked for that.
    fn attached<R>(&mut self, number: u64, f: impl FnOnce(&mut Ctx, Slot) -> Res<R>) -> Result<R, Builtin> {
        let connection = self.connection;
        self.detached.attached(|cx| {
            let mut result = None;
            let done = cx.scope(|cx| {
                result = Some(f(cx, connection)?);
                Ok(())
            });
            match (done, result) {
                (Ok(()), Some(result)) => Ok(result),
                (Err(raised), _) => {
                    let function = function(cx, connection, number);
                    Err(shown(cx, function, raised))
                }
                (Ok(()), None) => Err(Builtin::Exception),
            }
        })
    }
}

/// Takes an exception, shows it if that is asked for, and tells what kind it is.
fn shown(cx: &mut Ctx, function: Slot, raised: Raised) -> Builtin {
    let kinds = [Builtin::MemoryError, Builtin::OverflowError, Builtin::AttributeError];
    let exception = cx.root(cx.take_raised(raised));
    let kind = kinds.into_iter().find(|&kind| cx.is_instance(cx.get(exception), kind)).unwrap_or(Builtin::Exception);
    if cx.interp().service::<super::Settings>().shows_tracebacks() {
        unraisable::report_in(cx, "on sqlite3 callback", function, exception);
    }
    kind
}

fn refusal(kind: Builtin, what: &str) -> Refusal {
    match kind {
        Builtin::MemoryError => Refusal::NoMemory,
        Builtin::OverflowError => Refusal::TooBig,
        _ => Refusal::Error(format!("user-defined {what} raised exception")),
    }
}

/// The function of a number.
fn function(cx: &Ctx, connection: Slot, number: u64) -> Slot {
    let found = cx.load::<Connection>(connection, |connection| &connection.callbacks).and_then(|list| {
        let list = cx.get(list).cast::<List>()?;
        list.get(cx, number as usize).map(|function| cx.root(function))
    });
    found.unwrap_or_else(|| cx.root(Object::NONE))
}

/// A value of the engine as an object.
pub fn object(cx: &Ctx, value: &Value) -> Res<Slot> {
    Ok(cx.root(match value {
        Value::Null => Object::NONE,
        Value::Integer(number) => cx.int(*number),
        Value::Real(number) => cx.float(*number),
        Value::Text(text) => cx.str(&String::from_utf8_lossy(text)),
        Value::Blob(bytes) => cx.bytes(bytes),
    }))
}

/// An object as a value of the engine; `None` if it is of no kind that the engine has.
pub fn value(cx: &mut Ctx, object: Slot) -> Res<Option<Value>> {
    let value = cx.get(object);
    if value.is_none() {
        return Ok(Some(Value::Null));
    }
    if let Some(number) = value.as_int() {
        return match number.to_i64() {
            Some(number) => Ok(Some(Value::Integer(number))),
            None => Err(cx.overflow_error("Python int too large to convert to SQLite INTEGER")),
        };
    }
    if cx.is_instance(value, Builtin::Float) {
        return number::to_float(cx, object).map(|number| Some(Value::Real(number)));
    }
    if cx.is_instance(value, Builtin::Str) {
        return match value.as_str() {
            Some(text) => Ok(Some(Value::Text(memory::copy(text.as_bytes())))),
            None => {
                let bytes = argil_interp::codecs::encode(cx, object, "utf-8", None)?;
                Ok(Some(Value::Text(cx.get(bytes).as_bytes().unwrap_or_default().to_vec())))
            }
        };
    }
    match buffer::contents(cx, value) {
        Ok(bytes) => Ok(Some(Value::Blob(bytes.into_owned()))),
        Err(raised) => {
            let _ = cx.take_raised(raised);
            Ok(None)
        }
    }
}

fn result(cx: &mut Ctx, object: Slot) -> Res<Value> {
    match value(cx, object)? {
        Some(value) => Ok(value),
        None => Err(cx.type_error("the function returned what the database has no type for")),
    }
}

fn arguments(cx: &Ctx, args: &Args) -> Res<Vec<Slot>> {
    args.iter().map(|arg| object(cx, arg)).collect()
}

/// The object of a group; made if there is none yet and `makes` is set.
fn group(cx: &mut Ctx, connection: Slot, aggregate: Aggregate, makes: bool) -> Res<Option<Slot>> {
    let Some(groups) = cx.load::<Connection>(connection, |connection| &connection.groups) else { return Ok(None) };
    let key = cx.root(cx.uint(aggregate.group));
    let found = match item::get_item_leaf(cx, cx.get(groups), cx.get(key)) {
        Some(Ok(found)) => return Ok(Some(cx.root(found))),
        Some(Err(raised)) => Some(raised),
        None => None,
    };
    if let Some(raised) = found {
        cx.catch(raised, Builtin::KeyError)?;
    }
    if !makes {
        return Ok(None);
    }
    let class = function(cx, connection, aggregate.function);
    let made = cx.call(class, &[])?;
    item::set_item(cx, groups, key, made)?;
    Ok(Some(made))
}

/// Calls a method of the object of a group.
fn method(cx: &mut Ctx, object: Slot, name: &str, args: &[Slot]) -> Res<Slot> {
    let name = cx.root(cx.intern(name));
    let method = attr::get_attr(cx, object, name)?;
    cx.call(method, args)
}

impl Caller<'_, '_> {
    fn method(&mut self, aggregate: Aggregate, name: &'static str, args: &Args) -> Result<(), Refusal> {
        self.attached(aggregate.function, |cx, connection| {
            let object = group(cx, connection, aggregate, true)?;
            let args = arguments(cx, args)?;
            match object {
                Some(object) => method(cx, object, name, &args).map(|_| ()),
                None => Ok(()),
            }
        })
        .map_err(|kind| aggregate_refusal(kind, name))
    }

    fn outcome(&mut self, aggregate: Aggregate, name: &'static str) -> Result<Value, Refusal> {
        self.attached(aggregate.function, |cx, connection| {
            let is_over = name == "finalize";
            let object = group(cx, connection, aggregate, false)?;
            if is_over && let Some(groups) = cx.load::<Connection>(connection, |connection| &connection.groups) {
                let key = cx.root(cx.uint(aggregate.group));
                if item::contains(cx, groups, key)? {
                    item::del_item(cx, groups, key)?;
                }
            }
            match object {
                Some(object) => {
                    let returned = method(cx, object, name, &[])?;
                    result(cx, returned)
                }
                None => Ok(Value::Null),
            }
        })
        .map_err(|kind| aggregate_refusal(kind, name))
    }
}

fn aggregate_refusal(kind: Builtin, name: &str) -> Refusal {
    match kind {
        Builtin::AttributeError => Refusal::Error(format!("user-defined aggregate's '{name}' method not defined")),
        Builtin::MemoryError | Builtin::OverflowError => refusal(kind, "aggregate"),
        _ => Refusal::Error(format!("user-defined aggregate's '{name}' method raised error")),
    }
}

impl Host for Caller<'_, '_> {
    fn call(&mut self, number: u64, args: Args) -> Result<Value, Refusal> {
        self.attached(number, |cx, connection| {
            let function = function(cx, connection, number);
            let args = arguments(cx, &args)?;
            let returned = cx.call(function, &args)?;
            result(cx, returned)
        })
        .map_err(|kind| refusal(kind, "function"))
    }

    fn step(&mut self, aggregate: Aggregate, args: Args) -> Result<(), Refusal> {
        self.method(aggregate, STEP, &args)
    }

    fn inverse(&mut self, aggregate: Aggregate, args: Args) -> Result<(), Refusal> {
        self.method(aggregate, "inverse", &args)
    }

    fn value(&mut self, aggregate: Aggregate) -> Result<Value, Refusal> {
        self.outcome(aggregate, "value")
    }

    fn finish(&mut self, aggregate: Aggregate) -> Result<Value, Refusal> {
        self.outcome(aggregate, "finalize")
    }

    fn collate(&mut self, number: u64, a: &[u8], b: &[u8]) -> Ordering {
        let compared = self.attached(number, |cx, connection| {
            let function = function(cx, connection, number);
            let [a, b] = [a, b].map(|text| cx.root(cx.str(&String::from_utf8_lossy(text))));
            let returned = cx.call(function, &[a, b])?;
            let order = cx.index(cx.get(returned))?.to_big();
            Ok(order.cmp(&dashu_int::IBig::ZERO))
        });
        compared.unwrap_or(Ordering::Equal)
    }

    fn authorize(&mut self, number: u64, action: i32, args: [Option<String>; 4]) -> i32 {
        let answer = self.attached(number, |cx, connection| {
            let function = function(cx, connection, number);
            let action = cx.root(cx.int(action.into()));
            let args = args.map(|arg| cx.root(arg.map_or(Object::NONE, |arg| cx.str(&arg))));
            let returned = cx.call(function, &[action, args[0], args[1], args[2], args[3]])?;
            Ok(cx.get(returned).as_int().and_then(|code| code.to_i64()).and_then(|code| i32::try_from(code).ok()))
        });
        answer.ok().flatten().unwrap_or(raw::SQLITE_DENY)
    }

    fn trace(&mut self, number: u64, sql: String) {
        // What goes wrong was shown, if anybody wants to see it.
        let _ = self.attached(number, |cx, connection| {
            let function = function(cx, connection, number);
            let sql = cx.root(cx.str(&sql));
            cx.call(function, &[sql]).map(|_| ())
        });
    }

    fn progress(&mut self, number: u64) -> bool {
        let stops = self.attached(number, |cx, connection| {
            let function = function(cx, connection, number);
            let returned = cx.call(function, &[])?;
            truth::truth(cx, returned)
        });
        stops.unwrap_or(true)
    }
}

/// Keeps a function, and tells its number.
pub fn keep(cx: &Ctx, connection: Slot, function: Slot) -> u64 {
    let list = cx.load::<Connection>(connection, |connection| &connection.callbacks);
    let Some(list) = list.and_then(|list| cx.get(list).cast::<List>()) else { return 0 };
    list.push(cx, cx.get(function));
    list.len(cx) as u64 - 1
}

/// The containers of a new connection: of its functions, of which none has the number 0, and of the groups of its aggregates.
pub fn containers(cx: &Ctx) -> (Slot, Slot) {
    let list = List::from_values(cx, &[Object::NONE]);
    (cx.root(Object::of(list)), cx.root(Object::of(Dict::alloc(cx))))
}
