//! Source lines with carets below the part that failed.
//!
//! Of a binary operation the operator is marked by `^` and the operands by `~`; of a call and a subscript the brackets and
//! what they hold. There are no carets where they would say nothing: below all of a line, or below the call that is all
//! that a line assigns or returns.

use std::collections::BTreeSet;

use argil_compiler::ast::{Expr, ExprKind, Stmt, StmtKind};
use argil_compiler::code::Position;

/// A place in some lines: the line, and the character in it.
type Place = (usize, usize);

/// The part that `^` marks while `~` marks the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchors {
    start: Place,
    end: Place,
}

/// The lines, dedented, each followed by its line of carets if there are any; long stretches in the middle left out.
pub fn annotate(lines: &[String], position: Position) -> Vec<String> {
    let shown = dedent(lines);
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return Vec::new() };
    let cut = lines[0].chars().count() - first.chars().count();
    let column = |line: &str, bytes: u32| {
        let end = (bytes as usize).min(line.len());
        let chars = line.char_indices().take_while(|(at, _)| *at < end).count();
        chars.saturating_sub(cut)
    };
    let start = column(&lines[0], position.column);
    let end = column(&lines[lines.len() - 1], position.end_column).min(last.chars().count());
    let anchors = anchors(&segment(&shown, start, end))
        .map(|anchors| Anchors { start: shifted(anchors.start, start), end: shifted(anchors.end, start) });
    let carets = should_show(&shown, start, end, anchors.is_some());
    let mut significant = BTreeSet::from([0, shown.len() - 1]);
    for (line, _) in anchors.iter().flat_map(|anchors| [anchors.start, anchors.end]) {
        significant.extend((line.saturating_sub(1)..=line + 1).filter(|line| *line < shown.len()));
    }
    let mut out = Vec::new();
    let mut previous: Option<usize> = None;
    for line in significant {
        match previous.map(|previous| line - previous) {
            Some(2) => put(&mut out, &shown, line - 1, (start, end), anchors, carets),
            Some(gap) if gap > 2 => out.push(format!("...<{} lines>...", gap - 1)),
            _ => {}
        }
        put(&mut out, &shown, line, (start, end), anchors, carets);
        previous = Some(line);
    }
    out
}

fn shifted((line, column): Place, start: usize) -> Place {
    (line, if line == 0 { column + start } else { column })
}

/// The lines without the white space that all of them begin with.
fn dedent(lines: &[String]) -> Vec<String> {
    let indent = |line: &String| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let margin = lines.iter().find(|line| !line.trim().is_empty()).map_or("", |line| &line[..common]);
    lines.iter().map(|line| line.strip_prefix(margin).unwrap_or_else(|| line.trim_start()).to_owned()).collect()
}

/// The text from a column of the first line to a column of the last.
fn segment(lines: &[String], start: usize, end: usize) -> String {
    let last = lines.len() - 1;
    let part = |(i, line): (usize, &String)| -> String {
        let from = if i == 0 { start } else { 0 };
        let to = if i == last { end } else { usize::MAX };
        line.chars().take(to).skip(from).collect()
    };
    lines.iter().enumerate().map(part).collect::<Vec<_>>().join("\n")
}

/// Adds a line and, if wanted, its carets.
fn put(
    out: &mut Vec<String>,
    lines: &[String],
    number: usize,
    (start, end): (usize, usize),
    anchors: Option<Anchors>,
    carets: bool,
) {
    let line = &lines[number];
    out.push(line.clone());
    if !carets {
        return;
    }
    let end = if number == lines.len() - 1 { end } else { usize::MAX };
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    let mut marks = String::new();
    for (column, c) in line.chars().enumerate().take(end) {
        let place = (number, column);
        let mark = if column < indent || (number == 0 && column < start) {
            ' '
        } else if anchors.is_some_and(|anchors| place < anchors.start || place >= anchors.end) {
            '~'
        } else {
            '^'
        };
        marks.extend(std::iter::repeat_n(mark, width(c)));
    }
    out.push(marks);
}

/// The columns that a terminal gives a character.
fn width(c: char) -> usize {
    unicode_width::UnicodeWidthChar::width(c).unwrap_or(1).max(1)
}

fn only_statement(source: &str) -> Option<Stmt> {
    let mut module = argil_compiler::parse(source).ok()?;
    if module.body.is_empty() { None } else { Some(module.body.remove(0)) }
}

fn should_show(lines: &[String], start: usize, end: usize, anchored: bool) -> bool {
    let source = format!("{}\n", lines.join("\n"));
    let Ok(module) = argil_compiler::parse(&source) else { return shows_part(lines, start, end, anchored) };
    let call = match module.body.first().map(|statement| &statement.kind) {
        None => return false,
        Some(StmtKind::Return { value: Some(value) }) => match &value.kind {
            ExprKind::Call { func, .. } if matches!(func.kind, ExprKind::Name(_)) => Some(value),
            _ => None,
        },
        Some(StmtKind::Assign { targets, value }) if matches!(value.kind, ExprKind::Call { .. }) => {
            match &targets[..] {
                [target] if matches!(target.kind, ExprKind::Name(_)) => Some(value),
                _ => None,
            }
        }
        Some(_) => None,
    };
    if let Some(call) = call {
        let whole = source.len() - 1;
        let offset = |line: &str, chars: usize| line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
        let from = offset(&lines[0], start);
        let last = &lines[lines.len() - 1];
        let to = whole - last.len() + offset(last, end);
        if (call.span.start as usize, call.span.end as usize) == (from, to) {
            return false;
        }
    }
    shows_part(lines, start, end, anchored)
}

/// Whether the marked part is less than all that the lines hold.
fn shows_part(lines: &[String], start: usize, end: usize, anchored: bool) -> bool {
    let before = lines[0].chars().take(start).any(|c| !c.is_whitespace());
    let after = lines[lines.len() - 1].chars().skip(end).any(|c| !c.is_whitespace());
    anchored || before || after
}

/// What to mark with `^` in an operation, call or subscript, counted from the start of the segment.
fn anchors(segment: &str) -> Option<Anchors> {
    const OPENING: usize = 2;
    let source = format!("(\n{segment}\n)\n");
    let StmtKind::Expr { value } = only_statement(&source)?.kind else { return None };
    let end_of = |expr: &Expr| (expr.span.end as usize).saturating_sub(OPENING);
    let start_of = |expr: &Expr| (expr.span.start as usize).saturating_sub(OPENING);
    let (start, end) = match &value.kind {
        ExprKind::BinOp { left, right, .. } => {
            let start = find(segment, end_of(left), |c| !c.is_whitespace() && c != ')')?;
            let mut rest = segment[start..].chars();
            let first = rest.next()?.len_utf8();
            let second = rest.next().filter(|c| !c.is_whitespace() && !"\\#".contains(*c));
            let two = second.is_some() && start + first < start_of(right);
            (start, start + first + usize::from(two))
        }
        ExprKind::Subscript { value: container, .. } => {
            (find(segment, end_of(container), |c| c == '[')?, end_of(&value))
        }
        ExprKind::Call { func, .. } => (find(segment, end_of(func), |c| c == '(')?, end_of(&value)),
        _ => return None,
    };
    Some(Anchors { start: place(segment, start), end: place(segment, end) })
}

/// The first character from `at` on that `wanted` accepts, outside of comments and past line continuations.
fn find(text: &str, at: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut skipping = false;
    for (offset, c) in text.get(at..)?.char_indices() {
        match c {
            '\n' => skipping = false,
            '\\' | '#' => skipping = true,
            c if !skipping && wanted(c) => return Some(at + offset),
            _ => {}
        }
    }
    None
}

fn place(text: &str, offset: usize) -> Place {
    let before = &text[..offset.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count(), before[line_start..].chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(source: &str, marked: &str) -> String {
        let lines: Vec<String> = source.lines().map(str::to_owned).collect();
        let start = source.find(marked).expect("the part is in the source");
        let end = start + marked.len();
        let column = |at: usize| (at - source[..at].rfind('\n').map_or(0, |line| line + 1)) as u32;
        let position =
            Position { line: 1, end_line: lines.len() as u32, column: column(start), end_column: column(end) };
        annotate(&lines, position).join("\n")
    }

    #[test]
    fn operators_are_anchored() {
        assert_eq!(show("    x = a // (b)", "a // (b)"), "x = a // (b)\n    ~~^^~~~~");
        assert_eq!(show("(a) * b", "(a) * b"), "(a) * b\n~~~~^~~");
    }

    #[test]
    fn brackets_are_anchored() {
        assert_eq!(show("f(1)", "f(1)"), "f(1)\n~^^^");
        assert_eq!(show("y + a[0][1]", "a[0][1]"), "y + a[0][1]\n    ~~~~^^^");
    }

    #[test]
    fn a_call_that_is_the_line_has_no_carets() {
        assert_eq!(show("return f(1)", "f(1)"), "return f(1)");
        assert_eq!(show("x = a.f(1)", "a.f(1)"), "x = a.f(1)");
        assert_eq!(show("return a.f(1)", "a.f(1)"), "return a.f(1)\n       ~~~^^^");
    }

    #[test]
    fn an_operation_over_lines_is_marked_on_each() {
        assert_eq!(show("1\n+ 2\n+ None", "1\n+ 2\n+ None"), "1\n~\n+ 2\n~~~\n+ None\n^~~~~~");
    }
}
