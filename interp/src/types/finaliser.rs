//! Objects whose classes have a `__del__`, which is called once when an object is dead, or when the program ends.
//!
//! An object is listed when it is made. What is found dead is kept alive once more, so that its `__del__` can see it and all
//! it refers to; weak references to it are empty by then.

use argil_lock::FINALISE;
use parking_lot::Mutex;

use crate::collect::stop_world;
use crate::ctx::Ctx;
use crate::heap::{Tracer, is_marked};
use crate::names::Name;
use crate::service::Service;
use crate::types::class::Class;
use crate::value::{Value, Word};

/// What an interpreter knows of such objects.
#[derive(Default)]
pub(crate) struct Finalisers {
    objects: Mutex<Objects>,
}

#[derive(Default)]
struct Objects {
    /// The words of those that are alive as far as is known, the oldest first. Not kept alive.
    listed: Vec<u64>,
    /// The words of those whose `__del__` is due, the oldest last.
    due: Vec<u64>,
}

impl Service for Finalisers {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.objects.lock().due.iter().for_each(|word| tracer.word(Word(*word)));
    }
}

impl Finalisers {
    /// Lists a new object of a class that is finalised, if it has a `__del__`.
    #[cold]
    pub(crate) fn note_object<'h>(&self, cx: &'h Ctx, class: &'h Class, object: Value<'h>) {
        if class.special(cx, Name::__del__).is_some() {
            self.objects.lock().listed.push(object.word().0);
        }
    }

    /// After marking: what was not marked is due, and the tracer is shown it.
    pub(crate) fn revive(&self, tracer: &mut Tracer<'_>) {
        let Objects { listed, due } = &mut *self.objects.lock();
        // SAFETY: what is listed was listed as an object, and becomes due, so that it stays, when it dies.
        let is_dead = |word: u64| unsafe { !is_marked(Word(word)) };
        let dead = listed.iter().filter(|word| is_dead(**word)).count();
        if dead == 0 {
            return;
        }
        if due.try_reserve(dead).is_ok() {
            due.splice(0..0, listed.iter().rev().copied().filter(|word| is_dead(*word)));
            listed.retain(|word| !is_dead(*word));
            due.iter().for_each(|word| tracer.word(Word(*word)));
        } else {
            // Memory is short: they stay as they are until the next collection.
            listed.iter().for_each(|word| tracer.word(Word(*word)));
        }
    }

    /// Whether any `__del__` is due.
    pub(crate) fn is_due(&self) -> bool {
        !self.objects.lock().due.is_empty()
    }

    /// Takes the oldest object whose `__del__` is due.
    pub(crate) fn take_due<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
        let word = self.objects.lock().due.pop()?;
        // SAFETY: what is due is kept alive.
        Some(unsafe { Value::from_word(Word(word)) })
    }
}

/// At the end of a program: every `__del__` that was not yet called is due.
pub(crate) fn all_are_due(cx: &mut Ctx) {
    stop_world(cx, |cx, threads| {
        let finalisers = cx.interp().finalisers();
        {
            let Objects { listed, due } = &mut *finalisers.objects.lock();
            due.splice(0..0, listed.drain(..).rev());
        }
        publish_due(cx, threads, finalisers);
    });
    cx.poll.request(FINALISE);
}

/// While the threads stand still: whichever of them comes first may call what is due.
pub(crate) fn publish_due(cx: &Ctx, threads: &[&Ctx], due: &impl Service) {
    if cx.interp().lock.has_own_domains() && threads.len() > 1 {
        let mut tracer = Tracer::publishing();
        due.trace(&mut tracer);
        tracer.run();
    }
}
