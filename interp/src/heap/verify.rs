//! Checking the heap: what must hold when marking is finished, looked at under `ARGIL_STRESS=gc`.
//!
//! - Mark bits stand only where a cell begins, and the cell holds an object.
//! - What a marked object or a root refers to lies in a block of the heap and is marked.
//! - A `SHARED` object refers to no object of a thread's own that could be written, and an object of a thread's own to none
//!   of another thread's. The same holds for what a thread's stack refers to.
//! - The frame of a running generator belongs to the thread that runs it, as that thread's stack does, also if the generator
//!   is `SHARED`: nobody else touches the frame until the generator suspends, and what it refers to is published then.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use argil_lock::domain::{COPIED, SHARED};
use foldhash::fast::FixedState;

use super::block::Block;
use super::mark::{Tracer, trace_object};
use crate::ctx::Ctx;
use crate::object::{Header, HeapType, Kind};
use crate::types::generator::Generator;
use crate::value::Word;

/// Who refers to what is being looked at.
#[derive(Clone, Copy, Debug)]
enum Holder {
    /// The interpreter's own tables.
    Interpreter,
    /// The stack of the thread of this domain.
    Thread(u32),
    Object(*const Header),
}

/// One look at the whole heap.
pub(super) struct Verifier {
    blocks: HashSet<*mut Block, FixedState>,
    holder: Cell<Holder>,
    /// The running generators, each with the domain of the thread that runs it.
    running: RefCell<HashMap<*const Header, u32, FixedState>>,
    /// What was found wrong first.
    fault: RefCell<Option<String>>,
}

impl Verifier {
    pub(super) fn new(blocks: impl Iterator<Item = *mut Block>) -> Verifier {
        Verifier {
            blocks: blocks.collect(),
            holder: Cell::new(Holder::Interpreter),
            running: RefCell::default(),
            fault: RefCell::new(None),
        }
    }

    /// Looks at what the roots refer to and at every marked object.
    ///
    /// # Errors
    /// Says what does not hold.
    ///
    /// # Safety
    /// The blocks must be live, the world stopped, and marking from the same roots finished.
    pub(super) unsafe fn look(&self, roots: impl FnOnce(&mut Tracer<'_>)) -> Result<(), String> {
        let mut tracer = Tracer::verifying(self);
        roots(&mut tracer);
        for &block in &self.blocks {
            // SAFETY: the caller's promise.
            for object in unsafe { (*block).marked() } {
                self.holder.set(Holder::Object(object));
                // SAFETY: a marked cell of a live block; whether it holds an object is asked first.
                unsafe {
                    if !(*block).is_cell(object as usize) || (*object).kind() == Kind::Free {
                        self.note(|| format!("{object:?} is marked and no object"));
                    } else {
                        trace_object(object, &mut tracer);
                    }
                }
            }
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    /// From here on the roots are those of this thread.
    pub(super) fn enter_thread(&self, thread: &Ctx) {
        self.holder.set(Holder::Thread(thread.domain()));
        // SAFETY: the world is stopped while the heap is looked at.
        for generator in unsafe { Generator::running_in(thread) } {
            self.running.borrow_mut().insert(generator.header(), thread.domain());
        }
    }

    /// Looks at a reference.
    pub(super) fn reference(&self, word: Word) {
        let object = word.ptr();
        let block = Block::address_of(object);
        if !self.blocks.contains(&block) {
            return self.note(|| format!("{object:?} lies outside the heap"));
        }
        // SAFETY: a block of the heap.
        if !unsafe { (*block).is_cell(object as usize) && (*block).is_marked(object as usize) } {
            return self.note(|| format!("{object:?} is referred to and not marked"));
        }
        // SAFETY: a marked cell; if it holds no object, its header is zero, which is one of kind `Free`.
        let object = unsafe { &*object };
        let holder = match self.holder.get() {
            Holder::Interpreter => return,
            Holder::Thread(domain) => domain,
            Holder::Object(holder) => match self.running.borrow().get(&holder) {
                Some(&domain) => domain,
                // SAFETY: the holder is the marked object being looked at.
                None => unsafe { (*holder).domain() },
            },
        };
        let domain = object.domain();
        let ours = domain == holder || (holder != SHARED && [domain, holder].contains(&COPIED));
        if domain != SHARED && !ours && !is_immutable(object.kind()) {
            self.note(|| format!("an object of domain {domain} is referred to from domain {holder}"));
        }
    }

    fn note(&self, what: impl FnOnce() -> String) {
        let mut fault = self.fault.borrow_mut();
        if fault.is_none() {
            let holder = match self.holder.get() {
                // SAFETY: the holder is the marked object being looked at.
                Holder::Object(object) => format!("{:?} at {object:?}", unsafe { (*object).kind() }),
                root => format!("{root:?}"),
            };
            *fault = Some(format!("{} (held by {holder})", what()));
        }
    }
}

/// Whether objects of this kind never change, so that it does not matter whose they are.
fn is_immutable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BigInt | Kind::FloatBox | Kind::Complex | Kind::Str | Kind::Bytes | Kind::Range | Kind::NativeFunction
    )
}

#[cfg(test)]
mod tests {
    use crate::ctx::Ctx;
    use argil_lock::LockMode;
    use argil_lock::domain::SHARED;

    use crate::config::{Config, Library};
    use crate::heap::block::Block;
    use crate::interp::Interpreter;
    use crate::object::Header;
    use crate::types::list::List;
    use crate::value::Value;

    /// What the verifier says when a list within a list, both alive and marked, has been tampered with.
    fn verdict(tamper: impl FnOnce(&Header, &Header)) -> Result<(), String> {
        let config = Config::new(LockMode::Gil, &Library::EMPTY);
        let mut cx: Box<Ctx> = Interpreter::start(config, 1 << 20);
        let outer = cx.root(Value::of(List::alloc(&cx)));
        let inner = cx.root(Value::of(List::alloc(&cx)));
        cx.get(outer).cast::<List>().expect("a list").push(&cx, cx.get(inner));
        crate::collect::collect(&mut cx);
        tamper(cx.get(outer).header().expect("a list"), cx.get(inner).header().expect("a list"));
        // SAFETY: the only thread has just collected.
        unsafe { cx.heap().blocks.lock().verify(|_| {}) }
    }

    #[test]
    fn a_sound_heap_passes() {
        assert_eq!(verdict(|_, _| ()), Ok(()));
    }

    #[test]
    fn an_unmarked_object_is_found() {
        let fault = verdict(|_, inner| {
            // SAFETY: the object lies on the heap.
            unsafe { Block::of(inner) }.unmark(inner);
        });
        assert!(fault.is_err_and(|fault| fault.contains("referred to and not marked")));
    }

    #[test]
    fn an_unpublished_object_is_found() {
        let fault = verdict(|outer, _| outer.set_domain(SHARED));
        assert!(fault.is_err_and(|fault| fault.contains("referred to from domain 1 (held by List")));
    }
}
