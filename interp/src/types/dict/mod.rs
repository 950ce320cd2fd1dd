//! Dicts: a pointer to a table of entries.
//!
//! What can be decided without running script code is here, under a shared borrow of the context. A key with an `__eq__` or
//! `__hash__` of its own makes these answer [`Ask`]; `ops/mapping.rs` then asks, and tries again.

pub mod key;
pub mod methods;
pub mod table;
pub mod views;

use key::{Judge, NAMES, hash_of_name};
use table::{Found, Table, cell_for};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::cell::Global;
use crate::value::Value;

/// The answer needs the key's own `__hash__` or `__eq__`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask;

/// A dict.
#[repr(C)]
pub struct Dict {
    header: Header,
    /// The table; unset while the dict has never held anything.
    table: Field,
}

// SAFETY: `repr(C)` with the header first; only `Dict::alloc` and `Dict::name_space` make objects of this kind.
unsafe impl HeapType for Dict {
    const KIND: Kind = Kind::Dict;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.table);
    }
}

impl Dict {
    /// An empty dict.
    pub fn alloc(cx: &Ctx) -> &Dict {
        Dict::build(cx, Builtin::Dict.into())
    }

    /// An empty dict of a given class.
    pub fn build(cx: &Ctx, birth: Birth) -> &Dict {
        cx.alloc(birth, |header| Dict { header, table: Field::unset() })
    }

    /// An empty name space: its values live in [`Global`] cells that inline caches may hold on to.
    pub fn name_space(cx: &Ctx) -> &Dict {
        let dict = Dict::alloc(cx);
        dict.header.write(cx).set(&dict.table, Value::of(Table::alloc(cx, 8, true)));
        dict
    }

    /// Becomes a name space, for code whose global names are to be its entries.
    pub fn become_name_space(&self, cx: &Ctx) {
        let guard = self.header.write(cx);
        let table = match self.table(cx) {
            Some(table) if table.has_cells() => return,
            Some(table) => table.with_cells(cx, &guard),
            None => Table::alloc(cx, 8, true),
        };
        guard.set(&self.table, Value::of(table));
    }

    /// The table, if there ever was an entry.
    #[inline(always)]
    pub fn table<'h>(&'h self, cx: &'h Ctx) -> Option<&'h Table> {
        self.table.get(cx)?.cast::<Table>()
    }

    /// How many entries there are.
    pub fn len(&self, cx: &Ctx) -> usize {
        match self.table(cx) {
            Some(table) if table.has_cells() => table.iter(cx).count(),
            Some(table) => table.live(),
            None => 0,
        }
    }

    /// Whether there is no entry.
    pub fn is_empty(&self, cx: &Ctx) -> bool {
        self.len(cx) == 0
    }

    /// The entries, in order of insertion.
    pub fn iter<'h>(&'h self, cx: &'h Ctx) -> impl Iterator<Item = (Value<'h>, Value<'h>)> {
        self.table(cx).into_iter().flat_map(move |table| table.iter(cx))
    }

    /// Looks a key up whose hash is known; `judge` tells keys apart.
    #[inline]
    pub fn get_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        judge: &Judge<'_>,
    ) -> Result<Option<Value<'h>>, Ask> {
        loop {
            let Some(table) = self.table(cx) else { return Ok(None) };
            match table.find(cx, key, hash, judge) {
                Found::Missing => return Ok(None),
                Found::Ask(_) => return Err(Ask),
                Found::Entry(number) => match table.value(cx, number) {
                    Some(value) => return Ok(Some(value)),
                    // Deleted, or deleted and inserted again further on: the index then names the new entry.
                    None if table.find(cx, key, hash, judge) == Found::Entry(number) => return Ok(None),
                    None => {}
                },
            }
        }
    }

    /// Looks an interned name up.
    #[inline]
    pub fn get_name<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Option<Value<'h>> {
        self.get_hashed(cx, name, hash_of_name(name), &NAMES).unwrap_or(None)
    }

    /// Binds a key whose hash is known; `judge` tells keys apart.
    pub fn set_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        value: Value<'h>,
        judge: &Judge<'_>,
    ) -> Result<(), Ask> {
        loop {
            if let Some(table) = self.table(cx) {
                match table.find(cx, key, hash, judge) {
                    Found::Ask(_) => return Err(Ask),
                    Found::Entry(number) if self.store(cx, table, number, value) => return Ok(()),
                    _ => {}
                }
            }
            if self.insert_missing(cx, key, hash, value, judge)? {
                return Ok(());
            }
        }
    }

    /// The value of a key, bound to `default` first if it was missing; `judge` tells keys apart.
    pub fn set_default_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        default: Value<'h>,
        judge: &Judge<'_>,
    ) -> Result<Value<'h>, Ask> {
        loop {
            if let Some(value) = self.get_hashed(cx, key, hash, judge)? {
                return Ok(value);
            }
            if self.table(cx).is_some_and(Table::has_cells) {
                self.set_hashed(cx, key, hash, default, judge)?;
            } else if self.insert_missing(cx, key, hash, default, judge)? {
                return Ok(default);
            }
        }
    }

    /// Adds an entry for a key that a search has just missed; `false` if another thread has inserted it since.
    fn insert_missing<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        value: Value<'h>,
        judge: &Judge<'_>,
    ) -> Result<bool, Ask> {
        let guard = self.header.write(cx);
        let mut table = self.table(cx);
        if let Some(table) = table.filter(|_| guard.is_shared()) {
            match table.find(cx, key, hash, judge) {
                Found::Ask(_) => return Err(Ask),
                Found::Entry(number) if table.raw_value(cx, number).is_some() => return Ok(false),
                _ => {}
            }
        }
        if !table.is_some_and(Table::has_room) {
            let new = match table {
                Some(old) => old.rebuilt(cx, &guard, old.live() * 2 + 4),
                None => Table::alloc(cx, 5, false),
            };
            guard.set(&self.table, Value::of(new));
            table = Some(new);
        }
        if let Some(table) = table {
            let value = if table.has_cells() { cell_for(cx, value) } else { value };
            table.insert(&guard, key, hash, value);
        }
        Ok(true)
    }

    /// Takes over the entries of another dict, if this one never held anything; whether it did.
    pub fn copy_from<'h>(&'h self, cx: &'h Ctx, other: &'h Dict) -> bool {
        let guard = self.header.write(cx);
        if self.table(cx).is_some() {
            return false;
        }
        if let Some(table) = other.table(cx) {
            guard.set(&self.table, Value::of(table.copied(cx, &guard)));
        }
        true
    }

    /// Binds an interned name.
    pub fn set_name<'h>(&'h self, cx: &'h Ctx, name: Value<'h>, value: Value<'h>) {
        // Strings are told apart without script code.
        let done = self.set_hashed(cx, name, hash_of_name(name), value, &NAMES);
        debug_assert!(done.is_ok());
    }

    fn store<'h>(&'h self, cx: &'h Ctx, table: &'h Table, number: usize, value: Value<'h>) -> bool {
        if table.has_cells()
            && let Some(cell) = table.raw_value(cx, number).and_then(Value::cast::<Global>)
        {
            // A cell is offered only to a name that had none; one that another thread made first stays.
            if value.cast::<Global>().is_none() {
                cell.value.set_in(cx, cell.header(), value);
            }
            return true;
        }
        table.store_value(cx, &self.header, number, value, || self.table(cx).unwrap_or(table))
    }

    /// Removes a key whose hash is known; `judge` tells keys apart.
    pub fn remove_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        judge: &Judge<'_>,
    ) -> Result<Option<Value<'h>>, Ask> {
        let guard = self.header.write(cx);
        let Some(table) = self.table(cx) else { return Ok(None) };
        match table.find(cx, key, hash, judge) {
            Found::Missing => Ok(None),
            Found::Ask(_) => Err(Ask),
            Found::Entry(number) => Ok(self.remove_entry(cx, &guard, table, number)),
        }
    }

    /// Makes the entry of a key whose hash is known the last or the first; whether there is one.
    pub fn move_hashed<'h>(
        &'h self,
        cx: &'h Ctx,
        key: Value<'h>,
        hash: i64,
        to_end: bool,
        judge: &Judge<'_>,
    ) -> Result<bool, Ask> {
        let guard = self.header.write(cx);
        let Some(table) = self.table(cx) else { return Ok(false) };
        match table.find(cx, key, hash, judge) {
            Found::Missing => Ok(false),
            Found::Ask(_) => Err(Ask),
            Found::Entry(number) => {
                let moved = table.moved(cx, &guard, number, to_end);
                if let Some(table) = moved {
                    guard.set(&self.table, Value::of(table));
                }
                Ok(moved.is_some())
            }
        }
    }

    fn remove_entry<'h>(
        &self,
        cx: &'h Ctx,
        guard: &crate::object::WriteGuard<'_>,
        table: &'h Table,
        number: usize,
    ) -> Option<Value<'h>> {
        if table.has_cells()
            && let Some(cell) = table.raw_value(cx, number).and_then(Value::cast::<Global>)
        {
            let value = cell.value.get(cx)?;
            cell.value.clear(&cell.header().write(cx));
            return Some(value);
        }
        table.remove(cx, guard, number)
    }

    /// Removes and returns the last entry.
    pub fn pop_last<'h>(&'h self, cx: &'h Ctx) -> Option<(Value<'h>, Value<'h>)> {
        let guard = self.header.write(cx);
        let table = self.table(cx)?;
        table.bounds().rev().find_map(|number| {
            let key = table.key(cx, number)?;
            Some((key, self.remove_entry(cx, &guard, table, number)?))
        })
    }

    /// Removes and returns the first entry.
    pub fn pop_first<'h>(&'h self, cx: &'h Ctx) -> Option<(Value<'h>, Value<'h>)> {
        let guard = self.header.write(cx);
        let table = self.table(cx)?;
        table.bounds().find_map(|number| {
            let key = table.key(cx, number)?;
            Some((key, self.remove_entry(cx, &guard, table, number)?))
        })
    }

    /// Removes everything.
    pub fn clear(&self, cx: &Ctx) {
        let cells = self.table(cx).is_some_and(Table::has_cells);
        if cells {
            while self.pop_last(cx).is_some() {}
            return;
        }
        let guard = self.header.write(cx);
        self.table.clear(&guard);
    }

    /// The cell of a name in a name space, made if it is missing (then it holds nothing).
    pub fn cell<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> &'h Global {
        let find = || {
            let table = self.table(cx)?;
            match table.find(cx, name, hash_of_name(name), &NAMES) {
                Found::Entry(number) => table.raw_value(cx, number)?.cast::<Global>(),
                _ => None,
            }
        };
        loop {
            if let Some(cell) = find() {
                return cell;
            }
            let cell = Global::alloc(cx);
            self.set_name(cx, name, Value::of(cell));
        }
    }

    /// The cell of a name in a name space, if the name was ever bound or asked for.
    pub fn existing_cell<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Option<&'h Global> {
        let table = self.table(cx)?;
        match table.find(cx, name, hash_of_name(name), &NAMES) {
            Found::Entry(number) => table.raw_value(cx, number)?.cast::<Global>(),
            _ => None,
        }
    }
}
