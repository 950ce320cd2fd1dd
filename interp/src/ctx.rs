//! A thread's context: the only way to the heap.
//!
//! The rule that makes a missed root fail to compile: whatever may reach a safepoint (calling script code, polling, blocking)
//! takes `&mut Ctx`; a [`Value`] borrows `&Ctx`. So a value cannot be held across a safepoint. What must survive one is put
//! into a [`Slot`] of the thread's stack, which the collector scans.
//!
//! The stack is one stretch of reserved memory. Frames of script functions and slots of native ones lie on it alike; every
//! word between its base and `top` is a valid value or looks like a small integer, so scanning it is exact.

use std::cell::Cell;
use std::marker::{PhantomData, PhantomPinned};
use std::sync::Arc;

use argil_lock::{PollWord, ThreadState};

use crate::builtin::Builtin;
use crate::heap::{Heap, ThreadAlloc, Tracer};
use crate::interp::Interpreter;
use crate::memory::{self, Anew};
use crate::names::Name;
use crate::object::{Field, Header, HeapType};
use crate::shape::Birth;
use crate::stack::Stack;
use crate::stack::frame::Frame;
use crate::types::class::Class;
use crate::types::instance::Instance;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};
use crate::watch::Watch;

/// An exception was raised; the context holds it.
#[derive(Debug)]
#[must_use]
pub struct Raised(());

/// The result of what may raise.
pub type Res<T> = Result<T, Raised>;

/// A value that the collector knows: a word of the thread's stack, by its number. Valid until the native function that made
/// it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u32);

impl Slot {
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    pub(crate) fn of_number(number: u32) -> Slot {
        Slot(number)
    }
}

/// A run of slots.
#[derive(Clone, Copy, Debug)]
pub struct Slots {
    first: u32,
    count: u32,
}

impl Slots {
    /// How many there are.
    pub fn len(self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.count == 0
    }

    /// One of them.
    ///
    /// # Panics
    /// If `index` is not below the length.
    #[inline]
    pub fn get(self, index: usize) -> Slot {
        assert!(index < self.len(), "slot {index} of {}", self.count);
        Slot(self.first + index as u32)
    }

    /// The run of `count` slots that begins where this one does; all of them were pushed.
    pub(crate) fn grown(self, count: usize) -> Slots {
        Slots { first: self.first, count: count as u32 }
    }

    /// All but the first `count`.
    pub fn skip(self, count: usize) -> Slots {
        let count = (count as u32).min(self.count);
        Slots { first: self.first + count, count: self.count - count }
    }

    /// The first `count`.
    pub fn take(self, count: usize) -> Slots {
        Slots { first: self.first, count: (count as u32).min(self.count) }
    }

    /// Each of them.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Slot> {
        (self.first..self.first + self.count).map(Slot)
    }
}

/// How far a thread's stack and counters went at some moment: where a refusal of memory goes back to.
pub(crate) struct Level {
    top: *mut Word,
    depth: u32,
    nesting: u32,
    showing: usize,
}

/// One thread of an interpreter.
pub struct Ctx {
    pub(crate) poll: PollWord,
    domain: u32,
    /// The first free word of the stack.
    pub(crate) top: Cell<*mut Word>,
    /// Registers of the running script frame; null while none runs.
    pub(crate) frame: Cell<*mut Word>,
    pub(crate) stack: Stack,
    pub(crate) alloc: ThreadAlloc,
    interp: Arc<Interpreter>,
    pub(crate) state: Arc<ThreadState>,
    /// Whether the thread calls what is due because objects have died: see `finalise.rs`.
    pub(crate) finalising: Cell<bool>,
    /// The exception being raised, or unset.
    pub(crate) raised: Field,
    /// The exception that the innermost running generator, or outside of all generators the thread, is handling; unset
    /// if it handles none itself.
    pub(crate) handled: Field,
    /// The exception that those are handling who resumed the innermost running generator, or unset.
    pub(crate) outer: Field,
    /// Script frames in use.
    pub(crate) depth: Cell<u32>,
    /// How deep a walk through nested data without script code is; see [`Ctx::nested`].
    nesting: Cell<u32>,
    /// Memory for texts in the making: see [`Ctx::text_from`].
    scratch: Cell<String>,
    /// Address below which the Rust stack may not grow.
    pub(crate) native_limit: usize,
    /// Containers whose `repr` is being made, outermost first; those who show them root them.
    pub(crate) showing: Vec<Word>,
    /// The script-visible `Thread` object, or unset.
    pub(crate) thread: Field,
    /// The current `contextvars.Context`, or unset.
    context: Field,
    /// The tools that watch the thread.
    pub watch: Watch,
    /// Set when a refusal of memory leaves what may be done anew; taken by whoever catches it.
    pub(crate) anew: Cell<bool>,
    /// The instruction that is being done for the second time because it was refused memory; 0 if none is.
    second_try: Cell<usize>,
    /// The system's number of the thread.
    ident: u32,
    /// Whether this is the thread that the interpreter was started on: it handles signals.
    pub(crate) is_main: bool,
    /// Other threads point here while the world is stopped.
    _pinned: PhantomPinned,
    /// Not `Send`, not `Sync`: a context belongs to its thread.
    _local: PhantomData<*mut ()>,
}

impl Ctx {
    /// A context for the calling thread, attached. `native_stack` is how many bytes of Rust stack the thread has.
    pub fn new(interp: Arc<Interpreter>, native_stack: usize, is_main: bool) -> Box<Ctx> {
        Ctx::on(Stack::reserve().unwrap_or_else(|| memory::die()), interp, native_stack, is_main)
    }

    /// The same with a stack that was reserved before.
    pub(crate) fn on(stack: Stack, interp: Arc<Interpreter>, native_stack: usize, is_main: bool) -> Box<Ctx> {
        let (poll, state) = (PollWord::new(), Arc::new(ThreadState::new()));
        if crate::stress::stress().gc || crate::stress::stress().switch {
            poll.request(argil_lock::STRESS);
        }
        let here = std::ptr::from_ref(&state) as usize;
        let cx = Box::new(Ctx {
            domain: interp.lock.new_domain(),
            top: Cell::new(stack.base()),
            frame: Cell::new(std::ptr::null_mut()),
            stack,
            alloc: ThreadAlloc::new(poll.clone()),
            poll,
            interp,
            state,
            finalising: Cell::new(false),
            raised: Field::unset(),
            handled: Field::unset(),
            outer: Field::unset(),
            depth: Cell::new(0),
            nesting: Cell::new(0),
            scratch: Cell::default(),
            native_limit: here.saturating_sub(native_stack * 3 / 4),
            showing: Vec::new(),
            thread: Field::unset(),
            context: Field::unset(),
            watch: Watch::default(),
            anew: Cell::new(false),
            second_try: Cell::new(0),
            ident: rustix::thread::gettid().as_raw_nonzero().get() as u32,
            is_main,
            _pinned: PhantomPinned,
            _local: PhantomData,
        });
        // Registered before it attaches, so that no stop of the world overlooks it.
        cx.interp.threads.register(&cx);
        cx.interp.lock.attach(&cx.state, &cx.poll);
        cx.note_tools();
        cx
    }

    /// The interpreter.
    #[inline(always)]
    pub fn interp(&self) -> &Interpreter {
        &self.interp
    }

    /// The interpreter, to keep.
    pub fn interp_arc(&self) -> Arc<Interpreter> {
        Arc::clone(&self.interp)
    }

    /// The heap.
    #[inline(always)]
    pub fn heap(&self) -> &Heap {
        &self.interp.heap
    }

    /// Counts memory that a new object holds outside the heap, so that it presses for a collection too.
    pub fn note_external(&self, bytes: usize) {
        self.alloc.note_external(self.heap(), bytes);
    }

    /// The domain whose objects this thread writes without synchronising.
    #[inline(always)]
    pub fn domain(&self) -> u32 {
        self.domain
    }

    /// The system's number of this thread: no two running threads of any process share one.
    pub fn ident(&self) -> u32 {
        self.ident
    }

    /// The script-visible object of this thread.
    pub fn thread_object(&self) -> Option<Value<'_>> {
        self.thread.get(self)
    }

    /// Sets the script-visible object of this thread.
    pub fn set_thread_object(&self, object: Value<'_>) {
        self.thread.store(object.word());
    }

    /// The context whose variables the thread sees; `None` if it has not begun any.
    #[inline]
    pub fn current_context(&self) -> Option<Value<'_>> {
        self.context.get(self)
    }

    /// Makes another context the current one, or none.
    #[inline]
    pub fn set_current_context(&self, context: Option<Value<'_>>) {
        self.context.store(context.map_or(Word::UNSET, Value::word));
    }

    /// What tells this thread from all others: it lives as long as the thread is attached or may be again.
    pub fn thread_state(&self) -> &Arc<ThreadState> {
        &self.state
    }

    /// Whether this is the thread that the interpreter was started on.
    pub fn is_main_thread(&self) -> bool {
        self.is_main
    }

    /// Shows the collector what this thread refers to.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        let (base, top) = (self.stack.base(), self.top.get());
        // SAFETY: everything between base and top has been written, with values or with words that look like integers.
        let words = unsafe { std::slice::from_raw_parts(base, top.offset_from_unsigned(base)) };
        for &word in words {
            tracer.word(word);
        }
        tracer.field(&self.raised);
        tracer.field(&self.handled);
        tracer.field(&self.outer);
        tracer.field(&self.thread);
        tracer.field(&self.context);
        self.watch.trace(tracer);
    }

    // Slots.

    /// What a slot holds.
    ///
    /// # Panics
    /// If the slot is no longer valid and nothing has taken its place.
    #[inline(always)]
    pub fn get(&self, slot: Slot) -> Value<'_> {
        let word = self.stack.base().wrapping_add(slot.0 as usize);
        assert!(word < self.top.get(), "the slot is in use");
        // SAFETY: the word lies below `top`, and so it is a value that the collector scans, or looks like an integer.
        unsafe { Value::from_word(*word) }
    }

    /// Changes what a slot holds.
    #[inline(always)]
    pub fn set(&self, slot: Slot, value: Value<'_>) {
        let word = self.stack.base().wrapping_add(slot.0 as usize);
        assert!(word < self.top.get(), "the slot is in use");
        // SAFETY: as in `get`; the word belongs to the native frame that holds the slot.
        unsafe { *word = value.word() };
    }

    /// A new slot that holds a value.
    #[inline(always)]
    pub fn root(&self, value: Value<'_>) -> Slot {
        self.push_word(value.word())
    }

    #[inline(always)]
    pub(crate) fn push_word(&self, word: Word) -> Slot {
        let top = self.top.get();
        // The stack keeps a reserve beyond the limit that frames observe; native slots live in it.
        if top >= self.stack.end() {
            memory::refuse();
        }
        // SAFETY: `top` lies within the stack.
        unsafe {
            *top = word;
            self.top.set(top.add(1));
            Slot(top.offset_from_unsigned(self.stack.base()) as u32)
        }
    }

    pub(crate) fn push_slots(&self, words: impl IntoIterator<Item = Word>) -> Slots {
        // SAFETY: both pointers lie in the stack.
        let first = unsafe { self.top.get().offset_from_unsigned(self.stack.base()) } as u32;
        let mut count = 0;
        for word in words {
            self.push_word(word);
            count += 1;
        }
        Slots { first, count }
    }

    /// New slots that hold these values.
    pub fn root_all<'h>(&'h self, values: impl IntoIterator<Item = Value<'h>>) -> Slots {
        self.push_slots(values.into_iter().map(Value::word))
    }

    /// Runs `f`, then frees the slots that it made; its result, if it is a slot, moves into one that stays.
    pub fn scope<R: ScopeResult>(&mut self, f: impl FnOnce(&mut Ctx) -> Res<R>) -> Res<R> {
        let top = self.top.get();
        let result = f(self);
        match result {
            Ok(result) => {
                let value = result.value(self);
                self.top.set(top);
                Ok(result.moved(self, value))
            }
            Err(raised) => {
                self.top.set(top);
                Err(raised)
            }
        }
    }

    // Allocation.

    /// A new object of a class.
    #[inline(always)]
    pub fn alloc<T: HeapType>(&self, birth: impl Into<Birth>, make: impl FnOnce(Header) -> T) -> &T {
        self.alloc_with(0, birth.into(), make)
    }

    /// A new object with `extra` bytes behind its struct, which the caller fills before the next safepoint.
    #[inline(always)]
    pub(crate) fn alloc_with<T: HeapType>(
        &self,
        extra: usize,
        birth: impl Into<Birth>,
        make: impl FnOnce(Header) -> T,
    ) -> &T {
        let birth = birth.into();
        let mut bytes = std::mem::size_of::<T>() + extra;
        if birth.has_trailing() {
            bytes = bytes.next_multiple_of(8) + 8;
        }
        let memory = self.alloc.take(self.heap(), bytes, T::KIND.needs_drop()).cast::<T>();
        let header = Header::new(self.domain, T::KIND, birth.shape).with_flags(birth.flags);
        // SAFETY: `take` returned memory of that size, which nothing else uses.
        unsafe {
            memory.write(make(header));
            debug_assert_eq!((*memory).extra_bytes(), extra, "of a {:?}", T::KIND);
            if birth.has_trailing() {
                memory.cast::<u8>().add(bytes - 8).cast::<Field>().write(Field::unset());
            }
            &*memory
        }
    }

    /// A new instance of a class that derives from `object` only.
    #[inline]
    pub fn new_instance<'h>(&'h self, class: &'h Class) -> &'h Instance {
        let (birth, _) = class.birth();
        let inline = self.interp.shape(birth.shape).inline();
        let instance = Instance::alloc(self, birth, inline);
        if class.is_finalised() {
            self.interp.finalisers().note_object(self, class, Value::of(instance));
        }
        instance
    }

    /// The interned string of a name.
    pub fn intern<'h>(&'h self, text: &str) -> Value<'h> {
        self.interp.intern(self, text)
    }

    /// A name known at compile time.
    #[inline(always)]
    pub fn name(&self, name: Name) -> Value<'_> {
        self.interp.name(self, name)
    }

    /// A built-in class.
    #[inline(always)]
    pub fn class(&self, class: Builtin) -> &Class {
        self.interp.class(self, class)
    }

    /// The class of a value.
    #[inline]
    pub fn class_of<'h>(&'h self, value: Value<'h>) -> &'h Class {
        match value.header() {
            Some(header) => self.interp.shape(header.shape()).class(),
            None => self.class(Builtin::of_immediate(value.word())),
        }
    }

    /// The name of a value's class.
    pub fn type_name<'h>(&'h self, value: Value<'h>) -> &'h str {
        self.class_of(value).name(self)
    }

    /// Whether a value is an instance of a built-in class or of a subclass.
    pub fn is_instance(&self, value: Value<'_>, class: Builtin) -> bool {
        self.class_of(value).is_subclass(self, self.class(class))
    }

    /// A tuple.
    pub fn tuple<'h>(&'h self, values: &[Value<'h>]) -> Value<'h> {
        Value::of(Tuple::from_values(self, values))
    }

    /// The tuple of what some slots hold.
    pub fn tuple_of(&self, slots: Slots) -> Value<'_> {
        self.tuple(&memory::collect(slots.iter().map(|slot| self.get(slot))))
    }

    /// A string that is certain to be an object of its own.
    pub fn new_str<'h>(&'h self, text: &str) -> &'h Str {
        Str::build(self, Builtin::Str.into(), text)
    }

    // Raising.

    /// Raises an exception object.
    #[cold]
    pub fn raise_value(&self, exception: Value<'_>) -> Raised {
        self.raised.store(exception.word());
        Raised(())
    }

    /// The mark of an exception that `raised` already holds.
    pub(crate) fn raised_already(&self) -> Raised {
        debug_assert!(!self.raised.load().is_unset());
        Raised(())
    }

    /// Takes the exception that was raised.
    pub fn take_raised(&self, _raised: Raised) -> Value<'_> {
        let exception = self.raised.get_or_none(self);
        self.raised.store(Word::UNSET);
        exception
    }

    /// If what was raised is an instance of `class`, takes it; otherwise hands the mark back.
    pub fn catch(&self, raised: Raised, class: Builtin) -> Res<Value<'_>> {
        if self.is_instance(self.raised.get_or_none(self), class) { Ok(self.take_raised(raised)) } else { Err(raised) }
    }

    /// The exception being handled.
    pub fn handled_exception(&self) -> Option<Value<'_>> {
        self.handled.get(self).or_else(|| self.outer.get(self))
    }

    // Memory that is refused: see `memory.rs`.

    /// Raises a MemoryError; what is garbage then goes at the next safepoint.
    #[cold]
    pub fn memory_error(&self) -> Raised {
        self.heap().press();
        self.heap().want();
        self.poll.request(argil_lock::COLLECT);
        self.raise_with(Builtin::MemoryError, &[])
    }

    /// Marks work that changes nothing before it has got all its memory, from here to [`Anew::done`].
    #[inline(always)]
    pub fn anew(&self) -> Anew<'_> {
        Anew::begin(&self.anew)
    }

    /// Runs `f`, which changes nothing before it has got all its memory: once more after a collection, if it is refused.
    ///
    /// # Errors
    /// MemoryError if it is refused again.
    pub fn with_memory<R>(&mut self, f: impl Fn(&Ctx) -> R) -> Res<R> {
        let level = self.level();
        if let Ok(result) = memory::attempt(|| f(self)) {
            return Ok(result);
        }
        self.back_to(&level);
        self.collect_for_memory();
        memory::attempt(|| f(self)).map_err(|_| {
            self.back_to(&level);
            self.memory_error()
        })
    }

    /// Collects, and gives what that frees back to the system.
    #[cold]
    pub(crate) fn collect_for_memory(&mut self) {
        self.heap().press();
        crate::collect::collect(self);
        memory::restock();
    }

    pub(crate) fn level(&self) -> Level {
        Level { top: self.top.get(), depth: self.depth.get(), nesting: self.nesting.get(), showing: self.showing.len() }
    }

    pub(crate) fn back_to(&mut self, level: &Level) {
        self.top.set(level.top);
        self.depth.set(level.depth);
        self.nesting.set(level.nesting);
        self.showing.truncate(level.showing);
    }

    /// Where the running frame stands; 0 outside script code.
    fn position(&self) -> usize {
        let frame = Frame(self.frame.get());
        // SAFETY: the context's frame is in use.
        if frame.0.is_null() { 0 } else { unsafe { frame.pc() as usize } }
    }

    /// Whether the running instruction is being done for the second time.
    pub(crate) fn is_second_try(&self) -> bool {
        self.second_try.get() == self.position()
    }

    /// Notes that the running instruction is done for the second time. The note goes at the first safepoint of another
    /// instruction: one that is met again in a loop has tries of its own.
    pub(crate) fn note_second_try(&self) {
        self.second_try.set(self.position());
        self.poll.request(argil_lock::SECOND_TRY);
    }

    /// Forgets the note, unless it is about the instruction that polls.
    pub(crate) fn forget_second_try(&self) {
        if !self.is_second_try() {
            self.second_try.set(0);
            self.poll.clear(argil_lock::SECOND_TRY);
        }
    }

    // Safepoints.

    /// The string that `write` writes, if it does: in memory that serves one text after the other.
    pub(crate) fn text_from<'h>(
        &'h self,
        write: impl FnOnce(&mut String) -> Option<Res<()>>,
    ) -> Option<Res<Value<'h>>> {
        const KEPT: usize = 1 << 16;
        let mut text = self.scratch.take();
        let written = write(&mut text).map(|result| result.map(|()| self.str(&text)));
        text.clear();
        if text.capacity() <= KEPT {
            self.scratch.set(text);
        }
        written
    }

    /// A safepoint: serves whatever the thread's poll word asks for.
    #[inline(always)]
    pub fn poll(&mut self) -> Res<()> {
        if self.poll.is_set() { crate::safepoint::serve(self) } else { Ok(()) }
    }

    /// Whether the Rust stack is nearly used up, so that a native function must not descend further into nested data.
    #[inline]
    pub fn native_stack_is_low(&self) -> bool {
        let here = 0_u8;
        (std::ptr::from_ref(&here) as usize) < self.native_limit || self.top.get() > self.stack.native_limit()
    }

    /// Looks into nested data with `look`, which runs no script code; `None` without looking if the nesting is deep. A walk
    /// that gives up costs what it has walked, and each level above then walks again, so the bound is low.
    pub fn nested<R>(&self, look: impl FnOnce() -> Option<R>) -> Option<R> {
        const MOST: u32 = 64;
        let depth = self.nesting.get();
        if depth >= MOST || self.native_stack_is_low() {
            return None;
        }
        self.nesting.set(depth + 1);
        let result = look();
        self.nesting.set(depth);
        result
    }

    /// Raises RecursionError if the Rust stack is nearly used up; `doing` ends the message (" in comparison").
    pub fn check_native_stack(&self, doing: &str) -> Res<()> {
        if self.native_stack_is_low() {
            return Err(self.raise(Builtin::RecursionError, format!("maximum recursion depth exceeded{doing}")));
        }
        Ok(())
    }

    /// Runs a blocking call off the lock; it cannot touch the heap.
    pub fn detached<R>(&mut self, blocking: impl FnOnce() -> R) -> R {
        struct Attach<'a>(&'a Ctx);
        impl Drop for Attach<'_> {
            fn drop(&mut self) {
                self.0.interp.lock.attach(&self.0.state, &self.0.poll);
            }
        }
        self.interp.lock.detach(&self.state);
        let _attach = Attach(self);
        blocking()
    }

    /// The same for a call that calls back: for that it may come back to the heap for a while.
    pub fn detached_for<R>(&mut self, blocking: impl FnOnce(&mut Detached<'_>) -> R) -> R {
        struct Attach<'a>(Detached<'a>);
        impl Drop for Attach<'_> {
            fn drop(&mut self) {
                let cx = &*self.0.0;
                cx.interp.lock.attach(&cx.state, &cx.poll);
            }
        }
        self.interp.lock.detach(&self.state);
        let mut attach = Attach(Detached(self));
        blocking(&mut attach.0)
    }
}

/// A thread that is off the lock, and may come back to it.
pub struct Detached<'a>(&'a mut Ctx);

impl Detached<'_> {
    /// Comes back to the heap for as long as `f` runs.
    pub fn attached<R>(&mut self, f: impl FnOnce(&mut Ctx) -> R) -> R {
        struct Leave<'a>(&'a mut Ctx);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.interp.lock.detach(&self.0.state);
            }
        }
        self.0.interp.lock.attach(&self.0.state, &self.0.poll);
        let leave = Leave(self.0);
        f(leave.0)
    }
}

impl Drop for Ctx {
    fn drop(&mut self) {
        self.interp.threads.unregister(self);
        self.interp.lock.detach(&self.state);
    }
}

/// What may leave [`Ctx::scope`].
pub trait ScopeResult: Sized {
    /// The value to keep, if the result is a slot.
    fn value<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>>;
    /// The result, after the slots of the scope are gone.
    fn moved<'h>(self, cx: &'h Ctx, value: Option<Value<'h>>) -> Self;
}

impl ScopeResult for Slot {
    fn value<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>> {
        Some(cx.get(*self))
    }

    fn moved<'h>(self, cx: &'h Ctx, value: Option<Value<'h>>) -> Slot {
        cx.root(value.unwrap_or(Value::NONE))
    }
}

impl ScopeResult for Option<Slot> {
    fn value<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>> {
        self.map(|slot| cx.get(slot))
    }

    fn moved<'h>(self, cx: &'h Ctx, value: Option<Value<'h>>) -> Self {
        value.map(|value| cx.root(value))
    }
}

macro_rules! plain_scope_results {
    ($($type:ty)*) => {
        $(impl ScopeResult for $type {
            fn value<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
                None
            }

            fn moved<'h>(self, _cx: &'h Ctx, _value: Option<Value<'h>>) -> Self {
                self
            }
        })*
    };
}
plain_scope_results! { () bool i64 usize f64 std::cmp::Ordering Option<std::cmp::Ordering> Option<bool> Option<i64> Option<usize> }
// What was copied out of the heap.
plain_scope_results! { String Vec<u8> (String, Vec<u8>) (Vec<u8>, i64) (usize, i64) }
