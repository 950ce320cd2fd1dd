//! Frames: a header of five words, then the registers.
//!
//! | word  | meaning                                                                     |
//! |-------|-----------------------------------------------------------------------------|
//! | -5    | the constants of the running code                                           |
//! | -4    | a [`Then`]: what happens to the result                                      |
//! | -3    | the caller's registers                                                      |
//! | -2    | where this frame stands, saved when it calls                                |
//! | -1    | the function                                                                |
//!
//! All but the last are aligned pointers or shifted numbers, so they look like small integers to the collector.

use crate::ctx::Ctx;
use crate::names::Name;
use crate::types::cell::Cell;
use crate::types::code::{CodeObject, Instrs};
use crate::types::dict::Dict;
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
    pub(crate) unsafe fn then(self) -> Then {
        // SAFETY: word -4 of a frame holds a `Then`.
        match unsafe { self.then_word() } >> 2 {
            0 => Then::Store,
            1 => Then::Leave,
            2 => Then::Constructed,
            3 => Then::Iterate,
            4 => Then::Delegate,
            _ => Then::Resumed,
        }
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
            self.set_caller(caller, then);
            *self.0.sub(5) = Word(pool as u64);
        }
    }

    /// Says who gets the result.
    ///
    /// # Safety
    /// The words must belong to the frame.
    #[inline(always)]
    pub(crate) unsafe fn set_caller(self, caller: Frame, then: Then) {
        // SAFETY: the caller's promise.
        unsafe {
            *self.0.sub(3) = Word(caller.0 as u64);
            *self.0.sub(4) = Word((then as u64) << 2);
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

/// The file and line of the script that runs, the library's own frames passed over; `None` outside script code.
pub(crate) fn script_line(cx: &Ctx) -> Option<(String, u32)> {
    let mut frame = Frame(cx.frame.get());
    while !frame.0.is_null() {
        // SAFETY: the context's frame and its callers are in use.
        let (code, pc, caller) = unsafe { (frame.code(cx), frame.pc(), frame.caller()) };
        let globals = code.globals.get(cx).and_then(Value::cast::<Dict>);
        let module = globals.and_then(|names| names.get_name(cx, cx.name(Name::__name__))?.as_str());
        if !cx.interp().config.library.iter().any(|def| Some(def.name) == module) {
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
