//! Tracing: what an object refers to, and the two walks built on it.
//!
//! Marking and publishing both keep an explicit stack of objects whose fields are still to be seen; an object enters it at
//! most once, when its mark bit is set or its domain becomes `SHARED`. So neither recurses, however deep the graph.

use super::block::Block;
use super::verify::Verifier;
use crate::ctx::Ctx;
use crate::kind;
use crate::memory;
use crate::object::{Field, Header};
use crate::value::{Value, Word};

/// How many objects are on their way into the cache while one is traced. Prefetching what the stack yields, not what is
/// pushed, is from Cher, Hosking and Vitek, "Software prefetching for mark-sweep garbage collection", ASPLOS 2004.
const AHEAD: usize = 8;

/// Asks for the first line of an object, or of nothing.
#[inline(always)]
fn prefetch(object: *const Header) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch reads nothing that the program sees, at whatever address.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(object.cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = object;
}

enum Walk<'a> {
    Mark,
    /// Mark, and empty the inline caches of every code object met.
    MarkClearing,
    Publish,
    /// Look at every reference and follow none.
    Verify(&'a Verifier),
}

/// Whether marking reached an object: for tables that do not keep what they list.
///
/// # Safety
/// The word must be no object, or one that this heap allocated and has not swept since; marking must be finished.
pub(crate) unsafe fn is_marked(word: Word) -> bool {
    // SAFETY: the caller's promise.
    !word.is_heap() || unsafe { Block::of(word.ptr()) }.is_marked(word.ptr() as usize)
}

/// Receives what an object refers to; see [`HeapType::trace`](crate::object::HeapType::trace).
pub struct Tracer<'a> {
    pending: Vec<*const Header>,
    /// Whether an object was marked that `pending` had no room for: it is still to be traced.
    overflowed: bool,
    walk: Walk<'a>,
}

impl<'a> Tracer<'a> {
    pub(crate) fn marking() -> Self {
        Tracer { pending: Vec::with_capacity(1024), overflowed: false, walk: Walk::Mark }
    }

    pub(super) fn verifying(verifier: &'a Verifier) -> Self {
        Tracer { pending: Vec::new(), overflowed: false, walk: Walk::Verify(verifier) }
    }

    /// From here on the roots are those of this thread, which stands still.
    pub(crate) fn enter_thread(&mut self, thread: &Ctx) {
        if let Walk::Verify(verifier) = self.walk {
            verifier.enter_thread(thread);
        }
    }

    /// The same walk as marking, which also empties every inline cache.
    pub(crate) fn clearing_caches() -> Self {
        Tracer { walk: Walk::MarkClearing, ..Tracer::marking() }
    }

    /// Whether code objects empty their caches when they are met.
    pub(crate) fn clears_caches(&self) -> bool {
        matches!(self.walk, Walk::MarkClearing)
    }

    pub(crate) fn publishing() -> Self {
        Tracer { pending: Vec::new(), overflowed: false, walk: Walk::Publish }
    }

    /// Shows a field.
    #[inline]
    pub fn field(&mut self, field: &Field) {
        self.word(field.load());
    }

    /// Shows a value.
    #[inline]
    pub fn value(&mut self, value: Value<'_>) {
        self.word(value.word());
    }

    /// Shows what an object names without keeping it alive: only publishing follows it.
    pub(crate) fn weak(&mut self, word: Word) {
        if matches!(self.walk, Walk::Publish) {
            self.word(word);
        }
    }

    #[inline]
    pub(crate) fn word(&mut self, word: Word) {
        if !word.is_heap() {
            return;
        }
        let object = word.ptr();
        let enter = match self.walk {
            // SAFETY: what a traced field holds was allocated by this heap.
            Walk::Mark | Walk::MarkClearing => unsafe { Block::of(object).mark(object) },
            // SAFETY: the same.
            Walk::Publish => unsafe { (*object).enter_shared() },
            Walk::Verify(verifier) => {
                verifier.reference(word);
                false
            }
        };
        if enter {
            if self.pending.len() == self.pending.capacity() && !self.make_room() {
                return;
            }
            self.pending.push(object);
        }
    }

    /// Makes room for another pending object. Marking goes on without: it is done because memory is short.
    #[cold]
    fn make_room(&mut self) -> bool {
        if matches!(self.walk, Walk::Publish) {
            self.pending.reserve(1);
            return true;
        }
        let made = memory::fallibly(|| self.pending.try_reserve(1)).is_ok();
        self.overflowed |= !made;
        made
    }

    /// Whether what is marked must be traced once more, because some of it was not.
    pub(super) fn overflowed(&mut self) -> bool {
        std::mem::take(&mut self.overflowed)
    }

    /// Follows everything that was shown, until nothing is left.
    pub(crate) fn run(&mut self) {
        let mut coming = [std::ptr::null(); AHEAD];
        let mut count = 0;
        for at in (0..AHEAD).cycle() {
            let next = self.pending.pop().unwrap_or(std::ptr::null());
            prefetch(next);
            count += usize::from(!next.is_null());
            let object = std::mem::replace(&mut coming[at], next);
            if !object.is_null() {
                count -= 1;
                // SAFETY: a pending object is live: it was reached from a root or from a live object.
                unsafe { trace_object(object, self) };
            } else if count == 0 {
                return;
            }
        }
    }
}

/// Shows the tracer every field of an object.
///
/// # Safety
/// `object` must be live.
pub(crate) unsafe fn trace_object(object: *const Header, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe {
        kind::trace(object, tracer);
        if let Some(attrs) = crate::types::instance::trailing_attrs(&*object) {
            tracer.field(attrs);
        }
    }
}

/// Drops what an object owns outside the heap.
///
/// # Safety
/// The object must be dead and not yet dropped.
pub(crate) unsafe fn drop_object(object: *mut Header) {
    // SAFETY: the caller's promise.
    unsafe {
        if (*object).kind().needs_drop() {
            kind::drop_in_place(object);
        }
    }
}
