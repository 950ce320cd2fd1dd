//! Weak references: they name an object without keeping it alive.
//!
//! A reference holds the bare word of its object, which the collector is not shown. While the world stands still, between
//! marking and sweeping, the references to what was not marked are emptied; so a word that is there names an object that is.
//! Callbacks are only queued then, and called at a safepoint: see `finalise.rs`.

pub mod methods;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use indexmap::IndexMap;
use parking_lot::Mutex;

use crate::barrier;
use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::{Tracer, is_marked};
use crate::object::Field;
use crate::service::Service;
use crate::shape::Birth;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::{Value, Word};

/// A weak reference or proxy.
pub struct WeakRef {
    /// The object's word; `UNSET` once it is dead. Emptied (Release) while the world stands still, read with Acquire.
    referent: AtomicU64,
    /// What is called with the reference when the object is dead.
    callback: Field,
    /// The next in the queue of those whose callbacks are due.
    next: Field,
    /// The object's hash, since somebody asked for it (Release; read with Acquire). No hash is -1.
    hash: AtomicI64,
}

impl NativeData for WeakRef {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.callback, |s| &s.next];

    fn trace_beyond(&self, tracer: &mut Tracer<'_>) {
        tracer.weak(self.word());
    }
}

impl WeakRef {
    fn word(&self) -> Word {
        Word(self.referent.load(Ordering::Acquire))
    }

    /// The object, if it is alive.
    pub fn referent<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
        // SAFETY: the collector empties the reference before the object's memory is used again, and no safepoint lies within
        // `'h`.
        (!self.word().is_unset()).then(|| unsafe { Value::from_word(self.word()) })
    }

    /// What is called when the object is dead, if it is still to be.
    pub fn callback<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        self.callback.get(cx)
    }

    /// The object's hash, if it is known.
    pub(crate) fn hash(&self) -> Option<i64> {
        Some(self.hash.load(Ordering::Acquire)).filter(|hash| *hash != -1)
    }

    /// Remembers the object's hash.
    pub(crate) fn set_hash(&self, hash: i64) {
        self.hash.store(hash, Ordering::Release);
    }
}

/// What an interpreter knows of weak references.
pub(crate) struct WeakRefs {
    /// The references to each object, by their words, the oldest first. Neither is kept alive.
    of_objects: Mutex<IndexMap<u64, Vec<u64>>>,
    /// The first of those whose callbacks are due.
    due: Field,
}

impl Default for WeakRefs {
    fn default() -> WeakRefs {
        WeakRefs { of_objects: Mutex::new(IndexMap::new()), due: Field::unset() }
    }
}

impl Service for WeakRefs {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.due);
    }

    fn forget_dead(&self) {
        let is_alive = |reference: &u64| is_alive(*reference);
        self.of_objects.lock().retain(|_, references| {
            references.retain(is_alive);
            !references.is_empty()
        });
    }
}

/// Whether what was listed was marked.
fn is_alive(word: u64) -> bool {
    // SAFETY: it was listed as an object, and is forgotten when it dies.
    unsafe { is_marked(Word(word)) }
}

impl WeakRefs {
    /// After marking, before anything dead is kept alive once more: empties the references to what is dead.
    pub(crate) fn clear_dead(&self) {
        let mut all = self.of_objects.lock();
        // Each goes to the front of the queue: at last the newest reference of the oldest object is the first.
        for (_, references) in all.iter().rev().filter(|(object, _)| !is_alive(**object)) {
            for &reference in references {
                // SAFETY: nothing was swept since it was listed or last found alive, and the world stands still.
                let value = unsafe { Value::from_word(Word(reference)) };
                let Some(state) = value.native::<WeakRef>() else { continue };
                state.referent.store(Word::UNSET.0, Ordering::Release);
                if is_alive(reference) && !state.callback.load().is_unset() {
                    state.next.store(self.due.load());
                    self.due.store(value.word());
                }
            }
        }
        all.retain(|object, _| is_alive(*object));
    }

    /// Whether callbacks are due.
    pub(crate) fn is_due(&self) -> bool {
        !self.due.load().is_unset()
    }

    /// Takes the first whose callback is due: the reference, and the callback, which is its no longer.
    pub(crate) fn take_due<'h>(&self, cx: &'h Ctx) -> Option<(Value<'h>, Value<'h>)> {
        let _alone = self.of_objects.lock();
        let reference = self.due.get(cx)?;
        let state = reference.native::<WeakRef>()?;
        let callback = state.callback.get_or_none(cx);
        self.due.store(state.next.load());
        state.next.store(Word::UNSET);
        state.callback.store(Word::UNSET);
        Some((reference, callback))
    }
}

/// A new reference to an object of which references can be made.
pub(crate) fn make<'h>(cx: &'h Ctx, birth: Birth, object: Value<'h>, callback: Option<Value<'h>>) -> Value<'h> {
    let callback = callback.map_or(Field::unset(), |callback| Field::of(cx.root(callback)));
    let referent = AtomicU64::new(object.word().0);
    let made = Native::alloc(cx, birth, WeakRef { referent, callback, next: Field::unset(), hash: AtomicI64::new(-1) });
    if object.header().is_some_and(|header| header.is_shared()) {
        barrier::publish(cx, made);
    }
    cx.interp().weak_refs().of_objects.lock().entry(object.word().0).or_default().push(made.word().0);
    made
}

/// An ordinary reference to an object, without a callback: the one that there is, or a new one.
pub fn plain<'h>(cx: &'h Ctx, object: Value<'h>) -> Value<'h> {
    let ordinary = |value: &Value<'_>| {
        cx.class_of(*value).is(Builtin::WeakReference)
            && value.native::<WeakRef>().is_some_and(|state| state.callback(cx).is_none())
    };
    let found = references(cx, object).into_iter().find(ordinary);
    found.unwrap_or_else(|| make(cx, Builtin::WeakReference.into(), object, None))
}

/// The references to an object that this thread may use, the newest first as CPython lists them, but for one without callback,
/// which comes first.
pub(crate) fn references<'h>(cx: &'h Ctx, object: Value<'h>) -> Vec<Value<'h>> {
    let words = cx.interp().weak_refs().of_objects.lock().get(&object.word().0).cloned().unwrap_or_default();
    // SAFETY: the collector forgets a reference before its memory is used again.
    let values = words.into_iter().rev().map(|word| unsafe { Value::from_word(Word(word)) });
    let usable =
        |value: &Value<'_>| value.header().is_some_and(|header| header.is_shared() || header.domain() == cx.domain());
    let mut usable: Vec<_> = values.filter(usable).collect();
    usable.sort_by_key(|value| value.native::<WeakRef>().is_none_or(|state| state.callback(cx).is_some()));
    usable
}
