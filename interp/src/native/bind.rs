//! Puts the arguments of a call where a native function's parameters are.

use super::wording::Wrong;
use super::{Args, NativeDef, Param, ParamKind};
use crate::ctx::{Ctx, Res, Slots};
use crate::value::Word;

/// How many arguments by position a native function takes when none is named.
#[derive(Clone, Copy, Debug)]
pub struct Arity {
    /// At least so many; more than anyone gives if one must be named.
    pub least: usize,
    /// At most so many, without those that `*rest` takes.
    pub most: usize,
    /// Whether more may follow.
    pub rest: bool,
}

/// The arity that parameters make.
pub const fn arity(params: &[Param], rest: bool) -> Arity {
    let mut arity = Arity { least: 0, most: 0, rest };
    let mut i = 0;
    while i < params.len() {
        let keyword = matches!(params[i].kind, ParamKind::Keyword);
        if !keyword {
            arity.most += 1;
        }
        if params[i].required {
            arity.least = if keyword { usize::MAX } else { i + 1 };
        }
        i += 1;
    }
    arity
}

impl NativeDef {
    /// Puts the arguments where the parameters are; a parameter that was not given stays unset. Returns how many positional
    /// arguments remain for `*rest`.
    #[inline(always)]
    pub fn bind<const N: usize>(
        &'static self,
        cx: &Ctx,
        args: &Args,
        arity: Arity,
        bound: &mut [Word; N],
    ) -> Res<usize> {
        let given = args.len();
        if args.has_names() || given < arity.least || (given > arity.most && !arity.rest) {
            return self.bind_slowly(cx, *args, bound);
        }
        for (i, word) in bound.iter_mut().enumerate().take(arity.most) {
            if i < given {
                *word = args.word(i);
            }
        }
        Ok(given.saturating_sub(arity.most))
    }

    #[cold]
    #[inline(never)]
    fn bind_slowly(&'static self, cx: &Ctx, args: Args, bound: &mut [Word]) -> Res<usize> {
        bound.fill(Word::UNSET);
        let given = args.positional(cx);
        let most = self.params.iter().filter(|p| p.kind != ParamKind::Keyword).count();
        for (i, slot) in bound.iter_mut().enumerate().take(given.min(most)) {
            *slot = args.word(i);
        }
        let mut wrong = Wrong { extra: given > most && !self.rest, ..Wrong::default() };
        let names = args.names(cx).map(|names| names.iter(cx).collect::<Vec<_>>()).unwrap_or_default();
        for (i, name) in names.into_iter().enumerate() {
            let name = name.as_str().unwrap_or("?");
            let found = self.params.iter().position(|p| p.kind != ParamKind::Positional && p.name() == name);
            match found {
                Some(at) if bound[at].is_unset() => bound[at] = args.word(given + i),
                Some(at) => _ = wrong.twice.get_or_insert(at),
                None => _ = wrong.unexpected.get_or_insert(name),
            }
        }
        let missing = |(param, word): &(&Param, &Word)| param.required && word.is_unset();
        wrong.missing = self.params.iter().zip(bound.iter()).filter(missing).map(|(param, _)| param.name()).collect();
        if wrong.is_nothing() { Ok(given.saturating_sub(most)) } else { Err(self.wrong_call(cx, &args, &wrong)) }
    }
}

impl Ctx {
    /// Slots for the bound parameters of a native function and for the remaining arguments; an unset one holds `None`.
    #[doc(hidden)]
    #[inline(always)]
    pub fn push_bound<const N: usize>(&self, bound: &[Word; N], args: &Args, rest: usize) -> Slots {
        let slots = self.push_slots([]);
        for &word in bound {
            self.push_word(if word.is_unset() { Word::NONE } else { word });
        }
        if rest > 0 {
            let first = args.positional(self) - rest;
            self.push_slots((first..first + rest).map(|i| args.word(i)));
        }
        slots.grown(N + rest)
    }
}
