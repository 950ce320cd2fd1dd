//! Functions written in Rust: one table entry each, whose signature is the contract.
//!
//! [`natives!`](crate::natives) turns typed Rust functions into a table of [`NativeDef`]s. Arity and type errors, keyword
//! arguments, defaults and help come from the signature, in one place ([`NativeDef::bind`] and [`FromArg`]).
//!
//! There are two kinds. A plain `fn` gets `&Ctx` and values: it cannot reach a safepoint, so what it holds stays valid,
//! and its arguments stay where the caller has them. A `call fn` gets `&mut Ctx` and [`Slot`]s, because it may run script
//! code or block; a value that it takes out of a slot does not outlive the next such call, or it does not compile.
//!
//! ```text
//! natives! {
//!     pub static METHODS = {
//!         /// Return a centered string of length width.
//!         fn center(cx; s: &'h str, width: i64, fill: char = ' ') -> String { … }
//!         /// Return the sum …
//!         call fn sum(cx; iterable: Slot; start: Option<Slot> = None) -> Slot { … }
//!     }
//! }
//! ```
//! Parameters before the second `;` are positional only, those after it may be named, those after a third must be.
//! `*rest` at the end of the first section takes the remaining positional arguments. Before `fn`: `get` and `set` make an
//! attribute, `class` passes the class instead of the instance, `static` passes neither. `raw fn` binds nothing itself.

use crate::ctx::{Ctx, Raised, Res, Slot, Slots};
use crate::interp::Builtin;
use crate::object::HeapType;
use crate::types::class::Class;
use crate::types::int::Int;
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
    /// A method that takes the class first.
    Class,
    /// A static method.
    Static,
    /// Reads an attribute.
    Getter,
    /// Writes the attribute of the same name.
    Setter,
}

/// Arguments where the caller has them.
#[derive(Clone, Copy)]
pub struct Args {
    base: *const Word,
    count: usize,
    /// The tuple of names of the last arguments, or unset.
    names: Word,
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
    pub call: fn(&mut Ctx, Args) -> Res<Word>,
}

impl Args {
    /// # Safety
    /// `base` must point to `count` valid words that are reachable from a root for as long as the arguments are used; the
    /// last `len(names)` are named by the tuple `names`, if that is set.
    #[inline(always)]
    pub(crate) unsafe fn new(base: *const Word, count: usize, names: Word) -> Args {
        Args { base, count, names }
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

    /// The names of the last arguments.
    pub fn names<'h>(&self, _cx: &'h Ctx) -> Option<&'h Tuple> {
        // SAFETY: the names are a constant of the calling code, or live in its frame.
        if self.names.is_unset() { None } else { unsafe { Value::from_word(self.names) }.cast::<Tuple>() }
    }

    /// The name of the class of the first argument.
    fn first_class<'h>(&self, cx: &'h Ctx) -> Option<&'h str> {
        if self.count == 0 {
            return None;
        }
        // SAFETY: the arguments are rooted by the caller.
        Some(cx.type_name(unsafe { Value::from_word(self.word(0)) }))
    }

    /// The name of the class that a constructor was called for.
    fn receiver_class<'h>(&self, cx: &'h Ctx) -> Option<&'h str> {
        // SAFETY: the arguments are rooted by the caller.
        let first = if self.count == 0 { return None } else { unsafe { Value::from_word(self.word(0)) } };
        Some(first.cast::<crate::types::class::Class>()?.name(cx))
    }

    /// Copies the arguments into slots, named ones after the others; returns them and the tuple of names.
    pub fn into_slots(self, cx: &mut Ctx) -> (Slots, Option<Slot>) {
        let slots = cx.push_slots((0..self.count).map(|i| self.word(i)));
        let names = if self.names.is_unset() { None } else { Some(cx.push_slots([self.names]).get(0)) };
        (slots, names)
    }
}

impl Args {
    /// The class that a `__new__` got, which is `base` or derives from it.
    pub fn class<'h>(&self, cx: &'h Ctx, base: Builtin) -> Res<&'h Class> {
        // SAFETY: the arguments are rooted by the caller, and `'h` excludes safepoints.
        let first = if self.is_empty() { None } else { Some(unsafe { Value::from_word(self.word(0)) }) };
        let class = first.and_then(Value::cast::<Class>).filter(|class| class.is_subclass(cx, cx.class(base)));
        class.ok_or_else(|| {
            let (name, got) = (base.text(), first.map_or("nothing", |first| cx.type_name(first)));
            cx.type_error(format!("{name}.__new__(X): X is not a type object ({got})"))
        })
    }

    /// Copies the arguments of a constructor into slots, the class or instance first. `least` to `most` more are positional,
    /// none is named; otherwise a TypeError in CPython's words names `function`.
    pub fn constructor(self, cx: &mut Ctx, function: &str, least: usize, most: usize) -> Res<Slots> {
        if self.names(cx).is_some_and(|names| !names.is_empty()) {
            return Err(cx.type_error(format!("{function}() takes no keyword arguments")));
        }
        let given = self.len().saturating_sub(1);
        if self.is_empty() || given < least || given > most {
            let (bound, count) = if given < least { ("at least", least) } else { ("at most", most) };
            let bound = if least == most { String::new() } else { format!("{bound} ") };
            let plural = if count == 1 { "" } else { "s" };
            return Err(cx.type_error(format!("{function} expected {bound}{count} argument{plural}, got {given}")));
        }
        Ok(self.into_slots(cx).0)
    }
}

/// The instance that a method was called on; a TypeError if it has another layout.
pub fn receiver<'h, T: HeapType>(cx: &'h Ctx, slot: Slot, method: &str) -> Res<&'h T> {
    let value = cx.get(slot);
    value.cast::<T>().ok_or_else(|| {
        let (wanted, got) = (format!("{:?}", T::KIND).to_lowercase(), cx.type_name(value));
        cx.type_error(format!("descriptor '{method}' for '{wanted}' objects doesn't apply to a '{got}' object"))
    })
}

impl NativeDef {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name)
    }

    /// Puts the arguments where the parameters are; a parameter that was not given stays unset. Returns how many positional
    /// arguments remain for `*rest`.
    #[inline(always)]
    pub fn bind(&'static self, cx: &Ctx, args: &Args, bound: &mut [Word]) -> Res<usize> {
        let positional_params = self.params.len();
        if args.names.is_unset() && args.count <= positional_params {
            for (i, slot) in bound.iter_mut().enumerate().take(args.count) {
                *slot = args.word(i);
            }
            let all_given = self.params[args.count..].iter().all(|p| !p.required);
            if all_given && self.params[..args.count].iter().all(|p| p.kind != ParamKind::Keyword) {
                return Ok(0);
            }
        }
        self.bind_slowly(cx, args, bound)
    }

    #[cold]
    #[inline(never)]
    fn bind_slowly(&'static self, cx: &Ctx, args: &Args, bound: &mut [Word]) -> Res<usize> {
        bound.fill(Word::UNSET);
        let given = args.positional(cx);
        let most = self.params.iter().filter(|p| p.kind != ParamKind::Keyword).count();
        if given > most && !self.rest {
            return Err(self.arity_error(cx, args, given));
        }
        for (i, slot) in bound.iter_mut().enumerate().take(given.min(most)) {
            *slot = args.word(i);
        }
        let names = args.names(cx).map(|names| names.iter(cx).collect::<Vec<_>>()).unwrap_or_default();
        for (i, name) in names.iter().enumerate() {
            let name = name.as_str().unwrap_or("?");
            let found = self.params.iter().position(|p| p.kind != ParamKind::Positional && p.name() == name);
            let Some(at) = found else {
                if self.params.iter().all(|p| p.kind == ParamKind::Positional) {
                    let owner = match args.first_class(cx) {
                        Some(class) if self.receivers() == 1 => format!("{class}."),
                        _ => String::new(),
                    };
                    let function = self.shown_name(cx, args);
                    return Err(cx.type_error(format!("{owner}{function}() takes no keyword arguments")));
                }
                let function = self.shown_name(cx, args);
                return Err(cx.type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
            };
            if !bound[at].is_unset() {
                let position = at + 1 - self.receivers();
                return Err(cx.type_error(format!(
                    "argument for {}() given by name ('{name}') and position ({position})",
                    self.name()
                )));
            }
            bound[at] = args.word(given + i);
        }
        for (i, param) in self.params.iter().enumerate() {
            if param.required && bound[i].is_unset() {
                if param.kind == ParamKind::Positional {
                    return Err(self.arity_error(cx, args, given));
                }
                let (function, name) = (self.shown_name(cx, args), param.name());
                let position = i + 1 - self.receivers().max(usize::from(self.name == "__new__"));
                return Err(cx.type_error(format!("{function}() missing required argument '{name}' (pos {position})")));
            }
        }
        Ok(given.saturating_sub(most))
    }

    /// How many of the parameters are the instance.
    fn receivers(&self) -> usize {
        usize::from(self.params.first().is_some_and(|p| p.name == "self_"))
    }

    /// The name in messages: a constructor has that of its class.
    fn shown_name<'h>(&self, cx: &'h Ctx, args: &Args) -> &'h str {
        args.receiver_class(cx).filter(|_| self.name == "__new__").unwrap_or(self.name())
    }

    /// The TypeError for a wrong number of positional arguments, in CPython's words: these depend on whether parameters may
    /// be named, and on whether there is one or none. A method's instance does not count.
    fn arity_error(&self, cx: &Ctx, args: &Args, given: usize) -> Raised {
        let class = args.receiver_class(cx).filter(|_| self.name == "__new__");
        let receiver = usize::from(class.is_some()).max(self.receivers());
        let count = |wanted: &dyn Fn(&Param) -> bool| self.params.iter().filter(|p| wanted(p)).count() - receiver;
        let least = count(&|p| p.required && p.kind != ParamKind::Keyword);
        let most = count(&|p| p.kind != ParamKind::Keyword);
        let (all, without_name) =
            (self.params.len() - receiver, count(&|p| p.kind == ParamKind::Positional && p.required));
        let name = class.unwrap_or(self.name());
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        let message = if self.receivers() == 1 && given == 0 {
            format!("unbound method {name}() needs an argument")
        } else if without_name < all && self.params.iter().any(|p| p.kind == ParamKind::Either) {
            let given = given.saturating_sub(receiver);
            let (limit, bound, kind) = if given < without_name {
                ("least", without_name, "positional argument")
            } else if most < all {
                ("most", most, "positional argument")
            } else {
                ("most", most, "argument")
            };
            format!("{name}() takes at {limit} {bound} {kind}{} ({given} given)", plural(bound))
        } else {
            let given = given.saturating_sub(receiver);
            let owner = match args.first_class(cx) {
                Some(class) if receiver == 1 && self.name != "__new__" => format!("{class}."),
                _ => String::new(),
            };
            match (least, most) {
                (0, 0) if !self.rest => format!("{owner}{name}() takes no arguments ({given} given)"),
                (1, 1) if !self.rest => format!("{owner}{name}() takes exactly one argument ({given} given)"),
                _ if least == most && !self.rest => format!("{name} expected {most} arguments, got {given}"),
                _ if given < least => {
                    format!("{name} expected at least {least} argument{}, got {given}", plural(least))
                }
                _ => format!("{name} expected at most {most} argument{}, got {given}", plural(most)),
            }
        };
        cx.type_error(message)
    }
}

impl Param {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name).trim_end_matches('_')
    }
}

/// A Rust type that an argument converts to without running script code.
pub trait FromArg<'h>: Sized {
    /// Converts an argument; a TypeError names the function `def` and the position `index`.
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self>;
}

/// The TypeError for an argument of the wrong type.
pub fn wrong_type(cx: &Ctx, value: Value<'_>, def: &'static NativeDef, index: usize, wanted: &str) -> Raised {
    let receiver = def.receivers();
    let (function, got) = (def.name(), if value.is_none() { "None" } else { cx.type_name(value) });
    if index < receiver {
        return cx
            .type_error(format!("descriptor '{function}' for '{wanted}' objects doesn't apply to a '{got}' object"));
    }
    let params = def.params.len() - receiver;
    let param = &def.params[index];
    if param.kind != ParamKind::Positional {
        cx.type_error(format!("{function}() argument '{}' must be {wanted}, not {got}", param.name()))
    } else if params == 1 && !def.rest {
        cx.type_error(format!("{function}() argument must be {wanted}, not {got}"))
    } else {
        cx.type_error(format!("{function}() argument {} must be {wanted}, not {got}", index + 1 - receiver))
    }
}

impl<'h> FromArg<'h> for Value<'h> {
    #[inline(always)]
    fn from_arg(_cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(value)
    }
}

impl<'h, T: FromArg<'h>> FromArg<'h> for Option<T> {
    #[inline(always)]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        if value.is_none() { Ok(None) } else { T::from_arg(cx, value, def, index).map(Some) }
    }
}

impl<'h> FromArg<'h> for &'h str {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        value.as_str().ok_or_else(|| wrong_type(cx, value, def, index, "str"))
    }
}

impl<'h> FromArg<'h> for &'h [u8] {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        value
            .as_bytes()
            .ok_or_else(|| cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(value))))
    }
}

impl<'h> FromArg<'h> for char {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let text = value.as_str().ok_or_else(|| {
            cx.type_error(format!("The fill character must be a unicode character, not {}", cx.type_name(value)))
        })?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(cx.type_error("The fill character must be exactly one character long")),
        }
    }
}

impl<'h> FromArg<'h> for Int<'h> {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        cx.index(value)
    }
}

impl<'h> FromArg<'h> for i64 {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if let Some(small) = value.as_small_int() {
            return Ok(small);
        }
        cx.index(value)?.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
    }
}

/// The start or end of a part of a sequence, as slices give it; what is out of range is clipped.
pub struct Bound(pub Option<i64>);

impl<'h> FromArg<'h> for Bound {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if value.is_none() {
            return Ok(Bound(None));
        }
        let Some(int) = value.as_int() else {
            return Err(cx.type_error("slice indices must be integers or None or have an __index__ method"));
        };
        let farthest = if crate::ops::number::int::is_negative(int) { i64::MIN } else { i64::MAX };
        // A little less, so that adding a length does not overflow.
        Ok(Bound(Some(int.to_i64().unwrap_or(farthest).clamp(i64::MIN / 2, i64::MAX / 2))))
    }
}

impl<'h> FromArg<'h> for f64 {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        cx.real(value)
    }
}

impl<'h> FromArg<'h> for bool {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        crate::ops::truth::truth_leaf(cx, value).ok_or_else(|| wrong_type(cx, value, def, index, "bool"))
    }
}

impl<'h, T: HeapType> FromArg<'h> for &'h T {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        value.cast::<T>().ok_or_else(|| {
            let wanted = format!("{:?}", T::KIND).to_lowercase();
            wrong_type(cx, value, def, index, &wanted)
        })
    }
}

/// A Rust type that an argument in a slot converts to.
pub trait FromSlot: Sized {
    /// Converts an argument; may run script code.
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self>;
}

impl FromSlot for Slot {
    #[inline(always)]
    fn from_slot(_cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(slot)
    }
}

/// An argument that may be missing, where `None` the object is an argument like any other.
pub struct GivenSlot(pub Option<Slot>);

impl FromSlot for GivenSlot {
    fn from_slot(_cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(GivenSlot(Some(slot)))
    }
}

impl<T: FromSlot> FromSlot for Option<T> {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        if cx.get(slot).is_none() { Ok(None) } else { T::from_slot(cx, slot, def, index).map(Some) }
    }
}

macro_rules! from_slot_by_arg {
    ($($type:ty)*) => {
        $(impl FromSlot for $type {
            fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
                let cx: &Ctx = cx;
                FromArg::from_arg(cx, cx.get(slot), def, index)
            }
        })*
    };
}
from_slot_by_arg! { char }

impl FromSlot for f64 {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        crate::ops::number::to_float(cx, slot)
    }
}

impl FromSlot for i64 {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let number = crate::ops::number::index(cx, slot)?;
        let cx: &Ctx = cx;
        FromArg::from_arg(cx, cx.get(number), def, index)
    }
}

impl FromSlot for bool {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        crate::ops::truth::truth(cx, slot)
    }
}

impl FromSlot for String {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let cx: &Ctx = cx;
        <&str>::from_arg(cx, cx.get(slot), def, index).map(str::to_owned)
    }
}

/// A Rust type that a native function returns.
pub trait IntoWord {
    /// The value's bits; the caller roots them before the next safepoint.
    fn into_word(self, cx: &Ctx) -> Word;
}

impl IntoWord for Value<'_> {
    #[inline(always)]
    fn into_word(self, _cx: &Ctx) -> Word {
        self.word()
    }
}

impl IntoWord for Slot {
    #[inline(always)]
    fn into_word(self, cx: &Ctx) -> Word {
        cx.get(self).word()
    }
}

impl IntoWord for () {
    fn into_word(self, _cx: &Ctx) -> Word {
        Word::NONE
    }
}

impl IntoWord for bool {
    fn into_word(self, _cx: &Ctx) -> Word {
        Word::bool(self)
    }
}

impl IntoWord for i64 {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.int(self).word()
    }
}

impl IntoWord for usize {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.uint(self as u64).word()
    }
}

impl IntoWord for f64 {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.float(self).word()
    }
}

impl IntoWord for String {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.str(&self).word()
    }
}

impl IntoWord for &str {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.str(self).word()
    }
}

impl IntoWord for char {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.char(self).word()
    }
}

impl IntoWord for dashu_int::IBig {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.big_int(self).word()
    }
}

impl IntoWord for Vec<u8> {
    fn into_word(self, cx: &Ctx) -> Word {
        cx.bytes(&self).word()
    }
}

impl<T: HeapType> IntoWord for &T {
    fn into_word(self, _cx: &Ctx) -> Word {
        Value::of(self).word()
    }
}

impl<T: IntoWord> IntoWord for Option<T> {
    fn into_word(self, cx: &Ctx) -> Word {
        self.map_or(Word::NONE, |value| value.into_word(cx))
    }
}

/// The remaining positional arguments of a plain native function.
#[derive(Clone, Copy)]
pub struct Rest<'h> {
    args: Args,
    first: usize,
    count: usize,
    borrow: std::marker::PhantomData<&'h Ctx>,
}

impl<'h> Rest<'h> {
    /// The last `count` positional arguments.
    pub fn new(cx: &'h Ctx, args: Args, count: usize) -> Rest<'h> {
        Rest { args, first: args.positional(cx) - count, count, borrow: std::marker::PhantomData }
    }

    /// The arguments.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Value<'h>> {
        // SAFETY: the arguments are rooted by the caller, and `'h` excludes safepoints.
        (self.first..self.first + self.count).map(move |i| unsafe { Value::from_word(self.args.word(i)) })
    }
}

/// Turns the word of a bound parameter into a value.
#[doc(hidden)]
#[inline(always)]
pub fn bound_value<'h>(_cx: &'h Ctx, args: &Args, word: Word) -> Value<'h> {
    debug_assert!(!word.is_unset() && args.count > 0);
    // SAFETY: `bind` took the word from the arguments, which the caller roots, and `'h` excludes safepoints.
    unsafe { Value::from_word(word) }
}

/// See the module's documentation.
#[macro_export]
macro_rules! natives {
    ($(#[$meta:meta])* $vis:vis static $table:ident = { $($items:tt)* }) => {
        #[doc = "Native functions."]
        $(#[$meta])*
        $vis static $table: &[&$crate::native::NativeDef] = $crate::natives!(@items [] $($items)*);
    };
    (@items [$($done:tt)*]) => { &[$($done)*] };
    (@items $done:tt $(#[doc = $doc:literal])* fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Function raw $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* get fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Getter plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* get call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Getter calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* set fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Setter plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* set call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Setter calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* class raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Class raw $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static plain $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static call fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static calling $($rest)*)
    };
    (@items $done:tt $(#[doc = $doc:literal])* static raw fn $($rest:tt)*) => {
        $crate::natives!(@take $done [$($doc)*] Static raw $($rest)*)
    };
    (@take [$($done:tt)*] $doc:tt $kind:ident $mode:ident $name:ident $sig:tt -> $ret:ty $body:block $($rest:tt)*) => {
        $crate::natives!(@items [$($done)* $crate::native_def!($kind $mode $doc $name $sig $ret, $body),] $($rest)*)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_def {
    ($kind:ident raw [$($doc:literal)*] $name:ident ($cx:ident, $args:ident) $ret:ty, $body:block) => {{
        fn code($cx: &mut $crate::ctx::Ctx, $args: $crate::native::Args) -> $crate::ctx::Res<$ret> $body
        fn call(cx: &mut $crate::ctx::Ctx, args: $crate::native::Args) -> $crate::ctx::Res<$crate::value::Word> {
            let result = code(cx, args)?;
            Ok($crate::native::IntoWord::into_word(result, cx))
        }
        static DEF: $crate::native::NativeDef = $crate::native::NativeDef {
            name: stringify!($name), doc: concat!($($doc, "\n"),*), params: &[], rest: true,
            kind: $crate::native::NativeKind::$kind, raw: true, call,
        };
        &DEF
    }};
    ($kind:ident $mode:ident $doc:tt $name:ident ($cx:ident; * $rest:ident $($more:tt)*) $ret:ty, $body:block) => {
        $crate::native_def!($kind $mode $doc $name ($cx; ; * $rest $($more)*) $ret, $body)
    };
    ($kind:ident $mode:ident [$($doc:literal)*] $name:ident (
        $cx:ident $(; $($p:ident : $pt:ty $(= $pd:expr)?),* $(, * $rest:ident)? $(; * $only:ident)?
        $(; $($q:ident : $qt:ty $(= $qd:expr)?),*
        $(; $($k:ident : $kt:ty $(= $kd:expr)?),* )? )? )?
    ) $ret:ty, $body:block) => {{
        static DEF: $crate::native::NativeDef = $crate::native::NativeDef {
            name: stringify!($name),
            doc: concat!($($doc, "\n"),*),
            params: &[
                $($($crate::native_param!(Positional $p $($pd)?),)*
                $($($crate::native_param!(Either $q $($qd)?),)*
                $($($crate::native_param!(Keyword $k $($kd)?),)*)?)?)?
            ],
            rest: $crate::native_has_rest!($($($rest)? $($only)?)?),
            kind: $crate::native::NativeKind::$kind,
            raw: false,
            call,
        };
        $crate::native_code!($mode $cx ($ret) $body
            [$($($p: $pt,)* $($($q: $qt,)* $($($k: $kt,)*)?)?)?] [$($($rest)? $($only)?)?]);
        fn call(cx: &mut $crate::ctx::Ctx, args: $crate::native::Args) -> $crate::ctx::Res<$crate::value::Word> {
            $crate::native_call!($mode cx args DEF
                [$($($p: $pt = ($($pd)?),)* $($($q: $qt = ($($qd)?),)* $($($k: $kt = ($($kd)?),)*)?)?)?]
                [$($($rest)? $($only)?)?])
        }
        &DEF
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_param {
    ($kind:ident $name:ident) => {
        $crate::native::Param { name: stringify!($name), kind: $crate::native::ParamKind::$kind, required: true }
    };
    ($kind:ident $name:ident $default:expr) => {
        $crate::native::Param { name: stringify!($name), kind: $crate::native::ParamKind::$kind, required: false }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_has_rest {
    () => {
        false
    };
    ($rest:ident) => {
        true
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_code {
    (plain $cx:ident ($ret:ty) $body:block [$($p:ident : $t:ty,)*] [$($rest:ident)?]) => {
        #[inline(always)]
        fn code<'h>($cx: &'h $crate::ctx::Ctx, $($p: $t,)* $($rest: $crate::native::Rest<'h>)?) -> $crate::ctx::Res<$ret> {
            let _ = ($cx, $(&$p,)*);
            $body
        }
    };
    (calling $cx:ident ($ret:ty) $body:block [$($p:ident : $t:ty,)*] [$($rest:ident)?]) => {
        fn code($cx: &mut $crate::ctx::Ctx, $($p: $t,)* $($rest: $crate::ctx::Slots)?) -> $crate::ctx::Res<$ret> {
            let _ = (&$cx, $(&$p,)*);
            $body
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_call {
    (plain $cx:ident $args:ident $def:ident [$($p:ident : $t:ty = ($($d:expr)?),)*] [$($rest:ident)?]) => {{
        const COUNT: usize = <[&str]>::len(&[$(stringify!($p)),*]);
        let mut bound = [$crate::value::Word::UNSET; COUNT];
        let $cx: &$crate::ctx::Ctx = $cx;
        let _rest = $def.bind($cx, &$args, &mut bound)?;
        let mut _words = bound.into_iter();
        let mut _index = 0usize;
        $(
            let word = _words.next().unwrap_or($crate::value::Word::UNSET);
            let $p = $crate::native_default!(word [$($d)?]
                $crate::native::FromArg::from_arg(
                    $cx, $crate::native::bound_value($cx, &$args, word), &$def, _index)?);
            _index += 1;
        )*
        let result = code($cx, $($p,)* $({ let $rest = $crate::native::Rest::new($cx, $args, _rest); $rest })?)?;
        Ok($crate::native::IntoWord::into_word(result, $cx))
    }};
    (calling $cx:ident $args:ident $def:ident [$($p:ident : $t:ty = ($($d:expr)?),)*] [$($rest:ident)?]) => {{
        const COUNT: usize = <[&str]>::len(&[$(stringify!($p)),*]);
        let mut bound = [$crate::value::Word::UNSET; COUNT];
        let _rest = $def.bind($cx, &$args, &mut bound)?;
        let _slots = $cx.push_bound(&bound, &$args, _rest);
        let mut _index = 0usize;
        $(
            let word = bound[_index];
            let $p = $crate::native_default!(word [$($d)?]
                $crate::native::FromSlot::from_slot($cx, _slots.get(_index), &$def, _index)?);
            _index += 1;
        )*
        let result = code($cx, $($p,)* $({ let $rest = _slots.skip(COUNT); $rest })?)?;
        Ok($crate::native::IntoWord::into_word(result, $cx))
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! native_default {
    ($word:ident [] $convert:expr) => {{
        let _ = $word;
        $convert
    }};
    ($word:ident [$default:expr] $convert:expr) => {
        if $word.is_unset() { $default } else { $convert }
    };
}
