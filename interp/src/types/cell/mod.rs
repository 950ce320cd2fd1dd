//! Cells: one variable each, on the heap.

pub mod methods;

use std::sync::atomic::{AtomicU32, Ordering};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::Value;

/// A variable that a closure shares with the function around it.
#[repr(C)]
pub struct Cell {
    header: Header,
    /// What the variable holds.
    pub value: Field,
}

// SAFETY: `repr(C)` with the header first; only `Cell::alloc` makes objects of this kind.
unsafe impl HeapType for Cell {
    const KIND: Kind = Kind::Cell;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.value);
    }
}

impl Cell {
    /// A cell that holds nothing.
    pub fn alloc(cx: &Ctx) -> &Cell {
        cx.alloc(Builtin::Cell, |header| Cell { header, value: Field::unset() })
    }
}

/// A name of a module or class: its value, and where to look when it has none.
///
/// A name space hands out one of these for a name, once and for good, so an inline cache may hold on to it: assigning and
/// deleting change the cell, never which cell it is. A module's cell falls back to the built-in of the same name.
#[repr(C)]
pub struct Global {
    header: Header,
    /// What the name is bound to.
    pub value: Field,
    /// The cell of the same name among the built-ins, for a name that a module has been asked for.
    pub fallback: Field,
    /// Its index among the interpreter's cached cells, plus one; 0 while no inline cache needed it. Compare-exchanged once
    /// (Release) and then constant (Acquire).
    record: AtomicU32,
}

// SAFETY: `repr(C)` with the header first; only `Global::alloc` makes objects of this kind.
unsafe impl HeapType for Global {
    const KIND: Kind = Kind::Global;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.value);
        tracer.field(&self.fallback);
    }
}

impl Global {
    /// A cell without a value.
    pub fn alloc(cx: &Ctx) -> &Global {
        cx.alloc_with(0, Birth::INTERNAL, |header| Global {
            header,
            value: Field::unset(),
            fallback: Field::unset(),
            record: AtomicU32::new(0),
        })
    }

    /// The index by which inline caches name this cell.
    pub(crate) fn record(&self, cx: &Ctx) -> usize {
        let known = self.record.load(Ordering::Acquire);
        if known != 0 {
            return known as usize - 1;
        }
        let index = cx.interp().cached_cells.push(Value::of(self).word());
        match self.record.compare_exchange(0, index as u32 + 1, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => index,
            Err(other) => other as usize - 1,
        }
    }

    /// The value, or that of the fallback.
    #[inline(always)]
    pub fn resolve<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        match self.value.get(cx) {
            Some(value) => Some(value),
            None => self.fallback.get(cx)?.cast::<Global>()?.value.get(cx),
        }
    }
}
