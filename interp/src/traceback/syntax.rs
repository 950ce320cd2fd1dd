//! Syntax errors: raised with their place, shown with a caret below it.

use argil_compiler::Listed;
use argil_compiler::source::{Carets, LineIndex, Location, Span, SyntaxError, SyntaxErrorKind, SyntaxWarning};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::ops::warn::warn_of_line;
use crate::types::code::SourceFile;
use crate::types::exception::{Exception, details};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The end of what is marked, where nothing is.
const NO_CARETS: i64 = -1;

/// What the spans of errors and warnings are places of: a text, or a tree that was made without one.
pub enum Listing<'a> {
    /// A text.
    Text(&'a str, LineIndex),
    /// A tree.
    Tree(&'a Listed),
}

impl<'a> Listing<'a> {
    /// For spans of a text.
    pub fn of_text(text: &'a str) -> Self {
        Listing::Text(text, LineIndex::new(text))
    }

    /// For spans of a tree.
    pub fn of_tree(places: &'a Listed) -> Self {
        Listing::Tree(places)
    }

    fn location(&self, offset: u32) -> Location {
        match self {
            Listing::Text(text, lines) => lines.location(text, offset),
            Listing::Tree(places) => {
                let (line, column) = places.place(offset);
                Location { line, byte_column: column, char_column: column }
            }
        }
    }

    /// A line, if it is known.
    fn line(&self, number: u32) -> Option<&'a str> {
        match self {
            Listing::Text(text, lines) => Some(&text[lines.line_span(text, number).range()]),
            Listing::Tree(_) => None,
        }
    }
}

/// Raises the exception of a text that does not compile.
pub fn raise(cx: &Ctx, error: &SyntaxError, file: &SourceFile, text: &str) -> Raised {
    raise_at(cx, error, file, &Listing::of_text(text))
}

/// Raises the exception of a text or tree that does not compile.
pub fn raise_at(cx: &Ctx, error: &SyntaxError, file: &SourceFile, listing: &Listing<'_>) -> Raised {
    let class = match error.kind {
        SyntaxErrorKind::Syntax => Builtin::SyntaxError,
        SyntaxErrorKind::Indentation => Builtin::IndentationError,
        SyntaxErrorKind::Tab => Builtin::TabError,
    };
    raise_as(cx, class, error, file, listing)
}

/// Raises an exception of this class for a text or tree that does not compile.
pub fn raise_as(cx: &Ctx, class: Builtin, error: &SyntaxError, file: &SourceFile, listing: &Listing<'_>) -> Raised {
    let exception_at = |place| {
        let args = Tuple::from_values(cx, &[cx.str(&error.message), place]);
        Exception::build(cx, class, args)
    };
    if error.carets == Carets::NoLine {
        let place = [cx.str(&file.name), cx.int(0), cx.int(-1), Value::NONE, Value::NONE, Value::NONE];
        return cx.raise_value(Value::of(exception_at(cx.tuple(&place))));
    }
    let (start, end) = (listing.location(error.span.start), listing.location(error.span.end));
    let line = listing.line(start.line);
    let is_marked = match error.carets {
        Carets::Always => true,
        Carets::UnlessInFile => file.text.is_some(),
        Carets::Never | Carets::NoLine => false,
    };
    let number = |n: u32| cx.uint(u64::from(n));
    let place = cx.tuple(&[
        cx.str(&file.name),
        number(start.line),
        number(start.char_column + 1),
        line.map_or(Value::NONE, |line| cx.str(&format!("{line}\n"))),
        number(end.line),
        if is_marked { number(end.char_column + 1) } else { cx.int(NO_CARETS) },
    ]);
    let exception = exception_at(place);
    if let Listing::Text(text, _) = listing {
        details::set(cx, exception, "_metadata", cx.tuple(&[cx.int(0), cx.int(0), cx.str(text)]));
    }
    cx.raise_value(Value::of(exception))
}

/// How a syntax error is shown that may come from a misspelt keyword; like CPython, only when it is shown.
pub fn format_misspelt(cx: &Ctx, exception: Slot) -> Option<String> {
    let exception = cx.get(exception).cast::<Exception>()?;
    let field = |name: &str| details::get(cx, exception, name);
    let text = field("_metadata").cast::<Tuple>()?.get(cx, 2)?.as_str()?;
    let line = LineIndex::new(text).line_span(text, u32::try_from(field("lineno").as_small_int()?).ok()?);
    let column = usize::try_from(field("offset").as_small_int()?.checked_sub(1)?).ok()?;
    let before = text[line.range()].char_indices().nth(column).map_or(line.end, |(at, _)| line.start + at as u32);
    let error = SyntaxError::new(field("msg").as_str()?, Span::new(before, before));
    error.report_misspelt(field("filename").as_str()?, text)
}

/// What a warning says about escapes and an error does not.
const FORESEEN: &str = " Such sequences will not work in the future.";

/// Tells of what the compiler warns of.
pub fn warn(cx: &mut Ctx, warnings: &[SyntaxWarning], file: &SourceFile, text: &str) -> Res<()> {
    match warnings.is_empty() {
        true => Ok(()),
        false => warn_at(cx, warnings, file, &Listing::of_text(text)),
    }
}

/// The same for a text or tree: by the module `warnings` if somebody imported it, as otherwise there are no filters but the first
/// ones, which show every such warning.
///
/// # Errors
/// A SyntaxError where a filter makes errors of such warnings.
pub fn warn_at(cx: &mut Ctx, warnings: &[SyntaxWarning], file: &SourceFile, listing: &Listing<'_>) -> Res<()> {
    for warning in warnings {
        let (message, line) = (&warning.message, listing.location(warning.span.start).line);
        match warn_of_line(cx, Builtin::SyntaxWarning, message, &file.name, line) {
            Ok(true) => {}
            Ok(false) => {
                let mut report = format!("{}:{line}: SyntaxWarning: {message}\n", file.name);
                if let Some(shown) = listing.line(line).filter(|_| file.text.is_none()) {
                    report.push_str(&format!("  {}\n", shown.trim()));
                }
                super::write_stderr(cx, &report);
            }
            Err(raised) => {
                cx.catch(raised, Builtin::SyntaxWarning)?;
                let error = SyntaxError::new(message.replace(FORESEEN, ""), warning.span);
                return Err(raise_at(cx, &error, file, listing));
            }
        }
    }
    Ok(())
}

/// Shows where a syntax error is; false if it does not say.
pub fn format_place(cx: &Ctx, exception: Slot, out: &mut String) -> bool {
    let Some(exception) = cx.get(exception).cast::<Exception>() else { return false };
    let field = |name: &str| details::get(cx, exception, name);
    let Some(line) = field("lineno").as_small_int() else { return false };
    let file = field("filename").as_str().unwrap_or("<string>");
    out.push_str(&format!("  File \"{file}\", line {line}\n"));
    let Some(text) = field("text").as_str() else { return true };
    let whole = text.trim_end_matches('\n');
    let shown = whole.trim_start_matches([' ', '\n', '\x0c']);
    out.push_str(&format!("    {shown}\n"));
    let Some(offset) = field("offset").as_small_int() else { return true };
    let length = whole.chars().count() as i64;
    if field("end_offset").as_small_int() == Some(NO_CARETS) {
        return true;
    }
    let end = match (field("end_lineno").as_small_int(), field("end_offset").as_small_int()) {
        (end_line, Some(end)) if end_line == Some(line) && end != 0 => end,
        (end_line, _) if end_line.is_none_or(|end_line| end_line == line) => offset,
        _ => length + 1,
    };
    let offset = if offset > length + 1 { length + 1 } else { offset };
    let end = if end < offset { length + 1 } else { end };
    let end = if end == offset { offset + 1 } else { end };
    let cut = length - shown.chars().count() as i64;
    let (Ok(start), Ok(end)) = (usize::try_from(offset - 1 - cut), usize::try_from(end - 1 - cut)) else { return true };
    out.push_str("    ");
    let blanks = shown.chars().map(|c| if c.is_whitespace() { c } else { ' ' }).chain(std::iter::repeat(' '));
    out.extend(blanks.take(start));
    out.extend(std::iter::repeat_n('^', end - start));
    out.push('\n');
    true
}
