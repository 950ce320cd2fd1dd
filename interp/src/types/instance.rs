//! Instances, and where any object keeps the attributes that scripts give it.
//!
//! The first slots lie in the instance itself, as many as its class has learned that its instances need; the rest lie in
//! storage. When a script asks for `__dict__`, the attributes move to a dict for good, so that the dict is the truth.

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard, flags};
use crate::shape::{Birth, Shape, ShapeKind};
use crate::types::class::Class;
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
}

impl Instance {
    /// An instance without attributes of the class whose root shape is given.
    pub fn alloc(cx: &Ctx, birth: Birth, inline: u8) -> &Instance {
        let instance = cx.alloc_with(usize::from(inline) * std::mem::size_of::<Field>(), birth, |header| Instance {
            header: header.with_inline(inline),
            overflow: Field::unset(),
        });
        // SAFETY: the allocation has room for the slots behind the struct.
        unsafe {
            let slots = std::ptr::from_ref(instance).add(1).cast::<Field>().cast_mut();
            for i in 0..usize::from(inline) {
                slots.add(i).write(Field::unset());
            }
        }
        instance
    }

    /// The slots in the object itself.
    #[inline(always)]
    pub fn inline(&self) -> &[Field] {
        let count = usize::from(self.header.inline_slots());
        // SAFETY: `alloc` wrote that many fields behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Field>(), count) }
    }
}

/// The trailing field of an instance of a subclass of a built-in type.
pub(crate) fn trailing_attrs(header: &Header) -> Option<&Field> {
    if !header.has(flags::TRAILING_ATTRS) {
        return None;
    }
    let size = crate::types::size_without_trailing(header);
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

/// The field of a slot; `None` if the storage does not reach so far (another thread is adding it).
#[inline]
pub(crate) fn slot_field<'h>(cx: &'h Ctx, header: &'h Header, inline: u8, slot: u32) -> Option<&'h Field> {
    if slot < u32::from(inline) {
        // SAFETY: the shape's count of inline slots is that of the instance, which was born with it.
        return Some(unsafe { &*std::ptr::from_ref(header).cast::<Field>().add(3 + slot as usize) });
    }
    let storage = overflow_field(header)?.get(cx)?.cast::<Storage>()?;
    storage.slots().get((slot - u32::from(inline)) as usize)
}

/// An attribute that the object itself has.
pub fn get_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>) -> Option<Value<'h>> {
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        return overflow_field(header)?.get(cx)?.cast::<Dict>()?.get_name(cx, name);
    }
    slot_field(cx, header, shape.inline(), shape.find(cx.interp(), name)?)?.get(cx)
}

/// Gives the object itself an attribute. The object has an overflow field.
pub fn set_own<'h>(cx: &'h Ctx, header: &'h Header, name: Value<'h>, value: Value<'h>) {
    let shape = cx.interp().shape(header.shape());
    if shape.kind() != ShapeKind::Dict {
        if let Some(slot) = shape.find(cx.interp(), name) {
            store_slot(cx, header, shape.inline(), slot, value);
            return;
        }
        let guard = header.write(cx);
        let shape = cx.interp().shape(header.shape());
        if shape.kind() != ShapeKind::Dict
            && shape.find(cx.interp(), name).is_none()
            && let Some(child) = shape.child(cx.interp(), name, true)
        {
            append_slot(cx, header, &guard, shape, child, value);
            return;
        }
        drop(guard);
        if shape.kind() != ShapeKind::Dict && shape.find(cx.interp(), name).is_some() {
            return set_own(cx, header, name, value);
        }
    }
    if let Some(dict) = dict_of(cx, header) {
        dict.set_name(cx, name, value);
    }
}

/// Stores into a slot that the object has.
#[inline]
pub(crate) fn store_slot<'h>(cx: &'h Ctx, header: &'h Header, inline: u8, slot: u32, value: Value<'h>) {
    if slot < u32::from(inline) {
        if let Some(field) = slot_field(cx, header, inline, slot) {
            field.set_in(cx, header, value);
        }
        return;
    }
    let storage = || overflow_field(header)?.get(cx)?.cast::<Storage>();
    if let Some(now) = storage() {
        now.store_unlocked(cx, header, (slot - u32::from(inline)) as usize, value, || storage().unwrap_or(now));
    }
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
            if let Some(child) = shape.child(cx.interp(), name, false) {
                header.set_shape(child);
                if let Some(field) = slot_field(cx, header, shape.inline(), slot) {
                    field.clear(&guard);
                }
                return true;
            }
        }
    }
    dict_of(cx, header).is_some_and(|dict| matches!(dict.remove(cx, name), Ok(Some(_))))
}

/// The attributes that the object itself has, in order.
pub fn own_attrs<'h>(cx: &'h Ctx, header: &'h Header) -> Vec<(Value<'h>, Value<'h>)> {
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        let dict = overflow_field(header).and_then(|field| field.get(cx)).and_then(Value::cast::<Dict>);
        return dict.map_or_else(Vec::new, |dict| dict.iter(cx).collect());
    }
    let names = shape.names(cx.interp()).into_iter();
    names
        .filter_map(|(name, slot)| {
            // SAFETY: names in shapes are interned, so they live as long as the interpreter.
            let name = unsafe { Value::from_word(name) };
            Some((name, slot_field(cx, header, shape.inline(), slot)?.get(cx)?))
        })
        .collect()
}

/// The object's `__dict__`: from now on it holds the attributes. `None` if the object cannot have any.
pub fn dict_of<'h>(cx: &'h Ctx, header: &'h Header) -> Option<&'h Dict> {
    let overflow = overflow_field(header)?;
    let shape = cx.interp().shape(header.shape());
    if shape.kind() == ShapeKind::Dict {
        return overflow.get(cx)?.cast::<Dict>();
    }
    let attrs = own_attrs(cx, header);
    let dict = Dict::alloc(cx);
    for (name, value) in attrs {
        dict.set_name(cx, name, value);
    }
    replace_dict(cx, header, dict);
    Some(dict)
}

/// Makes a dict the holder of the object's attributes.
pub fn replace_dict<'h>(cx: &'h Ctx, header: &'h Header, dict: &'h Dict) {
    let Some(overflow) = overflow_field(header) else { return };
    let shape = cx.interp().shape(header.shape());
    let dict_shape = shape.class().dict_shape(cx, shape.inline());
    let guard = header.write(cx);
    guard.set(overflow, Value::of(dict));
    header.set_shape(dict_shape);
}

/// Makes the object an instance of another class of the same layout; its attributes stay.
pub fn change_class<'h>(cx: &'h Ctx, header: &'h Header, class: &'h Class) {
    let Some(dict) = dict_of(cx, header) else { return };
    let inline = cx.interp().shape(header.shape()).inline();
    let dict_shape = class.dict_shape(cx, inline);
    let guard = header.write(cx);
    if let Some(overflow) = overflow_field(header) {
        guard.set(overflow, Value::of(dict));
        header.set_shape(dict_shape);
    }
}
