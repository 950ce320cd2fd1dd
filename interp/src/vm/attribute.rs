//! Attributes and methods, through inline caches.
//!
//! A cache is one word: the shape's index, what was found, and where. It is filled after the generic lookup and valid for
//! as long as the shape means the same class structure; a structural change of any class empties all caches.
//!
//! | bits  | meaning                                                      |
//! |-------|--------------------------------------------------------------|
//! | 0-31  | index of the object's shape                                  |
//! | 32-39 | a `KIND`; 0 is an empty cache                                |
//! | 40-63 | a slot, the index of a cell's side record, or the next shape |
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use std::sync::atomic::Ordering;

use argil_compiler::opcode::Instr;

use super::call::ops::{begin_above, go_on};
use super::call::{Called, Pending};
use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::heap::Tracer;
use crate::names::Name;
use crate::object::{Field, Header, HeapType, Kind};
use crate::ops::attr;
use crate::ops::attr::find::{Bound, InClass, Place, goes_first, is_data_descriptor};
use crate::shape::ShapeKind;
use crate::types::cell::Global;
use crate::types::class::Class;
use crate::types::descriptor::{ClassMethod, Property, StaticMethod};
use crate::types::function::is_method;
use crate::types::instance::{self, AttrSlot, inline_field, overflow_field, stored_field};
use crate::value::{Value, Word};

/// The attribute is in a slot of the object.
const INLINE: u8 = 1;
/// The attribute is in the object's storage.
const OVERFLOW: u8 = 2;
/// A cell of the class holds a function: a method.
const METHOD: u8 = 3;
/// A cell of the class or module holds the attribute itself.
const CELL: u8 = 4;
/// The attribute is new: the object goes on to another shape.
const ADD: u8 = 5;
/// A cell of the class holds a property whose getter is a script function.
const PROPERTY: u8 = 6;
/// A cell of the class holds a script function as a classmethod.
const CLASS_METHOD: u8 = 7;
/// A cell of the class holds a script function as a staticmethod.
const STATIC_METHOD: u8 = 8;

#[derive(Clone, Copy)]
struct Entry(u64);

impl Entry {
    fn new(shape: u32, kind: u8, index: usize) -> Option<Entry> {
        (index < 1 << 24).then(|| Entry(u64::from(shape) | u64::from(kind) << 32 | (index as u64) << 40))
    }

    #[inline(always)]
    fn shape(self) -> u32 {
        self.0 as u32
    }

    #[inline(always)]
    fn kind(self) -> u8 {
        (self.0 >> 32) as u8
    }

    #[inline(always)]
    fn index(self) -> usize {
        (self.0 >> 40) as usize
    }
}

/// The header of what a register holds, and the cache's entry, if the cache is about an object of this shape.
#[inline(always)]
fn hit(s: &State, register: u16, site: u16) -> Option<(&Header, Entry)> {
    let header = s.value(register).header()?;
    let entry = Entry(s.cache(site).load(Ordering::Acquire));
    if entry.shape() == header.shape() { Some((header, entry)) } else { None }
}

/// The slot in the object itself that the cache knows.
#[inline(always)]
fn inline_slot(header: &Header, index: usize) -> &Field {
    // SAFETY: the cache is about the object's shape, which has the slot.
    unsafe { inline_field(header, index) }
}

#[inline(always)]
fn cached_cell(cx: &Ctx, index: usize) -> &Global {
    let word = *cx.interp().cached_cells.get(index);
    // SAFETY: cached cells are roots of the interpreter.
    unsafe { &*word.ptr().cast::<Global>() }
}

#[inline(always)]
pub(super) fn LoadAttr<D: Dispatch>(s: State, i: Instr) -> D::Out {
    if let Some((header, entry)) = hit(&s, i.b(), i.c()) {
        let cx = s.cx();
        let found = match entry.kind() {
            INLINE => inline_slot(header, entry.index()).get(cx),
            OVERFLOW => stored_field(cx, header, entry.index()).and_then(|field| field.get(cx)),
            CELL => cached_cell(cx, entry.index()).value.get(cx),
            _ => None,
        };
        if let Some(value) = found {
            s.set(i.a(), value.word());
            return D::go(s.next());
        }
    }
    s.slow::<D, LoadAttrSlow>(i)
}

part!(LoadAttrSlow = load_attr_slow);

#[inline(always)]
fn load_attr_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if cached_getter(&s, i).is_some() {
        let result = s.apart(i, |s, i| {
            let top = s.cx().top.get();
            let call = cached_getter(s, i).map(|getter| Pending::push(s.cx(), getter, [s.value(i.b())], None));
            match call {
                Some(call) => begin_above(s, top, Ok(call)),
                // Another thread has changed the class since.
                None => load_generic(s, i).map(Called::Value),
            }
        });
        return go_on::<D>(s, i, result);
    }
    s.save();
    if let Some(value) = load_and_remember(&s, i) {
        s.set(i.a(), value.word());
        return D::go(s.next());
    }
    let result = load_generic(&mut s, i);
    s.finish::<D>(i, result)
}

/// The script function that reads the property that the cache knows.
fn cached_getter(s: &State, i: Instr) -> Option<Value<'_>> {
    let (_, entry) = hit(s, i.b(), i.c()).filter(|(_, entry)| entry.kind() == PROPERTY)?;
    getter(s.cx(), cached_cell(s.cx(), entry.index()).value.get(s.cx())?)
}

/// The attribute, if it can be told without a call; the cache remembers where it was.
#[inline(never)]
fn load_and_remember(s: &State, i: Instr) -> Option<Value<'_>> {
    match find_and_remember(s, i.b(), i.c())?.bind(s.cx(), s.site_name(i.c())) {
        Bound::Value(value) => Some(value),
        _ => None,
    }
}

fn load_generic(s: &mut State, i: Instr) -> Res<Word> {
    s.with_slots(i, |s, i| {
        let (object, name) = (s.root(i.b()), s.root_name(i.c()));
        attr::get_attr(s.cx_mut(), object, name)
    })
}

#[inline(always)]
pub(super) fn LoadMethod<D: Dispatch>(s: State, i: Instr) -> D::Out {
    if let Some((_, entry)) = hit(&s, i.b(), i.c())
        && entry.kind() == METHOD
        && let Some(function) = cached_cell(s.cx(), entry.index()).value.get(s.cx())
    {
        let object = s.get(i.b());
        s.set(i.a(), function.word());
        s.set(i.a() + 1, object);
        return D::go(s.next());
    }
    s.slow::<D, LoadMethodSlow>(i)
}

part!(LoadMethodSlow = load_method_slow);

#[inline(always)]
fn load_method_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    s.save();
    if find_method(&s, i).is_some() {
        return D::go(s.next());
    }
    let result = load_generic(&mut s, i);
    if result.is_ok() {
        s.set(i.a() + 1, Word::UNSET);
    }
    s.finish::<D>(i, result)
}

/// Puts what to call into register `a` and its first argument, or UNSET, behind it, if that can be told without a call.
#[inline(never)]
fn find_method(s: &State, i: Instr) -> Option<()> {
    let cx = s.cx();
    let (function, receiver) = match cached_method(s, i) {
        Some(found) => found,
        None => match find_and_remember(s, i.b(), i.c())? {
            Place::Class(InClass { attr, object: Some(object), .. }) if is_method(attr) => (attr.word(), object.word()),
            place => match place.bind(cx, s.site_name(i.c())) {
                Bound::Value(value) => (value.word(), Word::UNSET),
                _ => return None,
            },
        },
    };
    s.set(i.a(), function);
    s.set(i.a() + 1, receiver);
    Some(())
}

/// What to call, and its first argument or UNSET, where the cache knows it, methods excepted.
fn cached_method(s: &State, i: Instr) -> Option<(Word, Word)> {
    let cx = s.cx();
    let object = s.value(i.b());
    let (header, entry) = hit(s, i.b(), i.c())?;
    let cell = || cached_cell(cx, entry.index()).value.get(cx);
    let value = match entry.kind() {
        INLINE => inline_slot(header, entry.index()).get(cx),
        OVERFLOW => stored_field(cx, header, entry.index())?.get(cx),
        CELL => cell(),
        STATIC_METHOD => static_function(cx, cell()?),
        CLASS_METHOD => {
            let class = if object.kind() == Some(Kind::Class) { object } else { Value::of(cx.class_of(object)) };
            return Some((class_function(cx, cell()?)?.word(), class.word()));
        }
        _ => None,
    };
    Some((value?.word(), Word::UNSET))
}

/// The script function that reads a property, if that is what the value is.
fn getter<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    let property = value.native::<Property>().filter(|_| cx.class_of(value).is(Builtin::Property))?;
    property.get.get(cx).filter(|getter| getter.kind() == Some(Kind::Function))
}

/// The script function behind a classmethod, if that is what the value is.
fn class_function<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    let method = value.native::<ClassMethod>().filter(|_| cx.class_of(value).is(Builtin::ClassMethod))?;
    method.callable.get(cx).filter(|callable| callable.kind() == Some(Kind::Function))
}

/// The script function behind a staticmethod, if that is what the value is.
fn static_function<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    let method = value.native::<StaticMethod>().filter(|_| cx.class_of(value).is(Builtin::StaticMethod))?;
    method.callable.get(cx).filter(|callable| callable.kind() == Some(Kind::Function))
}

/// Whether nothing can say of a value in a class that it is bound in some way.
fn binds_to_itself(cx: &Ctx, value: Value<'_>) -> bool {
    let class = cx.class_of(value);
    value.kind() != Some(Kind::Native)
        && [Name::__get__, Name::__set__, Name::__delete__].iter().all(|name| class.special(cx, *name).is_none())
}

/// How a cache says what was found, and the index that belongs to it; `None` if it cannot.
fn describe<'h>(cx: &'h Ctx, place: &Place<'h>) -> Option<(u8, usize)> {
    let (cell, attr, object) = match *place {
        Place::Slot(AttrSlot::Inline(index), _) => return Some((INLINE, index as usize)),
        Place::Slot(AttrSlot::Stored(index), _) => return Some((OVERFLOW, index as usize)),
        Place::Name(cell, _) => return Some((CELL, cell.record(cx))),
        Place::Class(found) => (found.cell, found.attr, found.object),
        Place::Missing | Place::Own(_) | Place::Beyond(_) => return None,
    };
    let kind = match object {
        Some(object) if !goes_first(cx, attr) && may_come_before(cx, object) => return None,
        // An AttributeError of a getter would ask `__getattr__`.
        Some(object) if getter(cx, attr).is_some() => {
            cx.class_of(object).special(cx, Name::__getattr__).is_none().then_some(PROPERTY)?
        }
        Some(_) if is_method(attr) => METHOD,
        Some(object) if object.kind() == Some(Kind::Class) && class_function(cx, attr).is_some() => return None,
        _ if class_function(cx, attr).is_some() => CLASS_METHOD,
        _ if static_function(cx, attr).is_some() => STATIC_METHOD,
        _ if matches!(attr.kind(), Some(Kind::Function | Kind::NativeFunction)) => CELL,
        _ if binds_to_itself(cx, attr) => CELL,
        _ => return None,
    };
    Some((kind, cell.record(cx)))
}

/// Whether an object may get an attribute of its own without another shape.
fn may_come_before(cx: &Ctx, object: Value<'_>) -> bool {
    let in_dict = |header: &Header| cx.interp().shape(header.shape()).kind() == ShapeKind::Dict;
    matches!(object.kind(), Some(Kind::Module | Kind::Function)) || object.header().is_some_and(in_dict)
}

/// Notes that a cache is about to depend on what a value's class has and lacks.
fn note_class(cx: &Ctx, value: Value<'_>) {
    cx.class_of(value).mro(cx).for_each(Class::note_cached);
}

/// Looks for an attribute whose name has no special meaning, and lets the site's cache remember the answer. `None` if the
/// class has rules of its own.
fn find_and_remember<'h>(s: &'h State, register: u16, site: u16) -> Option<Place<'h>> {
    let (cx, object, name) = (s.cx(), s.value(register), s.site_name(site));
    if name.as_str().is_some_and(|text| text.starts_with("__")) || !has_default_rules(cx, object) {
        return None;
    }
    let shape = object.header().map(Header::shape);
    let place = attr::find::find(cx, object, name);
    // A shape never comes back, so the answer is about this one if it is still there.
    if let Some(shape) = shape.filter(|shape| object.header().is_some_and(|header| header.shape() == *shape))
        && let Some((kind, index)) = describe(cx, &place)
    {
        note_class(cx, object);
        if let Some(class) = object.cast::<Class>() {
            class.mro(cx).for_each(Class::note_cached);
        }
        if let Place::Class(found) = place {
            note_class(cx, found.attr);
        }
        remember(s, site, Entry::new(shape, kind, index));
    }
    Some(place)
}

/// Whether nothing replaces the way in which attributes of an object are found.
fn has_default_rules(cx: &Ctx, object: Value<'_>) -> bool {
    let base = match object.kind() {
        Some(Kind::Class) => Builtin::Type,
        Some(Kind::Module) => Builtin::Module,
        _ => Builtin::Object,
    };
    let word_of = |class: &Class| class.special(cx, Name::__getattribute__).map(Value::word);
    word_of(cx.class_of(object)) == word_of(cx.class(base))
}

fn remember(s: &State, site: u16, entry: Option<Entry>) {
    if let Some(entry) = entry {
        s.cache(site).store(entry.0, Ordering::Release);
    }
}

#[inline(always)]
pub(super) fn StoreAttr<D: Dispatch>(s: State, i: Instr) -> D::Out {
    if let Some((header, entry)) = hit(&s, i.a(), i.c())
        && entry.kind() == INLINE
        && inline_slot(header, entry.index()).replace(s.cx(), header, s.value(i.b()))
    {
        return D::go(s.next());
    }
    s.slow::<D, StoreAttrSlow>(i)
}

part!(StoreAttrSlow = store_attr_slow);

#[inline(always)]
fn store_attr_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if store_cached(&s, i) {
        return D::go(s.next());
    }
    s.save();
    if store_and_fill(&s, i) {
        return D::go(s.next());
    }
    let result = s.with_slots_unit(i, |s, i| {
        let (object, value) = (s.root(i.a()), s.root(i.b()));
        let name = s.root_name(i.c());
        attr::set_attr(s.cx_mut(), object, name, value)
    });
    s.finish_unit::<D>(result)
}

/// Stores where the cache says; whether it said so.
#[inline(always)]
fn store_cached(s: &State, i: Instr) -> bool {
    let Some((header, entry)) = hit(s, i.a(), i.c()) else { return false };
    let (cx, value) = (s.cx(), s.value(i.b()));
    match entry.kind() {
        OVERFLOW => stored_field(cx, header, entry.index()).is_some_and(|field| field.replace(cx, header, value)),
        ADD => {
            let after = entry.index() as u32;
            let shape = cx.interp().shape(entry.shape());
            let guard = header.write(cx);
            if header.shape() != entry.shape() {
                return false;
            }
            let (inline, slot) = (u32::from(shape.inline()), shape.slots());
            if slot < inline {
                guard.set(inline_slot(header, slot as usize), value);
                header.set_shape(after);
            } else {
                instance::append_slot(cx, header, &guard, shape, after, value);
            }
            true
        }
        _ => false,
    }
}

/// Stores into a slot of the object and remembers where, if that is what the store means.
fn store_and_fill(s: &State, i: Instr) -> bool {
    let cx = s.cx();
    let object = s.value(i.a());
    let Some(header) = object.header() else { return false };
    let class = cx.class_of(object);
    let plain = class.special(cx, Name::__setattr__).map(Value::word)
        == cx.class(Builtin::Object).special(cx, Name::__setattr__).map(Value::word);
    let name = s.site_name(i.c());
    if !plain
        || !class.flags().has_dict
        || overflow_field(header).is_none()
        || name.as_str().is_some_and(|text| text.starts_with("__"))
    {
        return false;
    }
    note_class(cx, object);
    if let Some(attr) = class.lookup(cx, name) {
        if is_data_descriptor(cx, attr) {
            return false;
        }
        note_class(cx, attr);
    }
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        return false;
    }
    let known = shape.find(cx.interp(), name);
    instance::set_own(cx, header, name, s.value(i.b()));
    match known {
        Some(slot) => {
            let (kind, index) = match AttrSlot::new(shape.inline(), slot) {
                AttrSlot::Inline(index) => (INLINE, index),
                AttrSlot::Stored(index) => (OVERFLOW, index),
            };
            remember(s, i.c(), Entry::new(shape.id(), kind, index as usize));
        }
        None => {
            let after = header.shape();
            if cx.interp().shape(after).kind() == ShapeKind::Added && !header.is_shared() {
                remember(s, i.c(), Entry::new(shape.id(), ADD, after as usize));
                class.learn_slots(cx, shape.slots() + 1);
            }
        }
    }
    true
}

#[inline(always)]
pub(super) fn DeleteAttr<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let object = s.root(i.a());
        let name = s.root_name(i.b());
        attr::del_attr(s.cx_mut(), object, name)
    });
    s.finish_unit::<D>(result)
}

/// Changes the structure of a class. No inline cache that looked at the class may be believed any more, nor may another
/// thread look at it meanwhile: what it remembers then would be of the old structure.
pub(crate) fn change_class(cx: &mut Ctx, class: crate::ctx::Slot, change: impl FnOnce(&Ctx)) {
    let watched = cx.get(class).cast::<Class>().is_none_or(|class| class.is_cached() || class.header().is_shared());
    let change = |cx: &Ctx| {
        change(cx);
        cx.interp().bump_class_epoch();
    };
    if watched {
        crate::collect::collect_with(cx, Tracer::clearing_caches(), change);
    } else {
        change(cx);
    }
}
