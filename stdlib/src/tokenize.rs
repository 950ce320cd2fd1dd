//! `_tokenize`: the tokens of a source text, as the lexer sees them.

use std::collections::VecDeque;

use argil_compiler::source::{LineIndex, SyntaxError, SyntaxErrorKind};
use argil_compiler::{ListedToken, Manner, list_tokens};
use argil_interp::builtin::Builtin;
use argil_interp::codecs;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_tokenize", source: ModuleSource::Native { functions: &[], init } };

/// The name of a text that has none, in errors.
const FILE: &str = "<string>";

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Tokenizer>(module, &NativeClass::new("TokenizerIter", &[METHODS, ITERATOR]));
    Ok(())
}

/// `TokenizerIter`: reads all lines when its first token is asked for. Threads that share one share out its tokens.
pub struct Tokenizer {
    /// What returns the next line.
    read_line: Field,
    /// How lines are encoded, if they are bytes.
    encoding: Option<String>,
    manner: Manner,
    state: Exclusive<State>,
}

enum State {
    Unread,
    Read { source: String, tokens: VecDeque<ListedToken>, error: Option<Option<SyntaxError>> },
}

impl NativeData for Tokenizer {
    const FIELDS: &'static [FieldOf<Self>] = &[|tokenizer| &tokenizer.read_line];

    const NEXT: Option<NextFn> = Some(next);
}

natives! {
    static METHODS = {
        static call fn __new__(
            cx; cls: Slot, readline: Slot; ; extra_tokens: bool, encoding: Option<String> = None
        ) -> Slot {
            let manner = if extra_tokens { Manner::Full } else { Manner::Exact };
            let state = Exclusive::new(State::Unread);
            Ok(cx.new_native(cls, Tokenizer { read_line: Field::of(readline), encoding, manner, state }))
        }
    }
}

fn next(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let tokenizer = cx.state::<Tokenizer>(this)?;
    let (encoding, manner) = (tokenizer.encoding.clone(), tokenizer.manner);
    if tokenizer.state.with(|state| matches!(state, State::Unread)) {
        let read_line = cx.root(tokenizer.read_line.get_or_none(cx));
        let source = read_all(cx, read_line, encoding.as_deref())?;
        let (tokens, error) = list_tokens(&source, manner);
        cx.state::<Tokenizer>(this)?.state.with(|state| {
            if matches!(state, State::Unread) {
                *state = State::Read { source, tokens: tokens.into(), error };
            }
        });
    }
    let found = cx.state::<Tokenizer>(this)?.state.with(|state| match state {
        State::Unread => Found::End,
        State::Read { source, tokens, error } => match (tokens.pop_front(), error.take()) {
            (Some(token), later) => {
                *error = later;
                Found::Token(shown(source, &token), token)
            }
            (None, Some(failed)) => Found::Error(std::mem::take(source), failed),
            (None, None) => Found::End,
        },
    });
    match found {
        Found::End => Ok(None),
        Found::Error(source, error) => Err(raise(cx, &source, error)),
        Found::Token([text, lines], token) => {
            let place = |(line, column): (u32, i32)| cx.tuple(&[cx.uint(line.into()), cx.int(column.into())]);
            let (start, end) = (place(token.start), place(token.end));
            let parts = [cx.uint(token.number.into()), cx.str(&text), start, end, cx.str(&lines)];
            Ok(Some(cx.root(cx.tuple(&parts))))
        }
    }
}

enum Found {
    Token([String; 2], ListedToken),
    Error(String, Option<SyntaxError>),
    End,
}

/// The text of a token and its lines.
fn shown(source: &str, token: &ListedToken) -> [String; 2] {
    [token.text, token.lines].map(|span| source.get(span.range()).unwrap_or_default().to_owned())
}

/// All lines that `read_line` returns, up to an empty one or StopIteration. Each but the last ends with a line break.
fn read_all(cx: &mut Ctx, read_line: Slot, encoding: Option<&str>) -> Res<String> {
    let mut source = String::new();
    loop {
        let is_over = cx.scope(|cx| {
            let line = match cx.call(read_line, &[]) {
                Ok(line) => line,
                Err(raised) => return cx.catch(raised, Builtin::StopIteration).map(|_| true),
            };
            let line = match encoding {
                Some(_) if cx.get(line).as_bytes().is_none() => {
                    return Err(cx.type_error("readline() returned a non-bytes object"));
                }
                Some(encoding) => codecs::decode(cx, line, encoding, Some("replace"))?,
                None => line,
            };
            let Some(text) = cx.get(line).as_str() else {
                return Err(cx.type_error("readline() returned a non-string object"));
            };
            if !source.is_empty() && !source.ends_with('\n') && !text.is_empty() {
                source.push('\n');
            }
            source.push_str(text);
            Ok(text.is_empty())
        })?;
        if is_over {
            return Ok(source);
        }
    }
}

/// Raises what is wrong with the text; `None` if it ends in the middle of a statement.
fn raise(cx: &mut Ctx, source: &str, error: Option<SyntaxError>) -> Raised {
    let lines = LineIndex::new(source);
    let Some(error) = error else {
        return cut_short(cx, source, &lines).unwrap_or_else(|raised| raised);
    };
    let (start, end) = (lines.location(source, error.span.start), lines.location(source, error.span.end));
    let line = source.get(lines.line_span(source, start.line).range()).unwrap_or_default();
    let number = |n: u32| cx.uint(n.into());
    let is_about_line =
        error.kind != SyntaxErrorKind::Syntax || error.message.starts_with("unexpected character after");
    let class = match error.kind {
        SyntaxErrorKind::Syntax => Builtin::SyntaxError,
        SyntaxErrorKind::Indentation => Builtin::IndentationError,
        SyntaxErrorKind::Tab => Builtin::TabError,
    };
    let [column, end_line, end_column] = if is_about_line {
        [number(line.chars().count() as u32 + 1), Value::NONE, Value::NONE]
    } else {
        [number(start.char_column + 1), number(end.line), number(end.char_column + 1)]
    };
    let place = [cx.str(FILE), number(start.line), column, cx.str(line), end_line, end_column];
    let (message, place) = (cx.root(cx.str(&error.message)), cx.root(cx.tuple(&place)));
    raise_new(cx, class, &[message, place], &[]).unwrap_or_else(|raised| raised)
}

fn cut_short(cx: &mut Ctx, source: &str, lines: &LineIndex) -> Res<Raised> {
    let message = cx.root(cx.str("unexpected EOF in multi-line statement"));
    let text = source.strip_suffix('\n').unwrap_or(source);
    let line = cx.root(cx.uint(lines.line(text.len() as u32).into()));
    let column = if source.ends_with('\\') { lines.location(source, source.len() as u32).char_column + 1 } else { 0 };
    let (column, file) = (cx.root(cx.uint(column.into())), cx.root(cx.str(FILE)));
    raise_new(
        cx,
        Builtin::SyntaxError,
        &[message],
        &[("lineno", line), ("end_lineno", line), ("offset", column), ("filename", file)],
    )
}

/// Raises a new exception with these arguments and attributes.
fn raise_new(cx: &mut Ctx, class: Builtin, args: &[Slot], attributes: &[(&str, Slot)]) -> Res<Raised> {
    let class = cx.root(Value::of(cx.class(class)));
    let exception = cx.call(class, args)?;
    for &(name, value) in attributes {
        let name = cx.root(cx.intern(name));
        attr::set_attr(cx, exception, name, value)?;
    }
    Ok(cx.raise_value(cx.get(exception)))
}
