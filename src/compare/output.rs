//! What the script printed: shown when modes differ, or when it failed.
use std::fmt::Write;
use std::time::Duration;

use similar::TextDiff;

/// At most this many lines of a diff or of stderr are shown.
const SHOWN: usize = 20;

/// A short unified diff of two outputs. Bytes that are not UTF-8 are shown as `�`.
pub fn diff(old_name: &str, old: &[u8], new_name: &str, new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::configure().timeout(Duration::from_secs(1)).diff_lines(&*old, &*new);
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
        let text = diff("gil", b"a\nb\nc\n", "none", b"a\nB\nc\n");
        assert_eq!(text, "--- gil\n+++ none\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    }

    #[test]
    fn a_long_diff_is_cut() {
        let many: String = (0..100).map(|n| format!("{n}\n")).collect();
        let text = diff("gil", b"", "none", many.as_bytes());
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
