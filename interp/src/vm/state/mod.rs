//! Where the loop stands, and what an instruction may do from there.
//!
//! The functions of the instructions are safe because these are, and these are sound for three reasons, which the comments
//! below name by their numbers:
//!
//! 1. *The verifier accepted the code.* The operands that an instruction's row in `opcode.rs` gives it lie in the frame, among
//!    the constants and among the sites, and every way out of it that the row allows leads to an instruction of the code.
//! 2. *A state is moved, never copied.* Whoever has one is alone with the context, for which the loop was entered with a
//!    unique borrow, and runs a frame that is in use. What a state lends out borrows it, so that it is gone before the state
//!    moves on or the context is used mutably, as only a safepoint does.
//! 3. *Registers are roots*, each was written when the frame was made, and they belong to the thread that runs the frame; the
//!    running function keeps its code, and with it constants and caches.

pub(super) mod frames;
pub(super) mod part;
pub(super) mod refused;

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

use argil_compiler::opcode::Instr;

use super::{Dispatch, unwind};
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::stack::frame::Frame;
use crate::types::code::{CodeObject, Instrs};
use crate::types::frame::FrameObject;
use crate::types::function::native::Given;
use crate::value::{Value, Word};

/// What the loop keeps in machine registers: the right to run a frame on.
pub(crate) struct State {
    cx: *mut Ctx,
    /// The instruction being executed.
    pc: *const Instrs,
    /// The frame's registers.
    regs: *mut Word,
    /// The code's constants; caches lie before them.
    pool: *const Word,
}

/// A state in pieces, as the handlers of instructions pass it on.
pub(super) type Parts = (*mut Ctx, *const Instrs, *mut Word, *const Word);

impl State {
    /// # Safety
    /// The parts must be those of a state that was taken apart, and no other state may be made of them.
    #[inline(always)]
    pub(super) unsafe fn from_parts((cx, pc, regs, pool): Parts) -> State {
        State { cx, pc, regs, pool }
    }

    #[inline(always)]
    pub(super) fn into_parts(self) -> Parts {
        (self.cx, self.pc, self.regs, self.pool)
    }

    /// The context.
    #[inline(always)]
    pub(super) fn cx(&self) -> &Ctx {
        // SAFETY: 2.
        unsafe { &*self.cx }
    }

    /// The context, for what may reach a safepoint.
    #[inline(always)]
    pub(super) fn cx_mut(&mut self) -> &mut Ctx {
        // SAFETY: 2.
        unsafe { &mut *self.cx }
    }

    #[inline(always)]
    fn frame(&self) -> Frame {
        Frame(self.regs)
    }

    // Control.

    /// The instruction being executed.
    #[inline(always)]
    pub(super) fn instruction(&self) -> Instr {
        // SAFETY: 1: control came here.
        Instr(unsafe { (*self.pc).load(Ordering::Relaxed) })
    }

    /// Goes to the next instruction.
    #[inline(always)]
    pub(super) fn next(self) -> State {
        self.jump(0)
    }

    /// Goes to the instruction at a distance from the next one.
    #[inline(always)]
    pub(super) fn jump(self, distance: isize) -> State {
        // SAFETY: 1.
        State { pc: unsafe { self.pc.offset(distance + 1) }, ..self }
    }

    /// Goes to an exception handler of the code.
    #[inline(always)]
    pub(super) fn handler(self, target: u32) -> State {
        // SAFETY: 1: the exception table is verified too.
        State { pc: unsafe { self.code().instrs().add(target as usize) }, ..self }
    }

    /// Saves where the frame stands; see rule 2 of the loop.
    #[inline(always)]
    pub(super) fn save(&self) {
        self.cx().frame.set(self.regs);
        self.save_pc();
    }

    #[inline(always)]
    fn save_pc(&self) {
        // SAFETY: 2.
        unsafe { self.frame().set_pc(self.pc) };
    }

    // Operands.

    /// Where a register is.
    #[inline(always)]
    pub(super) fn register(&self, index: u16) -> *mut Word {
        // SAFETY: 1.
        unsafe { self.regs.add(usize::from(index)) }
    }

    /// The bits in a register.
    #[inline(always)]
    pub(super) fn get(&self, index: u16) -> Word {
        // SAFETY: 3.
        unsafe { *self.register(index) }
    }

    /// What a register holds.
    #[inline(always)]
    pub(super) fn value(&self, index: u16) -> Value<'_> {
        // SAFETY: 3; the value borrows the state, see 2.
        unsafe { Value::from_word(self.get(index)) }
    }

    /// Sets a register to what was a value since the last safepoint, or to UNSET.
    #[inline(always)]
    pub(super) fn set(&self, index: u16, word: Word) {
        // SAFETY: 3.
        unsafe { *self.register(index) = word };
    }

    /// What a register holds, in a new slot.
    #[inline(always)]
    pub(super) fn root(&self, index: u16) -> Slot {
        self.cx().push_word(self.get(index))
    }

    /// A constant.
    #[inline(always)]
    pub(super) fn constant(&self, index: u16) -> Value<'_> {
        // SAFETY: 1 and 3.
        unsafe { Value::from_word(*self.pool.add(usize::from(index))) }
    }

    /// A constant if `K`, else what a register holds.
    #[inline(always)]
    pub(super) fn operand<const K: bool>(&self, index: u16) -> Value<'_> {
        if K { self.constant(index) } else { self.value(index) }
    }

    /// What register `b` holds, and operand `c`.
    #[inline(always)]
    pub(super) fn operands<const K: bool>(&self, i: Instr) -> (Value<'_>, Value<'_>) {
        (self.value(i.b()), self.operand::<K>(i.c()))
    }

    /// The cache of a site.
    #[inline(always)]
    pub(super) fn cache(&self, site: u16) -> &AtomicU64 {
        // SAFETY: 1 and 3: caches lie before the constants, one a site.
        unsafe { &*self.pool.sub(usize::from(site) + 1).cast() }
    }

    /// The running code.
    #[inline(always)]
    pub(super) fn code(&self) -> &CodeObject {
        // SAFETY: 2.
        unsafe { self.frame().code(self.cx()) }
    }

    /// What scripts know the frame by.
    pub(super) fn frame_object(&self) -> &FrameObject {
        // SAFETY: 2.
        unsafe { FrameObject::of(self.cx(), self.frame()) }
    }

    /// The running code, and the number of the instruction being executed.
    #[inline(always)]
    pub(super) fn position(&self) -> (&CodeObject, usize) {
        let code = self.code();
        (code, code.index_of(self.pc))
    }

    /// The name of a site.
    #[inline(always)]
    pub(super) fn site_name(&self, site: u16) -> Value<'_> {
        self.code().site_name(self.cx(), site)
    }

    /// The name of a site, in a new slot.
    #[inline(always)]
    pub(super) fn root_name(&self, site: u16) -> Slot {
        self.cx().root(self.site_name(site))
    }

    /// Runs `f`, which sees nothing else, with what a run of registers holds; its result goes into register `to`.
    #[inline(always)]
    pub(super) fn with_run(
        &mut self,
        (first, count): (u16, u16),
        to: u16,
        f: impl for<'h> FnOnce(&'h Ctx, &[Value<'h>]) -> Value<'h>,
    ) {
        // SAFETY: 1 and 3. `Value` is a transparent `Word`; nothing writes registers while `f` runs.
        let values =
            unsafe { std::slice::from_raw_parts(self.register(first).cast::<Value<'_>>(), usize::from(count)) };
        let word = f(self.cx(), values).word();
        self.set(to, word);
    }

    /// A run of registers.
    #[inline(always)]
    pub(super) fn run(&self, first: u16, count: u16) -> &[Cell<Word>] {
        // SAFETY: 1 and 3; whoever else reads or writes a register meanwhile does so word by word, as a `Cell` lets him.
        unsafe { std::slice::from_raw_parts(self.register(first).cast(), usize::from(count)) }
    }

    /// A run of registers as the arguments of a native function, which is done with them when it returns.
    #[inline(always)]
    pub(super) fn given<'c>(&self, first: u16, count: usize) -> Given<'c> {
        // SAFETY: 1 and 3.
        unsafe { Given::new(self.register(first), count) }
    }

    // Slow parts and ends.

    /// Runs a slow part out of line. All that may raise is run like this: what it borrows is gone before the instruction ends.
    #[inline(always)]
    pub(super) fn apart<T>(&mut self, i: Instr, f: impl Fn(&mut State, Instr) -> Res<T>) -> Res<T> {
        self.save();
        // The state that stands in for this one lives for as long as this one is borrowed.
        out_of_line(self.cx, self.pc, self.regs, self.pool, i.0, move |cx, pc, regs, pool, word| {
            f(&mut State { cx, pc, regs, pool }, Instr(word))
        })
    }

    /// Runs `f`, then frees the slots that it made.
    #[inline(always)]
    pub(super) fn scope<T>(&mut self, f: impl FnOnce(&mut State) -> T) -> T {
        let top = self.cx().top.get();
        let result = f(self);
        self.cx().top.set(top);
        result
    }

    /// Runs a slow part with slots, which are freed afterwards.
    #[inline(always)]
    pub(super) fn with_slots(&mut self, i: Instr, f: impl Fn(&mut State, Instr) -> Res<Slot>) -> Res<Word> {
        self.apart(i, move |s, i| s.scope(|s| f(s, i).map(|slot| s.cx().get(slot).word())))
    }

    /// The same for a slow part without a value.
    #[inline(always)]
    pub(super) fn with_slots_unit(&mut self, i: Instr, f: impl Fn(&mut State, Instr) -> Res<()>) -> Res<()> {
        self.apart(i, move |s, i| s.scope(|s| f(s, i)))
    }

    /// Finishes an instruction that sets register `a`.
    #[inline(always)]
    pub(super) fn done<D: Dispatch>(self, i: Instr, word: Word) -> D::Out {
        self.set(i.a(), word);
        D::go(self.next())
    }

    /// Finishes an instruction whose slow part yielded a value for register `a`.
    #[inline(always)]
    pub(super) fn finish<D: Dispatch>(self, i: Instr, result: Res<Word>) -> D::Out {
        match result {
            Ok(word) => self.done::<D>(i, word),
            Err(raised) => self.raise::<D>(raised),
        }
    }

    /// Finishes an instruction whose slow part yielded nothing.
    #[inline(always)]
    pub(super) fn finish_unit<D: Dispatch>(self, result: Res<()>) -> D::Out {
        match result {
            Ok(()) => D::go(self.next()),
            Err(raised) => self.raise::<D>(raised),
        }
    }

    /// Finishes an instruction that raised.
    #[inline(always)]
    pub(super) fn raise<D: Dispatch>(self, raised: Raised) -> D::Out {
        unwind::raise::<D>(self, raised)
    }
}

/// Calls `f`, which must capture nothing, with the state in machine registers; [`part`] says why.
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
