//! Iterators of the built-in types: a source and a position.

pub mod methods;
pub mod reduce;

use std::sync::atomic::{AtomicI64, Ordering};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::Value;

/// What an iterator walks over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Walk {
    /// A list, by index.
    List,
    /// A list, from its end.
    ReversedList,
    /// A tuple, by index.
    Tuple,
    /// The numbers from `index` to `limit` by `step`.
    Range,
    /// The characters of a string; `index` counts bytes.
    Str,
    /// The numbers in a bytes object.
    Bytes,
    /// Entries of a dict: its keys.
    Keys,
    /// Entries of a dict: its values.
    Values,
    /// Entries of a dict: pairs.
    Items,
    /// The same, from the end.
    ReversedKeys,
    /// The same, from the end.
    ReversedValues,
    /// The same, from the end.
    ReversedItems,
    /// The places of a set.
    Set,
    /// Anything with `__getitem__`, by index.
    Sequence,
    /// The same, from its end.
    ReversedSequence,
    /// A callable, until it returns the sentinel in `extra`.
    Call,
    /// `enumerate`: counts the elements of an iterator, from the number in `extra` if the first is large.
    Enumerate,
    /// `zip`: `source` is a tuple of iterators; `limit` is 1 if they must end together.
    Zip,
    /// `map`: `source` is the function, `extra` a tuple of iterators; `limit` as for `zip`.
    Map,
    /// `filter`: `source` is the function or None, `extra` the iterator.
    Filter,
}

impl Walk {
    /// Whether the entries of a dict are walked from the end.
    pub(crate) fn is_reversed_dict(self) -> bool {
        matches!(self, Walk::ReversedKeys | Walk::ReversedValues | Walk::ReversedItems)
    }
}

/// An iterator.
#[repr(C)]
pub struct Iter {
    header: Header,
    /// What it walks over; unset once it is exhausted.
    pub source: Field,
    /// A second object that some need.
    pub extra: Field,
    /// The position. Written by whoever advances it: plainly by the owner, by compare-exchange if the iterator is shared.
    index: AtomicI64,
    /// A bound, or the size that the source had at the start.
    pub limit: i64,
    /// A distance.
    pub step: i64,
}

// SAFETY: `repr(C)` with the header first; only `Iter::alloc` makes objects of this kind.
unsafe impl HeapType for Iter {
    const KIND: Kind = Kind::Iter;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.source);
        tracer.field(&self.extra);
    }
}

/// What an [`Iter`] is made from.
pub struct IterSpec<'h> {
    /// What it walks over.
    pub walk: Walk,
    /// The source.
    pub source: Option<Value<'h>>,
    /// The second object.
    pub extra: Option<Value<'h>>,
    /// The first position.
    pub index: i64,
    /// The bound.
    pub limit: i64,
    /// The distance.
    pub step: i64,
}

impl<'h> IterSpec<'h> {
    /// A walk over a source from position 0.
    pub fn new(walk: Walk, source: Value<'h>) -> IterSpec<'h> {
        IterSpec { walk, source: Some(source), extra: None, index: 0, limit: 0, step: 1 }
    }
}

impl Iter {
    /// An iterator of a class (`Builtin::ListIterator` and so on).
    pub fn alloc<'h>(cx: &'h Ctx, class: impl Into<Birth>, spec: IterSpec<'h>) -> &'h Iter {
        cx.alloc(class, |header| Iter {
            header: header.with_aux(spec.walk as u32),
            source: spec.source.map_or(Field::unset(), Field::new),
            extra: spec.extra.map_or(Field::unset(), Field::new),
            index: AtomicI64::new(spec.index),
            limit: spec.limit,
            step: spec.step,
        })
    }

    /// What it walks over.
    #[inline(always)]
    pub fn walk(&self) -> Walk {
        // SAFETY: `alloc` stored a `Walk`, which is `repr(u32)`.
        unsafe { std::mem::transmute::<u32, Walk>(self.header.aux()) }
    }

    /// Whether a `zip` or `map` must find its iterators to end together: by `limit`, or by the state it was given.
    pub fn is_strict(&self) -> bool {
        self.limit != 0 || self.index() != 0
    }

    /// The position.
    #[inline(always)]
    pub fn index(&self) -> i64 {
        self.index.load(Ordering::Relaxed)
    }

    /// Moves from one position to another; `false` if another thread moved it meanwhile.
    #[inline(always)]
    pub fn advance(&self, cx: &Ctx, from: i64, to: i64) -> bool {
        if self.header.domain() == cx.domain() {
            self.index.store(to, Ordering::Relaxed);
            return true;
        }
        self.index.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Moves on from a position after script code may have run; `false` if another thread was faster. If the script code moved
    /// it itself, it moves on from where that left it.
    pub(crate) fn advance_by(&self, cx: &Ctx, from: i64, step: i64) -> bool {
        if self.header.domain() == cx.domain() {
            self.index.store(self.index().saturating_add(step), Ordering::Relaxed);
            return true;
        }
        self.index.compare_exchange(from, from.saturating_add(step), Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Marks it as exhausted.
    pub fn finish(&self, cx: &Ctx) {
        self.source.clear(&self.header.write(cx));
    }
}
