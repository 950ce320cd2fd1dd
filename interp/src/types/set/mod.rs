//! Sets and frozensets: a pointer to a table of elements.

pub mod methods;
pub mod table;

use table::SetTable;

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::memory;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::dict::Ask;
use crate::types::dict::key::Judge;
use crate::types::dict::table::Found;
use crate::value::Value;

/// A set or frozenset; the class tells which.
#[repr(C)]
pub struct Set {
    header: Header,
    /// The table; unset while the set has never held anything.
    table: Field,
}

// SAFETY: `repr(C)` with the header first; only `Set::alloc` makes objects of this kind.
unsafe impl HeapType for Set {
    const KIND: Kind = Kind::Set;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.table);
    }
}

impl Set {
    /// An empty set of this class: `Builtin::Set`, `Builtin::FrozenSet` or a subclass.
    pub fn alloc(cx: &Ctx, birth: impl Into<Birth>) -> &Set {
        cx.alloc(birth, |header| Set { header, table: Field::unset() })
    }

    /// The table, if there ever was an element.
    pub fn table<'h>(&'h self, cx: &'h Ctx) -> Option<&'h SetTable> {
        self.table.get(cx)?.cast::<SetTable>()
    }

    /// How many elements there are.
    pub fn len(&self, cx: &Ctx) -> usize {
        self.table(cx).map_or(0, SetTable::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self, cx: &Ctx) -> bool {
        self.len(cx) == 0
    }

    /// The elements.
    pub fn iter<'h>(&'h self, cx: &'h Ctx) -> impl Iterator<Item = Value<'h>> {
        self.table(cx).into_iter().flat_map(move |table| table.iter(cx))
    }

    /// Whether the set holds a key. `judge` tells keys apart.
    pub fn contains_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        judge: &Judge<'_>,
    ) -> Result<bool, Ask> {
        match self.table(cx).map(|table| table.find(cx, key, hash, judge)) {
            None | Some(Found::Missing) => Ok(false),
            Some(Found::Entry(_)) => Ok(true),
            Some(Found::Ask(_)) => Err(Ask),
        }
    }

    /// Adds an element; whether it is new. `judge` tells keys apart.
    pub fn add_hashed<'h>(&'h self, cx: &'h Ctx, key: Value<'h>, hash: i64, judge: &Judge<'_>) -> Result<bool, Ask> {
        let guard = self.header.write(cx);
        let table = match self.table(cx) {
            Some(table) => table,
            None => {
                let new = SetTable::alloc(cx, 4);
                guard.set(&self.table, Value::of(new));
                new
            }
        };
        let grown = |used: usize| if used > 50_000 { used * 2 } else { used * 4 };
        match table.find(cx, key, hash, judge) {
            Found::Entry(_) => return Ok(false),
            Found::Ask(_) => return Err(Ask),
            Found::Missing => {
                // A table grows behind the element, as in CPython, for the order's sake; but it is asked first whether it can.
                if !table.is_roomy_for(1) {
                    memory::expect(SetTable::size_of(grown(table.len() + 1)));
                }
                table.insert(&guard, key, hash);
            }
        }
        if table.is_crowded() {
            let new = table.rebuilt(cx, &guard, grown(table.len()));
            guard.set(&self.table, Value::of(new));
        }
        Ok(true)
    }

    /// Removes an element; whether it was there. `judge` tells keys apart.
    pub fn remove_hashed<'h>(&'h self, cx: &'h Ctx, key: Value<'h>, hash: i64, judge: &Judge<'_>) -> Result<bool, Ask> {
        let guard = self.header.write(cx);
        let Some(table) = self.table(cx) else { return Ok(false) };
        match table.find(cx, key, hash, judge) {
            Found::Missing => Ok(false),
            Found::Ask(_) => Err(Ask),
            Found::Entry(place) => {
                table.remove(&guard, place);
                Ok(true)
            }
        }
    }

    /// Removes and returns an element: the next in the order of places.
    pub fn pop<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        let guard = self.header.write(cx);
        let table = self.table(cx)?;
        let (place, value) = table.next_to_pop(cx, &guard)?;
        table.remove(&guard, place);
        Some(value)
    }

    /// Removes everything.
    pub fn clear(&self, cx: &Ctx) {
        let guard = self.header.write(cx);
        self.table.clear(&guard);
    }

    /// Makes room for `more` elements, as CPython does before it adds a whole set.
    pub(crate) fn reserve(&self, cx: &Ctx, more: usize) {
        let guard = self.header.write(cx);
        let new = match self.table(cx) {
            Some(table) if table.is_roomy_for(more) => return,
            Some(table) => table.rebuilt(cx, &guard, (table.len() + more) * 2),
            None if more * 5 < 7 * 3 => return,
            None => SetTable::alloc(cx, more * 2),
        };
        guard.set(&self.table, Value::of(new));
    }

    /// Adds the elements of another set to this one, which is empty and which nothing else refers to.
    pub(crate) fn copy_from<'h>(&'h self, cx: &'h Ctx, other: &'h Set) {
        let Some(table) = other.table(cx) else { return };
        self.reserve(cx, table.len());
        let guard = self.header.write(cx);
        let own = self.table(cx).unwrap_or_else(|| {
            let new = SetTable::alloc(cx, 4);
            guard.set(&self.table, Value::of(new));
            new
        });
        if own.copy_places(cx, &guard, table) {
            return;
        }
        for place in 0..table.size() {
            if own.is_crowded() {
                // Another thread adds elements meanwhile; they came after the copy.
                break;
            }
            if let Some((key, hash)) = table.hashed_at(cx, place) {
                own.insert(&guard, key, hash);
            }
        }
    }

    /// Takes over the table of a set that nothing else refers to.
    pub fn take_from<'h>(&'h self, cx: &'h Ctx, other: &'h Set) {
        let guard = self.header.write(cx);
        match other.table.get(cx) {
            Some(table) => guard.set(&self.table, table),
            None => self.table.clear(&guard),
        }
    }
}
