//! The registry of an interpreter: search functions, what they found, and error handlers.
//!
//! Three dicts, which all threads share; each operation on one is atomic, as on any dict. Two threads that look for the same
//! codec at once may both call the search functions; the first answer stays. A worker process begins with an empty registry.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::{errors, native, unknown_encoding};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::heap::Tracer;
use crate::object::Field;
use crate::ops::{attr, mapping, note, truth};
use crate::service::Service;
use crate::types::dict::Dict;
use crate::types::function::{NativeFunction, is_callable};
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// The registry.
pub struct Registry {
    /// The search functions by the number of their registration, which keeps them in order.
    searches: Field,
    /// Codecs by normalized name.
    known: Field,
    /// Error handlers by name.
    handlers: Field,
    /// The next number of a registration. Relaxed: only its being unique counts.
    next: AtomicI64,
    /// Whether the library's own search function is registered, or was. Set (Relaxed) after the import, which itself
    /// synchronises; who misses it imports once more, which does nothing.
    begun: AtomicBool,
}

impl Default for Registry {
    fn default() -> Registry {
        let (searches, known, handlers) = (Field::unset(), Field::unset(), Field::unset());
        Registry { searches, known, handlers, next: AtomicI64::new(0), begun: AtomicBool::new(false) }
    }
}

impl Service for Registry {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        [&self.searches, &self.known, &self.handlers].into_iter().for_each(|field| tracer.field(field));
    }
}

/// One of the dicts, which is made when it is first asked for.
fn dict(cx: &Ctx, which: fn(&Registry) -> &Field) -> Slot {
    let field = which(cx.interp().service::<Registry>());
    if field.get(cx).is_none() {
        let made = Value::of(Dict::alloc(cx));
        crate::barrier::publish(cx, made);
        field.compare_exchange(Word::UNSET, made.word());
    }
    cx.root(field.get_or_none(cx))
}

/// A name as search functions get it: lower-case letters, digits and dots, with an underscore for whatever else is between.
pub fn normalized(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut gap = false;
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            if std::mem::take(&mut gap) && !plain.is_empty() {
                plain.push('_');
            }
            plain.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap = true;
        }
    }
    plain
}

/// Adds a search function.
pub fn register(cx: &mut Ctx, search: Slot) -> Res<()> {
    if !is_callable(cx, cx.get(search)) {
        return Err(cx.type_error("argument must be callable"));
    }
    let searches = dict(cx, |registry| &registry.searches);
    let number = cx.interp().service::<Registry>().next.fetch_add(1, Ordering::Relaxed);
    let number = cx.root(cx.int(number));
    mapping::dict_set(cx, searches, number, search)
}

/// Removes a search function, and forgets what was found.
pub fn unregister(cx: &mut Ctx, search: Slot) -> Res<()> {
    let searches = dict(cx, |registry| &registry.searches);
    let number = cx.get(searches).cast::<Dict>().and_then(|searches| {
        searches.iter(cx).find(|(_, function)| *function == cx.get(search)).map(|(number, _)| cx.root(number))
    });
    if let Some(number) = number {
        let known = dict(cx, |registry| &registry.known);
        if let Some(known) = cx.get(known).cast::<Dict>() {
            known.clear(cx);
        }
        mapping::dict_remove(cx, searches, number)?;
    }
    Ok(())
}

/// Forgets a codec that was found.
pub fn forget(cx: &mut Ctx, encoding: &str) -> Res<()> {
    let known = dict(cx, |registry| &registry.known);
    let name = cx.root(cx.str(encoding));
    mapping::dict_remove(cx, known, name).map(|_| ())
}

/// Imports the library's `encodings`, which registers its search function.
fn begin(cx: &mut Ctx) -> Res<()> {
    if cx.interp().service::<Registry>().begun.load(Ordering::Relaxed) {
        return Ok(());
    }
    let imported = cx.scope(|cx| (cx.interp().hooks.import_module)(cx, "encodings").map(|_| ()));
    match imported {
        Ok(()) => cx.interp().service::<Registry>().begun.store(true, Ordering::Relaxed),
        // Without it there are the encodings of `native.rs`, and what scripts register.
        Err(raised) => _ = cx.catch(raised, Builtin::ModuleNotFoundError)?,
    }
    Ok(())
}

/// The codec of an encoding: a tuple of four.
///
/// # Errors
/// LookupError if there is none; what search functions raise.
pub fn lookup(cx: &mut Ctx, encoding: &str) -> Res<Slot> {
    if encoding.contains('\0') {
        return Err(cx.value_error("embedded null character"));
    }
    cx.scope(|cx| {
        begin(cx)?;
        let name = cx.root(cx.str(&normalized(encoding)));
        let known = dict(cx, |registry| &registry.known);
        if let Some(found) = mapping::dict_get(cx, known, name)? {
            return Ok(found);
        }
        let searches = dict(cx, |registry| &registry.searches);
        let functions = {
            let searches = cx.get(searches).cast::<Dict>();
            let functions: Vec<_> = searches.into_iter().flat_map(|all| all.iter(cx)).map(|(_, f)| f).collect();
            cx.root_all(functions)
        };
        for function in functions.iter() {
            let found = cx.call(function, &[name])?;
            if cx.get(found).is_none() {
                continue;
            }
            if cx.get(found).cast::<Tuple>().is_none_or(|codec| codec.len() != 4) {
                return Err(cx.type_error("codec search functions must return 4-tuples"));
            }
            return mapping::dict_set_default(cx, known, name, found);
        }
        Err(unknown_encoding(cx, encoding))
    })
}

/// Adds an error handler.
pub fn register_handler(cx: &mut Ctx, name: &str, handler: Slot) -> Res<()> {
    if !is_callable(cx, cx.get(handler)) {
        return Err(cx.type_error("handler must be callable"));
    }
    let handlers = dict(cx, |registry| &registry.handlers);
    let name = cx.root(cx.str(name));
    mapping::dict_set(cx, handlers, name, handler)
}

/// Removes an error handler; whether there was one.
pub fn unregister_handler(cx: &mut Ctx, name: &str) -> Res<bool> {
    if errors::NAMES.contains(&name) {
        return Err(cx.value_error(format!("cannot un-register built-in error handler '{name}'")));
    }
    let handlers = dict(cx, |registry| &registry.handlers);
    let name = cx.root(cx.str(name));
    Ok(mapping::dict_remove(cx, handlers, name)?.is_some())
}

/// The error handler of a name.
pub fn handler(cx: &mut Ctx, name: &str) -> Res<Slot> {
    cx.scope(|cx| {
        let handlers = dict(cx, |registry| &registry.handlers);
        let key = cx.root(cx.str(name));
        if let Some(found) = mapping::dict_get(cx, handlers, key)? {
            return Ok(found);
        }
        let Some(place) = errors::NAMES.iter().position(|known| *known == name) else {
            return Err(cx.raise(Builtin::LookupError, format!("unknown error handler name '{name}'")));
        };
        // One function for ever, so that it is itself whenever it is asked for.
        let made = NativeFunction::alloc(cx, Builtin::NativeFunction, errors::HANDLERS[place], None);
        let made = cx.root(made);
        mapping::dict_set_default(cx, handlers, key, made)
    })
}

/// Which way a codec is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By its encoder.
    Encoding,
    /// By its decoder.
    Decoding,
}

impl Way {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Way::Encoding => ("encoding", "encode"),
            Way::Decoding => ("decoding", "decode"),
        }
    }
}

/// Notes on an exception which codec failed.
pub fn annotated(cx: &mut Ctx, way: Way, encoding: &str, raised: Raised) -> Raised {
    let exception = cx.root(cx.take_raised(raised));
    let text = cx.root(cx.str(&format!("{} with '{encoding}' codec failed", way.names().0)));
    match note::add_note(cx, exception, text) {
        Ok(()) => cx.raise_value(cx.get(exception)),
        Err(raised) => raised,
    }
}

/// Runs a codec (a slot) on an object: what it makes of it.
fn run(cx: &mut Ctx, way: Way, codec: Slot, object: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    cx.scope(|cx| {
        let place = usize::from(way == Way::Decoding);
        let function = cx.get(codec).cast::<Tuple>().and_then(|codec| codec.get(cx, place)).unwrap_or(Value::NONE);
        let function = cx.root(function);
        let result = match errors {
            None => cx.call(function, &[object]),
            Some(errors) => {
                let errors = cx.root(cx.str(errors));
                cx.call(function, &[object, errors])
            }
        };
        let result = result.map_err(|raised| annotated(cx, way, encoding, raised))?;
        let parts = cx.get(result).cast::<Tuple>().filter(|parts| parts.len() == 2);
        match parts.and_then(|parts| parts.get(cx, 0)) {
            Some(first) => Ok(cx.root(first)),
            None => Err(cx.type_error(match way {
                Way::Encoding => "encoder must return a tuple (object, integer)",
                Way::Decoding => "decoder must return a tuple (object,integer)",
            })),
        }
    })
}

/// What `codecs.encode` or `codecs.decode` makes of an object.
pub fn convert(cx: &mut Ctx, way: Way, object: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    let codec = lookup(cx, encoding)?;
    run(cx, way, codec, object, encoding, errors)
}

/// The same for encodings of text only.
fn convert_text(cx: &mut Ctx, way: Way, object: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    let codec = lookup(cx, encoding)?;
    if cx.get(codec).header().is_some_and(|header| !header.is_exact()) {
        let name = cx.root(cx.intern("_is_text_encoding"));
        let is_text = match attr::get_attr_opt(cx, codec, name)? {
            Some(is_text) => truth::truth(cx, is_text)?,
            None => true,
        };
        if !is_text {
            let message = format!(
                "'{encoding}' is not a text encoding; use codecs.{}() to handle arbitrary codecs",
                way.names().1
            );
            return Err(cx.raise(Builtin::LookupError, message));
        }
    }
    run(cx, way, codec, object, encoding, errors)
}

/// What the encoder of an encoding makes of a text.
pub fn encode_text(cx: &mut Ctx, text: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    convert_text(cx, Way::Encoding, text, encoding, errors)
}

/// What the decoder of an encoding makes of bytes, of which it gets a view.
pub fn decode_text(cx: &mut Ctx, bytes: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    let view = cx.root(Value::of(cx.class(Builtin::MemoryView)));
    let bytes = cx.call(view, &[bytes])?;
    convert_text(cx, Way::Decoding, bytes, encoding, errors)
}

/// Notes which codec failed, if CPython goes through the registry for this name.
pub(super) fn annotated_unless_direct(cx: &mut Ctx, way: Way, encoding: &str, raised: Raised) -> Raised {
    if native::is_direct(encoding) { raised } else { annotated(cx, way, encoding, raised) }
}
