//! Where classes, functions and modules were made.
//!
//! An interpreter numbers what it sends; whoever receives it remembers the number beside its copy. So a copy that comes home
//! is recognised, and one that arrives again is not made twice.
//!
//! Neither keeps an object alive: one that nothing else refers to is forgotten when it is collected, for nobody is left who
//! could tell a new copy from it. Only an answer to a call names an object by its mere id, so while there may be one, what is
//! known is kept ([`super::super::Workers::may_answer`]).

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use parking_lot::Mutex;

use super::wire::{Read, Reader, Writer};
use crate::barrier;
use crate::ctx::Ctx;
use crate::heap::{Tracer, is_marked};
use crate::value::{Value, Word};

/// The interpreter in which an object was made, and the number it gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HomeId {
    pub interpreter: u64,
    pub number: u64,
}

impl HomeId {
    pub(super) fn write(self, out: &mut Writer) {
        out.number(self.interpreter);
        out.number(self.number);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Read<HomeId> {
        Ok(HomeId { interpreter: from.number()?, number: from.number()? })
    }
}

#[derive(Default)]
struct Known {
    ids: HashMap<u64, HomeId>,
    objects: HashMap<HomeId, Word>,
    /// The number of the next object.
    next: u64,
}

/// What an interpreter has sent and received.
pub struct Homes {
    id: u64,
    known: Mutex<Known>,
}

impl Default for Homes {
    fn default() -> Self {
        Self::new()
    }
}

impl Homes {
    fn new() -> Homes {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u32(std::process::id());
        Homes { id: hasher.finish(), known: Mutex::default() }
    }

    /// The interpreter's own id.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The id of an object, which is given one if it has none.
    pub(super) fn id_of(&self, cx: &Ctx, value: Value<'_>) -> HomeId {
        let mut known = self.known.lock();
        if let Some(id) = known.ids.get(&value.word().0) {
            return *id;
        }
        let id = HomeId { interpreter: self.id, number: known.next };
        known.next += 1;
        known.ids.insert(value.word().0, id);
        known.objects.insert(id, value.word());
        drop(known);
        self.publish(cx, Some(value));
        id
    }

    /// Whatever is known can turn up in any thread, by way of a message: where threads share objects, it is shared.
    pub(super) fn publish(&self, cx: &Ctx, value: Option<Value<'_>>) {
        if let Some(value) = value.filter(|_| cx.interp().lock.has_own_domains()) {
            barrier::publish(cx, value);
        }
    }

    /// The object of an id, if it is here.
    pub(super) fn find<'h>(&self, _cx: &'h Ctx, id: HomeId) -> Option<Value<'h>> {
        // SAFETY: a dead object is forgotten before its memory is used again.
        self.known.lock().objects.get(&id).map(|word| unsafe { Value::from_word(*word) })
    }

    /// Remembers the copy of an object that was made elsewhere.
    pub(super) fn remember(&self, id: HomeId, value: Value<'_>) {
        let mut known = self.known.lock();
        known.ids.insert(value.word().0, id);
        known.objects.insert(id, value.word());
    }

    /// Whether an object has crossed, in either direction.
    pub(super) fn knows(&self, value: Value<'_>) -> bool {
        self.known.lock().ids.contains_key(&value.word().0)
    }

    /// Whether an object that has crossed was made here.
    pub(super) fn is_own(&self, value: Value<'_>) -> bool {
        self.known.lock().ids.get(&value.word().0).is_some_and(|id| id.interpreter == self.id)
    }

    /// How many objects are known.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.known.lock().objects.len()
    }

    /// Forgets what marking did not reach.
    pub(crate) fn forget_dead(&self) {
        let Known { ids, objects, .. } = &mut *self.known.lock();
        // SAFETY: the collector asks between marking and sweeping; what is listed was alive at the last collection, or is newer.
        let alive = |word: Word| unsafe { is_marked(word) };
        objects.retain(|_, word| alive(*word));
        ids.retain(|word, _| alive(Word(*word)));
    }

    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for word in self.known.lock().objects.values() {
            tracer.word(*word);
        }
    }
}
