//! How a syntax error is shown: file, line, source, carets, message, as CPython's `traceback` module prints it.

use std::fmt::Write;

use crate::source::{Carets, LineIndex, SyntaxError};
use crate::typo;

/// What Python's `lstrip` takes off before a line of source is indented anew. Tabs stay: the carets below must keep in step.
const INDENTATION: [char; 3] = [' ', '\n', '\x0c'];

impl SyntaxError {
    /// The error in `text`, the source that was read from `filename`, with a newline at its end.
    pub fn report(&self, filename: &str, text: &str) -> String {
        self.report_misspelt(filename, text).unwrap_or_else(|| self.render(filename, text))
    }

    /// [`SyntaxError::report`], if a keyword is misspelt; it says which was meant.
    pub fn report_misspelt(&self, filename: &str, text: &str) -> Option<String> {
        Some(typo::with_keyword(self, text)?.render(filename, text))
    }

    fn render(&self, filename: &str, text: &str) -> String {
        if self.carets == Carets::NoLine {
            return format!("  File \"{filename}\", line 0\n{}: {}\n", self.kind.name(), self.message);
        }
        let lines = LineIndex::new(text);
        let place = lines.location(text, self.span.start);
        let line = &text[lines.line_span(text, place.line).range()];
        // To C a null byte ends the line.
        let line = line.split_once('\0').map_or(line, |(before, _)| before);
        let shown = line.trim_start_matches(INDENTATION);
        let mut out = format!("  File \"{filename}\", line {}\n    {shown}\n", place.line);
        let cut = line.chars().count() - shown.chars().count();
        let column = (place.char_column as usize).checked_sub(cut).filter(|_| self.carets != Carets::Never);
        if let Some(column) = column {
            let to_end_of_line = shown.chars().count().saturating_sub(column);
            let marked = text.get(self.span.range()).unwrap_or_default();
            let width = if marked.contains(['\n', '\r']) { to_end_of_line } else { marked.chars().count() };
            out.push_str("    ");
            out.extend(
                shown.chars().chain(std::iter::repeat(' ')).take(column).map(|c| if c == '\t' { c } else { ' ' }),
            );
            out.extend(std::iter::repeat_n('^', width.max(1)));
            out.push('\n');
        }
        writeln!(out, "{}: {}", self.kind.name(), self.message).expect("a String takes all");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn report(text: &str, start: u32, end: u32) -> String {
        SyntaxError::new("no", Span::new(start, end)).report("x.py", text)
    }

    #[test]
    fn carets_stand_below_what_they_mark() {
        assert_eq!(
            report("a\n  print 1\n", 4, 9),
            "  File \"x.py\", line 2\n    print 1\n    ^^^^^\nSyntaxError: no\n"
        );
        assert_eq!(report("é = $\n", 5, 5), "  File \"x.py\", line 1\n    é = $\n        ^\nSyntaxError: no\n");
    }

    #[test]
    fn tabs_are_kept() {
        assert_eq!(report("\ta $", 3, 4), "  File \"x.py\", line 1\n    \ta $\n    \t  ^\nSyntaxError: no\n");
    }

    #[test]
    fn a_span_of_several_lines_is_marked_to_the_end_of_the_first() {
        assert_eq!(
            report("a = f(1,\n2)", 4, 11),
            "  File \"x.py\", line 1\n    a = f(1,\n        ^^^^\nSyntaxError: no\n"
        );
    }

    #[test]
    fn the_end_of_the_text_can_be_marked() {
        assert_eq!(report("a =", 3, 3), "  File \"x.py\", line 1\n    a =\n       ^\nSyntaxError: no\n");
        assert_eq!(report("", 0, 0), "  File \"x.py\", line 1\n    \n    ^\nSyntaxError: no\n");
    }
}
