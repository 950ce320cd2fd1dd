//! Generators: a frame that outlives the call that made it.
//!
//! The frame lies in the generator itself and runs there: resuming copies nothing. Only the thread that set the state to
//! `RUNNING` touches the registers; when a shared generator suspends, what its registers hold is published.

use std::sync::atomic::{AtomicU8, Ordering};

use argil_compiler::code::CodeFlags;
use argil_compiler::opcode::{Instr, Opcode};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::stack::frame::{Frame, HEADER_WORDS, SAVED_PC};
use crate::types::code::Instrs;
use crate::value::{Value, Word};

/// Where a generator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Made, and not yet resumed.
    Created,
    /// Waits at a `yield`.
    Suspended,
    /// Some thread runs it.
    Running,
    /// Returned or raised.
    Finished,
}

/// What a function of code that pauses makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// A generator.
    Generator,
    /// A coroutine, which can be awaited.
    Coroutine,
    /// An asynchronous generator.
    Asynchronous,
}

impl Flavour {
    /// What code with these flags makes; `None` if calling it runs it.
    pub(crate) fn of(flags: CodeFlags) -> Option<Flavour> {
        match (flags.generator, flags.coroutine) {
            (false, false) => None,
            (true, false) => Some(Flavour::Generator),
            (false, true) => Some(Flavour::Coroutine),
            (true, true) => Some(Flavour::Asynchronous),
        }
    }

    fn class(self) -> Builtin {
        match self {
            Flavour::Generator => Builtin::Generator,
            Flavour::Coroutine => Builtin::Coroutine,
            Flavour::Asynchronous => Builtin::AsyncGenerator,
        }
    }

    /// What messages call it.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Flavour::Generator => "generator",
            Flavour::Coroutine => "coroutine",
            Flavour::Asynchronous => "async generator",
        }
    }
}

/// A step of an asynchronous generator is not finished.
const IN_STEP: u8 = 1;
/// An asynchronous generator takes no further steps.
const CLOSED: u8 = 2;

/// A generator, coroutine or asynchronous generator; its frame follows the struct.
#[repr(C)]
pub struct Generator {
    header: Header,
    /// A [`State`]. Set to `Running` by compare-exchange (AcqRel), so that one thread at a time runs the frame; what that
    /// thread stores when it suspends (Release) pairs with the next thread's exchange.
    state: AtomicU8,
    /// What it is.
    flavour: Flavour,
    /// `IN_STEP` and `CLOSED`, of an asynchronous generator: whoever sets the first (AcqRel) is alone with it until it is taken
    /// away (Release).
    steps: AtomicU8,
    /// Words of the frame: header and registers.
    words: usize,
    /// While it is suspended, the exception that it is handling itself; while it runs, the one that its resumer is. Or unset.
    handled: Field,
    /// While it runs and its resumer handles an exception, the resumer's `Ctx::outer`; otherwise unset.
    outer: Field,
    /// The function that made it.
    pub function: Field,
}

// SAFETY: `repr(C)` with the header first; only `Generator::alloc` makes objects of this kind.
unsafe impl HeapType for Generator {
    const KIND: Kind = Kind::Generator;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.handled);
        tracer.field(&self.outer);
        tracer.field(&self.function);
        for field in self.frame() {
            tracer.field(field);
        }
    }

    fn extra_bytes(&self) -> usize {
        self.words * std::mem::size_of::<Field>()
    }
}

impl Generator {
    /// A generator of a function whose frame has this many registers, all unbound.
    pub(crate) fn alloc<'h>(cx: &'h Ctx, function: Value<'h>, registers: usize, flavour: Flavour) -> &'h Generator {
        let words = HEADER_WORDS + registers;
        let generator = cx.alloc_with(words * 8, flavour.class(), |header| Generator {
            header,
            state: AtomicU8::new(State::Created as u8),
            flavour,
            steps: AtomicU8::new(0),
            words,
            handled: Field::unset(),
            outer: Field::unset(),
            function: Field::new(function),
        });
        // SAFETY: the allocation has room for the frame behind the struct.
        unsafe {
            let frame = std::ptr::from_ref(generator).add(1).cast::<Field>().cast_mut();
            for i in 0..words {
                frame.add(i).write(Field::unset());
            }
        }
        generator
    }

    fn frame(&self) -> &[Field] {
        // SAFETY: `alloc` wrote that many words behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Field>(), self.words) }
    }

    /// The first register.
    pub(crate) fn registers(&self) -> *mut Word {
        // SAFETY: the frame's header comes first.
        unsafe { std::ptr::from_ref(self).add(1).cast::<Word>().cast_mut().add(HEADER_WORDS) }
    }

    /// The generator whose frame has these registers.
    ///
    /// # Safety
    /// The registers must be those of a generator's frame.
    pub(crate) unsafe fn of_registers<'h>(registers: *mut Word) -> &'h Generator {
        // SAFETY: the inverse of `registers`.
        unsafe { &*registers.sub(HEADER_WORDS).cast::<Generator>().sub(1) }
    }

    /// The generators that a thread runs, the innermost first.
    ///
    /// # Safety
    /// The thread must be the calling one, or stand still.
    pub(crate) unsafe fn running_in(thread: &Ctx) -> impl Iterator<Item = &Generator> {
        let used = |frame: Frame| (!frame.0.is_null()).then_some(frame);
        // SAFETY: the caller's promise: the frames are in use and stay as they are.
        let caller = move |frame: &Frame| used(unsafe { frame.caller() });
        std::iter::successors(used(Frame(thread.frame.get())), caller).filter_map(|frame| {
            // SAFETY: the same.
            let then = unsafe { frame.then() };
            // SAFETY: what was to happen to the results says that the frame is a generator's.
            then.is_generator().then(|| unsafe { Generator::of_registers(frame.0) })
        })
    }

    /// What it is.
    pub fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Whether it is a generator, so that `for` and `next` take it.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.flavour == Flavour::Generator
    }

    /// Begins a step of an asynchronous generator; false if another is not finished.
    pub(crate) fn begin_step(&self) -> bool {
        self.steps.fetch_or(IN_STEP, Ordering::AcqRel) & IN_STEP == 0
    }

    /// Ends the step.
    pub(crate) fn end_step(&self) {
        self.steps.fetch_and(!IN_STEP, Ordering::Release);
    }

    /// Whether a step is not finished.
    pub(crate) fn is_in_step(&self) -> bool {
        self.steps.load(Ordering::Acquire) & IN_STEP != 0
    }

    /// Refuses further steps of `athrow`.
    pub(crate) fn close_steps(&self) {
        self.steps.fetch_or(CLOSED, Ordering::AcqRel);
    }

    /// Whether they are refused.
    pub(crate) fn is_closed(&self) -> bool {
        self.steps.load(Ordering::Acquire) & CLOSED != 0
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        match self.state.load(Ordering::Acquire) {
            0 => State::Created,
            1 => State::Suspended,
            2 => State::Running,
            _ => State::Finished,
        }
    }

    /// Begins to run it, if it waits; the state it was in.
    pub(crate) fn enter(&self) -> State {
        loop {
            let state = self.state();
            if matches!(state, State::Running | State::Finished) {
                return state;
            }
            let (old, new) = (state as u8, State::Running as u8);
            if self.state.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire).is_ok() {
                return state;
            }
        }
    }

    /// Sets aside what its resumer handles, whom it sees behind what it handles itself; called after [`Generator::enter`].
    pub(crate) fn begin_handling(&self, cx: &Ctx) {
        let (own, resumers) = (self.handled.load(), cx.handled.load());
        if own == resumers && own.is_unset() {
            return;
        }
        self.handled.store(resumers);
        cx.handled.store(own);
        if !resumers.is_unset() {
            self.outer.store(cx.outer.load());
            cx.outer.store(resumers);
        }
    }

    /// Gives back what its resumer handles; called before [`Generator::leave`].
    pub(crate) fn end_handling(&self, cx: &Ctx) {
        let (own, resumers) = (cx.handled.load(), self.handled.load());
        if own == resumers && own.is_unset() {
            return;
        }
        cx.handled.store(resumers);
        self.handled.store(own);
        if !resumers.is_unset() {
            cx.outer.store(self.outer.load());
            self.outer.store(Word::UNSET);
        }
    }

    /// Stops running it.
    #[inline(always)]
    pub(crate) fn leave(&self, cx: &Ctx, state: State) {
        if state == State::Finished || self.header.is_shared() {
            self.settle(cx, state);
        }
        self.state.store(state as u8, Ordering::Release);
    }

    /// Lets go of what the frame of a finished one holds, and publishes what that of a shared one does.
    #[inline(never)]
    fn settle(&self, cx: &Ctx, state: State) {
        let fields = self.frame()[HEADER_WORDS..].iter().chain([&self.handled]);
        if state == State::Finished {
            fields.for_each(|field| field.store(Word::UNSET));
        } else {
            fields.filter_map(|field| field.get(cx)).for_each(|value| crate::barrier::publish(cx, value));
        }
    }

    /// The iterator that it delegates to, if it is suspended there.
    pub(crate) fn delegate<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        let waits_at = self.waits_at()?;
        let at = HEADER_WORDS + usize::from(waits_at.b());
        (waits_at.opcode() == Some(Opcode::YieldFrom)).then(|| self.frame()[at].get(cx)).flatten()
    }

    /// The instruction at which it waits, if it is suspended.
    pub(crate) fn waits_at(&self) -> Option<Instr> {
        if self.state() != State::Suspended {
            return None;
        }
        let pc = self.frame()[HEADER_WORDS - SAVED_PC].load().0 as *const Instrs;
        // SAFETY: whoever suspended it had saved where it stands: in the code of its function, which it keeps alive. Should
        // another thread have resumed it since, the word is still one of these places.
        Some(Instr(unsafe { &*pc }.load(Ordering::Relaxed)))
    }

    /// The function that made it.
    pub fn function<'h>(&'h self, cx: &'h Ctx) -> Value<'h> {
        self.function.get_or_none(cx)
    }
}
