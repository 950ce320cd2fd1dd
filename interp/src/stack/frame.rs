//! Frames: a header of five words, then the registers.
//!
//! | word  | meaning                                                                     |
//! |-------|-----------------------------------------------------------------------------|
//! | -5    | the constants of the running code                                           |
//! | -4    | a [`Then`]: what happens to the result; or the [`FrameObject`] that has it  |
//! | -3    | the caller's registers                                                      |
//! | -2    | where this frame stands, saved when it calls                                |
//! | -1    | the function                                                                |
//!
//! The function and the object are values that the frame keeps alive; the others are aligned pointers or shifted numbers, so
//! they look like small integers to the collector.

use crate::ctx::Ctx;
use crate::names::Name;
use crate::object::Field;
use crate::types::cell::Cell;
use crate::types::code::{CodeObject, Instrs};
use crate::types::dict::Dict;
use crate::types::frame::FrameObject;
use crate::types::function::Function;
use crate::value::{Value, Word};

/// Words before the first register.
pub const HEADER_WORDS: usize = 5;
/// How many words before the registers a frame saves where it stands.
pub(crate) const SAVED_PC: usize = 2;

/// What happens to a frame's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Then {
    /// It goes into register `a` of the caller's instruction.
    Store = 0,
    /// The Rust code that entered the loop gets it.
    Leave = 1,
    /// It must be None; the caller's register `a` already holds the new object.
    Constructed = 2,
    /// The frame is a generator's; what it yields is the next element for the caller's `for`.
    Iterate = 3,
    /// The frame is a generator's; the caller delegates to it with `yield from`.
    Delegate = 4,
    /// The frame is a generator's; the Rust code that entered the loop resumed it.
    Resumed = 5,
}

impl Then {
    /// As a frame's header holds it.
    #[inline(always)]
    pub(crate) const fn word(self) -> u64 {
        (self as u64) << 2
    }

    /// Whether the frame is a generator's.
    #[inline(always)]
    pub(crate) fn is_generator(self) -> bool {
        matches!(self, Then::Iterate | Then::Delegate | Then::Resumed)
    }
}

/// A frame, by its registers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame(pub(crate) *mut Word);

impl Frame {
    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn function<'h>(self) -> Value<'h> {
        // SAFETY: word -1 of a frame is the function.
        unsafe { Value::from_word(*self.0.sub(1)) }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn code(self, cx: &Ctx) -> &CodeObject {
        // SAFETY: the caller's promise.
        unsafe { self.function() }.cast::<Function>().expect("a frame runs a function").code(cx)
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn pc(self) -> *const Instrs {
        // SAFETY: word -2 of a frame.
        unsafe { (*self.0.sub(2)).0 as *const Instrs }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn set_pc(self, pc: *const Instrs) {
        // SAFETY: word -2 of a frame.
        unsafe { *self.0.sub(2) = Word(pc as u64) };
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn caller(self) -> Frame {
        // SAFETY: word -3 of a frame.
        Frame(unsafe { (*self.0.sub(3)).0 as *mut Word })
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn then_word(self) -> u64 {
        // SAFETY: word -4 of a frame.
        unsafe { (*self.0.sub(4)).0 }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn then(self) -> Then {
        // SAFETY: the caller's promise.
        let word = unsafe { self.object().map_or_else(|| self.then_word(), FrameObject::then) };
        match word >> 2 {
            0 => Then::Store,
            1 => Then::Leave,
            2 => Then::Constructed,
            3 => Then::Iterate,
            4 => Then::Delegate,
            _ => Then::Resumed,
        }
    }

    /// The object that scripts know the frame by, if there is one.
    ///
    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn object<'h>(self) -> Option<&'h FrameObject> {
        // SAFETY: word -4 of a frame is such an object or looks like an integer.
        unsafe { Value::from_word(Word(self.then_word())) }.cast::<FrameObject>()
    }

    /// Puts the object in place of the [`Then`] that it has taken over.
    ///
    /// # Safety
    /// The frame must be in use, and the calling thread's or of one that stands still.
    pub(crate) unsafe fn set_object(self, object: &FrameObject) {
        // SAFETY: word -4 of a frame.
        unsafe { *self.0.sub(4) = Value::of(object).word() };
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn pool(self) -> *const Word {
        // SAFETY: word -5 of a frame.
        unsafe { (*self.0.sub(5)).0 as *const Word }
    }

    /// Writes the header.
    ///
    /// # Safety
    /// The words must belong to the frame.
    #[inline(always)]
    pub(crate) unsafe fn init(self, function: Word, caller: Frame, then: Then, pool: *const Word) {
        // SAFETY: the caller's promise.
        unsafe {
            *self.0.sub(1) = function;
            *self.0.sub(2) = Word(0);
            *self.0.sub(3) = Word(caller.0 as u64);
            *self.0.sub(4) = Word(then.word());
            *self.0.sub(5) = Word(pool as u64);
        }
    }

    /// Says who gets the result of a generator's frame, which this thread enters.
    ///
    /// # Safety
    /// The frame must be in use, and the calling thread's.
    #[inline(always)]
    pub(crate) unsafe fn set_caller(self, cx: &Ctx, caller: Frame, then: Then) {
        // SAFETY: the caller's promise.
        unsafe {
            *self.0.sub(3) = Word(caller.0 as u64);
            match self.object() {
                None => *self.0.sub(4) = Word(then.word()),
                Some(object) => object.take_over(cx, then),
            }
        }
    }
}

/// What `locals()` is: a class body's mapping, a module's name space, or a new dict of a function's variables; `None`
/// outside script code.
pub(crate) fn current_locals(cx: &Ctx) -> Option<Value<'_>> {
    let frame = Frame(cx.frame.get());
    if frame.0.is_null() {
        return None;
    }
    // SAFETY: the context's frame is in use, and its registers are roots, of which those of variables come first.
    unsafe {
        let code = frame.code(cx);
        let registers = std::slice::from_raw_parts(frame.0.cast::<Field>(), code.variables());
        let extra = frame.object().and_then(|object| object.extra.get(cx));
        Some(locals(cx, code, registers, extra))
    }
}

/// What the local names are of a frame whose variables hold this, with a dict of others.
pub(crate) fn locals<'h>(
    cx: &'h Ctx,
    code: &'h CodeObject,
    variables: &[Field],
    extra: Option<Value<'h>>,
) -> Value<'h> {
    if !code.is_function() {
        let mapping = variables.first().and_then(|mapping| mapping.get(cx));
        return mapping.unwrap_or_else(|| code.globals.get_or_none(cx));
    }
    let names = Dict::alloc(cx);
    for index in code.variables_in_order() {
        let name = code.variable_name(index);
        if name.starts_with('.') {
            continue;
        }
        let bound = variables[index].get(cx);
        let bound = match bound.and_then(Value::cast::<Cell>).filter(|_| code.is_in_cell(index)) {
            Some(cell) => cell.value.get(cx),
            None => bound,
        };
        if let Some(value) = bound {
            names.set_name(cx, cx.intern(name), value);
        }
    }
    for (key, value) in extra.and_then(Value::cast::<Dict>).into_iter().flat_map(|extra| extra.iter(cx)) {
        match key.as_str() {
            Some(_) => names.set_name(cx, key, value),
            // Keys are hashed as they were in the other dict; none is equal to a name without being a string.
            None => drop(names.set(cx, key, value)),
        }
    }
    Value::of(names)
}

/// The file and line of the script that runs, the library's own frames passed over; `None` outside script code.
pub(crate) fn script_line(cx: &Ctx) -> Option<(String, u32)> {
    let mut frame = Frame(cx.frame.get());
    while !frame.0.is_null() {
        // SAFETY: the context's frame and its callers are in use.
        let (code, pc, caller) = unsafe { (frame.code(cx), frame.pc(), frame.caller()) };
        let globals = code.globals.get(cx).and_then(Value::cast::<Dict>);
        let module = globals.and_then(|names| names.get_name(cx, cx.name(Name::__name__))?.as_str());
        if !module.is_some_and(|module| cx.interp().config.library.has(module)) {
            let position = code.source().positions.get(code.index_of(pc));
            return Some((code.file().name.clone(), position.map_or(0, |position| position.line)));
        }
        frame = caller;
    }
    None
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
