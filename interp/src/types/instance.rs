//! Instances, and where any object keeps the attributes that scripts give it.
//!
//! The first slots lie in the instance itself, as many as its class has learned that its instances need; the rest lie in
//! storage. When a script asks for `__dict__`, the attributes move to a dict for good, so that the dict is the truth; what
//! `__slots__` declares is no part of it and moves to attributes of the dict object, which scripts cannot reach.

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::names::Name;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard, flags};
use crate::shape::{Birth, Shape, ShapeKind};
use crate::types::class::Class;
use crate::types::descriptor::Member;
use crate::types::dict::Dict;
use crate::types::storage::Storage;
use crate::value::Value;

/// An instance of a class that is defined in the language and derives from `object` only.
#[repr(C)]
pub struct Instance {
    header: Header,
    /// Storage for the slots that are not inline, or the dict that holds all attributes.
    overflow: Field,
}

// SAFETY: `repr(C)` with the header first; only `Instance::alloc` makes objects of this kind.
unsafe impl HeapType for Instance {
    const KIND: Kind = Kind::Instance;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.overflow);
        for slot in self.inline() {
            tracer.field(slot);
        }
    }

    fn extra_bytes(&self) -> usize {
        usize::from(self.header.inline_slots()) * std::mem::size_of::<Field>()
    }
}

impl Instance {
    /// An instance without attributes of the class whose root shape is given.
    pub fn alloc(cx: &Ctx, birth: Birth, inline: u8) -> &Instance {
        let instance = cx.alloc_with(usize::from(inline) * std::mem::size_of::<Field>(), birth, |header| Instance {
            header: header.with_inline(inline),
            overflow: Field::unset(),
        });
        let slots = inline_fields(&instance.header).cast_mut();
        for i in 0..usize::from(inline) {
            // SAFETY: the allocation has room for the slots.
            unsafe { slots.add(i).write(Field::unset()) };
        }
        instance
    }

    /// The slots in the object itself.
    #[inline(always)]
    pub fn inline(&self) -> &[Field] {
        let count = usize::from(self.header.inline_slots());
        // SAFETY: `alloc` wrote that many fields.
        unsafe { std::slice::from_raw_parts(inline_fields(&self.header), count) }
    }
}

/// Where the slots in an instance itself lie: behind the struct.
#[inline(always)]
fn inline_fields(header: &Header) -> *const Field {
    std::ptr::from_ref(header).cast::<Instance>().wrapping_add(1).cast()
}

/// Which of the fields that hold an object's attributes.
#[derive(Clone, Copy, Debug)]
pub enum AttrSlot {
    /// One in the object itself.
    Inline(u32),
    /// One in its storage.
    Stored(u32),
}

impl AttrSlot {
    /// The slot of this number, if so many are inline.
    pub(crate) fn new(inline: u8, slot: u32) -> AttrSlot {
        match slot.checked_sub(u32::from(inline)) {
            Some(index) => AttrSlot::Stored(index),
            None => AttrSlot::Inline(slot),
        }
    }
}

/// The field of a slot in an instance itself.
///
/// # Safety
/// The object's shape must say that it has the slot.
#[inline(always)]
pub(crate) unsafe fn inline_field(header: &Header, index: usize) -> &Field {
    // SAFETY: the caller's promise: an instance was born with as many inline slots as its shapes say.
    unsafe { &*inline_fields(header).add(index) }
}

/// The field of a slot in the object's storage; `None` if another thread has moved the attributes elsewhere.
#[inline(always)]
pub(crate) fn stored_field<'h>(cx: &'h Ctx, header: &'h Header, index: usize) -> Option<&'h Field> {
    overflow_field(header)?.get(cx)?.cast::<Storage>()?.slots().get(index)
}

/// The trailing field of an instance of a subclass of a built-in type.
pub(crate) fn trailing_attrs(header: &Header) -> Option<&Field> {
    if !header.has(flags::TRAILING_ATTRS) {
        return None;
    }
    let size = crate::kind::size(header).next_multiple_of(8);
    // SAFETY: an object with this flag was allocated with a field behind everything else.
    Some(unsafe { &*std::ptr::from_ref(header).cast::<u8>().add(size).cast::<Field>() })
}

/// The field that refers to an object's storage or dict; `None` if the object cannot have attributes.
#[inline]
pub fn overflow_field(header: &Header) -> Option<&Field> {
    match header.kind() {
        Kind::Instance | Kind::Exception => {
            // SAFETY: both layouts have the field right behind the header.
            Some(unsafe { &*std::ptr::from_ref(header).add(1).cast::<Field>() })
        }
        _ => trailing_attrs(header),
    }
}

/// The field of a slot that a shape of the object says it has; `None` if another thread has moved the attributes elsewhere.
#[inline]
fn slot_field<'h>(cx: &'h Ctx, header: &'h Header, inline: u8, slot: u32) -> Option<&'h Field> {
    match AttrSlot::new(inline, slot) {
        // SAFETY: a shape of the object says so.
        AttrSlot::Inline(index) => Some(unsafe { inline_field(header, index as usize) }),
        AttrSlot::Stored(index) => stored_field(cx, header, index as usize),
    }
}

/// An attribute that the object itself has.
pub fn get_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>) -> Option<Value<'h>> {
    match find_own(cx, header, name) {
        Own::Slot(_, value) | Own::Entry(value) => Some(value),
        Own::Missing | Own::Taken => None,
    }
}

/// Where an object has an attribute itself.
pub enum Own<'h> {
    /// It has not.
    Missing,
    /// In a slot.
    Slot(AttrSlot, Value<'h>),
    /// In its dict.
    Entry(Value<'h>),
    /// In a slot that another thread took out of use while this one looked.
    Taken,
}

/// Where the object itself has an attribute.
pub fn find_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>) -> Own<'h> {
    match look(cx, header, name) {
        Own::Taken => {
            let _steady = header.steady(cx);
            look(cx, header, name)
        }
        found => found,
    }
}

fn look<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>) -> Own<'h> {
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        return overflow_dict(cx, header).and_then(|dict| dict.get_name(cx, name)).map_or(Own::Missing, Own::Entry);
    }
    let Some(slot) = shape.find(cx.interp(), name) else { return Own::Missing };
    match slot_field(cx, header, shape.inline(), slot).and_then(|field| field.get(cx)) {
        Some(value) => Own::Slot(AttrSlot::new(shape.inline(), slot), value),
        None => Own::Taken,
    }
}

/// The dict of an object whose shape says that it has one.
fn overflow_dict<'h>(cx: &'h Ctx, header: &'h Header) -> Option<&'h Dict> {
    overflow_field(header)?.get(cx)?.cast::<Dict>()
}

/// The object whose attributes are the values of an object's declared slots: itself, or the dict that it keeps the others in.
pub fn slots_of<'h>(cx: &'h Ctx, header: &'h Header) -> &'h Header {
    let dict = match cx.interp().shape(header.shape()).kind() {
        ShapeKind::Dict => overflow_dict(cx, header),
        _ => None,
    };
    dict.map(HeapType::header).filter(|header| header.has(flags::TRAILING_ATTRS)).unwrap_or(header)
}

/// Gives the object itself an attribute. The object has an overflow field.
pub fn set_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>, value: Value<'h>) {
    let shape = cx.interp().shape(header.shape());
    if shape.kind() != ShapeKind::Dict {
        let slot = shape.find(cx.interp(), name);
        if slot.is_some_and(|slot| replace_slot(cx, header, shape.inline(), slot, value)) {
            return;
        }
        let guard = header.write(cx);
        let shape = cx.interp().shape(header.shape());
        if shape.kind() != ShapeKind::Dict {
            if let Some(slot) = shape.find(cx.interp(), name) {
                if let Some(field) = slot_field(cx, header, shape.inline(), slot) {
                    guard.set(field, value);
                }
                return;
            }
            match shape.child(cx.interp(), name, true) {
                Some(child) => return append_slot(cx, header, &guard, shape, child, value),
                None => move_to_dict(cx, header, &guard, shape),
            }
        }
    }
    if let Some(dict) = overflow_dict(cx, header) {
        dict.set_name(cx, name, value);
    }
}

/// Stores into a slot that the shape says the object has; false if another thread has taken it out of use.
#[inline]
pub(crate) fn replace_slot<'h>(cx: &'h Ctx, header: &'h Header, inline: u8, slot: u32, value: Value<'h>) -> bool {
    slot_field(cx, header, inline, slot).is_some_and(|field| field.replace(cx, header, value))
}

/// Adds the slot that `child` has more than `shape`, under the object's guard.
pub(crate) fn append_slot<'h>(
    cx: &'h Ctx,
    header: &'h Header,
    guard: &WriteGuard<'_>,
    shape: &Shape,
    child: u32,
    value: Value<'h>,
) {
    let (inline, slot) = (u32::from(shape.inline()), shape.slots());
    if slot >= inline
        && let Some(overflow) = overflow_field(header)
    {
        let index = (slot - inline) as usize;
        let old = overflow.get(cx).and_then(Value::cast::<Storage>);
        if old.is_none_or(|storage| index >= storage.capacity()) {
            let new = match old {
                Some(storage) => storage.grown(cx, guard, (index + 1) * 2),
                None => Storage::alloc(cx, 4),
            };
            guard.set(overflow, Value::of(new));
        }
        if let Some(storage) = overflow.get(cx).and_then(Value::cast::<Storage>) {
            storage.set_len(guard, index + 1);
        }
    }
    if let Some(field) = slot_field(cx, header, shape.inline(), slot) {
        guard.set(field, value);
    }
    header.set_shape(child);
}

/// Takes an attribute from the object itself; whether it had it.
pub fn delete_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>) -> bool {
    {
        let guard = header.write(cx);
        let shape = cx.interp().shape(header.shape());
        if shape.kind() != ShapeKind::Dict {
            let Some(slot) = shape.find(cx.interp(), name) else { return false };
            match shape.child(cx.interp(), name, false) {
                Some(child) => {
                    header.set_shape(child);
                    if let Some(field) = slot_field(cx, header, shape.inline(), slot) {
                        field.take(&guard);
                    }
                    return true;
                }
                None => move_to_dict(cx, header, &guard, shape),
            }
        }
    }
    overflow_dict(cx, header).is_some_and(|dict| matches!(dict.remove(cx, name), Ok(Some(_))))
}

/// The attributes that the object itself has, in order.
pub fn own_attrs<'h>(cx: &'h Ctx, header: &'h Header) -> Vec<(Value<'h>, Value<'h>)> {
    let steady = header.steady(cx);
    let shape = cx.interp().shape(header.shape());
    if shape.kind() != ShapeKind::Dict {
        return slots_in_use(cx, header, shape).filter_map(|(name, field)| Some((name, field.get(cx)?))).collect();
    }
    drop(steady);
    let mut attrs = overflow_dict(cx, header).map_or_else(Vec::new, |dict| dict.iter(cx).collect());
    let beside = slots_of(cx, header);
    if !std::ptr::eq(beside, header) {
        attrs.extend(own_attrs(cx, beside));
    }
    attrs
}

/// Whether a key in the object's `__dict__` is no string, so that no shape can hold it as a name.
pub fn has_keys_besides_names(cx: &Ctx, header: &Header) -> bool {
    let has_dict = cx.interp().shape(header.shape()).kind() == ShapeKind::Dict;
    let dict = if has_dict { overflow_dict(cx, header) } else { None };
    dict.is_some_and(|dict| dict.iter(cx).any(|(key, _)| key.as_str().is_none()))
}

/// The names and slots of an object of this shape, in order.
fn slots_in_use<'h>(
    cx: &'h Ctx,
    header: &'h Header,
    shape: &Shape,
) -> impl Iterator<Item = (Value<'h>, &'h Field)> + use<'h> {
    let inline = shape.inline();
    shape.names(cx.interp()).into_iter().filter_map(move |(name, slot)| {
        // SAFETY: names in shapes are interned, so they live as long as the interpreter.
        let name = unsafe { Value::from_word(name) };
        Some((name, slot_field(cx, header, inline, slot)?))
    })
}

/// Moves the attributes to a dict, which holds them from now on.
fn move_to_dict<'h>(cx: &'h Ctx, header: &'h Header, guard: &WriteGuard<'_>, shape: &Shape) {
    let class = shape.class();
    let has_slots = class.mro(cx).any(|class| class.names(cx).get_name(cx, cx.name(Name::__slots__)).is_some());
    let flags = if has_slots { flags::TRAILING_ATTRS } else { 0 };
    let dict = Dict::build(cx, Birth { shape: Builtin::Dict.shape(), flags });
    for (name, field) in slots_in_use(cx, header, shape) {
        // SAFETY: a slot in use holds a value, and no safepoint is reached during `'h`.
        let value = unsafe { Value::from_word(field.take(guard)) };
        if has_slots && class.lookup(cx, name).is_some_and(|found| found.native::<Member>().is_some()) {
            set_own(cx, dict.header(), name, value);
        } else {
            dict.set_name(cx, name, value);
        }
    }
    install_dict(cx, header, guard, dict);
}

/// The object's `__dict__`: from now on it holds the attributes. `None` if the object cannot have any.
pub fn dict_of<'h>(cx: &'h Ctx, header: &'h Header) -> Option<&'h Dict> {
    overflow_field(header)?;
    if cx.interp().shape(header.shape()).kind() != ShapeKind::Dict {
        let guard = header.write(cx);
        let shape = cx.interp().shape(header.shape());
        if shape.kind() != ShapeKind::Dict {
            move_to_dict(cx, header, &guard, shape);
        }
    }
    overflow_dict(cx, header)
}

/// Makes a dict the holder of the object's attributes.
pub fn replace_dict<'h>(cx: &'h Ctx, header: &'h Header, dict: &'h Dict) {
    let guard = header.write(cx);
    let shape = cx.interp().shape(header.shape());
    for (_, field) in slots_in_use(cx, header, shape) {
        field.take(&guard);
    }
    install_dict(cx, header, &guard, dict);
}

fn install_dict<'h>(cx: &'h Ctx, header: &'h Header, guard: &WriteGuard<'_>, dict: &'h Dict) {
    let Some(overflow) = overflow_field(header) else { return };
    let shape = cx.interp().shape(header.shape());
    let dict_shape = shape.class().dict_shape(cx, shape.inline());
    guard.set(overflow, Value::of(dict));
    header.set_shape(dict_shape);
}

/// Makes the object an instance of another class of the same layout; its attributes stay.
pub fn change_class<'h>(cx: &'h Ctx, header: &'h Header, class: &'h Class) {
    if dict_of(cx, header).is_some() {
        let dict_shape = class.dict_shape(cx, cx.interp().shape(header.shape()).inline());
        let _guard = header.write(cx);
        header.set_shape(dict_shape);
    }
}
