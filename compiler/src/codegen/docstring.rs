//! Docstrings, with the indentation of the source taken off.

use crate::ast::{Constant, ExprKind, Stmt, StmtKind};
use crate::source::Span;

/// The docstring of `body` and where it stands, if it begins with one.
pub(super) fn of_body(body: &[Stmt]) -> Option<(Box<str>, Span)> {
    match &body.first()?.kind {
        StmtKind::Expr { value } => match &value.kind {
            ExprKind::Constant(Constant::Str(text)) => Some((clean(text).into(), value.span)),
            _ => None,
        },
        _ => None,
    }
}

/// `body` without its docstring.
pub(super) fn without(body: &[Stmt]) -> &[Stmt] {
    if of_body(body).is_some() { &body[1..] } else { body }
}

/// Takes off the first line's leading blanks, and from the other lines as many as all that are not blank begin with. Tabs count up
/// to the next multiple of eight.
fn clean(doc: &str) -> String {
    let expanded = expand_tabs(doc);
    let mut lines = expanded.split('\n');
    let first = lines.next().unwrap_or_default().trim_start_matches(' ');
    let margin = lines.clone().filter(|line| !line.trim_start_matches(' ').is_empty()).map(indent).min();
    let margin = margin.unwrap_or(0);
    let mut cleaned = first.to_string();
    for line in lines {
        cleaned.push('\n');
        cleaned.push_str(&line[margin.min(indent(line))..]);
    }
    cleaned
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn expand_tabs(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let width = 8 - column % 8;
                expanded.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\n' | '\r' => {
                expanded.push(character);
                column = 0;
            }
            _ => {
                expanded.push(character);
                column += 1;
            }
        }
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn the_common_indentation_goes() {
        assert_eq!(clean("  One.\n\n    Two\n      three\n    "), "One.\n\nTwo\n  three\n");
        assert_eq!(clean("One"), "One");
        assert_eq!(clean("One\n\ttwo"), "One\ntwo");
    }
}
