//! The loop.
//!
//! Rules that every instruction keeps:
//!
//! 1. An instruction is written once, as a generic function over [`Dispatch`]. From it come a `match` in a loop (debug
//!    builds, Miri) and one handler per opcode that tail-calls the next (release builds).
//! 2. `cx.frame`, `cx.pc` and the frame's own `pc` word are saved ([`State::save`]) before anything that may raise, call or
//!    reach a safepoint.
//! 3. A handler's fast path calls nothing. What is slow goes to a `#[cold]` function with the handler's own signature, so
//!    that the fast path keeps its state in registers and the tail call stays a jump.
//! 4. A register is written after every operand was read: source and destination may be the same.
//! 5. Registers belong to the thread that runs the frame; they need no atomics and no barrier.
//! 6. A backward jump and a call are safepoints; nothing else is, unless it calls into script code.

/// Continues in a slow part, out of line: a function of a [`State`] and an [`Instr`] that is marked `inline(always)`, so that
/// the state is put together only behind the last call that passes it on.
macro_rules! slow {
    ($state:expr, $instr:expr, $function:expr) => {{
        let s: State = $state;
        $crate::vm::out_of_line(s.cx, s.pc, s.regs, s.pool, $instr.0, |cx, pc, regs, pool, word| {
            $function(State { cx, pc, regs, pool }, Instr(word))
        })
    }};
}

mod arith;
mod attribute;
mod build;
pub mod call;
pub mod code;
mod compare;
mod exception;
pub(crate) mod frame;
mod function;
pub mod generator;
mod item;
mod iterate;
mod jump;
mod moves;
mod name;
mod unwind;

use std::sync::atomic::Ordering;

use argil_compiler::opcode::{Instr, Opcode};

use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::types::cell::Cell;
use crate::types::dict::Dict;
use crate::value::{Value, Word};
use crate::vm::code::Instrs;
use crate::vm::frame::Frame;

pub(crate) use attribute::change_class;

/// What the loop keeps in registers.
#[derive(Clone, Copy)]
pub(crate) struct State {
    pub(crate) cx: *mut Ctx,
    /// The instruction being executed.
    pub(crate) pc: *const Instrs,
    /// The frame's registers.
    pub(crate) regs: *mut Word,
    /// The code's constants; caches lie before them.
    pub(crate) pool: *const Word,
}

/// Why the loop was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Exit {
    /// The entry frame returned; the context's stack top holds the value.
    Returned,
    /// The entry frame is a generator's and yielded.
    Yielded,
    /// An exception left the entry frame.
    Raised,
}

/// How one instruction leads to the next.
pub(crate) trait Dispatch: Sized {
    /// What an instruction's function returns.
    type Out;

    /// Goes on with the instruction at `state.pc`.
    ///
    /// # Safety
    /// `state` must describe a frame in use and an instruction of its code.
    unsafe fn go(state: State) -> Self::Out;

    /// Leaves the loop.
    fn exit(state: State, exit: Exit) -> Self::Out;
}

impl State {
    /// The next instruction.
    #[inline(always)]
    pub(crate) fn next(self) -> State {
        // SAFETY: the verifier makes sure that control never falls off the end.
        State { pc: unsafe { self.pc.add(1) }, ..self }
    }

    /// The instruction at a distance from the next one.
    #[inline(always)]
    pub(crate) fn jump(self, distance: isize) -> State {
        // SAFETY: the verifier makes sure that jumps stay in the code.
        State { pc: unsafe { self.pc.offset(distance + 1) }, ..self }
    }

    /// A register.
    #[inline(always)]
    pub(crate) fn r(self, index: u16) -> *mut Word {
        // SAFETY: the verifier makes sure that registers lie in the frame.
        unsafe { self.regs.add(usize::from(index)) }
    }

    /// What a register holds.
    #[inline(always)]
    pub(crate) fn get(self, index: u16) -> Word {
        // SAFETY: every register of a frame was written when the frame was made.
        unsafe { *self.r(index) }
    }

    /// Sets a register.
    #[inline(always)]
    pub(crate) fn set(self, index: u16, word: Word) {
        // SAFETY: the frame belongs to this thread.
        unsafe { *self.r(index) = word };
    }

    /// What a register holds, as a value that lives until the next safepoint.
    #[inline(always)]
    pub(crate) fn value<'h>(self, index: u16) -> Value<'h> {
        // SAFETY: registers are roots; the instruction uses the value before it reaches a safepoint.
        unsafe { Value::from_word(self.get(index)) }
    }

    /// A constant.
    #[inline(always)]
    pub(crate) fn k(self, index: u16) -> Word {
        // SAFETY: the verifier makes sure that the constant exists.
        unsafe { *self.pool.add(usize::from(index)) }
    }

    /// Registers `b` and `c`, or the constant `c` if `K`, as values that live until the next safepoint.
    #[inline(always)]
    pub(crate) fn operands<'h, const K: bool>(self, i: Instr) -> (Value<'h>, Value<'h>) {
        // SAFETY: constants are traced with the running code.
        (self.value(i.b()), if K { unsafe { Value::from_word(self.k(i.c())) } } else { self.value(i.c()) })
    }

    /// The cache of a site.
    #[inline(always)]
    pub(crate) fn cache<'a>(self, site: u16) -> &'a std::sync::atomic::AtomicU64 {
        // SAFETY: caches lie before the constants, one a site; the running frame keeps the code alive.
        unsafe { &*self.pool.sub(usize::from(site) + 1).cast() }
    }

    /// The context.
    #[inline(always)]
    pub(crate) fn cx<'a>(self) -> &'a mut Ctx {
        // SAFETY: the loop was entered with a unique borrow of the context, which every instruction may reborrow in turn.
        unsafe { &mut *self.cx }
    }

    /// Saves where the frame stands; see rule 2.
    #[inline(always)]
    pub(crate) fn save(self) {
        let cx = self.cx();
        cx.frame.set(self.regs);
        // SAFETY: the frame is in use.
        unsafe { Frame(self.regs).set_pc(self.pc) };
    }

    /// The state of a frame that stands at `pc`.
    #[inline(always)]
    pub(crate) unsafe fn of(cx: *mut Ctx, frame: Frame, pc: *const Instrs) -> State {
        // SAFETY: the caller's promise: the frame is in use.
        State { cx, pc, regs: frame.0, pool: unsafe { frame.pool() } }
    }

    /// Finishes an instruction whose slow part yielded a value for register `a`.
    #[inline(always)]
    pub(crate) unsafe fn finish<D: Dispatch>(self, i: Instr, result: Res<Word>) -> D::Out {
        match result {
            Ok(word) => {
                self.set(i.a(), word);
                // SAFETY: the next instruction of the same frame.
                unsafe { D::go(self.next()) }
            }
            // SAFETY: the state was saved before the slow part.
            Err(raised) => unsafe { unwind::raise::<D>(self, raised) },
        }
    }

    /// Finishes an instruction whose slow part yielded nothing.
    #[inline(always)]
    pub(crate) unsafe fn finish_unit<D: Dispatch>(self, result: Res<()>) -> D::Out {
        match result {
            // SAFETY: the next instruction of the same frame.
            Ok(()) => unsafe { D::go(self.next()) },
            // SAFETY: the state was saved before the slow part.
            Err(raised) => unsafe { unwind::raise::<D>(self, raised) },
        }
    }

    /// Runs a slow part out of line. All that may raise is run like this: what it borrows is gone before the instruction ends.
    #[inline(always)]
    pub(crate) fn apart<T>(self, i: Instr, f: impl Fn(State, Instr) -> Res<T>) -> Res<T> {
        self.save();
        out_of_line(self.cx, self.pc, self.regs, self.pool, i.0, move |cx, pc, regs, pool, word| {
            f(State { cx, pc, regs, pool }, Instr(word))
        })
    }

    /// The same for a slow part with slots, which are freed afterwards.
    #[inline(always)]
    pub(crate) fn with_slots(self, i: Instr, f: impl Fn(&mut Ctx, State, Instr) -> Res<Slot>) -> Res<Word> {
        self.apart(i, move |s, i| {
            let cx = s.cx();
            let top = cx.top.get();
            let result = f(cx, s, i).map(|slot| cx.get(slot).word());
            cx.top.set(top);
            result
        })
    }

    /// The same for a slow part without a value.
    #[inline(always)]
    pub(crate) fn with_slots_unit(self, i: Instr, f: impl Fn(&mut Ctx, State, Instr) -> Res<()>) -> Res<()> {
        let result = self.with_slots(i, move |cx, s, i| {
            f(cx, s, i)?;
            Ok(cx.root(Value::NONE))
        });
        result.map(|_| ())
    }
}

/// Calls `f`, which must capture nothing, with the state in machine registers.
///
/// Were a state or a closure passed by reference, it would lie in the frame of the instruction's handler, and the compiler
/// could not let the handler's last call reuse that frame: each execution would leave one on the Rust stack.
#[inline(never)]
fn out_of_line<T, F: Fn(*mut Ctx, *const Instrs, *mut Word, *const Word, u64) -> T>(
    cx: *mut Ctx,
    pc: *const Instrs,
    regs: *mut Word,
    pool: *const Word,
    word: u64,
    f: F,
) -> T {
    const { assert!(size_of::<F>() == 0, "a slow part captures nothing") };
    f(cx, pc, regs, pool, word)
}

/// The bodies of all instructions, by opcode name.
mod body {
    pub(super) use super::arith::*;
    pub(super) use super::attribute::*;
    pub(super) use super::build::*;
    pub(super) use super::call::ops::*;
    pub(super) use super::compare::*;
    pub(super) use super::exception::*;
    pub(super) use super::function::*;
    pub(super) use super::generator::ops::*;
    pub(super) use super::item::*;
    pub(super) use super::iterate::*;
    pub(super) use super::jump::*;
    pub(super) use super::moves::*;
    pub(super) use super::name::*;
}

/// Dispatch by a `match` in a loop.
struct Loop;

/// What an instruction leaves to the loop.
struct Flow {
    state: State,
    exit: Option<Exit>,
}

impl Dispatch for Loop {
    type Out = Flow;

    #[inline(always)]
    unsafe fn go(state: State) -> Flow {
        Flow { state, exit: None }
    }

    #[inline(always)]
    fn exit(state: State, exit: Exit) -> Flow {
        Flow { state, exit: Some(exit) }
    }
}

/// Dispatch by tail calls.
struct Tail;

type Handler = unsafe fn(*mut Ctx, *const Instrs, *mut Word, *const Word, u64) -> Exit;

impl Dispatch for Tail {
    type Out = Exit;

    #[inline(always)]
    unsafe fn go(state: State) -> Exit {
        // SAFETY: the caller's promise: an instruction of a loaded code object.
        unsafe {
            let word = (*state.pc).load(Ordering::Relaxed);
            HANDLERS[usize::from(word as u8)](state.cx, state.pc, state.regs, state.pool, word)
        }
    }

    #[inline(always)]
    fn exit(_state: State, exit: Exit) -> Exit {
        exit
    }
}

macro_rules! dispatch_tables {
    ($($name:ident)*) => {
        /// Executes one instruction.
        #[inline(always)]
        unsafe fn step(state: State, instr: Instr) -> Flow {
            match instr.opcode() {
                // SAFETY: the state describes this instruction.
                $(Some(Opcode::$name) => unsafe { body::$name::<Loop>(state, instr) },)*
                None => unreachable!("the verifier accepts no unknown opcode"),
            }
        }

        mod handler {
            use super::*;
            $(pub(super) unsafe fn $name(
                cx: *mut Ctx, pc: *const Instrs, regs: *mut Word, pool: *const Word, word: u64,
            ) -> Exit {
                // SAFETY: the tables call a handler for an instruction of its own opcode.
                unsafe { body::$name::<Tail>(State { cx, pc, regs, pool }, Instr(word)) }
            })*
        }

        static HANDLERS: [Handler; 256] = {
            unsafe fn bad(_: *mut Ctx, _: *const Instrs, _: *mut Word, _: *const Word, _: u64) -> Exit {
                unreachable!("the verifier accepts no unknown opcode")
            }
            let mut table: [Handler; 256] = [bad; 256];
            $(table[Opcode::$name as usize] = handler::$name;)*
            table
        };
    };
}
argil_compiler::for_each_opcode!(dispatch_tables);

/// Whether this build dispatches by tail calls: only optimised builds turn them into jumps.
pub const TAIL_CALLS: bool = cfg!(not(debug_assertions)) && cfg!(not(miri));

/// Runs from `state` until the entry frame is left.
///
/// # Safety
/// `state` must describe a frame in use whose [`frame::Then`] leaves the loop.
unsafe fn run(state: State) -> Exit {
    if TAIL_CALLS {
        // SAFETY: the caller's promise.
        return unsafe { Tail::go(state) };
    }
    let mut state = state;
    loop {
        // SAFETY: `pc` points to an instruction of the running code.
        let flow = unsafe { step(state, Instr((*state.pc).load(Ordering::Relaxed))) };
        match flow.exit {
            Some(exit) => return exit,
            None => state = flow.state,
        }
    }
}

/// The exception that a failed slow part raised.
pub(crate) fn raised(cx: &Ctx) -> Raised {
    cx.raised_already()
}

/// Performs a call from Rust code, running the loop until it is done.
///
/// # Safety
/// The words of the call must be rooted.
pub(crate) unsafe fn enter_frame(cx: &mut Ctx, call: call::Pending) -> Res<Word> {
    let caller = Frame(cx.frame.get());
    // SAFETY: the caller's promise.
    let called = unsafe { call::begin(cx, call, caller, frame::Then::Leave)? };
    let frame = match called {
        call::Called::Value(word) => return Ok(word),
        call::Called::Frame(frame) => frame,
    };
    cx.check_native_stack("").inspect_err(|_| {
        // SAFETY: the frame was just pushed.
        unsafe { unwind::pop(cx, frame) };
    })?;
    let state = {
        let cx: *mut Ctx = cx;
        // SAFETY: the frame was just pushed and stands at its first instruction.
        unsafe { State::of(cx, frame, frame.pc()) }
    };
    // SAFETY: the frame leaves the loop when it is done.
    let exit = unsafe { run(state) };
    cx.frame.set(caller.0);
    match exit {
        // SAFETY: the loop stores a result at the top of the stack.
        Exit::Returned => Ok(unsafe { *cx.top.get() }),
        Exit::Yielded => unreachable!("the entry frame is no generator's"),
        Exit::Raised => Err(raised(cx)),
    }
}

/// What `locals()` is: a class body's mapping, a module's name space, or a new dict of a function's variables; `None`
/// outside script code.
pub(crate) fn current_locals(cx: &Ctx) -> Option<Value<'_>> {
    let frame = Frame(cx.frame.get());
    if frame.0.is_null() {
        return None;
    }
    // SAFETY: the context's frame is in use.
    let code = unsafe { frame.code(cx) };
    let source = code.source();
    // SAFETY: a class body's first register is its mapping, and every register of a frame was written.
    let register = |index: usize| unsafe { *frame.0.add(index) };
    if source.flags.class_body {
        // SAFETY: registers are roots.
        return Some(unsafe { Value::from_word(register(0)) });
    }
    if &*source.name == "<module>" {
        return code.globals.get(cx);
    }
    let names = Dict::alloc(cx);
    for (index, name) in source.locals.iter().chain(&source.free).enumerate() {
        let word = register(index);
        if word.is_unset() || name.starts_with('.') {
            continue;
        }
        // SAFETY: registers are roots.
        let value = unsafe { Value::from_word(word) };
        let bound = match value.cast::<Cell>() {
            Some(cell) => cell.value.get(cx),
            None => Some(value),
        };
        if let Some(value) = bound {
            names.set_name(cx, cx.intern(name), value);
        }
    }
    Some(Value::of(names))
}

/// The name space of the module whose code runs; `None` outside script code.
pub(crate) fn current_globals(cx: &Ctx) -> Option<&Dict> {
    let frame = Frame(cx.frame.get());
    if frame.0.is_null() {
        return None;
    }
    // SAFETY: the context's frame is in use.
    unsafe { frame.code(cx) }.globals.get(cx).and_then(Value::cast::<Dict>)
}
