//! Methods that change or ask about case, and the other predicates.

use super::Str;
use super::unicode::{self, Case};
use crate::ctx::Ctx;
use crate::memory;
use crate::natives;
use crate::value::Value;

/// The string that a method returns: the old one if nothing changed.
pub(super) fn unless_same<'h>(cx: &'h Ctx, old: &'h Str, new: &str) -> Value<'h> {
    if old.as_str() == new && crate::types::header_of(old).is_exact() { Value::of(old) } else { cx.str(new) }
}

/// The string after a change that keeps its length: the old one if nothing changed.
fn changed<'h>(cx: &'h Ctx, old: &'h Str, change: impl Fn(&mut str)) -> Value<'h> {
    let new = cx.text_from(|text| {
        memory::reserve_text(text, old.as_str().len());
        text.push_str(old.as_str());
        change(text);
        (text != old.as_str() || !crate::types::header_of(old).is_exact()).then_some(Ok(()))
    });
    new.and_then(Result::ok).unwrap_or_else(|| Value::of(old))
}

/// A text of which every character answers, and at least one.
fn all(text: &str, predicate: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(predicate)
}

/// The characters of a text, each with what it is in lowercase where it stands: a sigma is another one at the end of a word.
fn lowered<'t>(text: &'t str, lower: &'t str) -> impl Iterator<Item = (char, &'t str)> {
    let mut end = 0;
    text.chars().map(move |c| {
        let begin = end;
        end += match c {
            'Σ' => 'σ'.len_utf8(),
            _ => c.to_lowercase().map(char::len_utf8).sum(),
        };
        (c, &lower[begin..end])
    })
}

/// The text with each word, a run of letters, in titlecase.
fn title(text: &str) -> String {
    let mut result = memory::text(text.len());
    let mut in_word = false;
    for (c, lower) in lowered(text, &text.to_lowercase()) {
        if in_word {
            result.push_str(lower);
        } else {
            unicode::push_title(&mut result, c);
        }
        in_word = unicode::case(c).is_some();
    }
    result
}

/// Whether uppercase follows only what has no case, and lowercase only what has.
fn is_title(text: &str) -> bool {
    let (mut in_word, mut found) = (false, false);
    for c in text.chars() {
        let case = unicode::case(c);
        match case {
            Some(Case::Lower) if !in_word => return false,
            Some(Case::Upper | Case::Title) if in_word => return false,
            _ => {}
        }
        in_word = case.is_some();
        found |= in_word;
    }
    found
}

/// Whether there is a character with case, and none has another case than this.
fn has_only(text: &str, wanted: Case) -> bool {
    let mut found = false;
    for c in text.chars() {
        match unicode::case(c) {
            Some(case) if case == wanted => found = true,
            Some(_) => return false,
            None => {}
        }
    }
    found
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Return a copy of the string converted to lowercase.
        fn lower(cx; self_: &'h Str) -> Value<'h> {
            let text = self_.as_str();
            Ok(if self_.is_ascii() {
                changed(cx, self_, str::make_ascii_lowercase)
            } else {
                unless_same(cx, self_, &text.to_lowercase())
            })
        }

        /// Return a copy of the string converted to uppercase.
        fn upper(cx; self_: &'h Str) -> Value<'h> {
            let text = self_.as_str();
            Ok(if self_.is_ascii() {
                changed(cx, self_, str::make_ascii_uppercase)
            } else {
                unless_same(cx, self_, &text.to_uppercase())
            })
        }

        /// Return a version of the string suitable for caseless comparisons.
        fn casefold(cx; self_: &'h Str) -> Value<'h> {
            let text = self_.as_str();
            if self_.is_ascii() {
                return Ok(changed(cx, self_, str::make_ascii_lowercase));
            }
            let mut folded = memory::text(text.len());
            text.chars().for_each(|c| unicode::push_folded(&mut folded, c));
            Ok(unless_same(cx, self_, &folded))
        }

        /// Return a copy with the first character in titlecase and the rest in lowercase.
        fn capitalize(cx; self_: &'h Str) -> Value<'h> {
            let text = self_.as_str();
            let mut result = memory::text(text.len());
            for (at, (c, lower)) in lowered(text, &text.to_lowercase()).enumerate() {
                match at {
                    0 => unicode::push_title(&mut result, c),
                    _ => result.push_str(lower),
                }
            }
            Ok(unless_same(cx, self_, &result))
        }

        /// Return a copy where each word begins in titlecase and goes on in lowercase.
        fn title(cx; self_: &'h Str) -> Value<'h> {
            Ok(unless_same(cx, self_, &title(self_.as_str())))
        }

        /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
        fn swapcase(cx; self_: &'h Str) -> Value<'h> {
            let text = self_.as_str();
            let mut result = memory::text(text.len());
            for (c, lower) in lowered(text, &text.to_lowercase()) {
                match unicode::case(c) {
                    Some(Case::Upper) => result.push_str(lower),
                    Some(Case::Lower) => result.extend(c.to_uppercase()),
                    _ => result.push(c),
                }
            }
            Ok(unless_same(cx, self_, &result))
        }

        /// Return True if there is a cased character and all cased characters are lowercase.
        fn islower(cx; self_: &'h str) -> bool {
            Ok(has_only(self_, Case::Lower))
        }

        /// Return True if there is a cased character and all cased characters are uppercase.
        fn isupper(cx; self_: &'h str) -> bool {
            Ok(has_only(self_, Case::Upper))
        }

        /// Return True if the string is titlecased.
        fn istitle(cx; self_: &'h str) -> bool {
            Ok(is_title(self_))
        }

        /// Return True if all characters are letters and there is at least one.
        fn isalpha(cx; self_: &'h str) -> bool {
            Ok(all(self_, unicode::is_alpha))
        }

        /// Return True if all characters are letters or numbers and there is at least one.
        fn isalnum(cx; self_: &'h str) -> bool {
            Ok(all(self_, |c| unicode::is_alpha(c) || unicode::is_numeric(c)))
        }

        /// Return True if all characters in the string are ASCII.
        fn isascii(cx; self_: &'h Str) -> bool {
            Ok(self_.is_ascii())
        }

        /// Return True if all characters are decimal digits and there is at least one.
        fn isdecimal(cx; self_: &'h str) -> bool {
            Ok(all(self_, |c| unicode::decimal_value(c).is_some()))
        }

        /// Return True if all characters are digits and there is at least one.
        fn isdigit(cx; self_: &'h str) -> bool {
            Ok(all(self_, unicode::is_digit))
        }

        /// Return True if all characters are numeric and there is at least one.
        fn isnumeric(cx; self_: &'h str) -> bool {
            Ok(all(self_, unicode::is_numeric))
        }

        /// Return True if all characters are whitespace and there is at least one.
        fn isspace(cx; self_: &'h str) -> bool {
            Ok(all(self_, unicode::is_space))
        }

        /// Return True if all characters are printable.
        fn isprintable(cx; self_: &'h str) -> bool {
            Ok(self_.chars().all(unicode::is_printable))
        }

        /// Return True if the string is a valid identifier.
        fn isidentifier(cx; self_: &'h str) -> bool {
            let mut chars = self_.chars();
            let starts = chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
            Ok(starts && chars.all(unicode_ident::is_xid_continue))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_case() {
        assert_eq!(title("they're bill's 2nd ǆ"), "They'Re Bill'S 2Nd ǅ");
        assert!(is_title("A Title") && !is_title("A title") && !is_title("a") && !is_title("1") && !is_title("AB"));
        assert!(has_only("abc1", Case::Lower) && !has_only("1", Case::Lower) && !has_only("aB", Case::Lower));
    }
}
