//! Frames as scripts see them (`sys._getframe`, `tb_frame`).
//!
//! A frame of the loop has no object until somebody asks for one, or an exception passes. Then the object takes the place of
//! the frame's [`Then`] word, so that the thread's stack keeps it and the quick way to leave a frame, which compares that
//! word, is not taken. When the frame is left, the object keeps what its variables held.
//!
//! The registers of a frame in use belong to the thread that runs it; [`access`] is how others look at them.

pub mod access;
pub mod methods;

use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use argil_compiler::code::Position;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::stack::frame::{Frame, Then};
use crate::types::code::{CodeObject, Instrs};
use crate::types::function::Function;
use crate::types::generator::{Generator, State};
use crate::value::{Value, Word};

/// A frame; what its variables held when it was left follows the struct.
#[repr(C)]
pub struct FrameObject {
    header: Header,
    /// The registers while the frame is in use, null afterwards. Cleared (Release) after the variables were kept, which
    /// whoever finds it null (Acquire) may read.
    registers: AtomicPtr<Word>,
    /// The [`Then`] word that the object stands for (Relaxed: only the thread that runs the frame uses it).
    then: AtomicU64,
    /// The context of the thread that runs the frame (Relaxed: compared with one's own, never followed).
    owner: AtomicUsize,
    /// The number of the instruction at which the frame was left (Relaxed: written before `registers` is cleared).
    instr: AtomicUsize,
    /// How many variables there are: locals, then free ones.
    variables: usize,
    /// `f_trace_lines` and `f_trace_opcodes` (Relaxed: flags of their own).
    pub(crate) trace_lines: AtomicBool,
    pub(crate) trace_opcodes: AtomicBool,
    /// The line and the instruction that tools were told of last (Relaxed: only the thread that runs the frame uses them).
    pub(crate) line_seen: AtomicU32,
    pub(crate) instr_seen: AtomicU32,
    /// How many instructions it is ahead of what tools are being told: they hear that it goes on at what it waited for, and that
    /// it begins at its first line, for which `u32::MAX` stands (Relaxed, as above).
    pub(crate) ahead: AtomicU32,
    /// The function that it runs.
    pub function: Field,
    /// The generator that it belongs to, or unset.
    pub generator: Field,
    /// The caller's frame, once this one was left; or unset.
    pub back: Field,
    /// A dict of the names that were set through `f_locals` and are no variables, or unset.
    pub extra: Field,
    /// `f_trace`, or unset.
    pub trace: Field,
}

// SAFETY: `repr(C)` with the header first; only `FrameObject::alloc` makes objects of this kind.
unsafe impl HeapType for FrameObject {
    const KIND: Kind = Kind::Frame;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.function, &self.generator, &self.back, &self.extra, &self.trace] {
            tracer.field(field);
        }
        for field in self.kept() {
            tracer.field(field);
        }
    }

    fn extra_bytes(&self) -> usize {
        std::mem::size_of_val(self.kept())
    }
}

impl FrameObject {
    fn alloc<'h>(cx: &'h Ctx, function: Value<'h>, variables: usize) -> &'h FrameObject {
        let object = cx.alloc_with(variables * size_of::<Field>(), Builtin::Frame, |header| FrameObject {
            header,
            registers: AtomicPtr::default(),
            then: AtomicU64::new(0),
            owner: AtomicUsize::new(0),
            instr: AtomicUsize::new(0),
            variables,
            trace_lines: AtomicBool::new(true),
            trace_opcodes: AtomicBool::new(false),
            line_seen: AtomicU32::new(0),
            instr_seen: AtomicU32::new(0),
            ahead: AtomicU32::new(0),
            function: Field::new(function),
            generator: Field::unset(),
            back: Field::unset(),
            extra: Field::unset(),
            trace: Field::unset(),
        });
        // SAFETY: the allocation has room for the fields behind the struct.
        unsafe {
            let kept = std::ptr::from_ref(object).add(1).cast::<Field>().cast_mut();
            for i in 0..variables {
                kept.add(i).write(Field::unset());
            }
        }
        object
    }

    /// The object of a frame, made if there is none yet.
    ///
    /// # Safety
    /// The frame must be in use and the calling thread's, or its thread stands still.
    pub(crate) unsafe fn of(cx: &Ctx, frame: Frame) -> &FrameObject {
        // SAFETY: the caller's promise.
        unsafe {
            if let Some(known) = frame.object() {
                return known;
            }
            let source = frame.code(cx).source();
            let object = FrameObject::alloc(cx, frame.function(), source.locals.len() + source.free.len());
            object.registers.store(frame.0, Ordering::Relaxed);
            object.take_over(cx, frame.then());
            if frame.then().is_generator() {
                object.generator.store(Value::of(Generator::of_registers(frame.0)).word());
            }
            frame.set_object(object);
            object
        }
    }

    /// What happens to the frame's result.
    pub(crate) fn then(&self) -> u64 {
        self.then.load(Ordering::Relaxed)
    }

    /// The frame is entered, by this thread: says what happens to its result.
    pub(crate) fn take_over(&self, cx: &Ctx, then: Then) {
        self.then.store(then.word(), Ordering::Relaxed);
        self.owner.store(std::ptr::from_ref(cx) as usize, Ordering::Relaxed);
    }

    /// What the variables held when the frame was left.
    pub(crate) fn kept(&self) -> &[Field] {
        // SAFETY: `alloc` wrote that many words behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Field>(), self.variables) }
    }

    /// The frame, if it is in use.
    pub(crate) fn frame(&self) -> Option<Frame> {
        let registers = self.registers.load(Ordering::Acquire);
        (!registers.is_null()).then_some(Frame(registers))
    }

    /// Whether this thread runs the frame.
    pub(crate) fn is_own(&self, cx: &Ctx) -> bool {
        self.owner.load(Ordering::Relaxed) == std::ptr::from_ref(cx) as usize
    }

    /// The code that it runs.
    pub fn code<'h>(&'h self, cx: &'h Ctx) -> Option<&'h CodeObject> {
        Some(self.function.get(cx).and_then(Value::cast::<Function>)?.code(cx))
    }

    /// The number of the instruction at which it stands or stood.
    pub(crate) fn instr(&self, cx: &Ctx) -> usize {
        match (self.frame(), self.code(cx)) {
            // SAFETY: in use, the frame has its place saved whenever others look at it.
            (Some(frame), Some(code)) => code.index_of(unsafe { frame.pc() }),
            _ => self.instr.load(Ordering::Relaxed),
        }
    }

    /// Where in the source it stands or stood.
    pub(crate) fn position(&self, cx: &Ctx) -> Position {
        let Some(code) = self.code(cx).map(CodeObject::source) else { return Position::default() };
        let ahead = self.ahead.load(Ordering::Relaxed);
        let generator = self.generator.get(cx).and_then(Value::cast::<Generator>);
        // What has not begun stands where its function is defined.
        if ahead == u32::MAX || generator.is_some_and(|generator| generator.state() == State::Created) {
            return Position { line: code.first_line, ..Position::default() };
        }
        let at = self.instr(cx).saturating_sub(ahead as usize);
        // What the compiler added at the end of a body belongs to what comes before.
        let known = code.positions.get(..=at).and_then(|before| before.iter().rfind(|position| position.line != 0));
        known.copied().unwrap_or_default()
    }

    /// Keeps what the variables hold, as the frame is about to be left at an instruction.
    ///
    /// # Safety
    /// The frame must be in use and the calling thread's.
    #[cold]
    pub(crate) unsafe fn leave(&self, cx: &Ctx, frame: Frame, pc: *const Instrs) {
        // SAFETY: the caller's promise; a frame that is in use has a caller in use, or none.
        unsafe {
            self.instr.store(frame.code(cx).index_of(pc), Ordering::Relaxed);
            for (at, field) in self.kept().iter().enumerate() {
                let word = *frame.0.add(at);
                if !word.is_unset() {
                    field.set_in(cx, &self.header, Value::from_word(word));
                }
            }
            let caller = frame.caller();
            if !caller.0.is_null() && !frame.then().is_generator() {
                self.back.set_in(cx, &self.header, Value::of(FrameObject::of(cx, caller)));
            }
        }
        self.registers.store(std::ptr::null_mut(), Ordering::Release);
    }

    /// Forgets what the variables held when the frame was left.
    pub(crate) fn forget(&self, cx: &Ctx) {
        let guard = self.header.write(cx);
        self.kept().iter().chain([&self.extra]).for_each(|field| field.clear(&guard));
    }
}
