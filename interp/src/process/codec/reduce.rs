//! Objects that cross as their class says: `__reduce_ex__`, `__reduce__`, `__getstate__`, `__setstate__`, `__getnewargs_ex__`
//! and `__getnewargs__` mean what they mean to `pickle`.
//!
//! Only methods in the language count: what built-in types do for `pickle` is what copying does.

use super::Family;
use super::decode::{Node, slot_of};
use super::encode::Encoder;
use super::modules::is_library;
use super::wire::{Malformed, Ref, explain};
use crate::builtin::Builtin;
use crate::byte_enum::byte_enum;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::{attr, item, iter, mapping};
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::types::complex::Complex;
use crate::types::descriptor::Member;
use crate::types::dict::Dict;
use crate::types::exception::Exception;
use crate::types::function::{Function, is_callable};
use crate::types::int::IntBox;
use crate::types::list::List;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::types::{instance, module::Module};
use crate::value::{Value, Word};

/// The version of `pickle`'s protocol that `__reduce_ex__` is told: the newest.
const PROTOCOL: i64 = 5;

/// How many references a node has, and how many of them are needed to make the object: what is called, its arguments, and
/// those with names. The others are the items to append, the pairs to set, the state, and what sets the state, each if any.
pub(super) const PARTS: usize = 7;
pub(super) const MAKING: usize = 3;
const CALLABLE: usize = 0;
const ARGS: usize = 1;
const KEYWORDS: usize = 2;
const ITEMS: usize = 3;
const PAIRS: usize = 4;
const STATE: usize = 5;
const SETTER: usize = 6;

byte_enum! {
    /// How an object is made.
    pub(super) enum How {
        /// By a call.
        Call,
        /// By a class's `__new__` alone.
        New,
    }
}

/// An object, taken apart by its class.
pub(super) enum Parts {
    /// It is what a module's name is bound to, and there is one of it.
    Global,
    /// It is to be made.
    Made { how: How, values: [Option<Slot>; PARTS] },
}

/// A method of an object's class, if it is one in the language.
fn method<'h>(cx: &'h Ctx, class: &'h Class, name: Name) -> Option<Value<'h>> {
    class.lookup(cx, cx.name(name)).filter(|found| found.kind() != Some(Kind::NativeFunction))
}

impl<'h> Encoder<'h, '_> {
    /// Whether the class of an object has a say in how it crosses.
    pub(super) fn is_reduced(&mut self, value: Value<'h>) -> bool {
        match value.kind().map(Family::of) {
            Some(Family::Plain | Family::Container | Family::Instance | Family::Exception | Family::Native) => {}
            None | Some(Family::Callable | Family::Class | Family::Module | Family::Stays) => return false,
        }
        let class = self.cx.class_of(value);
        if class.is_builtin() {
            return false;
        }
        let key = Value::of(class).word().0;
        let reduces = match self.walk.reduces.get(&key) {
            Some(known) => *known,
            None => {
                let reduces = self.has_say(value, class);
                self.walk.reduces.insert(key, reduces);
                reduces
            }
        };
        // Such keys are hashed when they arrive, as a state's are.
        let is_plain = value.kind() == Some(Kind::Instance);
        reduces || is_plain && value.header().is_some_and(|header| instance::has_keys_besides_names(self.cx, header))
    }

    fn has_say(&self, value: Value<'h>, class: &'h Class) -> bool {
        let has = |name| method(self.cx, class, name).is_some();
        if has(Name::__reduce_ex__) || has(Name::__reduce__) {
            return true;
        }
        // What follows does not see the state of a native.
        if value.kind() == Some(Kind::Native) && self.can_copy(value) && value.native::<ByteArray>().is_none() {
            return false;
        }
        // What the library's own say of the arguments (those of named tuples) is what copying does, only slower.
        let is_script = |found: Value<'h>| {
            let globals = found.cast::<Function>().and_then(|function| function.code(self.cx).globals.get(self.cx));
            globals.and_then(|globals| self.module_name(globals)).is_some_and(|name| !is_library(self.cx, name))
        };
        let says = |name| method(self.cx, class, name).is_some_and(is_script);
        has(Name::__getstate__)
            || has(Name::__setstate__)
            || says(Name::__getnewargs_ex__)
            || says(Name::__getnewargs__)
    }
}

/// Has an object taken apart by its class.
///
/// # Errors
/// Whatever the methods raise; TypeError if what they return is not what they should.
pub(super) fn take_apart(cx: &mut Ctx, object: Slot) -> Res<Parts> {
    let has = |cx: &Ctx, name| method(cx, cx.class_of(cx.get(object)), name).is_some();
    let reduced = if has(cx, Name::__reduce_ex__) {
        let protocol = cx.root(cx.int(PROTOCOL));
        cx.call_method(object, Name::__reduce_ex__, &[protocol])?
    } else if has(cx, Name::__reduce__) {
        cx.call_method(object, Name::__reduce__, &[])?
    } else {
        return by_default(cx, object);
    };
    if cx.get(reduced).as_str().is_some() {
        return global(cx, object, reduced);
    }
    let Some(parts) = cx.get(reduced).cast::<Tuple>().map(|tuple| cx.root_all(tuple.iter(cx))) else {
        let name = cx.type_name(cx.get(reduced));
        return Err(cx.type_error(format!("__reduce__ must return a string or tuple, not {name}")));
    };
    if !(2..=6).contains(&parts.len()) {
        return Err(cx.type_error("tuple returned by __reduce__ must contain 2 through 6 elements"));
    }
    let must = |cx: &Ctx, place: usize, holds: bool, which: &str, what: &str| {
        let name = cx.type_name(cx.get(parts.get(place)));
        let message = || format!("{which} item of the tuple returned by __reduce__ must be {what}, not {name}");
        if holds { Ok(()) } else { Err(cx.type_error(message())) }
    };
    must(cx, 0, is_callable(cx, cx.get(parts.get(0))), "first", "callable")?;
    must(cx, 1, cx.get(parts.get(1)).cast::<Tuple>().is_some(), "second", "a tuple")?;
    let given = |cx: &Ctx, place: usize| {
        let part = (place < parts.len()).then(|| parts.get(place));
        part.filter(|part| !cx.get(*part).is_none())
    };
    let mut values = [None; PARTS];
    [values[CALLABLE], values[ARGS]] = [Some(parts.get(0)), Some(parts.get(1))];
    [values[STATE], values[SETTER]] = [given(cx, 2), given(cx, 5)];
    for (part, place, which) in [(ITEMS, 3, "fourth"), (PAIRS, 4, "fifth")] {
        if let Some(items) = given(cx, place) {
            must(cx, place, iter::is_iterator(cx, cx.get(items)), which, "an iterator")?;
            values[part] = Some(iter::collect(cx, items)?);
        }
    }
    Ok(Parts::Made { how: How::Call, values })
}

/// An object that `__reduce__` gave a name: that of a global, which must be it. One that came from elsewhere was one there.
fn global(cx: &mut Ctx, object: Slot, name: Slot) -> Res<Parts> {
    if cx.interp().processes().homes.knows(cx.get(object)) {
        return Ok(Parts::Global);
    }
    let key = cx.root(cx.name(Name::__module__));
    let module = attr::get_attr_opt(cx, object, key)?;
    let module = module.and_then(|module| cx.get(module).as_str()).unwrap_or("__main__").to_owned();
    let name = cx.get(name).as_str().unwrap_or_default().to_owned();
    let found = {
        let cx = &*cx;
        let loaded = cx.interp().modules(cx).get_name(cx, cx.intern(&module)).and_then(Value::cast::<Module>);
        loaded.and_then(|module| module.names(cx).get_name(cx, cx.intern(&name)))
    };
    if found == Some(cx.get(object)) {
        return Ok(Parts::Global);
    }
    let shown = crate::ops::repr::repr(cx, object)?;
    Err(cx.type_error(format!("Can't pickle {shown}: it's not found as {module}.{name}")))
}

/// What `object.__reduce_ex__` does.
fn by_default(cx: &mut Ctx, object: Slot) -> Res<Parts> {
    let mut values = [None; PARTS];
    let (how, is_exception) = {
        let (cx, value) = (&*cx, cx.get(object));
        values[CALLABLE] = Some(cx.root(Value::of(cx.class_of(value))));
        let args = |args: &[Value<'_>]| Some(cx.root(cx.tuple(args)));
        if let Some(exception) = value.cast::<Exception>() {
            values[ARGS] = exception.args.get(cx).map(|args| cx.root(args));
        } else if let Some(set) = value.cast::<Set>() {
            let elements: Vec<_> = set.iter(cx).collect();
            values[ARGS] = args(&[Value::of(List::from_values(cx, &elements))]);
        } else if let Some(array) = value.native::<ByteArray>() {
            values[ARGS] = args(&[array.with(|bytes| cx.bytes(bytes))]);
        }
        let how = if values[ARGS].is_some() { How::Call } else { How::New };
        if let Some(list) = value.cast::<List>() {
            values[ITEMS] = Some(cx.root(Value::of(List::from_values(cx, &list.to_vec(cx)))));
        }
        if let Some(dict) = value.cast::<Dict>() {
            let pairs: Vec<_> = dict.iter(cx).map(|(key, value)| cx.tuple(&[key, value])).collect();
            values[PAIRS] = Some(cx.root(Value::of(List::from_values(cx, &pairs))));
        }
        (how, value.kind() == Some(Kind::Exception))
    };
    if how == How::New {
        (values[ARGS], values[KEYWORDS]) = new_args(cx, object)?;
    }
    let has_getstate = method(cx, cx.class_of(cx.get(object)), Name::__getstate__).is_some();
    values[STATE] = if has_getstate && !is_exception {
        let state = cx.call_method(object, Name::__getstate__, &[])?;
        Some(state).filter(|state| !cx.get(*state).is_none())
    } else {
        own_state(cx, object)?
    };
    Ok(Parts::Made { how, values })
}

/// The arguments of `__new__`, those without and those with names.
fn new_args(cx: &mut Ctx, object: Slot) -> Res<(Option<Slot>, Option<Slot>)> {
    let has = |cx: &Ctx, name| method(cx, cx.class_of(cx.get(object)), name).is_some();
    if has(cx, Name::__getnewargs_ex__) {
        let both = cx.call_method(object, Name::__getnewargs_ex__, &[])?;
        let parts = cx.get(both).cast::<Tuple>().map(|tuple| cx.root_all(tuple.iter(cx)));
        let fits = |parts: &Slots| {
            let is_pair = parts.len() == 2;
            is_pair && cx.get(parts.get(0)).cast::<Tuple>().is_some() && cx.get(parts.get(1)).cast::<Dict>().is_some()
        };
        return match parts.filter(fits) {
            Some(parts) => Ok((Some(parts.get(0)), Some(parts.get(1)))),
            None => Err(cx.type_error("__getnewargs_ex__ should return a tuple of a tuple and a dict")),
        };
    }
    if has(cx, Name::__getnewargs__) {
        let args = cx.call_method(object, Name::__getnewargs__, &[])?;
        return match cx.get(args).cast::<Tuple>() {
            Some(_) => Ok((Some(args), None)),
            None => {
                let name = cx.type_name(cx.get(args));
                Err(cx.type_error(format!("__getnewargs__ should return a tuple, not '{name}'")))
            }
        };
    }
    let (cx, value) = (&*cx, cx.get(object));
    let base = if let Some(number) = value.cast::<IntBox>() {
        vec![number.number.get_or_none(cx)]
    } else if let Some(number) = value.as_float() {
        vec![cx.float(number)]
    } else if let Some(number) = value.cast::<Complex>() {
        vec![cx.float(number.re), cx.float(number.im)]
    } else if let Some(text) = value.as_str() {
        vec![cx.str(text)]
    } else if let Some(bytes) = value.as_bytes() {
        vec![cx.bytes(bytes)]
    } else if let Some(tuple) = value.cast::<Tuple>() {
        vec![cx.tuple(&tuple.iter(cx).collect::<Vec<_>>())]
    } else {
        Vec::new()
    };
    Ok((Some(cx.root(cx.tuple(&base))), None))
}

/// What `object.__getstate__` returns: the attributes, and beside them those that `__slots__` declares; nothing if there are none.
fn own_state(cx: &mut Ctx, object: Slot) -> Res<Option<Slot>> {
    let (attrs, slots) = (cx.root(Value::of(Dict::alloc(cx))), cx.root(Value::of(Dict::alloc(cx))));
    let own = {
        let header = cx.get(object).header();
        let own = header.map_or_else(Vec::new, |header| instance::own_attrs(cx, header));
        cx.root_all(own.into_iter().flat_map(|(name, value)| [name, value]))
    };
    for place in (0..own.len()).step_by(2) {
        let (name, class) = (cx.get(own.get(place)), cx.class_of(cx.get(object)));
        let found = if name.as_str().is_some() { class.lookup(cx, name) } else { None };
        let part = if found.is_some_and(|found| found.native::<Member>().is_some()) { slots } else { attrs };
        mapping::dict_set(cx, part, own.get(place), own.get(place + 1))?;
    }
    let is_empty = |part| cx.get(part).cast::<Dict>().is_none_or(|dict| dict.is_empty(cx));
    let attrs = if is_empty(attrs) { Value::NONE } else { cx.get(attrs) };
    let state = if is_empty(slots) { attrs } else { cx.tuple(&[attrs, cx.get(slots)]) };
    Ok((!state.is_none()).then(|| cx.root(state)))
}

/// A part of an object that was taken apart, if it has it.
fn part(cx: &Ctx, objects: Slot, node: &Node<'_>, part: usize) -> Option<Slot> {
    match node.refs[part] {
        Ref::Word(word) if word == Word::UNSET => None,
        reference => Some(slot_of(cx, objects, reference)),
    }
}

/// Makes the object of a node.
pub(super) fn make(cx: &mut Ctx, objects: Slot, node: &Node<'_>) -> Res<Slot> {
    let malformed = |cx: &Ctx| cx.runtime_error(explain(&Malformed));
    let how = node.scalars.first().and_then(|how| How::from_byte(*how));
    let (Some(how), Some(callable)) = (how, part(cx, objects, node, CALLABLE)) else { return Err(malformed(cx)) };
    let (args, keywords) = (part(cx, objects, node, ARGS), part(cx, objects, node, KEYWORDS));
    let function = match how {
        How::Call => callable,
        How::New => attr::get_attr_name(cx, callable, Name::__new__)?,
    };
    let (args, names) = {
        let cx = &*cx;
        let Some(args) = args.and_then(|args| cx.get(args).cast::<Tuple>()) else { return Err(malformed(cx)) };
        let class = (how == How::New).then(|| cx.get(callable));
        let mut all: Vec<_> = class.into_iter().chain(args.iter(cx)).collect();
        let keywords = keywords.and_then(|keywords| cx.get(keywords).cast::<Dict>());
        let (names, named): (Vec<_>, Vec<_>) = keywords.into_iter().flat_map(|dict| dict.iter(cx)).unzip();
        all.extend(named);
        (cx.root_all(all), (!names.is_empty()).then(|| cx.root(cx.tuple(&names))))
    };
    cx.call_kw(function, args, names)
}

/// Gives the object of a node its items and its state.
pub(super) fn restore(cx: &mut Ctx, objects: Slot, node: &Node<'_>, number: Ref) -> Res<()> {
    let object = slot_of(cx, objects, number);
    if let Some(items) = part(cx, objects, node, ITEMS) {
        append(cx, object, items)?;
    }
    if let Some(pairs) = part(cx, objects, node, PAIRS) {
        iter::for_each(cx, pairs, |cx, pair| {
            let pair = iter::collect(cx, pair)?;
            let parts =
                cx.get(pair).cast::<List>().map(|pair| cx.root_all(pair.to_vec(cx))).filter(|parts| parts.len() == 2);
            let Some(parts) = parts else { return Err(cx.value_error("a pair was expected")) };
            item::set_item(cx, object, parts.get(0), parts.get(1))?;
            Ok(true)
        })?;
    }
    let Some(state) = part(cx, objects, node, STATE) else { return Ok(()) };
    if let Some(setter) = part(cx, objects, node, SETTER) {
        return cx.call(setter, &[object, state]).map(|_| ());
    }
    let key = cx.root(cx.name(Name::__setstate__));
    match attr::get_attr_opt(cx, object, key)? {
        Some(set_state) => cx.call(set_state, &[state]).map(|_| ()),
        None => set_state(cx, object, state),
    }
}

fn append(cx: &mut Ctx, object: Slot, items: Slot) -> Res<()> {
    let key = cx.root(cx.intern("extend"));
    if let Some(extend) = attr::get_attr_opt(cx, object, key)? {
        return cx.call(extend, &[items]).map(|_| ());
    }
    let append = attr::get_attr_name(cx, object, Name::append)?;
    iter::for_each(cx, items, |cx, item| cx.call(append, &[item]).map(|_| true))
}

/// Sets a state without `__setstate__`: a dict of attributes, or a pair of one (or None) and of one for `__slots__`.
fn set_state(cx: &mut Ctx, object: Slot, state: Slot) -> Res<()> {
    let pair = cx.get(state).cast::<Tuple>().filter(|pair| pair.len() == 2).map(|pair| cx.root_all(pair.iter(cx)));
    let (attrs, slots) = pair.map_or((state, None), |pair| (pair.get(0), Some(pair.get(1))));
    let mut others = Vec::new();
    {
        let (cx, value) = (&*cx, cx.get(attrs));
        if !value.is_none() {
            let Some(dict) = value.cast::<Dict>() else { return Err(cx.type_error("state is not a dictionary")) };
            let header = cx.get(object).header().filter(|header| instance::overflow_field(header).is_some());
            let Some(header) = header else {
                let name = cx.type_name(cx.get(object));
                let message = format!("'{name}' object has no attribute '__dict__'");
                return Err(cx.raise(Builtin::AttributeError, message));
            };
            for (name, value) in dict.iter(cx) {
                match name.as_str() {
                    Some(name) => instance::set_own(cx, header, cx.intern(name), value),
                    None => others.push((cx.root(name), cx.root(value))),
                }
            }
        }
    }
    for (key, value) in others {
        let dict = cx.get(object).header().and_then(|header| instance::dict_of(cx, header));
        let Some(dict) = dict.map(|dict| cx.root(Value::of(dict))) else { break };
        mapping::dict_set(cx, dict, key, value)?;
    }
    let Some(slots) = slots.filter(|slots| !cx.get(*slots).is_none()) else { return Ok(()) };
    let Some(entries) = cx.get(slots).cast::<Dict>().map(|dict| cx.root_all(dict.iter(cx).flat_map(|(k, v)| [k, v])))
    else {
        return Err(cx.type_error("slot state is not a dictionary"));
    };
    for place in (0..entries.len()).step_by(2) {
        attr::set_attr(cx, object, entries.get(place), entries.get(place + 1))?;
    }
    Ok(())
}
