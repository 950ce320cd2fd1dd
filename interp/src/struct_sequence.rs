//! Struct sequences: tuples whose elements have names, such as what `os.stat` and `time.gmtime` return. Values beyond the
//! elements have names only.

use std::sync::Mutex;
use std::sync::PoisonError;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::library::NativeClass;
use crate::native::{Args, NativeDef};
use crate::object::HeapType;
use crate::ops::repr::repr;
use crate::ops::{item, iter};
use crate::service::Service;
use crate::types::class::Class;
use crate::types::descriptor::{Kept, Member};
use crate::types::dict::Dict;
use crate::types::instance;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// A class of struct sequences.
pub struct StructSequence {
    /// The name of the class, with its module before it.
    pub name: &'static str,
    /// `__doc__`.
    pub doc: &'static str,
    /// The names of the fields, each with its documentation.
    pub fields: &'static [(&'static str, Option<&'static str>)],
    /// How many fields are elements.
    pub elements: usize,
    /// How many of the elements have no name: the last ones.
    pub unnamed: usize,
    /// How scripts make instances.
    pub maker: Maker,
}

/// How scripts make instances of a class.
pub enum Maker {
    /// Not at all.
    Nothing,
    /// Of a sequence, and a dict of what is missing in it.
    Sequence,
    /// With methods of its own.
    Own(&'static [&'static NativeDef]),
}

/// The classes that there are.
#[derive(Default)]
struct Classes(Mutex<Vec<(Word, &'static StructSequence)>>);

impl Service for Classes {}

impl StructSequence {
    /// The name that messages show.
    fn shown(&self) -> &'static str {
        self.name.strip_prefix("builtins.").unwrap_or(self.name)
    }

    /// How many fields there are.
    pub const fn len(&self) -> usize {
        self.fields.len() + self.unnamed
    }

    /// Whether there are no fields.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a named field among all.
    fn place(&self, named: usize) -> usize {
        if named < self.elements - self.unnamed { named } else { named + self.unnamed }
    }

    /// Defines the class in a module, under its name or, if that is empty, under none.
    pub fn define(&'static self, cx: &Ctx, module: Slot, shown_as: &str) -> Slot {
        let (base, keeps_beside) = (Builtin::Tuple, self.len() > self.elements);
        let made = match self.maker {
            Maker::Nothing => CLOSED,
            Maker::Sequence => OPEN,
            Maker::Own(methods) => methods,
        };
        let methods = [METHODS, made];
        let class = NativeClass { base, keeps_beside, ..NativeClass::nameless(self.name, &methods) };
        let slot = cx.define_extension(module, &class);
        cx.interp().keep(cx.get(slot));
        let Some(class) = cx.get(slot).cast::<Class>() else { return slot };
        let names = class.names(cx);
        let set = |name: &str, value| names.set_name(cx, cx.intern(name), value);
        set("__doc__", cx.str(self.doc));
        set("n_fields", cx.uint(self.len() as u64));
        set("n_sequence_fields", cx.uint(self.elements as u64));
        set("n_unnamed_fields", cx.uint(self.unnamed as u64));
        for (index, &(name, doc)) in self.fields.iter().enumerate() {
            let place = self.place(index);
            let kept = if place < self.elements { Kept::Element(place) } else { Kept::Beside };
            set(name, Member::kept_at(cx, cx.intern(name), class, kept, doc));
        }
        let matched = &self.fields[..(self.elements - self.unnamed).min(self.fields.len())];
        let matched: Vec<_> = matched.iter().map(|(name, _)| cx.intern(name)).collect();
        set("__match_args__", cx.tuple(&matched));
        let mut classes = cx.interp().service::<Classes>().0.lock().unwrap_or_else(PoisonError::into_inner);
        classes.push((cx.get(slot).word(), self));
        drop(classes);
        if !shown_as.is_empty() {
            cx.define(module, shown_as, cx.get(slot));
        }
        slot
    }

    /// The class; `None` before it is defined.
    fn class<'h>(&'static self, cx: &'h Ctx) -> Option<&'h Class> {
        let classes = cx.interp().service::<Classes>().0.lock().unwrap_or_else(PoisonError::into_inner);
        let (word, _) = classes.iter().find(|(_, known)| std::ptr::eq(*known, self))?;
        // SAFETY: `define` keeps the class for the interpreter's life.
        unsafe { Value::from_word(*word) }.cast::<Class>()
    }

    /// An instance with these fields; those that are missing at the end are `None`.
    pub fn make<'h>(&'static self, cx: &'h Ctx, values: &[Value<'h>]) -> Value<'h> {
        match self.class(cx) {
            Some(class) => self.build(cx, class, values),
            None => cx.tuple(values),
        }
    }

    /// Whether a value is an instance.
    pub fn is_instance(&'static self, cx: &Ctx, value: Value<'_>) -> bool {
        self.class(cx).is_some_and(|class| std::ptr::eq(class, cx.class_of(value)))
    }

    /// An instance of a class, which is this or derives from it.
    pub fn make_of<'h>(&self, cx: &'h Ctx, class: Slot, values: &[Value<'h>]) -> Value<'h> {
        cx.get(class).cast::<Class>().map_or(Value::NONE, |class| self.build(cx, class, values))
    }

    fn build<'h>(&self, cx: &'h Ctx, class: &'h Class, values: &[Value<'h>]) -> Value<'h> {
        let (elements, beside) = values.split_at(self.elements.min(values.len()));
        let made = Tuple::build(cx, class.birth().0, elements);
        for (index, value) in beside.iter().enumerate() {
            let name = self.fields.get(self.elements + index - self.unnamed).map_or("", |(name, _)| name);
            instance::set_own(cx, made.header(), cx.intern(name), *value);
        }
        Value::of(made)
    }

    /// The value of a field of an instance.
    fn value<'h>(&self, cx: &'h Ctx, instance: Value<'h>, place: usize) -> Value<'h> {
        if place < self.elements {
            return instance.cast::<Tuple>().and_then(|tuple| tuple.get(cx, place)).unwrap_or(Value::NONE);
        }
        let name = self.fields.get(place - self.unnamed).map_or("", |(name, _)| name);
        let header = instance.header().filter(|header| instance::overflow_field(header).is_some());
        header.and_then(|header| instance::get_own(cx, header, cx.intern(name))).unwrap_or(Value::NONE)
    }
}

/// What a class was defined by.
fn sequence_of(cx: &Ctx, class: Value<'_>) -> Res<&'static StructSequence> {
    let classes = cx.interp().service::<Classes>().0.lock().unwrap_or_else(PoisonError::into_inner);
    let found = classes.iter().find(|(word, _)| *word == class.word()).map(|(_, sequence)| *sequence);
    drop(classes);
    found.ok_or_else(|| cx.type_error("a struct sequence is required"))
}

fn of_instance(cx: &Ctx, instance: Slot) -> Res<&'static StructSequence> {
    sequence_of(cx, Value::of(cx.class_of(cx.get(instance))))
}

#[cold]
fn wrong_length(cx: &Ctx, sequence: &StructSequence, given: usize) -> Raised {
    let (least, most) = (sequence.elements, sequence.len());
    let wanted = match (least == most, given < least) {
        (true, _) => format!("a {least}-sequence"),
        (false, true) => format!("an at least {least}-sequence"),
        (false, false) => format!("an at most {most}-sequence"),
    };
    cx.type_error(format!("{}() takes {wanted} ({given}-sequence given)", sequence.shown()))
}

/// What `class(sequence, dict)` makes.
fn make(cx: &mut Ctx, class: Slot, given: Slot, named: Option<Slot>) -> Res<Slot> {
    let sequence = sequence_of(cx, cx.get(class))?;
    let list = match iter::collect(cx, given) {
        Ok(list) => list,
        Err(raised) => {
            cx.catch(raised, Builtin::TypeError)?;
            return Err(cx.type_error("constructor requires a sequence"));
        }
    };
    if named.is_some_and(|named| cx.get(named).cast::<Dict>().is_none()) {
        return Err(cx.type_error(format!("{}() takes a dict as second arg, if any", sequence.shown())));
    }
    let cx: &Ctx = cx;
    let mut values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    if values.len() < sequence.elements || values.len() > sequence.len() {
        return Err(wrong_length(cx, sequence, values.len()));
    }
    if let Some(named) = named.and_then(|named| cx.get(named).cast::<Dict>()) {
        let mut found = 0;
        for place in values.len()..sequence.len() {
            let name = sequence.fields.get(place - sequence.unnamed).map_or("", |(name, _)| name);
            let value = named.get_name(cx, cx.intern(name));
            found += usize::from(value.is_some());
            values.push(value.unwrap_or(Value::NONE));
        }
        if found < named.len(cx) {
            let message = format!("{}() got duplicate or unexpected field name(s)", sequence.shown());
            return Err(cx.type_error(message));
        }
    }
    // Times in whole seconds serve as times with a fraction, where these were not given.
    values.resize(sequence.len(), Value::NONE);
    for unnamed in sequence.elements - sequence.unnamed..sequence.elements {
        let exact = unnamed + sequence.unnamed;
        if exact < values.len() && values[exact].is_none() {
            values[exact] = values[unnamed];
        }
    }
    let Some(class) = cx.get(class).cast::<Class>() else { return Ok(list) };
    Ok(cx.root(sequence.build(cx, class, &values)))
}

/// The names of the arguments that were given by name.
fn given_names(cx: &Ctx, names: Option<Slot>) -> Vec<Slot> {
    let names = names.and_then(|names| cx.get(names).cast::<Tuple>());
    names.map_or_else(Vec::new, |names| names.iter(cx).map(|name| cx.root(name)).collect())
}

/// `__replace__`.
fn replace(cx: &mut Ctx, args: Args) -> Res<Slot> {
    let (args, names) = args.into_slots(cx);
    let names: Vec<Slot> = given_names(cx, names);
    let positional = args.len() - names.len();
    let this = args.get(0);
    let sequence = of_instance(cx, this)?;
    if positional > 1 {
        return Err(cx.type_error("__replace__() takes no positional arguments"));
    }
    if sequence.unnamed > 0 {
        let message =
            format!("__replace__() is not supported for {} because it has unnamed field(s)", sequence.shown());
        return Err(cx.type_error(message));
    }
    let cx: &Ctx = cx;
    let mut values: Vec<Value<'_>> = (0..sequence.len()).map(|place| sequence.value(cx, cx.get(this), place)).collect();
    let mut unknown = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let text = cx.get(*name).as_str().unwrap_or_default();
        match sequence.fields.iter().position(|(known, _)| *known == text) {
            Some(place) => values[place] = cx.get(args.get(positional + index)),
            None => unknown.push(crate::ops::repr::str_repr(text)),
        }
    }
    if !unknown.is_empty() {
        return Err(cx.type_error(format!("Got unexpected field name(s): [{}]", unknown.join(", "))));
    }
    Ok(cx.root(sequence.build(cx, cx.class_of(cx.get(this)), &values)))
}

crate::natives! {
    static METHODS = {
        call fn __repr__(cx; self_: Slot) -> String {
            let sequence = of_instance(cx, self_)?;
            let mut text = format!("{}(", sequence.shown());
            for index in 0..sequence.elements {
                let value = cx.root(sequence.value(cx, cx.get(self_), index));
                let shown = repr(cx, value)?;
                let name = sequence.fields.get(index).map_or("", |(name, _)| name);
                let comma = if index > 0 { ", " } else { "" };
                text.push_str(&format!("{comma}{name}={shown}"));
            }
            text.push(')');
            Ok(text)
        }

        call fn __reduce__(cx; self_: Slot) -> Slot {
            let sequence = of_instance(cx, self_)?;
            let elements: Vec<_> =
                (0..sequence.elements).map(|place| sequence.value(cx, cx.get(self_), place)).collect();
            let elements = cx.root(cx.tuple(&elements));
            let named = cx.root(Value::of(Dict::alloc(cx)));
            for place in sequence.elements..sequence.len() {
                let name = cx.root(cx.intern(sequence.fields[place - sequence.unnamed].0));
                let value = cx.root(sequence.value(cx, cx.get(self_), place));
                item::set_item(cx, named, name, value)?;
            }
            let cx: &Ctx = cx;
            let args = cx.tuple(&[cx.get(elements), cx.get(named)]);
            Ok(cx.root(cx.tuple(&[Value::of(cx.class_of(cx.get(self_))), args])))
        }

        /// Return a copy of the structure with new values for the specified fields.
        raw fn __replace__(cx, args) -> Slot { replace(cx, args) }
    }
}

crate::natives! {
    static OPEN = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let names: Vec<Slot> = given_names(cx, names);
            let positional = args.len() - names.len();
            let mut given = [(positional > 1).then(|| args.get(1)), (positional > 2).then(|| args.get(2))];
            if args.len() > 3 {
                let count = args.len() - 1;
                return Err(cx.type_error(format!("structseq() takes at most 2 arguments ({count} given)")));
            }
            for (index, name) in names.into_iter().enumerate() {
                let place = match cx.get(name).as_str() {
                    Some("sequence") => 0,
                    Some("dict") => 1,
                    other => {
                        let other = other.unwrap_or_default().to_owned();
                        let message = format!("structseq() got an unexpected keyword argument '{other}'");
                        return Err(cx.type_error(message));
                    }
                };
                given[place] = Some(args.get(positional + index));
            }
            match given {
                [Some(sequence), named] => make(cx, args.get(0), sequence, named),
                _ => Err(cx.type_error("structseq() missing required argument 'sequence' (pos 1)")),
            }
        }
    }
}

crate::natives! {
    static CLOSED = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let name = cx.get(args.get(0)).cast::<Class>().map_or("?", |class| class.name(cx));
            Err(cx.type_error(format!("cannot create '{name}' instances")))
        }
    }
}
