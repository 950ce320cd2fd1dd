//! Calls: from whatever is called to a new frame, a finished value, or an exception.
//!
//! A call to script code pushes a frame and stays in the loop; only Rust code that calls script code (`ops/call.rs`) enters
//! the loop anew. A receiver found on the way takes the word before the arguments, where the callee lay.

pub(crate) mod bind;
pub(super) mod ops;
mod pending;
pub(super) mod spread;

use super::state::frames::Ready;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::find::is_descriptor;
use crate::ops::construct::{is_abstract, makes_nothing};
use crate::stack::frame::{Frame, Then};
use crate::types::class::Class;
use crate::types::function::native::{Args, Given, Names, NativeCode, NativeKind, check_first};
use crate::types::function::{BoundMethod, NativeFunction};
use crate::value::{Value, Word};

pub(crate) use pending::Pending;

/// What came of a call.
pub(crate) enum Called {
    /// It is done.
    Value(Word),
    /// A frame was pushed; the loop goes on in it.
    Frame(Ready),
}

/// Performs a call up to the point where script code runs.
pub(crate) fn begin(cx: &mut Ctx, mut call: Pending, caller: Frame, then: Then) -> Res<Called> {
    loop {
        let callee = call.callee(cx);
        match callee.kind() {
            Some(Kind::Function) => return bind::enter(cx, &call, caller, then),
            Some(Kind::NativeFunction) => {
                let function = callee.cast::<NativeFunction>().expect("the kind was checked");
                let (given, names) = call.arguments();
                if function.def.kind.checks_first() {
                    check_first(cx, function, &Args::of(given, names))?;
                }
                let code = function.def.call;
                return call_native(cx, code, given, names).map(Called::Value);
            }
            Some(Kind::BoundMethod) => {
                let method = callee.cast::<BoundMethod>().expect("the kind was checked");
                call.set_callee(method.function.get_or_none(cx));
                call.prepend(cx, method.receiver.get_or_none(cx));
            }
            Some(Kind::Class) => match construct(cx, &mut call, caller, then)? {
                Some(called) => return Ok(called),
                None => continue,
            },
            _ => find_call(cx, &mut call)?,
        }
    }
}

/// Runs a native function.
#[inline(always)]
fn call_native(cx: &mut Ctx, code: NativeCode, given: Given<'_>, names: Names<'_>) -> Res<Word> {
    cx.check_native_stack("")?;
    let top = cx.top.get();
    let result = code(cx, given, names).map(Value::word);
    cx.top.set(top);
    result
}

/// Turns the call of an object into the call of its class's `__call__`.
#[cold]
fn find_call(cx: &mut Ctx, call: &mut Pending) -> Res<()> {
    let cx = &*cx;
    let callee = call.callee(cx);
    match crate::ops::attr::find_special(cx, callee, Name::__call__) {
        Some(function) => {
            call.set_callee(function);
            call.prepend(cx, callee);
            Ok(())
        }
        None => Err(cx.type_error(format!("'{}' object is not callable", cx.type_name(callee)))),
    }
}

/// Calls a class. `None` means that `call` was turned into another call.
fn construct(cx: &mut Ctx, call: &mut Pending, caller: Frame, then: Then) -> Res<Option<Called>> {
    match begin_instance(cx, call, then) {
        Start::Call => Ok(None),
        Start::Native(new, init) => {
            // The class lies before the arguments now, and the object takes its place.
            call.prepend(cx, call.callee(cx));
            let (given, names) = call.arguments();
            let made = call_native(cx, new, given, names)?;
            if let Some(init) = init {
                call.set_first(made);
                call_native(cx, init, given, names)?;
                return Ok(Some(Called::Value(call.first())));
            }
            Ok(Some(Called::Value(made)))
        }
        Start::NativeInit(new) => {
            call.prepend(cx, call.callee(cx));
            let (given, names) = call.arguments();
            let made = call_native(cx, new, given, names)?;
            let init = call.callee(cx).cast::<Class>().and_then(|class| script_init(cx, class));
            let Some(init) = init else {
                // Another thread has changed the class since.
                return construct_generically(cx, call, 1).map(Some);
            };
            call.set_first(made);
            call.set_callee(init);
            bind::enter(cx, call, caller, Then::Constructed).map(Some)
        }
        Start::Init => bind::enter(cx, call, caller, Then::Constructed).map(Some),
        Start::Generic => construct_generically(cx, call, 0).map(Some),
    }
}

/// Makes and initialises an instance of the class that is called, with the arguments from this one on.
fn construct_generically(cx: &mut Ctx, call: &Pending, from: usize) -> Res<Called> {
    let top = cx.top.get();
    let class = cx.root(call.callee(cx));
    let (given, names) = call.arguments();
    let (args, names) = Args::of(given, names).into_slots(cx);
    let made = crate::ops::call::construct(cx, class, args.skip(from), names).map(|slot| cx.get(slot).word());
    cx.top.set(top);
    made.map(Called::Value)
}

/// The `__init__` of a class, if it is a script function.
fn script_init<'h>(cx: &'h Ctx, class: &'h Class) -> Option<Value<'h>> {
    class.special(cx, Name::__init__).filter(|init| init.kind() == Some(Kind::Function))
}

/// How the call of a class goes on.
enum Start {
    /// It is the call of the metaclass's `__call__`, which `call` now says.
    Call,
    /// By the `__new__` and, if it is not that of `object`, the `__init__` of a built-in class.
    Native(NativeCode, Option<NativeCode>),
    /// By the `__new__` of a built-in class, then the script function that initialises what it made.
    NativeInit(NativeCode),
    /// It is the call of the script function that initialises the new instance, which `call` now says.
    Init,
    /// By `__new__` and `__init__`, looked up one after the other.
    Generic,
}

fn begin_instance(cx: &Ctx, call: &mut Pending, then: Then) -> Start {
    let value = call.callee(cx);
    let class = value.cast::<Class>().expect("the kind was checked");
    let word_of = |class: &Class, name| class.special(cx, name).map(Value::word);
    let meta_call = cx.class_of(value).special(cx, Name::__call__);
    let own_call = meta_call.map(Value::word) != word_of(cx.class(Builtin::Type), Name::__call__);
    if let Some(function) = meta_call.filter(|_| own_call) {
        call.set_callee(function);
        // What does not bind, such as a class, is called as if it stood alone.
        if is_descriptor(cx, function) {
            call.prepend(cx, value);
        }
        return Start::Call;
    }
    if !class.flags().heap && call.has_room() {
        return begin_builtin(cx, class);
    }
    let init = script_init(cx, class).filter(|_| then == Then::Store && call.has_room());
    match init {
        Some(_) if class.layout() == Kind::Exception => {
            let new = class.special(cx, Name::__new__).and_then(Value::cast::<NativeFunction>);
            match new.filter(|new| new.def.kind == NativeKind::New) {
                Some(new) => Start::NativeInit(new.def.call),
                None => Start::Generic,
            }
        }
        Some(init)
            if class.layout() == Kind::Instance
                && !is_abstract(cx, class)
                && word_of(class, Name::__new__) == word_of(cx.class(Builtin::Object), Name::__new__) =>
        {
            call.set_callee(init);
            call.prepend(cx, Value::of(cx.new_instance(class)));
            Start::Init
        }
        _ => Start::Generic,
    }
}

/// How the call of a built-in class goes on whose metaclass is `type`.
fn begin_builtin(cx: &Ctx, class: &Class) -> Start {
    let native = |name| class.special(cx, name).and_then(Value::cast::<NativeFunction>);
    let (Some(new), Some(init)) = (native(Name::__new__), native(Name::__init__)) else { return Start::Generic };
    // `type` itself makes classes or tells one, and what another `__new__` makes may be of any class.
    if class.is(Builtin::Type) || new.def.kind != NativeKind::New || makes_nothing(cx, class) {
        return Start::Generic;
    }
    let no_init = class.special(cx, Name::__init__) == cx.class(Builtin::Object).special(cx, Name::__init__);
    Start::Native(new.def.call, (!no_init).then_some(init.def.call))
}
