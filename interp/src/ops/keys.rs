//! Keys of dicts and sets whose hash and equality no script code has a say in. `mapping.rs` has the general forms.

use crate::ctx::Ctx;
use crate::ops::compare::{CmpOp, compare_leaf, hash_leaf};
use crate::types::dict::key::{Judge, KeyMatch};
use crate::types::dict::{Ask, Dict};
use crate::types::set::Set;
use crate::value::Value;

/// Tells keys apart as `==` does, but for a script's `__eq__`.
pub(crate) const LEAF: Judge<'static> = judge(&[]);

/// The same, after some entries were asked.
pub(crate) const fn judge(asked: &[usize]) -> Judge<'_> {
    Judge { matches: match_keys, asked }
}

fn match_keys(cx: &Ctx, stored: Value<'_>, key: Value<'_>) -> KeyMatch {
    if stored.word().both_int(key.word()) {
        return KeyMatch::Different;
    }
    match compare_leaf(cx, CmpOp::Eq, stored, key) {
        Some(true) => KeyMatch::Equal,
        Some(false) => KeyMatch::Different,
        None => KeyMatch::Ask,
    }
}

impl Dict {
    /// Looks a key up.
    #[inline]
    pub fn get<'h>(&'h self, cx: &'h Ctx, key: Value<'h>) -> Result<Option<Value<'h>>, Ask> {
        let hash = hash_leaf(cx, key).ok_or(Ask)?;
        self.get_hashed(cx, key, hash, &LEAF)
    }

    /// Binds a key.
    #[inline]
    pub fn set<'h>(&'h self, cx: &'h Ctx, key: Value<'h>, value: Value<'h>) -> Result<(), Ask> {
        let hash = hash_leaf(cx, key).ok_or(Ask)?;
        self.set_hashed(cx, key, hash, value, &LEAF)
    }

    /// Removes a key and returns its value.
    pub fn remove<'h>(&'h self, cx: &'h Ctx, key: Value<'h>) -> Result<Option<Value<'h>>, Ask> {
        let hash = hash_leaf(cx, key).ok_or(Ask)?;
        self.remove_hashed(cx, key, hash, &LEAF)
    }
}

impl Set {
    /// Whether the set holds `key`.
    pub fn contains<'h>(&'h self, cx: &'h Ctx, key: Value<'h>) -> Result<bool, Ask> {
        self.contains_hashed(cx, key, hash_leaf(cx, key).ok_or(Ask)?, &LEAF)
    }

    /// Adds an element; whether it is new.
    pub fn add<'h>(&'h self, cx: &'h Ctx, key: Value<'h>) -> Result<bool, Ask> {
        self.add_hashed(cx, key, hash_leaf(cx, key).ok_or(Ask)?, &LEAF)
    }

    /// Removes an element; whether it was there.
    pub fn remove<'h>(&'h self, cx: &'h Ctx, key: Value<'h>) -> Result<bool, Ask> {
        self.remove_hashed(cx, key, hash_leaf(cx, key).ok_or(Ask)?, &LEAF)
    }
}
