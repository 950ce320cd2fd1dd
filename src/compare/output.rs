//! What the script printed: shown when modes differ, or when it failed.
use std::fmt::Write;
use std::time::Duration;

use similar::TextDiff;

/// At most this many lines of a diff or of stderr are shown.
const SHOWN: usize = 20;

/// At most this many characters of a line stand in a sentence.
const QUOTED: usize = 40;

/// How the outputs of a series differ from that of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The series whose output it should be, as sentences call it.
    pub against: String,
    /// How many runs printed something else.
    pub runs: usize,
    /// How many runs there were.
    pub of: usize,
    /// The first line that differed: `line 2: "1" instead of "2"`.
    pub first: String,
    /// A short diff of the first case.
    pub diff: String,
}

impl Difference {
    /// One run of `new_name` that printed `new` where `old_name` had printed `old`.
    pub fn between(old_name: &str, old: &[u8], new_name: &str, new: &[u8]) -> Self {
        // Bytes that are not UTF-8 are shown as `�`.
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
        Self {
            against: old_name.to_owned(),
            runs: 1,
            of: 1,
            first: first_difference(&old, &new),
            diff: diff(old_name, &old, new_name, &new),
        }
    }
}

/// Where two outputs part.
fn first_difference(old: &str, new: &str) -> String {
    let (mut old, mut new) = (old.split_inclusive('\n'), new.split_inclusive('\n'));
    let mut line = 1;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return "in bytes that are no text".into(),
            (old, new) if old == new => line += 1,
            (Some(old), Some(new)) if old.trim_end_matches('\n') == new.trim_end_matches('\n') => {
                return format!("line {line} does not end alike");
            }
            (old, new) => return format!("line {line}: {} instead of {}", quoted(new), quoted(old)),
        }
    }
}

/// A line as a sentence shows it.
fn quoted(line: Option<&str>) -> String {
    let Some(line) = line else { return "nothing".into() };
    let line = line.strip_suffix('\n').unwrap_or(line);
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{:?}…", &line[..end]),
        None => format!("{line:?}"),
    }
}

/// A short unified diff of two outputs.
fn diff(old_name: &str, old: &str, new_name: &str, new: &str) -> String {
    let diff = TextDiff::configure().timeout(Duration::from_secs(1)).diff_lines(old, new);
    let text = diff.unified_diff().context_radius(2).header(old_name, new_name).to_string();
    first_lines(&text)
}

fn first_lines(text: &str) -> String {
    let mut shown: String = text.split_inclusive('\n').take(SHOWN).collect();
    let more = text.lines().count().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(shown, "… and {more} more lines");
    }
    shown
}

/// The last lines, indented, each ended by a newline.
pub fn tail(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(SHOWN)..].iter().fold(String::new(), |out, line| out + "  " + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_names_both_sides() {
        let found = Difference::between("mode gil", b"a\nb\nc\n", "mode none", b"a\nB\nc\n");
        assert_eq!(found.diff, "--- mode gil\n+++ mode none\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
        assert_eq!(found.first, "line 2: \"B\" instead of \"b\"");
    }

    #[test]
    fn the_first_line_that_differs_is_quoted() {
        let first = |old: &str, new: &str| Difference::between("", old.as_bytes(), "", new.as_bytes()).first;
        assert_eq!(first("a\n", ""), "line 1: nothing instead of \"a\"");
        assert_eq!(first("a\n", "a\nb"), "line 2: \"b\" instead of nothing");
        assert_eq!(first("a\n", "a"), "line 1 does not end alike");
        assert_eq!(first("é\t", &"é".repeat(90)), format!("line 1: \"{}\"… instead of \"é\\t\"", "é".repeat(40)));
        assert_eq!(Difference::between("", b"\xff", "", b"\xfe").first, "in bytes that are no text");
    }

    #[test]
    fn a_long_diff_is_cut() {
        let many: String = (0..100).map(|n| format!("{n}\n")).collect();
        let text = diff("gil", "", "none", &many);
        assert_eq!(text.lines().count(), SHOWN + 1);
        assert!(text.ends_with("… and 83 more lines\n"), "{text}");
    }

    #[test]
    fn a_tail_is_the_end() {
        let many: String = (0..100).map(|n| format!("{n}\n")).collect();
        let text = tail(many.as_bytes());
        assert_eq!((text.lines().count(), text.ends_with("  98\n  99\n")), (SHOWN, true));
        assert_eq!(tail(b""), "");
    }
}
