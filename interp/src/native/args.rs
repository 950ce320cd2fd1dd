//! The arguments of a native function, where the caller has them.

use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::object::HeapType;
use crate::types::class::Class;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// Where the arguments of a call are, and how many: two machine words, so that they travel in registers.
#[derive(Clone, Copy)]
pub struct Given {
    base: *const Word,
    count: usize,
}

/// The tuple of names of a call's last arguments, or unset.
#[derive(Clone, Copy)]
pub struct Names(Word);

/// The code of a native function.
pub type NativeCode = fn(&mut Ctx, Given, Names) -> Res<Word>;

impl Names {
    /// No argument is named.
    pub(crate) const NONE: Names = Names(Word::UNSET);

    /// # Safety
    /// The word must be unset, or a tuple of strings that is reachable from a root for as long as the arguments are used.
    pub(crate) unsafe fn new(names: Word) -> Names {
        Names(names)
    }
}

/// Arguments where the caller has them.
#[derive(Clone, Copy)]
pub struct Args {
    base: *const Word,
    count: usize,
    names: Word,
}

impl Given {
    /// # Safety
    /// `base` must point to `count` valid words that are reachable from a root for as long as the arguments are used; the
    /// last are named by the `Names` that travel with them.
    #[inline(always)]
    pub(crate) unsafe fn new(base: *const Word, count: usize) -> Given {
        Given { base, count }
    }
}

impl Args {
    /// The arguments of the call that a native function's code was run for.
    #[doc(hidden)]
    #[inline(always)]
    pub fn of(given: Given, names: Names) -> Args {
        Args { base: given.base, count: given.count, names: names.0 }
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
    pub(super) fn has_names(&self) -> bool {
        !self.names.is_unset()
    }

    /// The names of the last arguments.
    pub fn names<'h>(&self, _cx: &'h Ctx) -> Option<&'h Tuple> {
        // SAFETY: the names are a constant of the calling code, or live in its frame.
        if self.names.is_unset() { None } else { unsafe { Value::from_word(self.names) }.cast::<Tuple>() }
    }

    /// The first argument: of a method, the instance or the class.
    pub(super) fn first<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
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
