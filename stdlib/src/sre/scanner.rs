//! Scanners: one match after the other, on demand.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::Args;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr;
use argil_interp::types::iter::{Iter, IterSpec, Walk};
use argil_interp::types::native::{Exclusive, FieldOf, NativeData};
use argil_interp::value::Value;

use super::engine::machine::Machine;
use super::matches;
use super::session::{Kind, Session};
use super::subject::Subject;

/// A scanner. Each of its matches begins where the one before ended, also if several threads ask: while one does, the others
/// get a ValueError, as in CPython.
pub struct Scanner {
    pattern: Field,
    string: Field,
    state: Exclusive<State>,
}

impl NativeData for Scanner {
    const FIELDS: &'static [FieldOf<Self>] = &[|scanner| &scanner.pattern, |scanner| &scanner.string];
}

/// How far a scanner is.
enum State {
    /// Here.
    Ready(Ready),
    /// Somebody is matching.
    Busy,
    /// There are no more matches.
    Over,
}

struct Ready {
    machine: Box<Machine>,
    /// The bytes of what scripts could have changed since.
    copy: Option<Vec<u8>>,
    bounds: (usize, usize),
}

/// `scanner`.
pub fn scanner(cx: &Ctx, pattern: Slot, string: Slot, (pos, endpos): (i64, i64)) -> Res<Slot> {
    let session = Session::open(cx, pattern, string, pos, endpos)?;
    let (machine, bounds) = (session.machine, session.bounds);
    let copy = session.subject.detach();
    cx.note_external(copy.as_ref().map_or(0, Vec::len));
    let state = Exclusive::new(State::Ready(Ready { machine, copy, bounds }));
    Ok(cx.new_of_native_class(Scanner { pattern: Field::of(pattern), string: Field::of(string), state }))
}

/// `finditer`: calls a scanner's `search` until there is no match.
pub fn find_iter(cx: &mut Ctx, pattern: Slot, string: Slot, bounds: (i64, i64)) -> Res<Slot> {
    let scanner = scanner(cx, pattern, string, bounds)?;
    let name = cx.root(cx.intern("search"));
    let search = attr::get_attr(cx, scanner, name)?;
    let cx: &Ctx = cx;
    let spec = IterSpec { extra: Some(Value::NONE), ..IterSpec::new(Walk::Call, cx.get(search)) };
    Ok(cx.root(Value::of(Iter::alloc(cx, Builtin::CallableIterator, spec))))
}

/// The next match, or `None`.
fn next(cx: &mut Ctx, scanner: Slot, kind: Kind) -> Res<Slot> {
    let state = cx.state::<Scanner>(scanner)?;
    let ready = match state.state.with(|state| match state {
        State::Over => State::Over,
        state => std::mem::replace(state, State::Busy),
    }) {
        State::Ready(ready) => ready,
        State::Busy => return Err(cx.value_error("regular expression scanner already executing")),
        State::Over => return Ok(cx.root(Value::NONE)),
    };
    let [pattern, string] = [&state.pattern, &state.string].map(|field| cx.root(field.get_or_none(cx)));
    let (found, after) = match step(cx, pattern, string, ready, kind) {
        Ok((found, after)) => (Ok(found), after),
        Err(raised) => (Err(raised), State::Over),
    };
    cx.state::<Scanner>(scanner)?.state.with(|state| *state = after);
    found
}

fn step(cx: &mut Ctx, pattern: Slot, string: Slot, ready: Ready, kind: Kind) -> Res<(Slot, State)> {
    let subject = Subject::again(cx, string, ready.copy);
    let mut session = Session::resume(cx, pattern, subject, ready.bounds, ready.machine)?;
    if !session.find(cx, kind)? {
        session.close(cx);
        return Ok((cx.root(Value::NONE), State::Over));
    }
    let found = matches::of(cx, &session)?;
    session.advance();
    let (machine, bounds) = (session.machine, session.bounds);
    Ok((found, State::Ready(Ready { machine, copy: session.subject.detach(), bounds })))
}

/// The scanner whose method is called, with nothing else; CPython says so in other words than of most methods.
fn alone(cx: &mut Ctx, args: Args<'_>, method: &str) -> Res<Slot> {
    let (args, _) = args.into_slots(cx);
    if args.len() == 1 { Ok(args.get(0)) } else { Err(cx.type_error(format!("{method}() takes no arguments"))) }
}

natives! {
    pub static METHODS = {
        raw fn r#match(cx, args) -> Slot {
            let scanner = alone(cx, args, "match")?;
            next(cx, scanner, Kind::Match)
        }

        raw fn search(cx, args) -> Slot {
            let scanner = alone(cx, args, "search")?;
            next(cx, scanner, Kind::Search)
        }

        get fn pattern(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Scanner>().map_or(Value::NONE, |state| state.pattern.get_or_none(cx)))
        }
    }
}
