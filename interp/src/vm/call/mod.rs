//! Calls: from whatever is called to a new frame, a finished value, or an exception.
//!
//! A call to script code pushes a frame and stays in the loop; only Rust code that calls script code (`ops/call.rs`) enters
//! the loop anew. A receiver found on the way takes the word before the arguments, where the callee lay.

pub(crate) mod bind;
pub(super) mod ops;
pub(super) mod spread;

use super::frame::{Frame, HEADER_WORDS, Then};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};
use crate::names::Name;
use crate::native::{Args, Given, Names, NativeCode, NativeKind, check_first};
use crate::object::{HeapType, Kind};
use crate::types::class::Class;
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::generator::Generator;
use crate::value::{Value, Word};

/// A call about to happen.
#[derive(Clone, Copy)]
pub(crate) struct Pending {
    /// What is called.
    pub(crate) callee: Word,
    /// The arguments.
    pub(crate) args: *mut Word,
    /// How many there are, named ones included.
    pub(crate) count: usize,
    /// The tuple of names of the last arguments, or unset.
    pub(crate) names: Word,
    /// Whether the word before the arguments is free.
    pub(crate) room: bool,
}

impl Pending {
    /// The arguments as a native function takes them.
    ///
    /// # Safety
    /// The words of the call must be rooted.
    unsafe fn arguments(&self) -> (Given, Names) {
        // SAFETY: the caller's promise.
        unsafe { (Given::new(self.args, self.count), Names::new(self.names)) }
    }
}

/// What came of a call.
pub(crate) enum Called {
    /// It is done.
    Value(Word),
    /// A frame was pushed; the loop goes on in it.
    Frame(Frame),
}

/// Whether a class attribute is a function that takes the instance as its first argument.
pub(crate) fn is_plain(value: Value<'_>) -> bool {
    match value.kind() {
        Some(Kind::Function) => true,
        Some(Kind::NativeFunction) => value.cast::<NativeFunction>().is_some_and(NativeFunction::is_method),
        _ => false,
    }
}

/// Puts a receiver before the arguments.
fn prepend(cx: &Ctx, call: &mut Pending, receiver: Word) {
    if call.room {
        // SAFETY: the word before the arguments is free.
        unsafe {
            call.args = call.args.sub(1);
            *call.args = receiver;
        }
        call.room = false;
    } else {
        // SAFETY: the arguments are valid words; they are copied to new slots on the stack.
        let words = (0..call.count).map(|i| unsafe { *call.args.add(i) });
        let first = cx.top.get();
        cx.push_slots(std::iter::once(receiver).chain(words));
        call.args = first;
    }
    call.count += 1;
}

/// Performs a call up to the point where script code runs.
///
/// # Safety
/// The words of the call must be rooted by the running frame or by slots.
pub(crate) unsafe fn begin(cx: &mut Ctx, mut call: Pending, caller: Frame, then: Then) -> Res<Called> {
    loop {
        // SAFETY: the callee is rooted, or was just found in a class.
        let callee: Value<'_> = unsafe { Value::from_word(call.callee) };
        match callee.kind() {
            // SAFETY: the caller's promise.
            Some(Kind::Function) => return unsafe { bind::enter(cx, call, caller, then) },
            Some(Kind::NativeFunction) => {
                let function = callee.cast::<NativeFunction>().expect("the kind was checked");
                // SAFETY: the caller's promise.
                let (given, names) = unsafe { call.arguments() };
                if function.def.kind.checks_first() {
                    check_first(cx, function, &Args::of(given, names))?;
                }
                let code = function.def.call;
                return call_native(cx, code, given, names).map(Called::Value);
            }
            Some(Kind::BoundMethod) => {
                let method = callee.cast::<BoundMethod>().expect("the kind was checked");
                let receiver = method.receiver.load();
                call.callee = method.function.load();
                prepend(cx, &mut call, receiver);
            }
            Some(Kind::Class) => {
                // SAFETY: the caller's promise.
                match unsafe { construct(cx, &mut call, caller, then)? } {
                    Some(called) => return Ok(called),
                    None => continue,
                }
            }
            _ => find_call(cx, &mut call)?,
        }
    }
}

/// Runs a native function.
#[inline(always)]
fn call_native(cx: &mut Ctx, code: NativeCode, given: Given, names: Names) -> Res<Word> {
    cx.check_native_stack("")?;
    let top = cx.top.get();
    let result = code(cx, given, names);
    cx.top.set(top);
    result
}

/// Turns the call of an object into the call of its class's `__call__`.
#[cold]
fn find_call(cx: &mut Ctx, call: &mut Pending) -> Res<()> {
    let cx = &*cx;
    // SAFETY: the callee is rooted.
    let callee: Value<'_> = unsafe { Value::from_word(call.callee) };
    match crate::ops::attr::find_special(cx, callee, Name::__call__) {
        Some(function) => {
            call.callee = function.word();
            prepend(cx, call, callee.word());
            Ok(())
        }
        None => Err(cx.type_error(format!("'{}' object is not callable", cx.type_name(callee)))),
    }
}

/// Calls a class. `None` means that `call` was turned into another call.
unsafe fn construct(cx: &mut Ctx, call: &mut Pending, caller: Frame, then: Then) -> Res<Option<Called>> {
    match begin_instance(cx, call, then) {
        Start::Call => Ok(None),
        Start::Native(new, init) => {
            prepend(cx, call, call.callee);
            // SAFETY: the class lies before the arguments, in the caller's register.
            let (given, names) = unsafe { call.arguments() };
            let made = call_native(cx, new, given, names)?;
            if let Some(init) = init {
                // SAFETY: the object takes the place of its class.
                unsafe { *call.args = made };
                call_native(cx, init, given, names)?;
                // SAFETY: it lies there still.
                return Ok(Some(Called::Value(unsafe { *call.args })));
            }
            Ok(Some(Called::Value(made)))
        }
        Start::Init(instance, init) => {
            call.callee = init;
            prepend(cx, call, instance);
            // SAFETY: the instance lies before the arguments, in the caller's register.
            unsafe { bind::enter(cx, *call, caller, Then::Constructed) }.map(Some)
        }
        Start::Generic => {
            let top = cx.top.get();
            let class = cx.push_word(call.callee);
            // SAFETY: the caller's promise.
            let (given, names) = unsafe { call.arguments() };
            let (args, names) = Args::of(given, names).into_slots(cx);
            let result = crate::ops::call::construct(cx, class, args, names).map(|slot| cx.get(slot).word());
            cx.top.set(top);
            result.map(|word| Some(Called::Value(word)))
        }
    }
}

/// How the call of a class goes on.
enum Start {
    /// It is the call of the metaclass's `__call__`, which `call` now says.
    Call,
    /// By the `__new__` and, if it is not that of `object`, the `__init__` of a built-in class.
    Native(NativeCode, Option<NativeCode>),
    /// The new instance, and the script function that initialises it.
    Init(Word, Word),
    /// By `__new__` and `__init__`, looked up one after the other.
    Generic,
}

fn begin_instance(cx: &Ctx, call: &mut Pending, then: Then) -> Start {
    // SAFETY: the callee is rooted.
    let value: Value<'_> = unsafe { Value::from_word(call.callee) };
    let class = value.cast::<Class>().expect("the kind was checked");
    let word_of = |class: &Class, name| class.special(cx, name).map(Value::word);
    let meta_call = word_of(cx.class_of(value), Name::__call__);
    if let Some(function) = meta_call.filter(|_| meta_call != word_of(cx.class(Builtin::Type), Name::__call__)) {
        let receiver = call.callee;
        call.callee = function;
        prepend(cx, call, receiver);
        return Start::Call;
    }
    if !class.flags().heap && call.room {
        return begin_builtin(cx, class);
    }
    let plain = class.layout() == Kind::Instance
        && then == Then::Store
        && call.room
        && word_of(class, Name::__new__) == word_of(cx.class(Builtin::Object), Name::__new__);
    let init = class.special(cx, Name::__init__).filter(|init| init.kind() == Some(Kind::Function));
    match init {
        Some(init) if plain => Start::Init(Value::of(cx.new_instance(class)).word(), init.word()),
        _ => Start::Generic,
    }
}

/// How the call of a built-in class goes on whose metaclass is `type`.
fn begin_builtin(cx: &Ctx, class: &Class) -> Start {
    let native = |name| class.special(cx, name).and_then(Value::cast::<NativeFunction>);
    let (Some(new), Some(init)) = (native(Name::__new__), native(Name::__init__)) else { return Start::Generic };
    // `type` itself makes classes or tells one, and what another `__new__` makes may be of any class.
    if class.is(Builtin::Type) || new.def.kind != NativeKind::New {
        return Start::Generic;
    }
    let no_init = class.special(cx, Name::__init__) == cx.class(Builtin::Object).special(cx, Name::__init__);
    Start::Native(new.def.call, (!no_init).then_some(init.def.call))
}

/// Reserves a frame for code with this many registers; all of them unbound.
///
/// # Errors
/// RecursionError if the limit is reached or the stack is full.
#[inline]
pub(super) unsafe fn push(
    cx: &Ctx,
    function: Word,
    registers: usize,
    caller: Frame,
    then: Then,
    pool: *const Word,
) -> Res<Frame> {
    let top = cx.top.get();
    // SAFETY: frames end before the stack's limit, which leaves room for any frame's header and registers.
    unsafe {
        let regs = top.add(HEADER_WORDS);
        let end = regs.add(registers);
        if end > cx.stack.frame_limit() || cx.depth.get() >= cx.interp().recursion_limit() {
            return Err(recursion_error(cx));
        }
        let frame = Frame(regs);
        frame.init(function, caller, then, pool);
        for i in 0..registers {
            *regs.add(i) = Word::UNSET;
        }
        cx.top.set(end);
        cx.depth.set(cx.depth.get() + 1);
        Ok(frame)
    }
}

#[cold]
fn recursion_error(cx: &Ctx) -> Raised {
    cx.raise(Builtin::RecursionError, "maximum recursion depth exceeded")
}

/// A generator whose frame is ready to run, in place of a frame on the stack.
pub(super) unsafe fn new_generator<'h>(cx: &'h Ctx, function: &'h Function, pool: *const Word) -> &'h Generator {
    let code = function.code(cx);
    let generator = Generator::alloc(cx, Value::of(function), code.registers as usize);
    // SAFETY: the generator's frame is its own.
    unsafe {
        Frame(generator.registers()).init(Value::of(function).word(), Frame(std::ptr::null_mut()), Then::Resumed, pool)
    };
    debug_assert!(generator.header().kind() == Kind::Generator);
    generator
}

/// Moves a frame that was just pushed down to `bottom`, over slots that its call no longer needs.
///
/// # Safety
/// The frame must be the topmost, and nothing between `bottom` and it may be in use.
pub(super) unsafe fn slide(cx: &Ctx, frame: Frame, bottom: *mut Word) -> Frame {
    // SAFETY: the caller's promise; header and registers move together.
    unsafe {
        let words = cx.top.get().offset_from_unsigned(frame.0) + HEADER_WORDS;
        std::ptr::copy(frame.0.sub(HEADER_WORDS), bottom, words);
        cx.top.set(bottom.add(words));
        Frame(bottom.add(HEADER_WORDS))
    }
}
