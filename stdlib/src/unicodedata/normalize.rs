//! Normal forms, as Annex 15 of the Unicode standard defines them.

use argil_interp::memory;

use super::hangul;
use super::tables::{Decomposition, Record, Version, composed, old_correction};

/// A normal form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Whether characters are taken apart that mean nearly the same as their parts.
    compatible: bool,
    /// Whether they are put together again.
    composes: bool,
}

impl Form {
    /// The form of a name.
    pub fn of(name: &str) -> Option<Form> {
        let (compatible, composes) = match name {
            "NFC" => (false, true),
            "NFD" => (false, false),
            "NFKC" => (true, true),
            "NFKD" => (true, false),
            _ => return None,
        };
        Some(Form { compatible, composes })
    }

    /// A text in this form.
    pub fn normalized(self, text: &str, version: Version) -> String {
        let mut parts = memory::buffer(text.len());
        for c in text.chars() {
            self.push_apart(&mut parts, c, version);
        }
        // Marks stand in the order of their classes, those of one class as they were.
        for run in parts.chunk_by_mut(|_, (_, class)| *class != 0) {
            let first = usize::from(run.first().is_some_and(|(_, class)| *class == 0));
            run[first..].sort_by_key(|(_, class)| *class);
        }
        if self.composes {
            compose(&mut parts);
        }
        memory::collect_text(parts.into_iter().map(|(c, _)| c))
    }

    /// Appends a character's parts, taken apart as far as they can be, with their classes.
    fn push_apart(self, parts: &mut Vec<(char, u8)>, c: char, version: Version) {
        if let Some(letters) = hangul::apart(c) {
            memory::reserve(parts, 3);
            parts.extend(letters.into_iter().flatten().map(|letter| (letter, 0)));
            return;
        }
        let known = c >= '\u{a0}' && (version == Version::New || Record::of(c, version).is_assigned());
        if known
            && version == Version::Old
            && let Some(other) = old_correction(c)
        {
            return self.push_apart(parts, other, version);
        }
        let found = if known { Decomposition::of(c) } else { None };
        match found.filter(|found| self.compatible || found.is_canonical()) {
            Some(found) => found.parts().for_each(|part| self.push_apart(parts, part, version)),
            None => {
                memory::reserve(parts, 1);
                parts.push((c, Record::of(c, Version::New).combining()));
            }
        }
    }
}

/// Puts characters together that make others.
fn compose(parts: &mut Vec<(char, u8)>) {
    // Where the last starter stands among what is done, and the class of what was done after it and not put into it.
    let (mut starter, mut last): (Option<usize>, Option<u8>) = (None, None);
    let mut done: usize = 0;
    for index in 0..parts.len() {
        let (c, class) = parts[index];
        if let Some(place) = starter {
            let (first, _): (char, u8) = parts[place];
            let blocked = last.is_some_and(|last| last == 0 || last >= class);
            let made = if blocked { None } else { hangul::together(first, c).or_else(|| composed(first, c)) };
            if let Some(made) = made {
                parts[place].0 = made;
                continue;
            }
        }
        if class == 0 {
            (starter, last) = (Some(done), None);
        } else {
            last = Some(class);
        }
        parts[done] = (c, class);
        done += 1;
    }
    parts.truncate(done);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let form = |name, text| Form::of(name).map(|form| form.normalized(text, Version::New)).unwrap_or_default();
        assert_eq!(form("NFC", "e\u{301}\u{323}"), "ẹ\u{301}");
        assert_eq!(form("NFD", "ẹ\u{301}"), "e\u{323}\u{301}");
        assert_eq!(form("NFKC", "ﬁ①가"), "fi1가");
        assert_eq!(form("NFD", "각"), "\u{1100}\u{1161}\u{11a8}");
        assert_eq!(form("NFC", "\u{1100}\u{1161}\u{11a8}"), "각");
        assert_eq!(form("NFC", "\u{0b47}\u{0300}\u{0b3e}"), "\u{0b47}\u{0300}\u{0b3e}");
    }
}
