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

use super::call::Pending;
use super::call::ops::{begin_above, go_on};
use super::dispatch::Dispatch;
use super::state::State;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::heap::Tracer;
use crate::names::Name;
use crate::object::{Field, Header, HeapType, Kind};
use crate::ops::attr;
use crate::shape::ShapeKind;
use crate::types::cell::Global;
use crate::types::class::Class;
use crate::types::descriptor::{ClassMethod, Property, StaticMethod};
use crate::types::function::BoundMethod;
use crate::types::instance::{self, overflow_field};
use crate::types::module::Module;
use crate::types::storage::Storage;
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

/// Slot `index` of an instance.
#[inline(always)]
fn inline_slot(header: &Header, index: usize) -> &Field {
    // SAFETY: the shape says that the instance has the slot inline; slots follow the header and one field.
    unsafe { &*std::ptr::from_ref(header).cast::<Field>().add(3 + index) }
}

#[inline(always)]
fn overflow_slot<'h>(cx: &'h Ctx, header: &'h Header, index: usize) -> Option<&'h Field> {
    overflow_field(header)?.get(cx)?.cast::<Storage>()?.slots().get(index)
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
            OVERFLOW => overflow_slot(cx, header, entry.index()).and_then(|field| field.get(cx)),
            CELL => cached_cell(cx, entry.index()).value.get(cx),
            _ => None,
        };
        if let Some(value) = found {
            s.set(i.a(), value.word());
            return D::go(s.next());
        }
    }
    s.slow(i, load_attr_slow::<D>)
}

#[inline(always)]
fn load_attr_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if cached_getter(&s, i).is_some() {
        let result = s.apart(i, |s, i| {
            begin_above(s, i, |s, i| {
                let getter = cached_getter(s, i).expect("nothing has run since it was seen");
                Ok(Pending::push(s.cx(), getter, [s.value(i.b())], None))
            })
        });
        return go_on::<D>(s, i, result);
    }
    s.save();
    if let Some(value) = load_cached_or_fill(&s, i) {
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

#[inline(never)]
fn load_cached_or_fill(s: &State, i: Instr) -> Option<Value<'_>> {
    let cx = s.cx();
    let object = s.value(i.b());
    match find(cx, object, s.site_name(i.c())) {
        Found::Method(cell) => {
            fill(s, cx, object, i.c(), &Found::Method(cell));
            Some(BoundMethod::alloc(cx, cell.value.get(cx)?, object))
        }
        found => {
            fill(s, cx, object, i.c(), &found);
            found.value(cx, object)
        }
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
    s.slow(i, load_method_slow::<D>)
}

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
    let object = s.value(i.b());
    let (function, receiver) = match cached_method(s, i) {
        Some(found) => found,
        None => {
            let found = find(cx, object, s.site_name(i.c()));
            fill(s, cx, object, i.c(), &found);
            match found {
                Found::Method(cell) => (cell.value.get(cx)?.word(), object.word()),
                found => (found.value(cx, object)?.word(), Word::UNSET),
            }
        }
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
        OVERFLOW => overflow_slot(cx, header, entry.index())?.get(cx),
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

/// Where an attribute was found.
enum Found<'h> {
    /// In a slot of the object.
    Slot { inline: u8, slot: u32 },
    /// A function of the class.
    Method(&'h Global),
    /// A value of the class or module.
    Cell(&'h Global),
    /// Something of the class that is bound in its own way: the `KIND` says how.
    Bound(u8, &'h Global),
    /// Somewhere that only the generic lookup can tell.
    Generic,
}

impl<'h> Found<'h> {
    fn value(&self, cx: &'h Ctx, object: Value<'h>) -> Option<Value<'h>> {
        match *self {
            Found::Slot { inline, slot } => instance::slot_field(cx, object.header()?, inline, slot)?.get(cx),
            Found::Cell(cell) => cell.value.get(cx),
            Found::Method(_) | Found::Bound(..) | Found::Generic => None,
        }
    }
}

/// Whether a value found on a class is what a lookup through an instance yields, unbound.
fn is_plain_value(cx: &Ctx, value: Value<'_>) -> bool {
    match value.kind() {
        None => true,
        Some(Kind::Function | Kind::NativeFunction | Kind::Native) => false,
        Some(Kind::Instance) => {
            let class = cx.class_of(value);
            [Name::__get__, Name::__set__, Name::__delete__].iter().all(|name| class.special(cx, *name).is_none())
        }
        Some(_) => true,
    }
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

/// How a value of a class is bound that is neither a method nor itself, if a cache can describe it.
fn binding(cx: &Ctx, value: Value<'_>) -> Option<u8> {
    if value.kind() != Some(Kind::Native) {
        return None;
    }
    match () {
        () if getter(cx, value).is_some() => Some(PROPERTY),
        () if class_function(cx, value).is_some() => Some(CLASS_METHOD),
        () if static_function(cx, value).is_some() => Some(STATIC_METHOD),
        () => None,
    }
}

/// Looks for an attribute in the places that a cache can describe.
fn find<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Found<'h> {
    if name.as_str().is_some_and(|text| text.starts_with("__")) {
        return Found::Generic;
    }
    let class = cx.class_of(object);
    let plain_lookup = |builtin| {
        let own = class.special(cx, Name::__getattribute__).map(Value::word);
        own == cx.class(builtin).special(cx, Name::__getattribute__).map(Value::word)
    };
    match object.kind() {
        Some(Kind::Module) => find_global(cx, object, name),
        Some(Kind::Class) if plain_lookup(Builtin::Type) => find_in_class(cx, object, class, name),
        _ if plain_lookup(Builtin::Object) => find_in_object(cx, object, class, name),
        _ => Found::Generic,
    }
}

fn find_global<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Found<'h> {
    let cell = object.cast::<Module>().and_then(|module| module.names(cx).existing_cell(cx, name));
    match cell {
        Some(cell) if cell.value.get(cx).is_some() => Found::Cell(cell),
        _ => Found::Generic,
    }
}

fn find_in_class<'h>(cx: &'h Ctx, object: Value<'h>, metaclass: &'h Class, name: Value<'h>) -> Found<'h> {
    let Some(class) = object.cast::<Class>() else { return Found::Generic };
    if metaclass.lookup(cx, name).is_some() {
        return Found::Generic;
    }
    class.mro(cx).for_each(Class::note_cached);
    match class.lookup_cell(cx, name) {
        Some(cell) => match cell.value.get(cx) {
            Some(value) if is_plain_value(cx, value) || value.kind() == Some(Kind::Function) => Found::Cell(cell),
            Some(value) => match binding(cx, value) {
                Some(kind @ (CLASS_METHOD | STATIC_METHOD)) => Found::Bound(kind, cell),
                _ => Found::Generic,
            },
            None => Found::Generic,
        },
        None => Found::Generic,
    }
}

fn find_in_object<'h>(cx: &'h Ctx, object: Value<'h>, class: &'h Class, name: Value<'h>) -> Found<'h> {
    class.mro(cx).for_each(Class::note_cached);
    let cell = class.lookup_cell(cx, name);
    let value = cell.and_then(|cell| cell.value.get(cx));
    let kind = value.and_then(|value| binding(cx, value));
    if let (Some(cell), Some(PROPERTY)) = (cell, kind) {
        // An AttributeError of the getter would ask `__getattr__`.
        let has_fallback = class.special(cx, Name::__getattr__).is_some();
        return if has_fallback { Found::Generic } else { Found::Bound(PROPERTY, cell) };
    }
    let is_function = value.is_some_and(crate::types::function::is_plain);
    if let Some(value) = value
        && !is_function
        && kind.is_none()
        && !is_plain_value(cx, value)
    {
        return Found::Generic;
    }
    if let Some(header) = object.header()
        && overflow_field(header).is_some()
    {
        let shape = cx.interp().shape(header.shape());
        if shape.kind() == ShapeKind::Dict {
            return Found::Generic;
        }
        if let Some(slot) = shape.find(cx.interp(), name) {
            return Found::Slot { inline: shape.inline(), slot };
        }
    }
    match cell {
        Some(cell) if is_function => Found::Method(cell),
        Some(cell) if let Some(kind) = kind => Found::Bound(kind, cell),
        Some(cell) => Found::Cell(cell),
        None => Found::Generic,
    }
}

/// Remembers what was found.
fn fill<'h>(s: &State, cx: &'h Ctx, object: Value<'h>, site: u16, found: &Found<'h>) {
    let Some(header) = object.header() else { return };
    let shape = header.shape();
    let record = |cell: &Global| cell.record(cx);
    let entry = match *found {
        Found::Slot { inline, slot } if slot < u32::from(inline) => Entry::new(shape, INLINE, slot as usize),
        Found::Slot { inline, slot } => Entry::new(shape, OVERFLOW, (slot - u32::from(inline)) as usize),
        Found::Method(cell) => Entry::new(shape, METHOD, record(cell)),
        Found::Cell(cell) => Entry::new(shape, CELL, record(cell)),
        Found::Bound(kind, cell) => Entry::new(shape, kind, record(cell)),
        Found::Generic => None,
    };
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
    s.slow(i, store_attr_slow::<D>)
}

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
        OVERFLOW => overflow_slot(cx, header, entry.index()).is_some_and(|field| field.replace(cx, header, value)),
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
    class.mro(cx).for_each(Class::note_cached);
    if class
        .lookup(cx, name)
        .is_some_and(|value| !is_plain_value(cx, value) && !crate::types::function::is_plain(value))
    {
        return false;
    }
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        return false;
    }
    let known = shape.find(cx.interp(), name);
    instance::set_own(cx, header, name, s.value(i.b()));
    match known {
        Some(slot) => fill_slot(s, i, shape.id(), shape.inline(), slot),
        None => {
            let after = header.shape();
            if cx.interp().shape(after).kind() == ShapeKind::Added && !header.is_shared() {
                if let Some(entry) = Entry::new(shape.id(), ADD, after as usize) {
                    s.cache(i.c()).store(entry.0, Ordering::Release);
                }
                class.learn_slots(cx, shape.slots() + 1);
            }
        }
    }
    true
}

fn fill_slot(s: &State, i: Instr, shape: u32, inline: u8, slot: u32) {
    let entry = if slot < u32::from(inline) {
        Entry::new(shape, INLINE, slot as usize)
    } else {
        Entry::new(shape, OVERFLOW, (slot - u32::from(inline)) as usize)
    };
    if let Some(entry) = entry {
        s.cache(i.c()).store(entry.0, Ordering::Release);
    }
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
