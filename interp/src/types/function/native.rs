//! Functions written in Rust, as the rest of the interpreter sees them: a definition, and arguments where the caller has
//! them. How such definitions are written is `native/`'s.

use super::NativeFunction;
use std::marker::PhantomData;

use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::object::Kind;
use crate::types::class::Class;
use crate::types::descriptor::StaticMethod;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// How a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// By position only.
    Positional,
    /// By position or by name.
    Either,
    /// By name only.
    Keyword,
}

/// One parameter of a native function.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// How it may be given.
    pub kind: ParamKind,
    /// Whether it must be given.
    pub required: bool,
}

/// What an entry becomes when it is put into a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// A function, or a method that takes the instance first.
    Function,
    /// A special method that does what an operator does. It goes by the layout of its instance, so that is checked.
    Wrapper,
    /// A method that takes the class first.
    Class,
    /// A constructor: takes the class, which is or derives from that which defines the constructor.
    New,
    /// A static method.
    Static,
    /// Reads an attribute.
    Getter,
    /// Writes the attribute of the same name.
    Setter,
}

/// A native function.
pub struct NativeDef {
    /// Its name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// Whether more positional arguments may follow.
    pub rest: bool,
    /// What it becomes in a class.
    pub kind: NativeKind,
    /// Whether it binds its arguments itself.
    pub raw: bool,
    /// The code.
    pub call: NativeCode,
}

impl NativeKind {
    /// Whether each call goes through [`check_first`].
    #[inline(always)]
    pub(crate) fn checks_first(self) -> bool {
        matches!(self, NativeKind::New | NativeKind::Wrapper)
    }
}

impl NativeDef {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name)
    }

    /// How many of the parameters are the instance or the class.
    pub(crate) fn receivers(&self) -> usize {
        let takes_class = matches!(self.kind, NativeKind::Class | NativeKind::New);
        usize::from(takes_class || self.params.first().is_some_and(|p| p.name == "self_"))
    }
}

impl Param {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name).trim_end_matches('_')
    }
}

/// A TypeError unless a function of a class got what it takes first: a constructor a class, a special method an instance.
///
/// Every call of either comes through here.
pub(crate) fn check_first(cx: &Ctx, function: &NativeFunction, args: &Args) -> Res<()> {
    if function.def.kind == NativeKind::New {
        return check_new(cx, function, args);
    }
    let Some(owner) = function.owner.get(cx).and_then(Value::cast::<Class>) else { return Ok(()) };
    let (name, shown) = (function.def.name(), owner.name(cx));
    match args.first(cx) {
        None => Err(cx.type_error(format!("descriptor '{name}' of '{shown}' object needs an argument"))),
        Some(first) if cx.class_of(first).is_subclass(cx, owner) => Ok(()),
        Some(first) => {
            let got = cx.type_name(first);
            Err(cx.type_error(format!("descriptor '{name}' requires a '{shown}' object but received a '{got}'")))
        }
    }
}

/// A TypeError unless a constructor got a class that may be given to it, first.
///
/// What it makes has the layout of the class that defines it, so it must not
/// be told that the new object is of any other.
fn check_new(cx: &Ctx, new: &NativeFunction, args: &Args) -> Res<()> {
    let Some(owner) = new.owner.get(cx).and_then(Value::cast::<Class>) else { return Ok(()) };
    let first = args.first(cx);
    if first.and_then(Value::cast::<Class>).is_some_and(|class| class.is_subclass(cx, owner)) {
        return Ok(());
    }
    let shown = owner.name(cx);
    let Some(first) = first else {
        return Err(cx.type_error(format!("{shown}.__new__(): not enough arguments")));
    };
    let Some(class) = first.cast::<Class>() else {
        let got = cx.type_name(first);
        return Err(cx.type_error(format!("{shown}.__new__(X): X is not a type object ({got})")));
    };
    let class = class.name(cx);
    Err(cx.type_error(format!("{shown}.__new__({class}): {class} is not a subtype of {shown}")))
}

/// Where the arguments of a call are, and how many: two machine words, so that they travel in registers.
#[derive(Clone, Copy)]
pub struct Given<'c> {
    base: *const Word,
    count: usize,
    call: PhantomData<&'c Word>,
}

/// The tuple of names of a call's last arguments, or unset.
#[derive(Clone, Copy)]
pub struct Names<'c>(Word, PhantomData<&'c Word>);

/// The code of a native function.
pub type NativeCode = for<'h> fn(&'h mut Ctx, Given<'h>, Names<'h>) -> Res<Value<'h>>;

impl Names<'_> {
    /// No argument is named.
    pub(crate) const NONE: Names<'static> = Names(Word::UNSET, PhantomData);

    /// # Safety
    /// The word must be unset, or a tuple of strings that is reachable from a root for as long as the arguments are used.
    pub(crate) unsafe fn new(names: Word) -> Self {
        Names(names, PhantomData)
    }
}

/// Arguments where the caller has them, for as long as the call lasts.
#[derive(Clone, Copy)]
pub struct Args<'c> {
    base: *const Word,
    count: usize,
    names: Word,
    call: PhantomData<&'c Word>,
}

impl Given<'_> {
    /// # Safety
    /// `base` must point to `count` valid words that are reachable from a root for as long as the arguments are used; the
    /// last are named by the `Names` that travel with them.
    #[inline(always)]
    pub(crate) unsafe fn new(base: *const Word, count: usize) -> Self {
        Given { base, count, call: PhantomData }
    }
}

impl<'c> Args<'c> {
    /// The arguments of the call that a native function's code was run for.
    #[doc(hidden)]
    #[inline(always)]
    pub fn of(given: Given<'c>, names: Names<'c>) -> Args<'c> {
        Args { base: given.base, count: given.count, names: names.0, call: PhantomData }
    }

    /// How many arguments there are, named ones included.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no argument.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    #[inline(always)]
    pub(crate) fn word(&self, index: usize) -> Word {
        debug_assert!(index < self.count);
        // SAFETY: `new`'s contract.
        unsafe { *self.base.add(index) }
    }

    /// How many arguments are given by position.
    #[inline(always)]
    pub fn positional(&self, cx: &Ctx) -> usize {
        if self.names.is_unset() { self.count } else { self.count - self.names(cx).map_or(0, Tuple::len) }
    }

    /// Whether any argument is named.
    #[inline(always)]
    pub fn has_names(&self) -> bool {
        !self.names.is_unset()
    }

    /// The names of the last arguments.
    pub fn names<'h>(&self, _cx: &'h Ctx) -> Option<&'h Tuple> {
        // SAFETY: the names are a constant of the calling code, or live in its frame.
        if self.names.is_unset() { None } else { unsafe { Value::from_word(self.names) }.cast::<Tuple>() }
    }

    /// The first argument: of a method, the instance or the class.
    pub(crate) fn first<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
        // SAFETY: the arguments are rooted by the caller, and `'h` excludes safepoints.
        (self.count > 0).then(|| unsafe { Value::from_word(self.word(0)) })
    }

    /// Copies the arguments into slots, named ones after the others; returns them and the tuple of names.
    pub fn into_slots(self, cx: &mut Ctx) -> (Slots, Option<Slot>) {
        let slots = cx.push_slots((0..self.count).map(|i| self.word(i)));
        let names = if self.names.is_unset() { None } else { Some(cx.push_slots([self.names]).get(0)) };
        (slots, names)
    }

    /// The class that a constructor got.
    pub fn class<'h>(&self, cx: &'h Ctx) -> &'h Class {
        self.first(cx).and_then(Value::cast::<Class>).expect("a constructor is called with a class")
    }

    /// Copies the arguments of a constructor into slots, the class or instance first. `least` to `most` more are positional,
    /// none is named; otherwise a TypeError in CPython's words names `function`. Named ones that are meant for the other half of
    /// a subclass's constructor are left out.
    pub fn constructor(self, cx: &mut Ctx, function: &str, least: usize, most: usize) -> Res<Slots> {
        let named = self.names(cx).is_some_and(|names| !names.is_empty());
        if named && !self.first(cx).is_some_and(|first| shares_construction(cx, first)) {
            return Err(cx.type_error(format!("{function}() takes no keyword arguments")));
        }
        let positional = self.positional(cx);
        let given = positional.saturating_sub(1);
        if self.is_empty() || given < least || given > most {
            let (bound, count) = if given < least { ("at least", least) } else { ("at most", most) };
            let bound = if least == most { String::new() } else { format!("{bound} ") };
            let plural = if count == 1 { "" } else { "s" };
            return Err(cx.type_error(format!("{function} expected {bound}{count} argument{plural}, got {given}")));
        }
        Ok(self.into_slots(cx).0.take(positional))
    }
}

/// Whether the other half of a constructor (`__init__` of a class, `__new__` of an instance's class) is script code.
fn shares_construction(cx: &Ctx, first: Value<'_>) -> bool {
    match first.cast::<Class>() {
        Some(class) => class.special(cx, Name::__init__).is_some_and(|init| init.kind() == Some(Kind::Function)),
        None => {
            let new = cx.class_of(first).special(cx, Name::__new__);
            let method = new.and_then(|new| new.native::<StaticMethod>());
            method.and_then(|method| method.callable.get(cx)).is_some_and(|new| new.kind() == Some(Kind::Function))
        }
    }
}
