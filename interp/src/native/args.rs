//! What native functions get their arguments as, beside plain types.

use crate::ctx::{Ctx, Res, Slot};
use crate::native::Args;
use crate::object::HeapType;
use crate::value::{Value, Word};

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
    args: Args<'h>,
    first: usize,
    count: usize,
}

impl<'h> Rest<'h> {
    /// The last `count` positional arguments.
    pub fn new(cx: &'h Ctx, args: Args<'h>, count: usize) -> Rest<'h> {
        Rest { args, first: args.positional(cx) - count, count }
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
    debug_assert!(!word.is_unset() && !args.is_empty());
    // SAFETY: `bind` took the word from the arguments, which the caller roots, and `'h` excludes safepoints.
    unsafe { Value::from_word(word) }
}
