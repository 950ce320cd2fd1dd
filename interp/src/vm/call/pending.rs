//! A call about to happen.

use crate::ctx::Ctx;
use crate::types::function::native::{Given, Names};
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};
use crate::vm::state::State;

/// A call about to happen. Its words are rooted: the callee, the names and the arguments lie in the caller's registers, among
/// its constants, or in slots; a callee or receiver found on the way is reachable from what was called.
#[derive(Clone, Copy)]
pub(crate) struct Pending {
    callee: Word,
    args: *mut Word,
    /// How many there are, named ones included.
    count: usize,
    /// The tuple of names of the last arguments, or unset.
    names: Word,
    /// Whether the word before the arguments is free.
    room: bool,
}

impl Pending {
    /// A call with new slots for all of its words, which the caller frees.
    pub(crate) fn push<'h>(
        cx: &'h Ctx,
        callee: Value<'h>,
        args: impl IntoIterator<Item = Value<'h>>,
        names: Option<Value<'h>>,
    ) -> Pending {
        let names = names.map_or(Word::UNSET, Value::word);
        if !names.is_unset() {
            cx.push_word(names);
        }
        // The callee is kept alive by the word that a receiver would take.
        cx.push_word(callee.word());
        let first = cx.top.get();
        let mut count = 0;
        for arg in args {
            cx.push_word(arg.word());
            count += 1;
        }
        Pending { callee: callee.word(), args: first, count, names, room: true }
    }

    /// A call of what register `callee` holds with a run of registers, of which the one before the first is free for a
    /// receiver, and a constant tuple of names.
    #[inline(always)]
    pub(super) fn of_registers(s: &State, callee: u16, (first, count): (u16, usize), names: Option<u16>) -> Pending {
        let names = names.map_or(Word::UNSET, |names| s.constant(names).word());
        Pending { callee: s.get(callee), args: s.register(first), count, names, room: true }
    }

    /// What is called.
    pub(super) fn callee<'h>(&self, _cx: &'h Ctx) -> Value<'h> {
        // SAFETY: the words of a call are rooted, and `'h` excludes safepoints.
        unsafe { Value::from_word(self.callee) }
    }

    /// Calls something else.
    pub(super) fn set_callee(&mut self, callee: Value<'_>) {
        self.callee = callee.word();
    }

    /// Puts a receiver before the arguments.
    pub(super) fn prepend(&mut self, cx: &Ctx, receiver: Value<'_>) {
        let receiver = receiver.word();
        if self.room {
            // SAFETY: the word before the arguments is free.
            unsafe {
                self.args = self.args.sub(1);
                *self.args = receiver;
            }
            self.room = false;
        } else {
            // SAFETY: the arguments are valid words; they are copied to new slots on the stack.
            let words = (0..self.count).map(|i| unsafe { *self.args.add(i) });
            let first = cx.top.get();
            cx.push_slots(std::iter::once(receiver).chain(words));
            self.args = first;
        }
        self.count += 1;
    }

    /// Whether the word before the arguments is free.
    pub(super) fn has_room(&self) -> bool {
        self.room
    }

    /// The first argument.
    pub(super) fn first(&self) -> Word {
        debug_assert!(self.count > 0);
        // SAFETY: there is one.
        unsafe { *self.args }
    }

    /// Replaces the first argument.
    pub(super) fn set_first(&self, word: Word) {
        debug_assert!(self.count > 0);
        // SAFETY: there is one, in a register or slot that the call owns.
        unsafe { *self.args = word };
    }

    /// The bits of the arguments.
    pub(super) fn words(&self) -> &[Word] {
        // SAFETY: the arguments are valid words.
        unsafe { std::slice::from_raw_parts(self.args, self.count) }
    }

    /// Some of the arguments.
    pub(super) fn values<'h>(
        &self,
        _cx: &'h Ctx,
        range: std::ops::Range<usize>,
    ) -> impl ExactSizeIterator<Item = Value<'h>> + use<'_, 'h> {
        // SAFETY: the words of a call are rooted, and `'h` excludes safepoints.
        self.words()[range].iter().map(|word| unsafe { Value::from_word(*word) })
    }

    /// Whether any argument is named.
    pub(super) fn has_names(&self) -> bool {
        !self.names.is_unset()
    }

    /// The names of the last arguments.
    pub(super) fn names<'h>(&self, _cx: &'h Ctx) -> Option<&'h Tuple> {
        // SAFETY: the words of a call are rooted, and `'h` excludes safepoints.
        if !self.has_names() { None } else { unsafe { Value::from_word(self.names) }.cast::<Tuple>() }
    }

    /// The arguments as a native function takes them.
    pub(super) fn arguments<'c>(&self) -> (Given<'c>, Names<'c>) {
        // SAFETY: the words of a call are rooted.
        unsafe { (Given::new(self.args, self.count), Names::new(self.names)) }
    }
}
