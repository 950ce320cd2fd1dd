//! From frame to frame: entering, leaving, suspending.

use super::{State, refused};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};
use crate::memory::attempt;
use crate::stack::frame::{Frame, HEADER_WORDS, Then};
use crate::types::code::CodeObject;
use crate::types::function::Function;
use crate::types::generator::{Generator, State as GeneratorState};
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};
use crate::vm::call::Called;
use crate::vm::dispatch::{Dispatch, Exit, run};
use crate::vm::generator;

/// A frame that this thread may run: in use, and standing at an instruction of its code.
pub(crate) struct Ready(Frame);

/// A frame that was just left.
pub(in crate::vm) struct Popped {
    cx: *mut Ctx,
    /// What happens to its result.
    pub(in crate::vm) then: Then,
    caller: Frame,
}

/// The running frame of a context; its registers are null while none runs.
pub(in crate::vm) fn running(cx: &Ctx) -> Frame {
    Frame(cx.frame.get())
}

impl Ready {
    /// Makes a frame for a call of a function, on the stack or in a new generator, in which `bind` puts the arguments into
    /// registers that are all unbound. It stands at its first instruction.
    ///
    /// # Errors
    /// RecursionError if the limit is reached or the stack is full, and what `bind` raises.
    #[inline(always)]
    pub(in crate::vm) fn make<'h>(
        cx: &'h Ctx,
        function: &'h Function,
        caller: Frame,
        then: Then,
        bind: impl FnOnce(&'h CodeObject, &mut [Word]) -> Res<()>,
    ) -> Res<Called> {
        let code = function.code(cx);
        let count = code.registers as usize;
        if let Some(flavour) = code.makes {
            let generator = Generator::alloc(cx, Value::of(function), count, flavour);
            let frame = Frame(generator.registers());
            // SAFETY: a generator has room for its frame, whose registers are unbound.
            let registers = unsafe { Ready::init(function, code, frame, Frame(std::ptr::null_mut()), Then::Resumed) };
            bind(code, registers)?;
            return Ok(Called::Value(Value::of(generator).word()));
        }
        let top = cx.top.get();
        // SAFETY: frames end before the stack's limit, which leaves room for any frame's header and registers.
        let (frame, end) = unsafe { (Frame(top.add(HEADER_WORDS)), top.add(HEADER_WORDS + count)) };
        if end > cx.stack.frame_limit() || cx.depth.get() >= cx.interp().recursion_limit() {
            return Err(recursion_error(cx));
        }
        // SAFETY: as above; the words become the frame's.
        let registers = unsafe { Ready::init(function, code, frame, caller, then) };
        registers.fill(Word::UNSET);
        cx.top.set(end);
        cx.depth.set(cx.depth.get() + 1);
        match bind(code, registers) {
            Ok(()) => Ok(Called::Frame(Ready(frame))),
            Err(raised) => {
                cx.depth.set(cx.depth.get() - 1);
                cx.top.set(top);
                Err(raised)
            }
        }
    }

    /// Writes a frame's header; the registers.
    ///
    /// # Safety
    /// The words must belong to the frame.
    #[inline(always)]
    unsafe fn init<'a>(
        function: &Function,
        code: &CodeObject,
        frame: Frame,
        caller: Frame,
        then: Then,
    ) -> &'a mut [Word] {
        // SAFETY: the caller's promise.
        unsafe {
            frame.init(Value::of(function).word(), caller, then, code.pool());
            frame.set_pc(code.instrs());
            std::slice::from_raw_parts_mut(frame.0, code.registers as usize)
        }
    }

    /// The frame of a generator that waits, entered: its caller is another one now.
    #[inline(always)]
    pub(in crate::vm) fn generator(cx: &Ctx, generator: &Generator, caller: Frame, then: Then) -> Ready {
        debug_assert!(generator.state() == GeneratorState::Running);
        let frame = Frame(generator.registers());
        // SAFETY: this thread runs the generator now, so the frame is its own.
        unsafe { frame.set_caller(cx, caller, then) };
        cx.depth.set(cx.depth.get() + 1);
        cx.frame.set(frame.0);
        Ready(frame)
    }

    /// Moves the frame, which must be the topmost, down to `bottom`, over slots that its call no longer needs.
    pub(in crate::vm) fn slide(self, cx: &Ctx, bottom: *mut Word) -> Ready {
        // SAFETY: header and registers move together, within the stack.
        unsafe {
            let words = cx.top.get().offset_from_unsigned(self.0.0) + HEADER_WORDS;
            std::ptr::copy(self.0.0.sub(HEADER_WORDS), bottom, words);
            cx.top.set(bottom.add(words));
            Ready(Frame(bottom.add(HEADER_WORDS)))
        }
    }

    /// The object that the frame's `__init__` initialises, if it was pushed for that.
    #[inline(always)]
    pub(in crate::vm) fn constructed(&self) -> Option<Word> {
        // SAFETY: the frame is in use, and `__init__` has a parameter.
        unsafe { (self.0.then() == Then::Constructed).then(|| *self.0.0) }
    }

    /// Runs on in the frame, which leaves the loop when it is done: `start` is told where it stands. What is refused memory
    /// meanwhile raises a MemoryError there.
    pub(in crate::vm) fn run(self, cx: &mut Ctx, start: impl FnOnce(State) -> Exit) -> Exit {
        let level = cx.level();
        // SAFETY: the frame is ready; the borrow of the context lasts for as long as the state is used.
        let mut outcome = attempt(|| start(unsafe { State::of(cx, self.0) }));
        loop {
            if let Ok(exit) = outcome {
                return exit;
            }
            let again = refused::recover(cx, &level, self.0);
            let frame = running(cx);
            outcome = attempt(|| {
                // SAFETY: the frame is in use; as above.
                let s = unsafe { State::of(cx, frame) };
                if again { run(s) } else { refused::raise(s) }
            });
        }
    }
}

#[cold]
pub(in crate::vm) fn recursion_error(cx: &Ctx) -> Raised {
    cx.raise(Builtin::RecursionError, "maximum recursion depth exceeded")
}

impl State {
    /// Where a frame that is in use stands.
    #[inline(always)]
    unsafe fn of(cx: *mut Ctx, frame: Frame) -> State {
        // SAFETY: the caller's promise.
        unsafe { State { cx, pc: frame.pc(), regs: frame.0, pool: frame.pool() } }
    }

    /// The frame, as the caller of another.
    #[inline(always)]
    pub(in crate::vm) fn as_caller(&self) -> Frame {
        self.save();
        self.frame()
    }

    /// The frame, and its caller.
    pub(in crate::vm) fn place(&self) -> (Frame, Frame) {
        // SAFETY: 2.
        (self.frame(), unsafe { self.frame().caller() })
    }

    /// Shows the state of the frame that delegates to this one, a generator's.
    pub(in crate::vm) fn with_caller<R>(&mut self, f: impl FnOnce(&mut State) -> R) -> R {
        debug_assert!(self.then() == Then::Delegate);
        // SAFETY: the frame that delegates is in use, and stands at its delegation; this state is borrowed meanwhile.
        f(&mut unsafe { State::of(self.cx, self.frame().caller()) })
    }

    /// Goes on in a frame that this one called.
    #[inline(always)]
    pub(in crate::vm) fn enter(self, frame: Ready) -> State {
        // SAFETY: the frame is ready.
        unsafe { State::of(self.cx, frame.0) }
    }

    /// Calls a simple script function, which register `callee` holds, with as many arguments as it has parameters, all by
    /// position, the quickest way; the state as it was if it is another thing, or the poll word or a limit asks for another way.
    /// `CLOSURE` tells whether functions with free variables are wanted, or those without.
    #[inline(always)]
    pub(in crate::vm) fn enter_simple<const CLOSURE: bool>(
        self,
        callee: u16,
        first: u16,
        count: u32,
    ) -> Result<State, State> {
        let Some(function) = self.value(callee).cast::<Function>() else { return Err(self) };
        let (cx, code) = (self.cx(), function.code.load());
        // SAFETY: a function's code field holds a code object, which lives as long as the function; the rest is as in
        // `Ready::make`, of which this is the fast form.
        unsafe {
            let code = &*code.ptr().cast::<CodeObject>();
            if code.simple_params != count || (code.free != 0) != CLOSURE {
                return Err(self);
            }
            let (top, registers) = (cx.top.get(), code.registers as usize);
            let regs = top.add(HEADER_WORDS);
            let end = regs.add(registers);
            if end > cx.stack.frame_limit() || cx.depth.get() >= cx.interp().recursion_limit() || cx.poll.is_set() {
                return Err(self);
            }
            Frame(regs).init(self.get(callee), self.frame(), Then::Store, code.pool());
            let count = count as usize;
            for at in 0..count {
                *regs.add(at) = *self.register(first).add(at);
            }
            for at in count..registers {
                *regs.add(at) = Word::UNSET;
            }
            if CLOSURE && let Some(cells) = function.closure.get(cx).and_then(Value::cast::<Tuple>) {
                let first = code.source().locals.len();
                for (at, cell) in cells.iter(cx).take(code.free as usize).enumerate() {
                    *regs.add(first + at) = cell.word();
                }
            }
            self.save_pc();
            cx.top.set(end);
            cx.depth.set(cx.depth.get() + 1);
            Ok(State { cx: self.cx, pc: code.instrs(), regs, pool: code.pool() })
        }
    }

    /// Leaves a frame whose result goes into a register of its caller, the quickest way: where the caller stands. The state as
    /// it was if the result is for something else.
    #[inline(always)]
    pub(in crate::vm) fn leave_simple(self) -> Result<State, State> {
        let (cx, frame) = (self.cx(), self.frame());
        // SAFETY: a frame whose result is stored lies on the stack and has a caller that stands at its call.
        unsafe {
            if frame.then_word() != Then::Store.word() {
                return Err(self);
            }
            cx.top.set(self.regs.sub(HEADER_WORDS));
            cx.depth.set(cx.depth.get() - 1);
            Ok(State::of(self.cx, frame.caller()))
        }
    }

    /// What happens to the frame's result.
    #[inline(always)]
    pub(in crate::vm) fn then(&self) -> Then {
        // SAFETY: 2.
        unsafe { self.frame().then() }
    }

    /// Takes the frame off.
    #[inline(always)]
    pub(in crate::vm) fn pop(self) -> Popped {
        let (cx, frame) = (self.cx(), self.frame());
        cx.depth.set(cx.depth.get() - 1);
        // SAFETY: the frame is in use: a generator's, or one that lies on the stack and begins with its header.
        let (then, caller) = unsafe {
            let then = frame.then();
            if let Some(object) = frame.object() {
                object.leave(cx, frame, self.pc);
            }
            if then.is_generator() {
                generator::leave(cx, Generator::of_registers(frame.0), GeneratorState::Finished);
            } else {
                cx.top.set(frame.0.sub(HEADER_WORDS));
            }
            (then, frame.caller())
        };
        cx.frame.set(caller.0);
        Popped { cx: self.cx, then, caller }
    }

    /// Suspends the frame, which must be a generator's, and those that delegate to it: what was resumed outermost is left.
    #[inline(always)]
    pub(in crate::vm) fn suspend(self) -> Popped {
        let (cx, mut frame) = (self.cx(), self.frame());
        self.save_pc();
        loop {
            // SAFETY: the frame is in use and a generator's; so is one that delegates, which stands at its delegation.
            let (then, caller) = unsafe {
                let left = (frame.then(), frame.caller());
                generator::leave(cx, Generator::of_registers(frame.0), GeneratorState::Suspended);
                left
            };
            cx.depth.set(cx.depth.get() - 1);
            cx.frame.set(caller.0);
            match then {
                Then::Delegate => frame = caller,
                _ => return Popped { cx: self.cx, then, caller },
            }
        }
    }
}

impl Popped {
    /// The context.
    #[inline(always)]
    pub(in crate::vm) fn cx(&self) -> &Ctx {
        // SAFETY: 2: the state is given up.
        unsafe { &*self.cx }
    }

    /// Where the caller stands; the frame itself again if that is Rust code.
    #[inline(always)]
    pub(in crate::vm) fn caller(self) -> Result<State, Popped> {
        if matches!(self.then, Then::Leave | Then::Resumed) {
            return Err(self);
        }
        // SAFETY: a frame that does not leave the loop has a caller, which stands where it called.
        Ok(unsafe { State::of(self.cx, self.caller) })
    }

    /// Hands a value to the Rust code that entered the loop.
    #[inline(always)]
    pub(in crate::vm) fn exit<D: Dispatch>(self, exit: Exit, value: Word) -> D::Out {
        // SAFETY: the stack has room for a result above its top.
        unsafe { *self.cx().top.get() = value };
        D::exit(exit)
    }
}

/// What the loop that was just left handed to the Rust code that had entered it.
pub(in crate::vm) fn result(cx: &Ctx) -> Word {
    // SAFETY: the loop stores a result above the top of the stack.
    unsafe { *cx.top.get() }
}
