//! Puts the arguments of a call where a native function's parameters are.

use super::wording::Wrong;
use super::{Args, NativeDef, ParamKind};
use crate::ctx::{Ctx, Res};
use crate::value::Word;

impl NativeDef {
    /// Puts the arguments where the parameters are; a parameter that was not given stays unset. Returns how many positional
    /// arguments remain for `*rest`.
    #[inline(always)]
    pub fn bind(&'static self, cx: &Ctx, args: &Args, bound: &mut [Word]) -> Res<usize> {
        let positional_params = self.params.len();
        if args.names(cx).is_none() && args.len() <= positional_params {
            for (i, slot) in bound.iter_mut().enumerate().take(args.len()) {
                *slot = args.word(i);
            }
            let all_given = self.params[args.len()..].iter().all(|p| !p.required);
            if all_given && self.params[..args.len()].iter().all(|p| p.kind != ParamKind::Keyword) {
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
        let missing = |(param, word): &(&super::Param, &Word)| param.required && word.is_unset();
        wrong.missing = self.params.iter().zip(bound.iter()).filter(missing).map(|(param, _)| param.name()).collect();
        if wrong.is_nothing() { Ok(given.saturating_sub(most)) } else { Err(self.wrong_call(cx, args, &wrong)) }
    }
}
