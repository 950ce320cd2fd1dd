//! Tuples: their elements lie behind the header, whose `aux` counts them. Immutable after creation.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::memory;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::Value;

/// A tuple.
#[repr(C)]
pub struct Tuple {
    header: Header,
}

// SAFETY: `repr(C)` with the header first; only `Tuple::from_values` makes objects of this kind.
unsafe impl HeapType for Tuple {
    const KIND: Kind = Kind::Tuple;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in self.fields() {
            tracer.field(field);
        }
    }

    fn extra_bytes(&self) -> usize {
        self.len() * std::mem::size_of::<Field>()
    }
}

impl Tuple {
    /// A tuple of these values.
    pub fn from_values<'h>(cx: &'h Ctx, values: &[Value<'h>]) -> &'h Tuple {
        Tuple::build(cx, Builtin::Tuple.into(), values)
    }

    /// A tuple of a given class.
    pub fn build<'h>(cx: &'h Ctx, birth: Birth, values: &[Value<'h>]) -> &'h Tuple {
        // The header counts in 32 bits.
        if values.len() > u32::MAX as usize {
            memory::refuse();
        }
        let bytes = std::mem::size_of_val(values);
        let tuple = cx.alloc_with(bytes, birth, |header| Tuple { header: header.with_aux(values.len() as u32) });
        // SAFETY: the allocation has room for the fields behind the header.
        unsafe {
            let fields = std::ptr::from_ref(tuple).add(1).cast::<Field>().cast_mut();
            for (i, &value) in values.iter().enumerate() {
                fields.add(i).write(Field::new(value));
            }
        }
        tuple
    }

    /// How many elements there are.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.header.aux() as usize
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    fn fields(&self) -> &[Field] {
        // SAFETY: `build` wrote that many fields behind the header.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Field>(), self.len()) }
    }

    /// Completes a tuple that was made of placeholders and that nobody has seen yet.
    pub(crate) fn complete<'h>(&self, index: usize, value: Value<'h>) {
        if let Some(field) = self.fields().get(index) {
            field.store(value.word());
        }
    }

    /// The element at `index`; `None` beyond the end.
    #[inline(always)]
    pub fn get<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        self.fields().get(index)?.get(cx)
    }

    /// The elements.
    pub fn iter<'h>(&'h self, cx: &'h Ctx) -> impl ExactSizeIterator<Item = Value<'h>> + DoubleEndedIterator {
        self.fields().iter().map(|field| field.get_or_none(cx))
    }
}
