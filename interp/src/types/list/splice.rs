//! Changes of several elements of a list at once: they cost what they change and what has to move along, never the whole list.
//!
//! A list of one thread moves its elements as memory. One that threads share follows `lock/slot.rs`: who holds the list's
//! lock may store over elements in use, but those that move are taken out first, so that a store from elsewhere either moves
//! along or finds an empty slot and waits for the lock.

use super::List;
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::object::WriteGuard;
use crate::types::slice::Indices;
use crate::value::{Value, Word};

impl List {
    /// Changes the elements as a whole, atomically for other threads: `change` edits a copy, which replaces the contents.
    pub fn rebuild<'h, R>(&'h self, cx: &'h Ctx, change: impl FnOnce(&mut Vec<Value<'h>>) -> R) -> R {
        self.rebuild_tail(cx, &self.header.write(cx), 0, change)
    }

    /// The same for the elements from `start` on.
    fn rebuild_tail<'h, R>(
        &'h self,
        cx: &'h Ctx,
        guard: &WriteGuard<'_>,
        start: usize,
        change: impl FnOnce(&mut Vec<Value<'h>>) -> R,
    ) -> R {
        // Room for the elements and for new storage, before any slot is taken out of use.
        memory::expect(2 * size_of_val(self.used(cx, start, usize::MAX)));
        let mut tail = self.take_tail(cx, guard, start);
        let result = memory::attempt(|| change(&mut tail)).unwrap_or_else(|_| {
            // It asked for more before it changed anything.
            self.used(cx, start, usize::MAX).iter().zip(&tail).for_each(|(slot, &value)| guard.set(slot, value));
            memory::refuse()
        });
        let storage = self.storage_for(cx, guard, start + tail.len());
        storage.set_len(guard, start + tail.len());
        for (slot, value) in storage.slots()[start..].iter().zip(tail) {
            guard.set(slot, value);
        }
        result
    }

    /// Takes the slots from `start` on out of use; what they held.
    pub(super) fn take_tail<'h>(&'h self, cx: &'h Ctx, guard: &WriteGuard<'_>, start: usize) -> Vec<Value<'h>> {
        let words = self.used(cx, start, usize::MAX).iter().map(|slot| slot.take(guard));
        // SAFETY: the slots were in use, and no safepoint is reached during `'h`.
        words.map(|word| unsafe { Value::from_word(word) }).collect()
    }

    /// Puts `new` in the place of `count` elements from `start` on, all of which exist.
    fn splice<'h>(&'h self, cx: &'h Ctx, guard: &WriteGuard<'_>, start: usize, count: usize, new: &[Value<'h>]) {
        let len = self.len(cx);
        if new.len() == count {
            self.used(cx, start, start + count).iter().zip(new).for_each(|(slot, &value)| guard.set(slot, value));
            return;
        }
        if guard.is_shared() {
            memory::expect(size_of_val(new));
            self.rebuild_tail(cx, guard, start, |tail| {
                memory::reserve(tail, new.len());
                drop(tail.splice(..count, new.iter().copied()));
            });
            return;
        }
        let moved = len - start - count;
        let new_len = start + new.len() + moved;
        let storage = self.storage_for(cx, guard, new_len);
        storage.shift(guard, start + count, start + new.len(), moved);
        storage.slots()[start..].iter().zip(new).for_each(|(slot, &value)| guard.set(slot, value));
        if new_len < len {
            storage.slots()[new_len..len].iter().for_each(|slot| slot.clear(guard));
        }
        storage.set_len(guard, new_len);
    }

    /// Inserts before `index`, or at the end if the list is shorter.
    pub fn insert<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) {
        let guard = self.header.write(cx);
        self.splice(cx, &guard, index.min(self.len(cx)), 0, &[value]);
    }

    /// Removes and returns the element at `index`; `None` beyond the end.
    pub fn remove<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        let guard = self.header.write(cx);
        let word = self.used(cx, index, index + 1).first()?.take(&guard);
        self.splice(cx, &guard, index, 1, &[]);
        // SAFETY: the slot was in use, and no safepoint is reached during `'h`.
        Some(unsafe { Value::from_word(word) })
    }

    /// Removes the element at `index` if it is still `expected`; whether it was.
    pub fn remove_exactly<'h>(&'h self, cx: &'h Ctx, index: usize, expected: Value<'h>) -> bool {
        let guard = self.header.write(cx);
        let slot = self.used(cx, index, index + 1).first();
        let same = slot.is_some_and(|slot| slot.compare_exchange(expected.word(), Word::UNSET));
        if same {
            self.splice(cx, &guard, index, 1, &[]);
        }
        same
    }

    /// Removes the first element that `matches`, which takes no object's lock and says `None` if it cannot tell; whether there
    /// was one. No element moves meanwhile, but one may be replaced, and then counts as what it is in the end.
    pub fn remove_first<'h>(&'h self, cx: &'h Ctx, matches: impl Fn(Value<'h>) -> Option<bool>) -> Option<bool> {
        let guard = self.header.write(cx);
        let mut index = 0;
        while let Some(element) = self.get(cx, index) {
            if !matches(element)? {
                index += 1;
            } else if self.used(cx, index, index + 1).first()?.compare_exchange(element.word(), Word::UNSET) {
                self.splice(cx, &guard, index, 1, &[]);
                return Some(true);
            }
        }
        Some(false)
    }

    /// Puts `new` in the place of the elements that `select` picks, which is told how many there are. If they are not
    /// neighbours, `new` has as many.
    pub fn replace_selected<'h>(
        &'h self,
        cx: &'h Ctx,
        select: impl FnOnce(usize) -> Res<Indices>,
        new: &[Value<'h>],
    ) -> Res<()> {
        let guard = self.header.write(cx);
        let indices = select(self.len(cx))?;
        if indices.step == 1 {
            self.splice(cx, &guard, indices.start as usize, indices.count, new);
        } else if let Some(storage) = self.storage(cx) {
            indices.iter().zip(new).for_each(|(index, &value)| guard.set(&storage.slots()[index], value));
        }
        Ok(())
    }

    /// Removes the elements that `select` picks, which is told how many there are.
    pub fn remove_selected(&self, cx: &Ctx, select: impl FnOnce(usize) -> Res<Indices>) -> Res<()> {
        let guard = self.header.write(cx);
        let indices = select(self.len(cx))?;
        if indices.step == 1 {
            self.splice(cx, &guard, indices.start as usize, indices.count, &[]);
        } else if let (Some(first), Some(last)) = (indices.iter().min(), indices.iter().max()) {
            let step = indices.step.unsigned_abs() as usize;
            self.rebuild_tail(cx, &guard, first, |tail| {
                let mut index = 0;
                tail.retain(|_| {
                    let keep = index > last - first || !index.is_multiple_of(step);
                    index += 1;
                    keep
                });
            });
        }
        Ok(())
    }
}
