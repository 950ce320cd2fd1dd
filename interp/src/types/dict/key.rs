//! How a table tells keys apart: what it is told by whoever searches.

use crate::ctx::Ctx;
use crate::types::str::Str;
use crate::value::Value;

/// Whether a key of a table is the one searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMatch {
    /// It is.
    Equal,
    /// It is not.
    Different,
    /// Only a script's `__eq__` can tell.
    Ask,
}

/// Decides whether two keys of one hash are equal, a table's and the one searched for, without running script code.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// Compares a table's key with the one searched for, which is not the same object.
    pub matches: fn(&Ctx, Value<'_>, Value<'_>) -> KeyMatch,
    /// Numbers of entries that were asked already, and are different.
    pub asked: &'a [usize],
}

/// For names, which are strings: by their text.
pub(super) const NAMES: Judge<'static> = Judge { matches: match_names, asked: &[] };

fn match_names(_cx: &Ctx, stored: Value<'_>, name: Value<'_>) -> KeyMatch {
    match (stored.as_str(), name.as_str()) {
        (Some(a), Some(b)) if a == b => KeyMatch::Equal,
        (Some(_), Some(_)) => KeyMatch::Different,
        _ => KeyMatch::Ask,
    }
}

/// The hash of a name.
pub(super) fn hash_of_name(name: Value<'_>) -> i64 {
    name.cast::<Str>().expect("names are strings").hash()
}
