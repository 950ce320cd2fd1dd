//! `findall` and `split`: lists of parts.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::list::List;
use argil_interp::value::Value;

use super::session::{Kind, Session};

/// Adds an element.
fn push<'h>(cx: &'h Ctx, list: Slot, value: Value<'h>) {
    if let Some(list) = cx.get(list).cast::<List>() {
        list.push(cx, value);
    }
}

/// `findall`.
pub fn find_all(cx: &mut Ctx, pattern: Slot, string: Slot, (pos, endpos): (i64, i64)) -> Res<Slot> {
    let mut session = Session::open(cx, pattern, string, pos, endpos)?;
    let list = cx.root(Value::of(List::alloc(cx)));
    let empty = {
        let cx: &Ctx = cx;
        cx.root(if session.subject.octets { cx.bytes(b"") } else { cx.str("") })
    };
    while session.find(cx, Kind::Search)? {
        let cx: &Ctx = cx;
        let (from, to) = session.found();
        let group = |group| session.group(cx, group, |cx| cx.get(empty));
        let item = match session.groups {
            0 => session.subject.part(cx, from, to),
            1 => group(1)?,
            groups => cx.tuple(&(1..=groups).map(group).collect::<Res<Vec<_>>>()?),
        };
        push(cx, list, item);
        session.advance();
    }
    session.close(cx);
    Ok(list)
}

/// `split`.
pub fn split(cx: &mut Ctx, pattern: Slot, string: Slot, most: i64) -> Res<Slot> {
    let mut session = Session::open(cx, pattern, string, 0, i64::MAX)?;
    let list = cx.root(Value::of(List::alloc(cx)));
    let (mut last, mut count) = (0, 0);
    while (most == 0 || count < most) && session.find(cx, Kind::Search)? {
        let cx: &Ctx = cx;
        let (from, to) = session.found();
        push(cx, list, session.subject.part(cx, last, from));
        for group in 1..=session.groups {
            push(cx, list, session.group(cx, group, |_| Value::NONE)?);
        }
        (last, count) = (to, count + 1);
        session.advance();
    }
    push(cx, list, session.subject.part(cx, last, session.machine.end));
    session.close(cx);
    Ok(list)
}
